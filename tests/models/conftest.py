"""An empty database for each test, with the tables of accounts, links and mails."""

import logging

import pytest
from cryptography.fernet import Fernet

from models import base as socle
from models import crypto, liens
from models.comptes import Compte, Habilitation, Structure
from models.courriels import Courriel
from models.dossier import Dossier
from models.sessions import Session
from models.tentatives import Tentative

TABLES = (Structure, Compte, Habilitation, Dossier, Session, Tentative, liens.Lien, Courriel)


@pytest.fixture
def base(tmp_path):
    crypto.charger([Fernet.generate_key().decode()], "index")
    liens.charger(["cle de test"])
    database = socle.brancher(f"sqlite:///{tmp_path}/dossiers.db")
    database.create_tables(TABLES)
    yield database
    database.close()


@pytest.fixture
def requetes():
    """The SQL sent during the test, as a list that grows."""
    sent = []

    class Ecoute(logging.Handler):
        def emit(self, record):
            sent.append(record.msg[0])

    logger, handler = logging.getLogger("peewee"), Ecoute()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield sent
    logger.removeHandler(handler)
    logger.setLevel(level)
