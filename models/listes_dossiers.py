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
TRIS: dict[str, tuple[peewee.Node, ...]] = {
    "recent": (Dossier.modifie_le.desc(),),
    "ancien": (Dossier.modifie_le,),
    "debut": (Dossier.debut.desc(nulls="LAST"),),
    "debut_ancien": (Dossier.debut.asc(nulls="LAST"),),
    "salarie": (Dossier.salarie_plie,),
    "numero": (Dossier.numero.desc(nulls="LAST"),),
    "etat": (Dossier.etat, Dossier.modifie_le.desc()),
}


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
    chosen = choisis(structures, criteres).limit(PAR_PAGE + 1).offset((rang - 1) * PAR_PAGE)
    found = apercus(cles(chosen))
    return found[:PAR_PAGE], len(found) > PAR_PAGE


def tous(structures: Perimetre, criteres: Criteres) -> Iterator[Apercu]:
    """All dossiers that meet `criteres`, in order, read some at a time."""
    keys = cles(choisis(structures, criteres))
    for first in range(0, len(keys), PAR_LOT):
        yield from apercus(keys[first : first + PAR_LOT])


def cles(query: "peewee.ModelSelect[Dossier]") -> list[str]:
    rows: Iterable[Any] = query.tuples()
    return [row[0] for row in rows]


def choisis(structures: Perimetre, criteres: Criteres) -> "peewee.ModelSelect[Dossier]":
    """Their identifiers, from the index alone."""
    where = dedans(structures)
    texts = ((Dossier.salarie_plie, criteres.salarie), (Dossier.employeur_plie, criteres.etablissement))
    tests = [cherche(column, text) for column, text in (*texts, (Dossier.formation_plie, criteres.formation))]
    tests.append(Dossier.numero.startswith(criteres.numero) if criteres.numero else None)
    tests.append(Dossier.etat == criteres.etat if criteres.etat else None)
    tests.append(Dossier.debut >= criteres.du if criteres.du else None)
    tests.append(Dossier.debut <= criteres.au if criteres.au else None)
    for test in tests:
        where = where if test is None else where & test
    return Dossier.select(Dossier.id).where(where).order_by(*TRIS[criteres.tri], Dossier.id)


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
