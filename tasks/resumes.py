"""The daily mail: what waits for each person, grouped by dossier; one a day, and nothing lost when a worker dies.

The mail and the mark that its lines are in it are one transaction. Lines written after the hour wait for tomorrow's.
"""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from forms.controles.francais import jour
from models.base import db, heure_de_paris, maintenant
from models.comptes import Compte
from models.courriels import poster_une_fois
from models.notifications import Notification, a_resumer, comptes_a_resumer, resumer
from models.preferences import AUCUN, modes_de
from tasks.annonces import PREFERENCES, adresse
from tasks.courriels import composer

LOT = 50
LIGNES = 100  # of one mail; the bell has the rest

log = logging.getLogger(__name__)
_reglages: dict[str, Any] = {"RESUME_HOUR": 8}


def brancher(reglages: dict[str, Any]) -> None:
    """Take the hour, that of Paris, from the settings."""
    _reglages["RESUME_HOUR"] = reglages["RESUME_HOUR"]


def resumer_les_dus() -> None:
    """Write the daily mails that are due, at most `LOT`."""
    before = echeance(maintenant())
    for compte in comptes_a_resumer(before, LOT):
        try:
            resumer_compte(compte, before)
        except Exception as error:
            log.warning("daily mail of account %s not written: %s", compte, type(error).__name__)


def echeance(now: datetime) -> datetime:
    """The last time that the daily mails became due, in UTC as the tables hold it."""
    local = heure_de_paris(now)
    due = local.replace(hour=_reglages["RESUME_HOUR"], minute=0, second=0, microsecond=0)
    if due > local:
        due -= timedelta(days=1)
    return due.astimezone(UTC).replace(tzinfo=None)


def resumer_compte(compte_id: int, before: datetime) -> None:
    """One mail of what is still unread and wanted; none when that is nothing."""
    with db.atomic():
        compte = Compte.get_by_id(compte_id)
        waiting = a_resumer(compte_id, before)
        modes = modes_de(compte_id)
        told = [line for line in waiting if not line.lue_le and modes.get(line.genre) != AUCUN]
        cle = f"resume:{compte_id}:{before:%Y-%m-%d}"
        if told and compte.actif and not poster_une_fois(cle, compte.courriel, *rediger(told)):
            return  # written already: a line that was late for it is in tomorrow's
        resumer(waiting)


def rediger(lines: list[Notification]) -> tuple[str, str, str]:
    """(subject, text, HTML): the lines by dossier, in the order in which dossiers came up."""
    groups: dict[str, list[Notification]] = {}
    for line in lines[:LIGNES]:
        groups.setdefault(line.dossier_id or "", []).append(line)
    return composer(
        "resume",
        nombre=len(lines),
        reste=max(0, len(lines) - LIGNES),
        groupes=[(titre(found[0]), page(found), [line.texte for line in found]) for found in groups.values()],
        lien=adresse("/notifications"),
        preferences=adresse(PREFERENCES),
    )


def titre(line: Notification) -> str:
    """What the lines are about, as its people know it; it names nobody."""
    if line.dossier is None:
        return "Votre espace"
    if line.dossier.numero:
        return f"Dossier {line.dossier.numero}"
    return f"Contrat dont la saisie a commencé le {jour(heure_de_paris(line.dossier.cree_le).date())}"


def page(lines: list[Notification]) -> str:
    """Where they lead together: the page of the only one, else that of the dossier."""
    one = lines[0].chemin if len(lines) == 1 else None
    dossier = lines[0].dossier_id
    return adresse(one or (f"/dossiers/{dossier}" if dossier else "/notifications"))
