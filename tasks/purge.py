"""The purge, every night: what `models.conservation` says is over goes, after notice where people may want it."""

import logging
from datetime import datetime, timedelta
from typing import Any

import peewee
from huey import crontab

from forms.controles.francais import jour
from models.base import db, heure_de_paris, maintenant
from models.comptes import Compte
from models.conservation import Regle, executer, regles
from models.dossier import Dossier
from models.etats import A_DEPOSER
from models.inactivite import a_prevenir, annoncer_la_fin, purger
from models.responsables import habilites
from tasks.annonces import annoncer
from tasks.queue import huey
from tasks.relay import sonner

log = logging.getLogger(__name__)
_reglages: dict[str, Any] = {"BROUILLON_MOIS": 6, "DOSSIER_ANS": 5, "PREAVIS_JOURS": 30}


def brancher(reglages: dict[str, Any]) -> None:
    """Take the periods from the settings."""
    _reglages.update({name: reglages[name] for name in _reglages})


@huey.periodic_task(crontab(hour="2", minute="41"), name="faire_la_purge")
def faire_la_purge() -> None:
    """Every night; harmless when it runs twice, or stops anywhere: the next one goes on."""
    now = maintenant()
    for regle in regles(_reglages):
        try:
            count = purger_dossiers(regle, now) if regle.dossiers else executer(regle, now)
            log.info("purge of %s: %s", regle.cle, count)
        except Exception as error:  # one rule must not keep the others from being applied
            log.warning("purge of %s failed: %s", regle.cle, type(error).__name__)
    sonner()


def purger_dossiers(regle: Regle, now: datetime) -> int:
    """Tell the people of what is nearly over; delete what they were told of long enough ago."""
    assert regle.dossiers is not None  # noqa: S101 (said to the type checker)
    notice = timedelta(days=_reglages["PREAVIS_JOURS"])
    limit = regle.delai.avant(now)
    soon = regle.dossiers(limit + notice)
    while told := [prevenir(dossier, soon, now + notice) for dossier in a_prevenir(soon)]:
        if not any(told):
            break
    return purger(regle.dossiers(limit), now - notice, regle.cle)


def prevenir(dossier: Dossier, condition: peewee.Expression, fin: datetime) -> bool:
    """The mark on the dossier, the bells and the mails: all of them, or none."""
    with db.atomic():
        if not annoncer_la_fin(dossier, condition):
            return False
        texte = phrase(dossier, fin)
        for compte in personnes(dossier):
            annoncer("purge", f"purge:{dossier.id}:{maintenant():%Y%m%d}:{compte.id}", compte, texte, dossier.id)
    return True


def phrase(dossier: Dossier, fin: datetime) -> str:
    end = jour(heure_de_paris(fin).date())
    if dossier.etat in A_DEPOSER:
        started = jour(heure_de_paris(dossier.cree_le).date())
        return f"Le brouillon commencé le {started} sera supprimé le {end} : ouvrez-le d’ici là pour le garder."
    return f"La conservation du dossier {dossier.numero} finit le {end} : prenez copie de ce que vous devez garder."


def personnes(dossier: Dossier) -> list[Compte]:
    """Whoever may write for the structure that has the dossier, and while it waits, for both."""
    houses = {dossier.structure_id or dossier.organisme_id}
    if dossier.etat == "a_valider_employeur":
        houses.add(dossier.organisme_id)
    people = [compte for house in houses if house for compte in habilites(house, "saisir")]
    return list({compte.id: compte for compte in people}.values())


def dire_efface(dossier: Dossier) -> None:
    """Tell the people of a dossier that it was erased because the person whose contract it was asked for it."""
    name = f"Le dossier {dossier.numero}" if dossier.numero else f"Un brouillon du {jour(dossier.cree_le.date())}"
    texte = f"{name} est effacé à la demande de la personne concernée."
    with db.atomic():
        for compte in personnes(dossier):
            annoncer("purge", f"effacement:{dossier.id}:{compte.id}", compte, texte, chemin="/dossiers")
