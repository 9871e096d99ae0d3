"""The database: one proxy, one base class, the clock."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import peewee

from models.sqlite import SqliteEnLigne

db = peewee.DatabaseProxy()
PARIS = ZoneInfo("Europe/Paris")


class Base(peewee.Model):
    """Every table. `save()` writes changed columns only: two copies of one row never erase each other's fields."""

    class Meta:
        database = db
        legacy_table_names = False
        only_save_dirty = True


class Postgresql(peewee.PostgresqlDatabase):
    """PostgreSQL, whose texts cannot hold NUL: a search for one would fail there and finds nothing on SQLite."""

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None) -> Any:
        safe = params and [p.replace("\0", "\ufffd") if isinstance(p, str) else p for p in params]
        return super().execute_sql(sql, safe)


def base_de_donnees(url: str) -> peewee.Database:
    """The database named by `url`: `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        pragmas = {
            "journal_mode": "wal",
            "foreign_keys": 1,
            "synchronous": "normal",
            "busy_timeout": 10_000,
            # Pages. A checkpoint waits for the disk while all writers stand in line: four times as rare as by default.
            "wal_autocheckpoint": 4000,
        }
        return SqliteEnLigne(unquote(parts.path)[1:], pragmas=pragmas)
    if parts.scheme in ("postgres", "postgresql"):
        return Postgresql(
            parts.path[1:],
            user=parts.username,
            password=parts.password and unquote(parts.password),
            host=parts.hostname,
            port=parts.port or 5432,
            prefer_psycopg3=True,
        )
    raise ValueError("DATABASE_URL must begin with sqlite:/// or postgresql://")


def requete(construire: Callable[[], peewee.Query]) -> Callable[..., Any]:
    """A query that every request asks: written in peewee, its text built once for each kind of database.

    Building it takes peewee ten times longer than the database needs to answer. The values that `construire`
    gives only hold the places of the parameters, in their order. Calling it answers the cursor.
    """
    textes: dict[type, str] = {}

    @wraps(construire)
    def executer(*params: Any) -> Any:
        kind = type(db.obj)
        if kind not in textes:
            textes[kind] = construire().sql()[0]
        return db.execute_sql(textes[kind], params)

    return executer


def inserer(model: type[Any], **values: Any) -> None:
    """Insert one row whose columns are all given, as cheaply as `requete` asks."""
    fields = [getattr(model, name) for name in values]
    names = ", ".join(f'"{field.column_name}"' for field in fields)
    places = ", ".join([db.param] * len(fields))
    sql = f'insert into "{model._meta.table_name}" ({names}) values ({places})'  # noqa: S608 our own names
    db.execute_sql(sql, [field.db_value(values[field.name]) for field in fields])


def modifier(model: type[Any], values: dict[str, Any], **where: Any) -> int:
    """Update `values` in the rows whose columns equal `where`; gives how many there were."""
    parts = []
    for names in (values, where):
        parts.append([f'"{getattr(model, name).column_name}" = {db.param}' for name in names])
    sql = f'update "{model._meta.table_name}" set {", ".join(parts[0])} where {" and ".join(parts[1])}'  # noqa: S608 our own names
    params = [getattr(model, name).db_value(value) for name, value in [*values.items(), *where.items()]]
    return db.execute_sql(sql, params).rowcount


def instance(model: type[Any], fields: Iterable[peewee.Field], values: Iterable[Any]) -> Any:
    """A row as if peewee had read it: nothing in it waits to be saved."""
    row = model(__no_default__=True)
    row.__data__.update({field.name: field.python_value(value) for field, value in zip(fields, values, strict=True)})
    return row


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
