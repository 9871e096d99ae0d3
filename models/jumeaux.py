"""Twin contracts: other dossiers of the same person with the same employer that begin within days of this one."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import peewee

from models.base import db, instance, requete
from models.contenu import Contenu
from models.crypto import empreinte
from models.dossier import Dossier
from models.etats import SANS_CONTRAT
from models.journal import Journal
from models.reperes import mots, plier
from models.sections import Salarie

ACCEPTE = "jumeau_accepte"
EXAMINES = 50
COLONNES = (
    Dossier.id,
    Dossier.numero,
    Dossier.etat,
    Dossier.structure,
    Dossier.organisme,
    Dossier.siret,
    Dossier.debut,
)
PERSONNE = (Salarie.nom_naissance, Salarie.prenom, Salarie.date_naissance)


def jumeaux(dossier: Dossier, d: Contenu, jours: int, structures: Iterable[int] = ()) -> list[Dossier]:
    """Dossiers for the same person that begin at most `jours` days from `dossier`, whose sections are `d`.

    By NIR among those of the same structure or SIREN; by name and birth among those of the same structure, and among
    those of the same SIREN in `structures`, which whoever asks may consult. The caller leaves out what that person may
    not. Each page of the person asks: two queries made once, and a third for who acts for several employers.
    """
    start = d.contrat.date_debut
    if start is None:
        return []
    period = (start - timedelta(days=jours), start + timedelta(days=jours))
    rows = [*_du_nir(dossier, d, period), *_du_nom(dossier, d, period, [*structures])]
    found = {row.id: row for row in rows}
    return sorted(found.values(), key=lambda row: (row.debut, row.id))


def _du_nir(dossier: Dossier, d: Contenu, period: tuple[date, date]) -> list[Dossier]:
    if not d.salarie.nir:
        return []
    rows = _par_nir(empreinte(d.salarie.nir), dossier.id, *period, *SANS_CONTRAT, EXAMINES)
    return [row for row in (instance(Dossier, COLONNES, values) for values in rows) if chez_le_meme(row, dossier)]


def chez_le_meme(other: Dossier, dossier: Dossier) -> bool:
    """Whether both belong to one structure, or to one SIREN; for a draft that only an organisme has, to that one."""
    if dossier.structure_id is None:
        return other.organisme_id == dossier.organisme_id
    same_siren = bool(dossier.siret) and (other.siret or "")[:9] == (dossier.siret or "")[:9]
    return other.structure_id is not None and (other.structure_id == dossier.structure_id or same_siren)


def _du_nom(dossier: Dossier, d: Contenu, period: tuple[date, date], structures: list[int]) -> list[Dossier]:
    """The birth date is encrypted: it is compared on the few whose name begins so."""
    name = plier(d.salarie.nom_naissance)
    if not name or not d.salarie.date_naissance:
        return []
    ask = _du_nom_structure if dossier.structure_id else _du_nom_organisme
    owner = dossier.structure_id or dossier.organisme_id
    rows = [
        *ask(owner, dossier.id, *period, *SANS_CONTRAT, f"{name}%", EXAMINES),
        *_ailleurs(dossier, name, period, structures),
    ]
    found = []
    for *values, nom, prenom, birth in rows:
        if (mots(nom or ""), mots(prenom or ""), Salarie.date_naissance.python_value(birth)) == personne(d.salarie):
            found.append(instance(Dossier, COLONNES, values))
    return found


def _ailleurs(dossier: Dossier, name: str, period: tuple[date, date], structures: list[int]) -> Iterable[Any]:
    """The same of the same SIREN in other structures: none for who acts for one employer."""
    others = [structure for structure in structures if structure != dossier.structure_id]
    if not (others and dossier.structure_id and dossier.siret):
        return ()
    near = Dossier.structure.in_(others) & Dossier.debut.between(*period) & Dossier.etat.not_in(SANS_CONTRAT)
    named = peewee.NodeList((Dossier.salarie_plie, peewee.SQL("like"), peewee.Value(f"{name}%")))
    same = near & Dossier.siret.startswith(dossier.siret[:9]) & named
    sql, params = Dossier.select(*COLONNES, *PERSONNE).join(Salarie).where(same).limit(EXAMINES).sql()
    return db.execute_sql(sql, params)


def _proches(where: Any) -> Any:
    near = Dossier.debut.between(date.min, date.max) & Dossier.etat.not_in(SANS_CONTRAT)
    return where & (Dossier.id != "") & near


@requete
def _par_nir() -> peewee.Query:
    query = Dossier.select(*COLONNES).join(Salarie)
    return query.where(_proches(Salarie.nir_empreinte == "")).limit(EXAMINES)


@requete
def _du_nom_structure() -> peewee.Query:
    return _du_nom_de(Dossier.structure)


@requete
def _du_nom_organisme() -> peewee.Query:
    return _du_nom_de(Dossier.organisme)


def _du_nom_de(owner: peewee.Field) -> peewee.Query:
    named = peewee.Expression(Dossier.salarie_plie, peewee.OP.ILIKE, "")
    query = Dossier.select(*COLONNES, *PERSONNE).join(Salarie)
    return query.where(_proches(owner == 0) & named).limit(EXAMINES)


def personne(salarie: Any) -> tuple[list[str], list[str], Any]:
    """A person as two dossiers compare them: without accents, case, hyphens."""
    return mots(salarie.nom_naissance or ""), mots(salarie.prenom or ""), salarie.date_naissance


def acceptes(dossier: Dossier) -> set[str]:
    """The twins beside which somebody went on knowingly."""
    rows = Journal.select(Journal.details).where((Journal.dossier == dossier.id) & (Journal.action == ACCEPTE))
    return {one for row in rows for one in row.details.split()}
