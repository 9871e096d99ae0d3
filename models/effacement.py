"""Erasing a dossier for good: its rows, its files, and what the outil de gestion of the portal received of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import peewee

from models import coffre, exports
from models.base import db
from models.dossier import Dossier
from models.gestion import DossierRecu, PieceRecue
from models.pieces import Piece
from models.transmission import Transmission


def effacer_dossier(dossier: str, condition: peewee.Expression) -> list[str] | None:
    """Delete the dossier, if `condition` still holds for it, inside the caller's transaction.

    Gives the ids of its files, to be thrown after the commit: whatever dies in between leaves files that no row knows,
    which the nightly collection throws. None when nothing was deleted.
    """
    files = _fichiers(dossier)
    gone = Dossier.delete().where((Dossier.id == dossier) & condition).execute()
    return files + exports.retirer(dossier) if gone else None


def jeter(files: list[str]) -> None:
    """Throw the files of dossiers that are gone."""
    for file_id in files:
        coffre.jeter(file_id)


def _fichiers(dossier: str) -> list[str]:
    received = DossierRecu.select(DossierRecu.id).where(DossierRecu.dossier == dossier)
    queries: tuple[Any, ...] = (
        Dossier.select(Dossier.cerfa).where((Dossier.id == dossier) & Dossier.cerfa.is_null(False)),
        Piece.select(Piece.coffre_id).where(Piece.dossier == dossier),
        Transmission.select(Transmission.coffre_id).where(Transmission.dossier == dossier),
        DossierRecu.select(DossierRecu.cerfa).where(DossierRecu.dossier == dossier),
        PieceRecue.select(PieceRecue.coffre_id).where(PieceRecue.recu.in_(received)),
    )
    return [file_id for query in queries for (file_id,) in query.tuples() if file_id]


@contextmanager
def sans_reste() -> Iterator[None]:
    """What is deleted meanwhile is overwritten in the file of the database, and in its journal.

    SQLite would only mark the space as free. PostgreSQL frees it by its own vacuum.
    """
    sqlite = isinstance(db.obj, peewee.SqliteDatabase)
    if sqlite:
        db.execute_sql("pragma secure_delete = on").fetchall()
    try:
        yield
    finally:
        if sqlite:
            db.execute_sql("pragma secure_delete = off").fetchall()
            db.execute_sql("pragma wal_checkpoint(truncate)").fetchall()
