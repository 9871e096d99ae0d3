"""Forgetting in time: sessions that ended, failures that no longer count, mails dealt with, old notifications."""

import logging
from datetime import timedelta

from huey import crontab

from models.base import maintenant
from models.courriels import oublier_courriels
from models.notifications import oublier_notifications
from models.sessions import oublier_sessions
from models.tentatives import oublier_tentatives
from tasks.queue import huey

COURRIELS, NOTIFICATIONS = timedelta(days=30), timedelta(days=365)

log = logging.getLogger(__name__)


@huey.periodic_task(crontab(hour="2", minute="41"), name="faire_le_menage")
def faire_le_menage() -> None:
    """Every night; harmless when it runs twice."""
    sessions, tentatives = oublier_sessions(), oublier_tentatives()
    mails = oublier_courriels(maintenant() - COURRIELS)
    lines = oublier_notifications(maintenant() - NOTIFICATIONS)
    log.info("forgot %s sessions, %s counters, %s mails, %s notifications", sessions, tentatives, mails, lines)
