"""Twin contracts: other dossiers of the same person with the same employer that begin within days of this one."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import peewee

from models.contenu import Contenu
from models.crypto import empreinte
from models.dossier import Dossier
from models.droits import Perimetre, dedans
from models.journal import Journal
from models.reperes import cherche, mots
from models.sections import Salarie

ACCEPTE = "jumeau_accepte"
CLOS = ("refuse", "annule")
EXAMINES = 50
MONTRES = 5


def jumeaux(
    dossier: Dossier, d: Contenu, employeurs: Perimetre, organismes: Iterable[int], jours: int
) -> list[Dossier]:
    """Dossiers for the same person that begin at most `jours` days from `dossier`, whose sections are `d`.

    Only among those of the structure of `dossier`, or of its employer's SIREN, that one may see: employeurs,
    organismes are the structures in which the person who asks may consult. Of all others nothing is said.
    """
    start = d.contrat.date_debut
    if start is None:
        return []
    near = Dossier.debut.between(start - timedelta(days=jours), start + timedelta(days=jours))
    where = (Dossier.id != dossier.id) & near & Dossier.etat.not_in(CLOS) & _chez_soi(dossier, employeurs, organismes)
    found = {row.id: row for row in [*_par_nir(d, where), *_par_nom(d, where)]}
    return sorted(found.values(), key=lambda row: (row.debut, row.id))[:MONTRES]


def _chez_soi(dossier: Dossier, employeurs: Perimetre, organismes: Iterable[int]) -> peewee.Expression:
    if dossier.structure_id is None:
        return Dossier.organisme.in_([one for one in organismes if one == dossier.organisme_id])
    same = Dossier.structure == dossier.structure_id
    if dossier.siret:
        same |= Dossier.siret.startswith(dossier.siret[:9])
    return dedans(employeurs) & same


def _par_nir(d: Contenu, where: peewee.Expression) -> list[Dossier]:
    if not d.salarie.nir:
        return []
    same = Salarie.nir_empreinte == empreinte(d.salarie.nir)
    return list(Dossier.select().join(Salarie).where(same & where).limit(MONTRES))


def _par_nom(d: Contenu, where: peewee.Expression) -> list[Dossier]:
    """By birth name, first name and birth date, which is encrypted: compared on the few whose names begin so."""
    named = cherche(Dossier.salarie_plie, f"{d.salarie.nom_naissance or ''} {d.salarie.prenom or ''}")
    if named is None or not d.salarie.date_naissance:
        return []
    fields = (Salarie.nom_naissance, Salarie.prenom, Salarie.date_naissance)
    rows: Any = Dossier.select(Dossier, *fields).join(Salarie).where(where & named).limit(EXAMINES)
    return [row for row in rows if personne(row.salarie) == personne(d.salarie)]


def personne(salarie: Any) -> tuple[list[str], list[str], Any]:
    """A person as two dossiers compare them: without accents, case, hyphens."""
    return mots(salarie.nom_naissance or ""), mots(salarie.prenom or ""), salarie.date_naissance


def acceptes(dossier: Dossier) -> set[str]:
    """The twins beside which somebody went on knowingly."""
    rows = Journal.select(Journal.details).where((Journal.dossier == dossier.id) & (Journal.action == ACCEPTE))
    return {one for row in rows for one in row.details.split()}
