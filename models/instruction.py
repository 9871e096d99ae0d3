"""What a gestionnaire does with the dossiers that were submitted: find them, ask for a piece, decide."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import peewee

from models.base import Base, db, maintenant
from models.comptes import Compte
from models.crypto import Chiffre
from models.dossier import Dossier
from models.etats import A_DEPOSER, LIBELLES, passer
from models.gestion import DossierRecu
from models.listes_dossiers import cles
from models.numeros import lire
from models.sections import Employeur
from models.transmission import Transmission

PAR_PAGE = 25
COMPTES = 10_000
VISIBLES = {etat: label for etat, label in LIBELLES.items() if etat not in A_DEPOSER}


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
    """The dossiers from their submission on, the last submitted first; a page too far gives the last one.

    All structures together are too many to be counted: beyond `COMPTES` the search has to say more.
    """
    query = Dossier.select(Dossier.id).where(Dossier.soumis_le.is_null(False))
    query = query.where(Dossier.etat == etat if etat else Dossier.etat.not_in(A_DEPOSER))
    if numero:
        query = query.where(_porte(numero))
    total = query.limit(COMPTES + 1).count()
    pages = max(1, -(-min(total, COMPTES) // PAR_PAGE))
    page = min(page, pages)
    chosen = cles(query.order_by(Dossier.soumis_le.desc(), Dossier.id.desc()).paginate(page, PAR_PAGE))
    return Liste(_lignes(chosen), total, page, pages)


def _lignes(keys: list[str]) -> list[Ligne]:
    """The lines of these dossiers, in this order."""
    failed = Transmission.select(peewee.Value(1)).where(
        (Transmission.dossier == Dossier.id) & (Transmission.etat == "echouee")
    )
    own = (Dossier.id, Dossier.numero, Dossier.etat, Dossier.soumis_le)
    rows: Iterable[Any] = (
        Dossier.select(*own, Employeur.denomination, DossierRecu.numero_gestion, peewee.fn.EXISTS(failed))
        .join(Employeur, peewee.JOIN.LEFT_OUTER)
        .switch(Dossier)
        .join(DossierRecu, peewee.JOIN.LEFT_OUTER)
        .where(Dossier.id.in_(keys))
        .tuples()
    )
    found = {row[0]: Ligne(*row) for row in rows}
    return [found[key] for key in keys if key in found]


def _porte(numero: str) -> peewee.Expression:
    """Whether the dossier bears this number, whole or its beginning, at the portal or at the outil de gestion."""
    whole = lire(numero)
    if whole:
        return Dossier.numero == whole
    managed = DossierRecu.select(DossierRecu.dossier).where(_commence(DossierRecu.numero_gestion, numero.upper()))
    return _commence(Dossier.numero, numero) | Dossier.id.in_(managed)


def _commence(column: peewee.Field, text: str) -> peewee.Expression:
    """That the column begins with `text`: a range, which an index answers where LIKE reads a million rows."""
    return (column >= text) & (column < text + "\U0010ffff")


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
