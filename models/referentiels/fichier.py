"""The search file as it is read: where it lies, one connection per thread, reopened when an import replaced it."""

import contextlib
import logging
import os
import sqlite3
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.referentiels.schema import VERSION

log = logging.getLogger(__name__)
MMAP = 2**31 - 65_536  # the most that SQLite maps
_chemin: Path | None = None


class _Lecteur:
    """One thread's connection to one state of the file.

    A file is never written in place, only replaced by rename: `immutable` spares all locks, and a reader goes on
    with the old file until its next query.
    """

    connexion: sqlite3.Connection | None = None

    def __init__(self, chemin: Path, etat: tuple[int, ...]) -> None:
        self.etat = etat
        uri = f"{chemin.absolute().as_uri()}?mode=ro&immutable=1"
        # A thread's last reference may be dropped, and closed, by another thread.
        connexion = sqlite3.connect(uri, uri=True, check_same_thread=False)
        if connexion.execute("pragma user_version").fetchone()[0] != VERSION:
            log.error("The search file belongs to another release: load the registers again.")
            connexion.close()
            return
        connexion.execute(f"pragma mmap_size={MMAP}")
        self.connexion = connexion

    def __del__(self) -> None:
        if self.connexion:
            self.connexion.close()


class _Fil(threading.local):
    lecteur: _Lecteur | None = None


_fil = _Fil()


def ouvrir(chemin: str | os.PathLike[str]) -> None:
    """Say where the search file is. It may come, or be replaced, later: every query looks."""
    global _chemin
    _chemin = Path(chemin)


def lire(sql: str, *valeurs: Any) -> list[tuple[Any, ...]]:
    """The rows of a query; none while there is no search file of this release."""
    lecteur = _lecteur()
    return lecteur.connexion.execute(sql, valeurs).fetchall() if lecteur and lecteur.connexion else []


def relire(sql: str, *valeurs: Any) -> list[tuple[Any, ...]]:
    """The same, kept until the file is replaced: each check of a page looks up the same dozen of codes."""
    lecteur = _lecteur()
    return [*_gardees(lecteur.etat, sql, valeurs)] if lecteur and lecteur.connexion else []


@lru_cache(4096)
def _gardees(etat: tuple[int, ...], sql: str, valeurs: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    return lire(sql, *valeurs)


def _lecteur() -> _Lecteur | None:
    if _chemin is None:
        return None
    etat: tuple[int, ...] = ()
    with contextlib.suppress(FileNotFoundError):
        stat = os.stat(_chemin)
        etat = (stat.st_dev, stat.st_ino, stat.st_mtime_ns, stat.st_size)
    lecteur = _fil.lecteur
    if lecteur is None or lecteur.etat != etat:
        lecteur = _fil.lecteur = _Lecteur(_chemin, etat) if etat else None
    return lecteur
