"""The audit trail: who did what to which dossier, and when. It never holds a personal datum."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import peewee

from models.base import Base, inserer, maintenant
from models.comptes import Compte, Structure
from models.dossier import Dossier


class Journal(Base):
    """One act. `details` names fields, pieces or reasons; never what they contain.

    mandataire: the structure by whose mandate it was done; None for who acted for its own.
    """

    id = peewee.AutoField()
    dossier = peewee.ForeignKeyField(Dossier, backref="journal", on_delete="CASCADE")
    compte = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    le = peewee.DateTimeField(default=maintenant)
    action = peewee.CharField(max_length=40)
    de = peewee.CharField(max_length=20, null=True)
    vers = peewee.CharField(max_length=20, null=True)
    details = peewee.TextField(default="")
    mandataire = peewee.IntegerField(null=True)


_mandataire: ContextVar[int | None] = ContextVar("mandataire", default=None)


@contextmanager
def par_mandat(structure: int | None) -> Iterator[None]:
    """What is noted meanwhile is done by the mandate of `structure`."""
    token = _mandataire.set(structure)
    try:
        yield
    finally:
        _mandataire.reset(token)


def histoire(dossier: str) -> list[Journal]:
    """What happened to a dossier, the latest first, « pour » being the name of the structure by whose mandate.

    That a page of it was saved, or its NIR seen, is no event.
    """
    events = Journal.select(Journal, Structure.nom.alias("pour")).join(
        Structure, peewee.JOIN.LEFT_OUTER, on=(Journal.mandataire == Structure.id)
    )
    mine = events.where((Journal.dossier == dossier) & Journal.action.not_in(("saisie", "nir_vu")))
    return list(mine.order_by(Journal.id.desc()).limit(200).objects())


def noter(
    dossier: str, action: str, compte: int | None, de: str | None = None, vers: str | None = None, details: str = ""
) -> None:
    """Write one act in the journal, inside the caller's transaction."""
    act = {"action": action, "de": de, "vers": vers, "details": details, "mandataire": _mandataire.get()}
    inserer(Journal, dossier=dossier, compte=compte, le=maintenant(), **act)
