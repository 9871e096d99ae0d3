"""The search file as it is made: built beside the one in service, put in its place by rename when it is complete."""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from models.referentiels.schema import REGISTRES, TABLES, VERSION, copie, creation, finition
from models.referentiels.texte import plier

LOT = 10_000
CACHE = -16_000  # of the builder, in KiB
Ligne = tuple[Any, ...]


class Occupe(Exception):
    """Somebody else is building the search file."""


@contextlib.contextmanager
def verrou(chemin: Path, attendre: bool = True) -> Iterator[None]:
    """Alone to replace `chemin` while the block runs, among all processes of this machine.

    Raises `Occupe` instead of waiting when `attendre` is false. The lock goes with the process that holds it.
    """
    chemin.parent.mkdir(parents=True, exist_ok=True)
    with open(chemin.with_name(chemin.name + ".verrou"), "w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | (0 if attendre else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Occupe from None
        yield


@contextlib.contextmanager
def construire(
    chemin: str | os.PathLike[str], garder: Collection[str] = (), attendre: bool = True
) -> Iterator[sqlite3.Connection]:
    """A new search file, which replaces `chemin` when the block ends well; else `chemin` stays as it was.

    garder: tables taken as they are from the file in service; the others begin empty. Within the block the file
    in service is attached as `ancien` when there is one of this release, and `travail` is a file for what is only
    needed meanwhile. One builder at a time: another one waits,
    or raises `Occupe`. What a killed builder left behind is overwritten by the next.
    """
    final = Path(chemin).absolute()
    with verrou(final, attendre):
        nouveau, travail = (final.with_name(final.name + suffix) for suffix in (".nouveau", ".travail"))
        _effacer(nouveau, travail)
        kept = [table for table in TABLES if table in garder] if lisible(final) else []
        try:
            if kept:
                _copier(final, nouveau, kept)
            with contextlib.closing(_ouverte(nouveau, final)) as connexion:
                connexion.execute("attach ? as travail", (str(travail),))
                _sans_filet(connexion, "travail")
                connexion.execute("begin")
                fresh = [table for table in TABLES if table not in kept]
                _executer(connexion, fresh, creation)
                yield connexion
                _executer(connexion, fresh, finition)
                connexion.execute(f"pragma user_version={VERSION}")
                connexion.execute("commit")
            poser(nouveau, final)
        finally:
            _effacer(nouveau, travail)


def lisible(chemin: Path) -> bool:
    """Whether `chemin` is a search file of this release."""
    if not chemin.is_file():
        return False
    with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(sqlite3.connect(chemin)) as connexion:
        return bool(connexion.execute("pragma user_version").fetchone()[0] == VERSION)
    return False


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


def inscrire(connexion: sqlite3.Connection, registre: str, *valeurs: Any) -> None:
    """Say in the new file where a register comes from; `valeurs` as the columns of `source` after its name."""
    row = (list(REGISTRES).index(registre), registre, *valeurs)
    connexion.execute(f"insert into source values ({', '.join('?' * len(row))})", row)  # noqa: S608 (question marks)


def reprendre(connexion: sqlite3.Connection, registres: Iterable[str]) -> None:
    """Say so again of registers that were kept from the file in service."""
    for registre in registres:
        connexion.execute("insert into source select * from ancien.source where registre = ?", (registre,))


def poser(nouveau: Path, final: Path) -> None:
    """Rename, once what is renamed is on the disk: after a power cut there is the old file or the new one."""
    _synchroniser(nouveau)
    os.replace(nouveau, final)
    _synchroniser(final.parent)


def _ouverte(nouveau: Path, ancien: Path) -> sqlite3.Connection:
    connexion = sqlite3.connect(nouveau, isolation_level=None)
    _sans_filet(connexion, "main")
    if lisible(ancien):
        connexion.execute("attach ? as ancien", (str(ancien),))
    return connexion


def _sans_filet(connexion: sqlite3.Connection, base: str) -> None:
    """Nobody reads this file yet, and a crash only leaves it to be made again."""
    connexion.execute(f"pragma {base}.journal_mode=off")
    connexion.execute(f"pragma {base}.synchronous=off")
    connexion.execute(f"pragma {base}.cache_size={CACHE}")


def _effacer(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _copier(ancien: Path, nouveau: Path, tables: list[str]) -> None:
    with contextlib.closing(_ouverte(nouveau, ancien)) as connexion:
        connexion.execute("begin")
        _executer(connexion, tables, copie)
        connexion.execute("commit")


def _executer(connexion: sqlite3.Connection, tables: Iterable[str], statements: Callable[[str], list[str]]) -> None:
    for table in tables:
        for statement in statements(table):
            connexion.execute(statement)


def _synchroniser(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
