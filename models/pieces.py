"""The pieces of a dossier: what was loaded, by whom, and whether it was sent. The bytes lie in `models.coffre`."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import peewee

from models import coffre
from models.base import Base, db, maintenant
from models.comptes import Compte
from models.crypto import Chiffre
from models.dossier import Dossier, identifiant
from models.etats import Refus
from models.journal import noter

MAX_PIECES = 100  # of one dossier: no one needs more, and nobody fills the disk


class Piece(Base):
    """One loaded document. `nom` is encrypted because a file name may name a person.

    type: `application/pdf`, `image/jpeg` or `image/png`, judged by content. taille: bytes. pages: 1 for an image.
    A removed piece keeps its row, for the audit trail; its bytes are gone.
    """

    id = peewee.CharField(max_length=16, primary_key=True, default=identifiant)
    dossier = peewee.ForeignKeyField(Dossier, backref="pieces", on_delete="CASCADE")
    dossier_id: str
    genre = peewee.CharField(max_length=40)
    nom = Chiffre()
    type = peewee.CharField(max_length=20)
    taille = peewee.IntegerField()
    pages = peewee.IntegerField()
    sha256 = peewee.CharField(max_length=64)
    coffre_id = peewee.CharField(max_length=32, unique=True)
    deposee_par = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    deposee_le = peewee.DateTimeField(default=maintenant)
    envoyee_le = peewee.DateTimeField(null=True)
    retiree_le = peewee.DateTimeField(null=True)


class Fiche(NamedTuple):
    """What the examination of a file found: a clean name, its type by content, its number of pages."""

    nom: str
    type: str
    pages: int


def deposer(dossier_id: str, genre: str, fiche: Fiche, range_: coffre.Rangement, compte: int | None) -> Piece:
    """Add the file that the store took in to the dossier, and return its row.

    The same content loaded twice for one genre (double click, second try after a cut) is one piece: the row that is
    there is returned and the second file thrown. Raises `Refus`, the file thrown too, when no piece may be added.
    """
    try:
        with db.atomic():
            verrouiller(dossier_id)
            piece = _deja_la(dossier_id, genre, range_.sha256) or _ajouter(dossier_id, genre, fiche, range_, compte)
    except BaseException:
        coffre.jeter(range_.id)
        raise
    if piece.coffre_id != range_.id:
        coffre.jeter(range_.id)
    return piece


def _deja_la(dossier_id: str, genre: str, sha256: str) -> Piece | None:
    same = (Piece.genre == genre) & (Piece.sha256 == sha256)
    return Piece.get_or_none((Piece.dossier == dossier_id) & same & Piece.retiree_le.is_null())


def _ajouter(dossier_id: str, genre: str, fiche: Fiche, range_: coffre.Rangement, compte: int | None) -> Piece:
    there = Piece.select().where((Piece.dossier == dossier_id) & Piece.retiree_le.is_null()).count()
    if there >= MAX_PIECES:
        raise Refus(f"Ce dossier a déjà {MAX_PIECES} pièces : retirez-en une avant d’en charger une autre.")
    noter(dossier_id, "piece_deposee", compte, details=genre)
    return _inscrire(dossier_id, genre, fiche, range_, compte)


def _inscrire(
    dossier_id: str, genre: str, fiche: Fiche, range_: coffre.Rangement, compte: int | None, **columns: Any
) -> Piece:
    return Piece.create(
        dossier=dossier_id,
        genre=genre,
        **fiche._asdict(),
        taille=range_.taille,
        sha256=range_.sha256,
        coffre_id=range_.id,
        deposee_par=compte,
        **columns,
    )


def produire(dossier_id: str, genre: str, fiche: Fiche, range_: coffre.Rangement, compte: int) -> Piece:
    """Add what the portal itself has made, sent at once, to a dossier of whatever state."""
    return _inscrire(dossier_id, genre, fiche, range_, compte, envoyee_le=maintenant())


def pieces_de(dossier_id: str) -> list[Piece]:
    """The pieces that are there, in the order of their loading."""
    query = Piece.select().where((Piece.dossier == dossier_id) & Piece.retiree_le.is_null())
    return sorted(query, key=lambda piece: (piece.deposee_le, piece.nom))


def piece_de(dossier_id: str, piece_id: str) -> Piece | None:
    """This piece, if it belongs to this dossier and was not removed."""
    return Piece.get_or_none(
        (Piece.id == piece_id) & (Piece.dossier == dossier_id) & Piece.retiree_le.is_null(),
    )


def retirer(piece: Piece, compte: int | None) -> None:
    """Take back a piece that was not sent, its bytes after the commit. Raises `Refus` for one that was."""
    with db.atomic():
        verrouiller(piece.dossier_id)
        mine = (Piece.id == piece.id) & Piece.envoyee_le.is_null() & Piece.retiree_le.is_null()
        if Piece.update(retiree_le=maintenant()).where(mine).execute() == 0:
            raise Refus("Cette pièce a déjà été envoyée ou retirée : elle ne peut plus être retirée.")
        noter(piece.dossier_id, "piece_retiree", compte, details=piece.genre)
    coffre.jeter(piece.coffre_id)


def envoyer(dossier_id: str, compte: int | None, seulement: Iterable[str] | None = None) -> list[Piece]:
    """Mark the unsent pieces (those of the ids `seulement`, if given) as sent, in the caller's transaction."""
    verrouiller(dossier_id)
    chosen = None if seulement is None else set(seulement)
    unsent = [p for p in pieces_de(dossier_id) if p.envoyee_le is None and (chosen is None or p.id in chosen)]
    for piece in unsent:
        piece.envoyee_le = maintenant()
        piece.save()
        noter(dossier_id, "piece_envoyee", compte, details=piece.genre)
    return unsent


def verrouiller(dossier_id: str) -> None:
    """Hold the row of the dossier until the end of the transaction, on SQLite and PostgreSQL alike.

    Raises `Refus` when it was cancelled: a decided one still takes what the OPCO must know of it (guide, « hors état
    brouillon »).
    """
    held = Dossier.update(version=Dossier.version).where((Dossier.id == dossier_id) & (Dossier.etat != "annule"))
    if held.execute() == 0:
        raise Refus("Ce dossier est annulé : il ne reçoit plus de pièces.")


def coffres_connus() -> set[str]:
    """The ids in the file store of all pieces that are there (for `coffre.ramasser`)."""
    return {piece.coffre_id for piece in Piece.select(Piece.coffre_id).where(Piece.retiree_le.is_null())}
