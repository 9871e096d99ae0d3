"""Reminding those who filed a dossier on an inactive certification, at once and again until it is put right."""

import logging
from datetime import timedelta
from typing import Any

from models import referentiels
from models.base import aujourdhui, db, maintenant
from models.comptes import Compte, habilitations
from models.droits import peut
from models.etats import SANS_CONTRAT
from models.journal import noter
from models.relances import SANS_OBJET, Relance, avancer, clore, relances_dues
from tasks.annonces import annoncer

LOT = 20

log = logging.getLogger(__name__)
_reglages: dict[str, Any] = {"RELANCE_DAYS": 7}


def brancher(reglages: dict[str, Any]) -> None:
    """Take the delay from the settings."""
    _reglages.update({name: reglages[name] for name in _reglages})


def relancer_les_dues() -> None:
    """Write the mails and the notifications of what is due."""
    for relance in relances_dues(maintenant(), LOT):
        try:
            relancer(relance)
        except Exception as error:
            log.warning("relance %s not written: %s", relance.id, type(error).__name__)


def relancer(relance: Relance) -> None:
    """One reminder: the date moves, the mail and the bell are written, together or not at all."""
    dossier = relance.dossier
    if dossier.etat in SANS_CONTRAT:
        clore(dossier.id, SANS_OBJET, None)
        return
    with db.atomic():
        if not avancer(relance, maintenant(), timedelta(days=_reglages["RELANCE_DAYS"])):
            return
        texte = f"Dossier {dossier.numero} : la certification {relance.rncp} n’est plus active, remplacez-la."
        for compte in destinataires(relance):
            cle = f"relance:{relance.id}:{relance.envois + 1}:{compte.id}"
            annoncer("relance_rncp", cle, compte, texte, dossier.id, lettre=lettre(relance))
        noter(dossier.id, "relance_envoyee", None, details=relance.rncp)


def destinataires(relance: Relance) -> list[Compte]:
    """Who filed the dossier and who began it, which may be an organisme; closed accounts and who has left, left out."""
    dossier = relance.dossier
    people = {compte.id: compte for compte in (relance.compte, dossier.cree_par) if compte and compte.actif}
    return [compte for compte in people.values() if peut(habilitations(compte), "suivre", dossier)]


def lettre(relance: Relance) -> tuple[str, dict[str, Any]]:
    """The mail names the dossier and the certification, nobody."""
    after = referentiels.successeurs(relance.rncp, aujourdhui())
    return "relance_rncp", {
        "numero": relance.dossier.numero,
        "rncp": relance.rncp,
        "rappel": relance.envois > 0,
        "nouvelles": [f"{c.code} – {c.intitule}" for c in after],
    }
