"""What the embedded outil de gestion received: dossiers under numbers of its own, and their pieces."""

from typing import Any

import peewee

from models.base import Base, db, maintenant
from models.coffre import Rangement
from models.crypto import Chiffre, JsonChiffre
from models.dossier import Dossier


class DossierRecu(Base):
    """A dossier as it was handed over. `cle` is the sender's idempotency key, `cerfa` its file in the store."""

    id = peewee.AutoField()
    cle = peewee.CharField(max_length=40, unique=True)
    dossier = peewee.ForeignKeyField(Dossier, unique=True, on_delete="CASCADE")
    numero_gestion = peewee.CharField(max_length=20, unique=True, null=True)
    document = JsonChiffre()
    cerfa = peewee.CharField(max_length=32)
    recu_le = peewee.DateTimeField(default=maintenant)


class PieceRecue(Base):
    """A piece as it was handed over. `nom` is encrypted because a file name may name a person."""

    id = peewee.AutoField()
    cle = peewee.CharField(max_length=40, unique=True)
    recu = peewee.ForeignKeyField(DossierRecu, backref="pieces", on_delete="CASCADE")
    genre = peewee.CharField(max_length=40)
    nom = Chiffre()
    coffre_id = peewee.CharField(max_length=32)
    sha256 = peewee.CharField(max_length=64)
    taille = peewee.IntegerField()
    recue_le = peewee.DateTimeField(default=maintenant)


class DossierInconnu(Exception):
    """No dossier has this number."""


def dossier_recu(cle: str) -> DossierRecu | None:
    return DossierRecu.get_or_none(DossierRecu.cle == cle)


def piece_recue(cle: str) -> PieceRecue | None:
    return PieceRecue.get_or_none(PieceRecue.cle == cle)


def inscrire_dossier(cle: str, document: dict[str, Any], cerfa: str) -> DossierRecu:
    """Take the dossier in and give it its number; the row that is there when the key is known already.

    The document names its dossier by its number at the portal. Raises `DossierInconnu` when there is none.
    """
    dossier = Dossier.get_or_none(Dossier.numero == document["numero"])
    if dossier is None:
        raise DossierInconnu
    row = {"cle": cle, "dossier": dossier.id, "document": document, "cerfa": cerfa}
    with db.atomic():
        DossierRecu.insert(**row).on_conflict_ignore().execute()
        received = DossierRecu.get(DossierRecu.cle == cle)
        if received.numero_gestion is None:
            received.numero_gestion = f"G{received.recu_le.year}-{received.id:06}"
            received.save()
    return received


def inscrire_piece(cle: str, numero_gestion: str, genre: str, nom: str, copie: Rangement) -> PieceRecue:
    """Take a piece of a known dossier in; the row that is there when the key is known already.

    Raises `DossierInconnu`.
    """
    received = DossierRecu.get_or_none(DossierRecu.numero_gestion == numero_gestion)
    if received is None:
        raise DossierInconnu
    row = {"cle": cle, "recu": received.id, "genre": genre, "nom": nom}
    row |= {"coffre_id": copie.id, "sha256": copie.sha256, "taille": copie.taille}
    PieceRecue.insert(**row).on_conflict_ignore().execute()
    return PieceRecue.get(PieceRecue.cle == cle)


def coffres_recus() -> set[str]:
    """The ids in the file store of all that was received (for `coffre.ramasser`)."""
    cerfas = {received.cerfa for received in DossierRecu.select(DossierRecu.cerfa)}
    return cerfas | {piece.coffre_id for piece in PieceRecue.select(PieceRecue.coffre_id)}
