"""The database: one proxy, one base class, the clock."""

from datetime import UTC, date, datetime
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import peewee

db = peewee.DatabaseProxy()
PARIS = ZoneInfo("Europe/Paris")


class Base(peewee.Model):
    """Every table. `save()` writes changed columns only: two copies of one row never erase each other's fields."""

    class Meta:
        database = db
        legacy_table_names = False
        only_save_dirty = True


def base_de_donnees(url: str) -> peewee.Database:
    """The database named by `url`: `sqlite:///path` or `postgresql://user:password@host:port/name`.

    SQLite begins its transactions with IMMEDIATE: a transaction that reads before it writes would
    otherwise fail with « database is locked » as soon as another one has written meanwhile.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        pragmas = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": "normal", "busy_timeout": 10_000}
        return peewee.SqliteDatabase(unquote(parts.path)[1:], pragmas=pragmas, lock_type="IMMEDIATE")
    if parts.scheme in ("postgres", "postgresql"):
        return peewee.PostgresqlDatabase(
            parts.path[1:],
            user=parts.username,
            password=parts.password and unquote(parts.password),
            host=parts.hostname,
            port=parts.port or 5432,
            prefer_psycopg3=True,
        )
    raise ValueError("DATABASE_URL must begin with sqlite:/// or postgresql://")


def brancher(url: str) -> peewee.Database:
    """Bind all models to the database of `url` and return it."""
    database = base_de_donnees(url)
    db.initialize(database)
    return database


def maintenant() -> datetime:
    """Now, in UTC and without a zone: what the tables hold."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def aujourdhui() -> date:
    """The day in Paris: legal deadlines are counted there."""
    return datetime.now(PARIS).date()


def heure_de_paris(instant: datetime) -> datetime:
    """A stored instant as the people of France read it."""
    return instant.replace(tzinfo=UTC).astimezone(PARIS)
