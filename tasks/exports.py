"""Making the archives that people ask for: a worker writes them, no page waits."""

import logging
from typing import Any

from huey import crontab

from models import coffre
from models.base import db, maintenant
from models.comptes import habilitations
from models.droits import de_la_partie
from models.exports import ESSAIS, Export, finir, lisibles, reclamer
from models.notifications import notifier
from tasks.archive import Lecteur, archiver
from tasks.outil_de_gestion import flux_de
from tasks.queue import huey

LIMITE = 2 * 1024**3
CHEMIN = "/dossiers/exports"
ANNONCES = {
    "pret": "Votre export de dossiers est prêt : téléchargez-le dans les 7 jours.",
    "trop_lourd": "Votre export de dossiers dépasse 2 Go : demandez-en moins à la fois.",
    "echoue": "Votre export de dossiers n’a pas pu être préparé : demandez-le à nouveau.",
}

_opco: list[str] = []
log = logging.getLogger(__name__)


def brancher(reglages: dict[str, Any]) -> None:
    """Take the name of the OPCO, printed on the attestations."""
    _opco[:] = [reglages["OPCO"]]


def preparer(export: Export) -> None:
    """Make one claimed archive; of an error only its class is written down."""
    try:
        kept = coffre.ranger(flux_de(morceaux(export)), LIMITE)
    except coffre.TropLourd:
        fermer(export, "trop_lourd")
    except Exception as error:
        log.warning("export %s failed: %s", export.id, type(error).__name__)
        if export.tentatives >= ESSAIS:
            fermer(export, "echoue")
    else:
        if not fermer(export, "pret", kept):
            coffre.jeter(kept.id)


def morceaux(export: Export) -> Any:
    """The archive, with what the person may read at this moment."""
    held = habilitations(export.compte)
    lecteur = Lecteur(export.compte_id, export.partie, de_la_partie(held, export.partie))
    return archiver(lisibles(export, held), lecteur, _opco[0] if _opco else "OPCO")


def fermer(export: Export, etat: str, kept: coffre.Rangement | None = None) -> bool:
    """The end of an export and the line on the bell, together."""
    with db.atomic():
        done = finir(export, etat, kept)
        if done:
            notifier(f"export:{export.id}", export.compte_id, ANNONCES[etat], chemin=CHEMIN)
    return done


@huey.task(name="exporter")
def exporter() -> None:
    """Make what waits, one archive after another."""
    while export := reclamer(maintenant()):
        preparer(export)


@huey.periodic_task(crontab(), name="reprendre_les_exports")
def reprendre_les_exports() -> None:
    """Every minute: make what a dead worker or a lost ring left behind. Harmless when it runs twice."""
    exporter.call_local()


def sonner() -> None:
    """Tell the workers that an archive is asked for; call it after the commit."""
    try:
        exporter()
    except Exception as error:
        log.warning("the queue does not answer: %s", type(error).__name__)
