"""What a gestionnaire does with the dossiers that were submitted: find them, ask for a piece, decide."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import peewee

from models.base import Base, db, maintenant
from models.comptes import Compte
from models.crypto import Chiffre
from models.dossier import Dossier
from models.etats import LIBELLES, passer
from models.gestion import DossierRecu
from models.numeros import lire
from models.sections import Employeur
from models.transmission import Transmission

PAR_PAGE = 25
VISIBLES = {etat: label for etat, label in LIBELLES.items() if etat not in ("brouillon", "a_valider_employeur")}


class DemandePiece(Base):
    """A piece that a gestionnaire asks for. `message`, to the employer, may say anything: it is encrypted."""

    id = peewee.AutoField()
    dossier = peewee.ForeignKeyField(Dossier, backref="demandes", on_delete="CASCADE")
    genre = peewee.CharField(max_length=40)
    message = Chiffre()
    compte = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    le = peewee.DateTimeField(default=maintenant)


class Ligne(NamedTuple):
    """A dossier in the list. `echecs`: whether something of it could not be transmitted."""

    id: str
    numero: str
    etat: str
    soumis_le: object
    denomination: str | None
    numero_gestion: str | None
    echecs: bool


class Liste(NamedTuple):
    """One page of the list, and how many dossiers and pages there are in all."""

    lignes: list[Ligne]
    total: int
    page: int
    pages: int


def dossiers_deposes(etat: str | None = None, numero: str | None = None, page: int = 1) -> Liste:
    """The dossiers from their submission on, the last submitted first; a page too far gives the last one."""
    failed = Transmission.select(peewee.Value(1)).where(
        (Transmission.dossier == Dossier.id) & (Transmission.etat == "echouee")
    )
    own = (Dossier.id, Dossier.numero, Dossier.etat, Dossier.soumis_le)
    query = (
        Dossier.select(*own, Employeur.denomination, DossierRecu.numero_gestion, peewee.fn.EXISTS(failed))
        .join(Employeur, peewee.JOIN.LEFT_OUTER)
        .switch(Dossier)
        .join(DossierRecu, peewee.JOIN.LEFT_OUTER)
        .where(Dossier.etat == etat if etat else Dossier.etat.in_(tuple(VISIBLES)))
    )
    if numero:
        query = query.where(_porte(numero))
    total = query.count()
    pages = max(1, -(-total // PAR_PAGE))
    page = min(page, pages)
    found: Iterable[Any] = query.order_by(Dossier.soumis_le.desc(), Dossier.id).paginate(page, PAR_PAGE).tuples()
    return Liste([Ligne(*row) for row in found], total, page, pages)


def _porte(numero: str) -> peewee.Expression:
    """Whether the dossier bears this number, whole or its beginning, at the portal or at the outil de gestion."""
    whole = lire(numero)
    if whole:
        return Dossier.numero == whole
    return Dossier.numero.startswith(numero) | DossierRecu.numero_gestion.startswith(numero.upper())


def acter(
    dossier: Dossier,
    vers: str,
    compte: int,
    *,
    motif: str = "",
    demande: tuple[str, str] | None = None,
) -> None:
    """Move the dossier, with the reason or the piece asked for (kind, message), in one transaction.

    Raises `Refus` or `Conflit` as `passer` does; nothing is written then.
    """
    with db.atomic():
        passer(dossier, vers, compte, details=demande[0] if demande else "")
        if motif:
            Dossier.update(motif=motif).where(Dossier.id == dossier.id).execute()
        if demande:
            DemandePiece.create(dossier=dossier.id, genre=demande[0], message=demande[1], compte=compte)


def demandes_de(dossier_id: str) -> list[DemandePiece]:
    """The pieces asked for, the last one first."""
    return list(DemandePiece.select().where(DemandePiece.dossier == dossier_id).order_by(DemandePiece.id.desc()))
