"""The audit trail: who did what to which dossier, and when. It never holds a personal datum."""

import peewee

from models.base import Base, inserer, maintenant
from models.comptes import Compte
from models.dossier import Dossier


class Journal(Base):
    """One act. `details` names fields, pieces or reasons; never what they contain."""

    id = peewee.AutoField()
    dossier = peewee.ForeignKeyField(Dossier, backref="journal", on_delete="CASCADE")
    compte = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    le = peewee.DateTimeField(default=maintenant)
    action = peewee.CharField(max_length=40)
    de = peewee.CharField(max_length=20, null=True)
    vers = peewee.CharField(max_length=20, null=True)
    details = peewee.TextField(default="")


def histoire(dossier: str) -> list[Journal]:
    """What happened to a dossier, the latest first; that a page of it was saved is no event."""
    events = Journal.select().where((Journal.dossier == dossier) & (Journal.action != "saisie"))
    return list(events.order_by(Journal.id.desc()).limit(200))


def noter(
    dossier: str, action: str, compte: int | None, de: str | None = None, vers: str | None = None, details: str = ""
) -> None:
    """Write one act in the journal, inside the caller's transaction."""
    inserer(Journal, dossier=dossier, compte=compte, le=maintenant(), action=action, de=de, vers=vers, details=details)
