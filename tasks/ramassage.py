"""Throwing what no row of any table knows out of the file store: what a dead worker or a cut upload left."""

import logging

from huey import crontab

from models import coffre
from models.dossier import Dossier
from models.exports import coffres_d_exports
from models.gestion import coffres_recus
from models.pieces import coffres_connus
from models.transmission import coffres_transmis
from tasks.queue import huey

log = logging.getLogger(__name__)


def connus() -> set[str]:
    """The ids of all files that some row needs."""
    cerfas = {dossier.cerfa for dossier in Dossier.select(Dossier.cerfa) if dossier.cerfa}
    return coffres_connus() | coffres_recus() | coffres_transmis() | coffres_d_exports() | cerfas


@huey.periodic_task(crontab(hour="3", minute="17"), name="ramasser")
def ramasser() -> None:
    """Every night; harmless when it runs twice."""
    log.info("removed %s files that no row knows", coffre.ramasser(connus()))
