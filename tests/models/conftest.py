"""What the tests of the models share."""

import logging

import pytest


@pytest.fixture
def requetes(base):
    """The SQL sent during the test, as a list that grows."""
    sent = []

    class Ecoute(logging.Handler):
        def emit(self, record):
            sent.append(record.msg[0])

    logger, handler = logging.getLogger("peewee"), Ecoute()
    level, propagate = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    yield sent
    logger.removeHandler(handler)
    logger.setLevel(level)
    logger.propagate = propagate
