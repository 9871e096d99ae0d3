"""The queue: a doorbell. What must not be lost lies in tables; a lost message costs one sweep at most.

The huey instance exists from import on and rings nowhere until `brancher` gives it a store, so importing a
task touches no file.
"""

import logging
from typing import Any

from huey import Huey
from huey.api import Task
from huey.storage import BaseStorage, BlackHoleStorage, PostgresStorage, SqliteStorage

from models.base import db

NOM = "portail"
LOGGERS = ("huey", "huey.consumer", "huey.consumer.Worker", "huey.consumer.Scheduler", "huey.serializer")
# A request waits at most so long, in seconds, for a busy queue file; then it goes on without ringing.
ATTENTE = 2
# Processes that start together would create the tables of the queue together, which PostgreSQL refuses.
VERROU_DE_CREATION = "select pg_advisory_xact_lock(34241205)"

huey = Huey(NOM, storage_class=BlackHoleStorage, results=False, utc=True)


def brancher(reglages: dict[str, Any]) -> None:
    """Put the queue where the settings say: PostgreSQL when the dossiers live there, else a file of its own."""
    previous, huey.storage = huey.storage, _magasin(reglages)
    if not isinstance(previous, BlackHoleStorage):
        previous.close()


def _magasin(reglages: dict[str, Any]) -> BaseStorage:
    url = reglages["DATABASE_URL"]
    if not url.startswith("postgres"):
        return SqliteStorage(NOM, filename=str(reglages["QUEUE_PATH"]), fsync=False, timeout=ATTENTE)
    storage = PostgresStorage(NOM, dsn=url, create_tables=False)
    storage.ddl.insert(0, VERROU_DE_CREATION)
    storage.initialize_schema()
    return storage


class SansDonnees(logging.Filter):
    """Keeps of an exception its class alone, of a task its name and id: texts and arguments may name a person."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info:
            kind = record.exc_info[0]
            record.msg = f"{record.msg} [{kind.__name__ if kind else 'unknown'}]"
            record.exc_info = record.exc_text = record.stack_info = None
        if isinstance(record.args, tuple):
            record.args = tuple(map(_discret, record.args))
        return True


def _discret(arg: object) -> object:
    if isinstance(arg, BaseException):
        return type(arg).__name__
    return f"{arg.name} {arg.id}" if isinstance(arg, Task) else arg


for _name in LOGGERS:
    logging.getLogger(_name).addFilter(SansDonnees())


@huey.pre_execute()
def ouvrir_la_base(task: Task) -> None:
    """A task has a connection of its own, opened now: one that the server closed meanwhile would fail it."""
    db.connect(reuse_if_open=True)


@huey.post_execute()
def fermer_la_base(task: Task, value: Any, exception: BaseException | None) -> None:
    """And gives it back, with whatever a failed task left open."""
    db.close()
