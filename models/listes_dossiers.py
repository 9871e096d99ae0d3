"""The lists of dossiers: what a person sees of the dossiers of its structures, page by page."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

import peewee
from peewee import fn

from models.dossier import Dossier
from models.droits import Perimetre, dedans
from models.reperes import cherche
from models.sections import Contrat, Employeur, Formation, Salarie

PAR_PAGE = 20
PAR_LOT = 500
COMPTES = 1000
# Ways to sort: how, and which lists an index holds in that order: all, those without a filter only, or none.
TRIS: dict[str, tuple[tuple[tuple[str, str], ...], str]] = {
    "recent": ((("modifie_le", "desc"), ("id", "desc")), "toutes"),
    "ancien": ((("modifie_le", "asc"), ("id", "asc")), "toutes"),
    "debut": ((("debut", "desc"), ("id", "asc")), "toutes"),
    "debut_ancien": ((("debut", "asc"), ("id", "asc")), "toutes"),
    "salarie": ((("salarie_plie", "asc"), ("id", "asc")), "entieres"),
    "numero": ((("numero", "desc"), ("id", "desc")), "entieres"),
    "etat": ((("etat", "desc"), ("modifie_le", "desc"), ("id", "desc")), "toutes"),
}
TEXTES = {"salarie": "salarie_plie", "etablissement": "employeur_plie", "formation": "formation_plie"}


class Criteres(NamedTuple):
    """What is looked for in a list. du, au: when the contract begins."""

    numero: str = ""
    etat: str = ""
    formation: str = ""
    salarie: str = ""
    etablissement: str = ""
    du: date | None = None
    au: date | None = None
    tri: str = "recent"


class Apercu(NamedTuple):
    """One line of the list."""

    id: str
    numero: str | None
    etat: str
    etape: str
    modifie_le: datetime
    structure_id: int | None
    organisme_id: int | None
    prenom: str | None
    nom: str | None
    employeur: str | None
    siret: str | None
    rncp: str | None
    intitule: str | None
    date_debut: date | None
    date_fin: date | None


def lister(structures: Perimetre, criteres: Criteres = Criteres(), rang: int = 1) -> tuple[list[Apercu], bool]:  # noqa: B008 a tuple
    """The page `rang` of the dossiers of these structures that meet `criteres`, and whether there is a next one."""
    chosen, more = pages(choisis(structures, criteres), rang)
    return apercus(chosen), more


def pages(query: peewee.Query, rang: int) -> tuple[list[str], bool]:
    """The identifiers of the page `rang`, and whether there is a next one."""
    found = cles(query.limit(PAR_PAGE + 1).offset((rang - 1) * PAR_PAGE))
    return found[:PAR_PAGE], len(found) > PAR_PAGE


def tous(structures: Perimetre, criteres: Criteres) -> Iterator[Apercu]:
    """All dossiers that meet `criteres`, in order, read some at a time."""
    keys = cles(choisis(structures, criteres))
    for first in range(0, len(keys), PAR_LOT):
        yield from apercus(keys[first : first + PAR_LOT])


def cles(query: peewee.Query) -> list[str]:
    rows: Iterable[Any] = query.tuples()
    return [row[0] for row in rows]


def choisis(structures: Perimetre, criteres: Criteres) -> peewee.Query:
    """Their identifiers, from the indexes alone."""
    texts = [cherche(getattr(Dossier, column), getattr(criteres, name)) for name, column in TEXTES.items()]
    days = [
        Dossier.debut >= criteres.du if criteres.du else None,
        Dossier.debut <= criteres.au if criteres.au else None,
    ]
    return trier(dedans(structures), [*texts, *days], criteres)


def trier(where: peewee.Expression, tests: list[peewee.Expression | None], criteres: Criteres) -> peewee.Query:
    """The identifiers of the dossiers that pass all `tests`, in the order that is asked for.

    Where no index has that order, the rows are chosen first: a database that tries to be clever walks the index of
    all numbers, and looks up a million dossiers to find twenty.
    """
    tests = [*tests, Dossier.numero.startswith(criteres.numero) if criteres.numero else None]
    asked = [test for test in [*tests, Dossier.etat == criteres.etat if criteres.etat else None] if test is not None]
    for test in asked:
        where = where & test
    order, indexed = TRIS[criteres.tri]
    if indexed == "toutes" or not asked:
        return Dossier.select(Dossier.id).where(where).order_by(*ordre(Dossier, order))
    columns = {column: getattr(Dossier, column) for column, _ in order}
    chosen = Dossier.select(*columns.values()).where(where).cte("choisis", materialized=True)
    return chosen.select_from(chosen.c.id).order_by(*ordre(chosen.c, order))


def ordre(source: Any, order: tuple[tuple[str, str], ...]) -> list[peewee.Node]:
    """The columns of `source` to sort by; what has no value comes last."""
    nullable = ("debut", "numero")
    nodes = []
    for column, sense in order:
        nulls = {"nulls": "LAST"} if column in nullable else {}
        nodes.append(getattr(getattr(source, column), sense)(**nulls))
    return nodes


def compter(query: peewee.Query) -> int:
    """How many dossiers the query of a list finds, at most one more than `COMPTES`: nobody reads so many."""
    return len(cles(query.order_by().limit(COMPTES + 1)))


def apercus(keys: list[str]) -> list[Apercu]:
    """The lines of these dossiers, in this order."""
    rows: Iterable[Any] = (
        Dossier.select(
            Dossier.id,
            Dossier.numero,
            Dossier.etat,
            Dossier.etape,
            Dossier.modifie_le,
            Dossier.structure,
            Dossier.organisme,
            Salarie.prenom,
            Salarie.nom_naissance,
            Employeur.denomination,
            Employeur.siret,
            Formation.rncp,
            Formation.intitule,
            Contrat.date_debut,
            Contrat.date_fin,
        )
        .join_from(Dossier, Salarie)
        .join_from(Dossier, Employeur)
        .join_from(Dossier, Formation)
        .join_from(Dossier, Contrat)
        .where(Dossier.id.in_(keys))
        .tuples()
    )
    found = {row[0]: Apercu(*row) for row in rows}
    return [found[key] for key in keys if key in found]


def compter_par_etat(structures: Perimetre, etats: list[str]) -> dict[str, int]:
    """How many dossiers of these structures are in each of `etats`."""
    rows: Iterable[Any] = (
        Dossier.select(Dossier.etat, fn.COUNT(Dossier.id))
        .where(dedans(structures), Dossier.etat.in_(etats))
        .group_by(Dossier.etat)
        .tuples()
    )
    return dict(rows)
