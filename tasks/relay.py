"""Delivering what lies in the outbox: whenever the bell rings, and every minute whatever happened."""

import logging
from collections.abc import Callable

from huey import crontab

from forms.reading import document
from models import coffre
from models.base import maintenant
from models.contenu import contenu
from models.pieces import Piece
from models.transmission import Transmission, abandonner, echouer, numero_de_gestion, reclamer, reussir
from tasks.courriels import livrer_en_attente
from tasks.outil_de_gestion import outil
from tasks.queue import huey
from tasks.relances import relancer_les_dues
from tasks.resumes import resumer_les_dus

# A worker that is asked to stop finishes its task: so many rows, no more. The task rings for the rest.
LOT = 10

log = logging.getLogger(__name__)


class CerfaAbsent(Exception):
    """The dossier has no CERFA in the store."""


def livrer(limite: int = LOT) -> int:
    """Deliver what is due, at most `limite` rows; gives how many were tried."""
    for count in range(limite):
        transmission = reclamer(maintenant())
        if transmission is None:
            return count
        remettre(transmission)
    return limite


def remettre(transmission: Transmission) -> None:
    """Hand one claimed row over, and write down how it went: of an error its class alone."""
    try:
        reponse = REMISES[transmission.genre](transmission)
    except Exception as error:
        log.warning("transmission %s failed: %s", transmission.id, type(error).__name__)
        echouer(transmission, type(error).__name__)
    else:
        reussir(transmission, reponse)


def remettre_dossier(transmission: Transmission) -> str:
    """Hand over the data and the CERFA; gives the number that the receiver answers."""
    dossier = transmission.dossier
    if not dossier.cerfa:
        raise CerfaAbsent
    data = document(dossier, contenu(dossier.id))
    return outil().recevoir_dossier(transmission.cle, data, coffre.lire(dossier.cerfa))


def remettre_piece(transmission: Transmission) -> None:
    """Hand over one piece of a dossier that has arrived."""
    piece = Piece.get_by_id(transmission.piece_id)
    numero = numero_de_gestion(transmission.dossier_id) or ""
    flux = coffre.lire(piece.coffre_id)
    outil().recevoir_piece(transmission.cle, numero, piece.genre, piece.nom, flux, piece.sha256)


REMISES: dict[str, Callable[[Transmission], str | None]] = {"dossier": remettre_dossier, "piece": remettre_piece}


@huey.task(name="transmettre")
def transmettre() -> None:
    """Deliver a lot of the outbox, and ring again when there may be more."""
    if livrer() == LOT:
        transmettre()


@huey.task(name="expedier")
def expedier() -> None:
    """Write the reminders and the daily mails that are due, and send the mails."""
    relancer_les_dues()
    resumer_les_dus()
    livrer_en_attente()


@huey.periodic_task(crontab(), name="balayer")
def balayer() -> None:
    """Every minute: deliver what a dead worker or a lost ring left behind. Harmless when it runs twice."""
    abandonner(maintenant())
    sonner()


def sonner() -> None:
    """Tell the workers that something is due; call it after the commit.

    Best effort: when the queue cannot be reached, the sweep delivers, and the caller goes on.
    """
    try:
        transmettre()
        expedier()
    except Exception as error:
        log.warning("the queue does not answer: %s", type(error).__name__)
