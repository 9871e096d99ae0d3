"""The lists of dossiers: what a person sees of the dossiers of its structures, page by page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from peewee import fn

from models.dossier import Dossier
from models.sections import Contrat, Employeur, Formation, Salarie

PAR_PAGE = 20


class Apercu(NamedTuple):
    """One line of the list."""

    id: str
    numero: str | None
    etat: str
    etape: str
    modifie_le: datetime
    prenom: str | None
    nom: str | None
    employeur: str | None
    intitule: str | None
    date_debut: object


def lister(
    structures: list[int], numero: str = "", etat: str = "", numero_de_page: int = 1
) -> tuple[list[Apercu], bool]:
    """The dossiers of these structures, the latest change first, and whether there are more on a next page."""
    where = Dossier.structure.in_(structures)
    if etat:
        where &= Dossier.etat == etat
    if numero:
        where &= Dossier.numero.startswith(numero)
    first = (numero_de_page - 1) * PAR_PAGE
    chosen = (
        Dossier.select(Dossier.id)
        .where(where)
        .order_by(Dossier.modifie_le.desc(), Dossier.id)
        .limit(PAR_PAGE + 1)
        .offset(first)
    )
    rows: Iterable[Any] = (
        Dossier.select(
            Dossier.id,
            Dossier.numero,
            Dossier.etat,
            Dossier.etape,
            Dossier.modifie_le,
            Salarie.prenom,
            Salarie.nom_naissance,
            Employeur.denomination,
            Formation.intitule,
            Contrat.date_debut,
        )
        .join_from(Dossier, Salarie)
        .join_from(Dossier, Employeur)
        .join_from(Dossier, Formation)
        .join_from(Dossier, Contrat)
        .where(Dossier.id.in_(chosen))
        .order_by(Dossier.modifie_le.desc(), Dossier.id)
        .tuples()
    )
    found = [Apercu(*row) for row in rows]
    return found[:PAR_PAGE], len(found) > PAR_PAGE


def compter_par_etat(structures: list[int], etats: list[str]) -> dict[str, int]:
    """How many dossiers of these structures are in each of `etats`."""
    rows: Iterable[Any] = (
        Dossier.select(Dossier.etat, fn.COUNT(Dossier.id))
        .where(Dossier.structure.in_(structures), Dossier.etat.in_(etats))
        .group_by(Dossier.etat)
        .tuples()
    )
    return dict(rows)
