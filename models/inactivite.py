"""Dossiers whose time is over: drafts that nobody opens, and what was decided long ago.

Whoever works on a draft hears of it before: a line on the bell and a mail, then so many days in which opening it is
enough to keep it.
"""

from datetime import datetime, timedelta

import peewee

from models.base import db, maintenant
from models.dossier import Dossier
from models.effacement import effacer_dossier, jeter, sans_reste
from models.etats import A_DEPOSER, SANS_CONTRAT
from models.purges import compter_purge
from models.sections import Formation

UN_JOUR = timedelta(days=1)
LOT = 200


def toucher(dossier: Dossier) -> None:
    """Somebody opened the draft: its time starts anew. At most one write a day."""
    now = maintenant()
    if dossier.preavis_le or now - max(dossier.modifie_le, dossier.ouvert_le or dossier.modifie_le) > UN_JOUR:
        Dossier.update(ouvert_le=now, preavis_le=None).where(Dossier.id == dossier.id).execute()


def brouillons(avant: datetime) -> peewee.Expression:
    """Drafts that nobody opened or changed since."""
    unopened = Dossier.ouvert_le.is_null() | (Dossier.ouvert_le < avant)
    return Dossier.etat.in_(A_DEPOSER) & (Dossier.modifie_le < avant) & unopened


def clos(avant: datetime) -> peewee.Expression:
    """Dossiers that were refused or withdrawn before."""
    return Dossier.etat.in_(SANS_CONTRAT) & (Dossier.modifie_le < avant)


def acceptes(avant: datetime) -> peewee.Expression:
    """Accepted dossiers whose training was over before; one that does not say when counts from its last change."""
    over = Formation.select(Formation.dossier).where(Formation.date_fin < avant.date())
    undated = Formation.select(Formation.dossier).where(Formation.date_fin.is_null())
    ended = Dossier.id.in_(over) | (Dossier.id.in_(undated) & (Dossier.modifie_le < avant))
    return (Dossier.etat == "accepte") & ended


def a_prevenir(condition: peewee.Expression) -> list[Dossier]:
    """Dossiers, at most `LOT`, of which nobody has been told yet that they will be deleted."""
    return list(Dossier.select().where(condition & Dossier.preavis_le.is_null()).order_by(Dossier.id).limit(LOT))


def annoncer_la_fin(dossier: Dossier, condition: peewee.Expression) -> bool:
    """Write that its people are told, in the caller's transaction. False when it was opened or told meanwhile."""
    waiting = (Dossier.id == dossier.id) & Dossier.preavis_le.is_null() & condition
    return bool(Dossier.update(preavis_le=maintenant()).where(waiting).execute())


def purger(condition: peewee.Expression, preavis: datetime, regle: str) -> int:
    """Delete the dossiers whose people were told before `preavis`; gives how many.

    One transaction each, with its count: stopped anywhere, it goes on the next day; run twice, the second finds none.
    """
    due = condition & (Dossier.preavis_le < preavis)
    count = 0
    with sans_reste():
        while ids := [row.id for row in Dossier.select(Dossier.id).where(due).limit(LOT)]:
            gone = sum(_effacer(dossier_id, due, regle) for dossier_id in ids)
            count += gone
            if not gone:
                break
    return count


def _effacer(dossier_id: str, due: peewee.Expression, regle: str) -> bool:
    with db.atomic():
        files = effacer_dossier(dossier_id, due)
        if files is None:
            return False
        compter_purge(regle, 1)
    jeter(files)
    return True
