"""Mails that could not be delivered: whose they are to see, and what is done about them."""

from typing import Any

import peewee

from models.base import maintenant
from models.courriels import A_ENVOYER, ECHOUE, ENVOYE, Courriel
from models.dossier import Dossier

PAR_PAGE = 25
RETOURNE = "Retourne"
# What an organisme and an employer write to others about a dossier; all else is written for the OPCO.
ECRITS = {"organisme": ("remise", "a_reprendre"), "employeur": ("reprise",)}
AUTRES = tuple(genre for genres in ECRITS.values() for genre in genres)


def non_remis(dossier: str, partie: str) -> list[Courriel]:
    """The mails about a dossier that this party's people should know lost, the latest first."""
    query = Courriel.select().where(_perdu(partie) & (Courriel.dossier == dossier))
    return list(query.order_by(Courriel.id.desc()))


def tous_non_remis(rang: int) -> tuple[list[Courriel], bool]:
    """A page of those that a gestionnaire should know lost, with their dossiers, and whether there are more."""
    query = Courriel.select(Courriel, Dossier).join(Dossier).where(_perdu("opco") & Dossier.numero.is_null(False))
    found = list(query.order_by(Courriel.id.desc()).limit(PAR_PAGE + 1).offset((rang - 1) * PAR_PAGE))
    return found[:PAR_PAGE], len(found) > PAR_PAGE


def _perdu(partie: str) -> peewee.Expression:
    genre = Courriel.genre.in_(ECRITS[partie]) if partie in ECRITS else Courriel.genre.not_in(AUTRES)
    return (Courriel.etat == ECHOUE) & Courriel.regle_le.is_null() & genre


def regler(dossier: str, partie: str) -> None:
    """This party has written again: what was lost need not be shown any more."""
    chosen = _perdu(partie) & (Courriel.dossier == dossier)
    Courriel.update(regle_le=maintenant()).where(chosen).execute()


def reexpedier(dossier: str, courriel_id: int) -> bool:
    """Try once more, to the same address; False for a mail that is not lost, or was forgotten when it left."""
    again = {"etat": A_ENVOYER, "tentatives": 0, "prochain_essai": maintenant(), "erreur": "", "fini_le": None}
    lost = (Courriel.id == courriel_id) & (Courriel.dossier == dossier) & (Courriel.etat == ECHOUE)
    return bool(Courriel.update(again).where(lost & Courriel.texte.is_null(False)).execute())


def retourner(message_id: str) -> Courriel | None:
    """A mail that had left came back; None when no mail of this id had left."""
    back: dict[str, Any] = {"etat": ECHOUE, "erreur": RETOURNE, "fini_le": maintenant()}
    sent = (Courriel.message_id == message_id) & (Courriel.etat == ENVOYE)
    if not Courriel.update(back).where(sent).execute():
        return None
    return Courriel.get(Courriel.message_id == message_id)
