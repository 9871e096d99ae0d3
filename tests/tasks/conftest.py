"""The SMTP server of the tests of mails."""

import pytest
from aiosmtpd.controller import Controller

from tasks import courriels
from tests.boite import brancher
from tests.postgresql import port_libre


@pytest.fixture(autouse=True)
def sans_serveur():
    """Each test starts and ends without a server."""
    courriels.brancher({"SMTP_URL": "", "MAIL_FROM": "", "PUBLIC_URL": ""})
    yield
    courriels.brancher({"SMTP_URL": "", "MAIL_FROM": "", "PUBLIC_URL": ""})


@pytest.fixture
def serveur(base):
    """Start a real SMTP server on a free port with this box; the portal sends there."""
    started = []

    def demarrer(boite, port=0, classe=Controller, url="smtp://127.0.0.1:{}", **options):
        controller = classe(boite, hostname="127.0.0.1", port=port or port_libre(), **options)
        controller.start()
        started.append(controller)
        brancher(url.format(controller.port))
        return controller

    yield demarrer
    for controller in started:
        controller.stop(no_assert=True)
