"""SQLite whose writers stand in line.

By itself a writer that finds another one at work polls, and sleeps longer each time: under load the last ones wait for
half a second while the file is free. Here they wait for a lock of the system, which wakes the next one at once.
"""

import fcntl
import os
import threading
from typing import Any

import peewee


class Verrou:
    """A handle of a lock file, closed with the thread that holds it."""

    def __init__(self, path: str) -> None:
        self.fd = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)

    def __del__(self) -> None:
        os.close(self.fd)


class SqliteEnLigne(peewee.SqliteDatabase):
    """One writing transaction at a time, over all threads and processes of the machine.

    Transactions begin with IMMEDIATE: one that reads before it writes would otherwise fail with « database is locked »
    as soon as another one has written meanwhile.
    """

    def __init__(self, database: str, **kwargs: Any) -> None:
        super().__init__(database, lock_type="IMMEDIATE", **kwargs)
        self._place = threading.local()

    def begin(self, lock_type: str | None = None) -> None:
        fcntl.flock(self._verrou(), fcntl.LOCK_EX)
        try:
            super().begin(lock_type)
        except BaseException:
            self._ceder()
            raise

    def commit(self) -> None:
        super().commit()  # when it fails, peewee rolls back: the place is given up there
        self._ceder()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._ceder()

    def _verrou(self) -> int:
        """This thread's own handle of the lock file: threads exclude each other only through handles of their own."""
        if not hasattr(self._place, "verrou"):
            self._place.verrou = Verrou(f"{self.database}.ligne")
        return self._place.verrou.fd

    def _ceder(self) -> None:
        fcntl.flock(self._verrou(), fcntl.LOCK_UN)
