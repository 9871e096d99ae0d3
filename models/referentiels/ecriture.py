"""The search file as it is made: built beside the one in service, put in its place by rename when it is complete."""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from models.referentiels.schema import TABLES, VERSION, creation, finition
from models.referentiels.texte import plier

LOT = 10_000
Ligne = tuple[Any, ...]


@contextlib.contextmanager
def construire(chemin: str | os.PathLike[str]) -> Iterator[sqlite3.Connection]:
    """A new search file, which replaces `chemin` when the block ends well; else `chemin` stays as it was.

    One builder at a time: another one waits. What a killed builder left behind is overwritten by the next.
    """
    final = Path(chemin).absolute()
    final.parent.mkdir(parents=True, exist_ok=True)
    nouveau = final.with_name(final.name + ".nouveau")
    with open(final.with_name(final.name + ".verrou"), "w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        nouveau.unlink(missing_ok=True)
        try:
            with contextlib.closing(_nouvelle(nouveau)) as connexion:
                yield connexion
                _finir(connexion)
            _poser(nouveau, final)
        finally:
            nouveau.unlink(missing_ok=True)


def inserer(connexion: sqlite3.Connection, table: str, lignes: Iterable[tuple[Ligne, str]]) -> int:
    """Put rows, already in rank order, into a register, each with the words that find it; answers how many.

    Rows are taken in lots: millions of them need no more memory than a few.
    """
    width = len(TABLES[table].colonnes)
    insert = f"insert into {table} values ({', '.join('?' * (width + 1))})"  # noqa: S608 (names of the schema)
    words = f"insert into {table}_mots (rowid, texte) values (?, ?)"  # noqa: S608 (names of the schema)
    numbered = enumerate(lignes, 1)
    total = 0
    while lot := list(islice(numbered, LOT)):
        connexion.executemany(insert, ((rang, *row) for rang, (row, _) in lot))
        if TABLES[table].mots:
            connexion.executemany(words, ((rang, plier(text)) for rang, (_, text) in lot))
        total += len(lot)
    return total


def _nouvelle(nouveau: Path) -> sqlite3.Connection:
    connexion = sqlite3.connect(nouveau, isolation_level=None)
    # Nobody reads this file yet, and a crash only leaves it to be made again.
    connexion.execute("pragma journal_mode=off")
    connexion.execute("pragma synchronous=off")
    connexion.execute("begin")
    for table in TABLES:
        for statement in creation(table):
            connexion.execute(statement)
    return connexion


def _finir(connexion: sqlite3.Connection) -> None:
    for table in TABLES:
        for statement in finition(table):
            connexion.execute(statement)
    connexion.execute(f"pragma user_version={VERSION}")
    connexion.execute("commit")


def _poser(nouveau: Path, final: Path) -> None:
    """Rename, once what is renamed is on the disk: after a power cut there is the old file or the new one."""
    _synchroniser(nouveau)
    os.replace(nouveau, final)
    _synchroniser(final.parent)


def _synchroniser(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
