"""What all tests share: fresh data on SQLite and PostgreSQL, the application, a client that reads its pages."""

import logging
import os

import pytest
from argon2 import PasswordHasher

import config
from models import mots_de_passe
from models.base import db
from tests import bases, fabriques
from tests.client import PageClient

# A guess costs a thief 0.2 s of processor, and each test that enters a password: they take a cheap one.
HACHEUR = mots_de_passe.HACHEUR
mots_de_passe.HACHEUR = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


def pytest_generate_tests(metafunc):
    """A test that touches the database runs on every one that is there."""
    if "moteur" in metafunc.fixturenames:
        postgresql = pytest.param("postgresql", marks=pytest.mark.postgres)
        moteurs = ["sqlite", postgresql] if os.environ.get("TEST_DATABASE_URL") else ["sqlite"]
        metafunc.parametrize("moteur", moteurs, indirect=True)


@pytest.fixture
def hacheur(monkeypatch):
    """Passwords cost what they cost in the portal."""
    monkeypatch.setattr(mots_de_passe, "HACHEUR", HACHEUR)


@pytest.fixture
def moteur(request):
    return request.param


@pytest.fixture(scope="session")
def gabarit(tmp_path_factory):
    """A migrated SQLite file; each test works on a copy of it."""
    return bases.gabarit_sqlite(tmp_path_factory.mktemp("gabarit"))


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory):
    """The URL of a migrated PostgreSQL database of this test process, and what empties it."""
    url = bases.base_postgresql(os.environ["TEST_DATABASE_URL"], tmp_path_factory.mktemp("postgresql"))
    with bases.balayee(url) as vider:
        yield url, vider


@pytest.fixture(scope="session")
def referentiels(tmp_path_factory):
    """The search file of the registers, built once."""
    return bases.fichier_de_recherche(tmp_path_factory.mktemp("referentiels"))


@pytest.fixture
def database_url(request, moteur, tmp_path):
    """A database that is migrated and empty."""
    if moteur == "postgresql":
        url, vider = request.getfixturevalue("postgresql")
        vider()
        return url
    return bases.copier(request.getfixturevalue("gabarit"), tmp_path)


@pytest.fixture
def environ(database_url, tmp_path, referentiels):
    """The settings of a test as environment variables, also for the processes that it starts."""
    return bases.environ(tmp_path, database_url, referentiels)


@pytest.fixture
def reglages(environ):
    return config.reglages(environ)


@pytest.fixture
def base(reglages):
    """A database of the test's own, with all models bound to it."""
    with bases.branchee(reglages) as database:
        yield database


@pytest.fixture(scope="session")
def gabarits_compiles(tmp_path_factory):
    """Templates are compiled once for all applications of this process."""
    return bases.gabarits_compiles(tmp_path_factory.mktemp("jinja"))


@pytest.fixture
def app(base, reglages, gabarits_compiles):
    from tests.portails import portail

    yield portail(reglages, gabarits_compiles)
    db.close()  # the application binds the models anew, to a database of its own


@pytest.fixture
def client(app):
    """A person's browser that reads every page like a demanding user; nobody is logged in."""
    return PageClient(app)


@pytest.fixture
def connecte(app):
    """Opens a browser in which the account is logged in."""
    return lambda compte: PageClient(app).connecter(compte)


@pytest.fixture(autouse=True)
def journal_sans_donnees(caplog):
    """Whatever a test did, the log names nobody; aiosmtpd's own, a tool of the tests, is not ours."""
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.WARNING, "mail.log")
    yield
    written = "\n".join(
        logging.Formatter("%(name)s %(message)s").format(record)
        for when in ("setup", "call")
        for record in caplog.get_records(when)
    )
    assert not [secret for secret in fabriques.SECRETS if secret.lower() in written.lower()]


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
