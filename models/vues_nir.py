"""Who saw a NIR: one line of the journal for each person, dossier and hour."""

from datetime import datetime, timedelta
from typing import Any

import peewee

from models.base import db, maintenant
from models.comptes import Compte, Habilitation, Structure
from models.dossier import Dossier
from models.journal import Journal, noter

ACTION = "nir_vu"
UNE_HEURE = timedelta(hours=1)
# What was looked at, as people read it.
LIEUX = {
    "salarie": "page Salarié(e)",
    "synthese": "synthèse",
    "details": "détails du dossier",
    "suivi": "suivi du dossier",
    "gestion": "instruction",
    "cerfa": "CERFA",
    "piece": "CERFA signé",
    "export": "export des données de la personne",
    "archive": "export du dossier avec ses pièces",
}
SOUVENIRS = 20_000

# (dossier, account) → when its last line was written. Most looks are at a page that was just seen: they cost nothing.
_notees: dict[tuple[str, int], datetime] = {}


def noter_vue(dossier: str, compte: int, lieu: str) -> None:
    """Write that `compte` is shown the NIR of `dossier`, unless it was within the hour."""
    key, now = (dossier, compte), maintenant()
    last = _notees.get(key) or _derniere(dossier, compte)
    if last is None or now - last >= UNE_HEURE:
        last = _ecrire(dossier, compte, lieu, now)
    if len(_notees) >= SOUVENIRS:
        _notees.clear()
    _notees[key] = last


def vues_du_nir(dossier: str) -> list[tuple[datetime, str, str, str]]:
    """(when, who, for which structures, where), the latest first."""
    rows: Any = Journal.select(Journal, Compte).join(Compte, peewee.JOIN.LEFT_OUTER)
    of_dossier = (Journal.dossier == dossier) & (Journal.action == ACTION)
    rows = list(rows.where(of_dossier).order_by(Journal.id.desc()).limit(200))
    houses = _structures({row.compte_id for row in rows if row.compte_id})
    return [
        (
            row.le,
            row.compte.nom_complet if row.compte_id else "Compte effacé",
            ", ".join(houses.get(row.compte_id, [])),
            LIEUX.get(row.details, row.details),
        )
        for row in rows
    ]


def _structures(comptes: set[int]) -> dict[int, list[str]]:
    """Account → names of the structures it belongs to."""
    rows: Any = Habilitation.select(Habilitation.compte, Structure.nom).join(Structure)
    found: dict[int, list[str]] = {}
    for compte, nom in rows.where(Habilitation.compte.in_(comptes)).order_by(Structure.nom).tuples():
        found.setdefault(compte, []).append(nom)
    return found


def _derniere(dossier: str, compte: int) -> datetime | None:
    seen = (Journal.dossier == dossier) & (Journal.compte == compte) & (Journal.action == ACTION)
    return Journal.select(Journal.le).where(seen).order_by(Journal.id.desc()).scalar()


def _ecrire(dossier: str, compte: int, lieu: str, now: datetime) -> datetime:
    """Two looks at once make one line: whoever is second waits for the dossier, then finds the first."""
    with db.atomic():
        Dossier.update(version=Dossier.version).where(Dossier.id == dossier).execute()
        last = _derniere(dossier, compte)
        if last and now - last < UNE_HEURE:
            return last
        noter(dossier, ACTION, compte, details=lieu)
    return now
