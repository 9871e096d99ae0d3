"""Databases for tests: migrated once, then copied or emptied, on SQLite and on PostgreSQL."""

import base64
import contextlib
import os
import shutil
from urllib.parse import urlsplit

import psycopg
from jinja2 import FileSystemBytecodeCache

import config

CLES = {
    "SECRET_KEYS": "clé-de-test",
    "CIPHER_KEYS": base64.urlsafe_b64encode(b"cle de chiffrement des tests 32b").decode(),
    "INDEX_KEY": "index-de-test",
}
MIGRATIONS = "schema_migration"


def environ(folder, database_url, referentiels):
    """Environment variables of a portal that keeps everything in `folder`."""
    return {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "REFERENTIELS": str(referentiels),
        "DEMO": "1",
        **CLES,
    }


@contextlib.contextmanager
def branchee(reglages):
    """The database of `reglages`, bound to the models."""
    from models.demarrage import demarrer

    database = demarrer(reglages)
    try:
        yield database
    finally:
        database.close()


def migrer(database_url, folder):
    """Bring an empty database to the present schema, as the command does."""
    from models.tables import migrer

    with branchee(config.reglages(environ(folder, database_url, folder / "none.db"))) as database:
        migrer(database)


def gabarit_sqlite(folder):
    path = folder / "dossiers.db"
    migrer(f"sqlite:///{path}", folder)
    return path


def copier(gabarit, folder):
    """A copy of the migrated file, which nobody has open; answers its URL."""
    shutil.copyfile(gabarit, folder / "dossiers.db")
    return f"sqlite:///{folder}/dossiers.db"


def base_postgresql(server, folder):
    """A migrated database of this process on the server; answers its URL."""
    name = f"tests_{os.environ.get('PYTEST_XDIST_WORKER', 'seul')}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")
        connection.execute(f"create database {name}")
    url = urlsplit(server)._replace(path=f"/{name}").geturl()
    migrer(url, folder)
    return url


@contextlib.contextmanager
def balayee(url):
    """Gives a function that empties all tables. Its connection stays: opening one takes longer than the sweeping."""
    options = "-c lock_timeout=20s -c session_replication_role=replica"
    with psycopg.connect(url, options=options, autocommit=True) as connection:
        yield lambda: vider(connection)


def vider(connection):
    """Empty all tables, whoever still holds them: a test may leave connections of dead threads behind.

    Rows are deleted with the foreign keys asleep: truncating makes new files for each table and each index, which
    takes eight times longer.
    """
    connection.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
    )
    tables = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
    rows = [f"delete from {name}" for (name,) in tables if name != MIGRATIONS]  # noqa: S608 our own names
    counters = connection.execute("select sequencename from pg_sequences where last_value is not null").fetchall()
    restart = [f"alter sequence {name} restart" for (name,) in counters if not name.startswith(MIGRATIONS)]
    connection.execute(";".join(rows + restart))


def fichier_de_recherche(folder):
    """The registers that the project carries, in a search file; answers its path."""
    from tasks.imports import charger_donnees_embarquees

    path = folder / "referentiels.db"
    charger_donnees_embarquees(path)
    return path


def gabarits_compiles(folder):
    return FileSystemBytecodeCache(str(folder))
