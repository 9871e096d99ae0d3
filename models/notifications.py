"""The bell: what happened to the dossiers of a person while they were away."""

import peewee

from models.base import Base, maintenant, requete
from models.comptes import Compte
from models.dossier import Dossier


class Notification(Base):
    """One line for one account. `texte` is French, whole, and names nobody; the same `cle` twice is one line."""

    id = peewee.AutoField()
    cle = peewee.CharField(max_length=120, unique=True)
    compte = peewee.ForeignKeyField(Compte, on_delete="CASCADE")
    dossier = peewee.ForeignKeyField(Dossier, null=True, on_delete="CASCADE")
    texte = peewee.CharField(max_length=300)
    cree_le = peewee.DateTimeField(default=maintenant)
    lue_le = peewee.DateTimeField(null=True)

    class Meta:
        indexes = ((("compte", "lue_le"), False),)


def notifier(cle: str, compte: int, texte: str, dossier: str | None = None) -> None:
    """Add one line inside the caller's transaction."""
    row = {"cle": cle, "compte": compte, "texte": texte, "dossier": dossier}
    Notification.insert(**row).on_conflict_ignore().execute()


def notifications_de(compte: int) -> list[Notification]:
    """The lines of an account, the latest first."""
    mine = Notification.select().where(Notification.compte == compte)
    return list(mine.order_by(Notification.id.desc()).limit(100))


def non_lues(compte: int) -> int:
    """How many lines of an account wait to be read; every page asks."""
    return _non_lues(compte).fetchone()[0]


@requete
def _non_lues() -> peewee.Query:
    mine = (Notification.compte == 0) & Notification.lue_le.is_null()
    return Notification.select(peewee.fn.COUNT(Notification.id)).where(mine)


def lire_tout(compte: int) -> None:
    waiting = (Notification.compte == compte) & Notification.lue_le.is_null()
    Notification.update(lue_le=maintenant()).where(waiting).execute()
