"""Forgetting in time: sessions that ended, failures that no longer count, mails that were dealt with."""

import logging
from datetime import timedelta

from huey import crontab

from models.base import maintenant
from models.courriels import oublier_courriels
from models.sessions import oublier_sessions
from models.tentatives import oublier_tentatives
from tasks.queue import huey

COURRIELS = timedelta(days=30)

log = logging.getLogger(__name__)


@huey.periodic_task(crontab(hour="2", minute="41"), name="faire_le_menage")
def faire_le_menage() -> None:
    """Every night; harmless when it runs twice."""
    sessions, tentatives = oublier_sessions(), oublier_tentatives()
    mails = oublier_courriels(maintenant() - COURRIELS)
    log.info("forgot %s sessions, %s counters, %s mails", sessions, tentatives, mails)
