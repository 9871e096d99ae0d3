"""Delivering what lies in the outbox: whenever the bell rings, and every minute whatever happened."""

import hashlib
import io
import json
import logging
from collections.abc import Callable, Iterator

from huey import crontab

from forms.reading import document, en_octets
from models import coffre
from models.base import maintenant
from models.contenu import contenu
from models.dossier import Dossier
from models.pieces import Piece
from models.transmission import Recu, Transmission, abandonner, echouer, figer, numero_de_gestion, reclamer, reussir
from tasks.courriels import livrer_en_attente
from tasks.outil_de_gestion import LIMITE, outil
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
        recu = REMISES[transmission.genre](transmission)
    except Exception as error:
        log.warning("transmission %s failed: %s", transmission.id, type(error).__name__)
        echouer(transmission, type(error).__name__)
    else:
        reussir(transmission, recu)


def remettre_dossier(transmission: Transmission) -> Recu:
    """Hand over the data and the CERFA; gives the number that the receiver answers, and the digests of both."""
    dossier = transmission.dossier
    if not dossier.cerfa:
        raise CerfaAbsent
    data, cerfa = donnees_figees(transmission, dossier), Pesee(coffre.lire(dossier.cerfa))
    reponse = outil().recevoir_dossier(transmission.cle, json.loads(data), cerfa)
    return Recu(reponse, hashlib.sha256(data).hexdigest(), cerfa.finir())


def donnees_figees(transmission: Transmission, dossier: Dossier) -> bytes:
    """The bytes of the data, kept at the first try: each try sends the same, whatever a later release would write."""
    if transmission.coffre_id is None:
        kept = coffre.ranger(io.BytesIO(en_octets(document(dossier, contenu(dossier.id)))), LIMITE)
        if not figer(transmission, kept.id):
            coffre.jeter(kept.id)
        transmission = Transmission.get_by_id(transmission.id)
    return b"".join(coffre.lire(transmission.coffre_id or ""))


def remettre_piece(transmission: Transmission) -> Recu:
    """Hand over one piece of a dossier that has arrived."""
    piece = Piece.get_by_id(transmission.piece_id)
    numero = numero_de_gestion(transmission.dossier_id) or ""
    flux = Pesee(coffre.lire(piece.coffre_id))
    outil().recevoir_piece(transmission.cle, numero, piece.genre, piece.nom, flux, piece.sha256)
    return Recu(sha256=flux.finir())


class Pesee:
    """Chunks on their way out, and the SHA-256 of all of them, also of those that the receiver knew already."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.digest = chunks, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.digest.update(chunk)
            yield chunk

    def finir(self) -> str:
        for _ in self:
            pass
        return self.digest.hexdigest()


REMISES: dict[str, Callable[[Transmission], Recu]] = {"dossier": remettre_dossier, "piece": remettre_piece}


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
