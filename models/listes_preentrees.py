"""The dossiers that organismes began, as they may read them: after the hand-over, only what they entered."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import peewee

from models.dossier import Dossier
from models.listes_dossiers import PAR_LOT, TEXTES, Criteres, cles, pages, trier
from models.preentree import Preentree
from models.reperes import MARQUES, cherche
from models.sections import Contrat, Employeur, Formation, Salarie

# What the employer changes after the hand-over must not show through the order of the list.
TRIS = ("recent", "ancien", "etat", "numero")
# champ → the column where it stands while the organisme holds the dossier.
SAISIS = {
    "salarie.prenom": Salarie.prenom,
    "salarie.nom_naissance": Salarie.nom_naissance,
    "employeur.denomination": Employeur.denomination,
    "formation.intitule": Formation.intitule,
    "employeur.siret": Employeur.siret,
    "formation.rncp": Formation.rncp,
    "contrat.date_debut": Contrat.date_debut,
    "contrat.date_fin": Contrat.date_fin,
}


class Preapercu(NamedTuple):
    """One line of the list, with the names that the macros of the lists and the rights read.

    siret: that of the dossier, for the rights. From `prenom` on, what the organisme entered, as people read it.
    """

    id: str
    numero: str | None
    etat: str
    modifie_le: Any
    structure_id: int | None
    organisme_id: int | None
    siret: str | None
    prenom: str
    nom: str
    employeur: str
    intitule: str
    siret_saisi: str
    rncp: str
    debut: str
    fin: str


def lister(organismes: Iterable[int], criteres: Criteres, rang: int) -> tuple[list[Preapercu], bool]:
    """One page of the dossiers of these organismes that meet `criteres`, and whether there are more."""
    chosen, more = pages(choisis(organismes, criteres), rang)
    return apercus(chosen), more


def tous(organismes: Iterable[int], criteres: Criteres) -> Iterator[Preapercu]:
    """All of them, in order, read some at a time."""
    keys = cles(choisis(organismes, criteres))
    for first in range(0, len(keys), PAR_LOT):
        yield from apercus(keys[first : first + PAR_LOT])


def choisis(organismes: Iterable[int], criteres: Criteres) -> peewee.Query:
    """Their identifiers. Words are looked for among those that the organisme itself entered."""
    tests = [
        cherche(Dossier.organisme_plie, getattr(criteres, name), MARQUES[column]) for name, column in TEXTES.items()
    ]
    tri = criteres.tri if criteres.tri in TRIS else "recent"
    return trier(Dossier.organisme.in_(list(organismes)), tests, criteres._replace(tri=tri))


def apercus(keys: list[str]) -> list[Preapercu]:
    """The lines of these dossiers, in this order, with names as the organisme knows them.

    The sections are its own only until it hands them over.
    """
    rows = {row.id: row for row in Dossier.select().where(Dossier.id.in_(keys))}
    kept = {row.dossier_id: row for row in Preentree.select().where(Preentree.dossier.in_(keys))}
    now = actuels(keys)
    found = []
    for row in (rows[key] for key in keys if key in rows):
        mine = row.id not in kept or (row.etat == "brouillon" and row.structure_id is None)
        texts = now.get(row.id, [""] * len(SAISIS)) if mine else saisis(kept[row.id])
        head = (row.id, row.numero, row.etat, row.modifie_le, row.structure_id, row.organisme_id, row.siret)
        found.append(Preapercu(*head, *texts))
    return found


def actuels(keys: list[str]) -> dict[str, list[str]]:
    rows: Iterable[Any] = (
        Salarie.select(Salarie.dossier, *SAISIS.values())
        .join_from(Salarie, Employeur, on=(Employeur.dossier == Salarie.dossier))
        .join_from(Salarie, Formation, on=(Formation.dossier == Salarie.dossier))
        .join_from(Salarie, Contrat, on=(Contrat.dossier == Salarie.dossier))
        .where(Salarie.dossier.in_(keys))
        .tuples()
    )
    return {key: [lisible(value) for value in values] for key, *values in rows}


def lisible(value: str | date | None) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value or ""


def saisis(kept: Preentree) -> list[str]:
    given = {champ: valeur for _, _, lignes in kept.blocs for champ, _, valeur in lignes}
    given["employeur.siret"] = given.get("employeur.siret", "").replace(" ", "")
    return [given.get(champ, "") for champ in SAISIS]
