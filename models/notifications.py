"""The bell: what happened to the dossiers of a person while they were away."""

from collections.abc import Iterable
from datetime import datetime

import peewee

from models.base import Base, maintenant, requete
from models.comptes import Compte
from models.dossier import Dossier

PAR_PAGE = 25


class Notification(Base):
    """One line for one account. `texte` is French, whole, and names nobody; the same `cle` twice is one line.

    genre: one of `models.preferences`. chemin: the page that it leads to, where that is not the dossier's own.
    a_resumer: waits for the daily mail of the account.
    """

    id = peewee.AutoField()
    cle = peewee.CharField(max_length=120, unique=True)
    compte = peewee.ForeignKeyField(Compte, on_delete="CASCADE")
    compte_id: int
    dossier = peewee.ForeignKeyField(Dossier, null=True, on_delete="CASCADE")
    dossier_id: str | None
    genre = peewee.CharField(max_length=20, default="")
    texte = peewee.CharField(max_length=300)
    chemin = peewee.CharField(max_length=200, null=True)
    a_resumer = peewee.BooleanField(default=False)
    cree_le = peewee.DateTimeField(default=maintenant)
    lue_le = peewee.DateTimeField(null=True)

    class Meta:
        indexes = ((("compte", "lue_le"), False), (("a_resumer", "compte", "cree_le"), False))


def notifier(
    cle: str,
    compte: int,
    texte: str,
    dossier: str | None = None,
    *,
    genre: str = "",
    chemin: str | None = None,
    a_resumer: bool = False,
) -> bool:
    """Add one line inside the caller's transaction. False when it was there already."""
    row = {
        "cle": cle,
        "compte": compte,
        "texte": texte,
        "dossier": dossier,
        "genre": genre,
        "chemin": chemin,
        "a_resumer": a_resumer,
    }
    return bool(Notification.insert(**row).on_conflict_ignore().as_rowcount().execute())


def notifications_de(compte: int, rang: int = 1) -> tuple[list[Notification], bool]:
    """The page `rang` of the lines of an account, the latest first, and whether there are older ones."""
    mine = Notification.select().where(Notification.compte == compte).order_by(Notification.id.desc())
    found = list(mine.limit(PAR_PAGE + 1).offset((rang - 1) * PAR_PAGE))
    return found[:PAR_PAGE], len(found) > PAR_PAGE


def notification_de(compte: int, notification_id: int) -> Notification | None:
    """The line of this number, if it is the account's own."""
    return Notification.get_or_none((Notification.id == notification_id) & (Notification.compte == compte))


def non_lues(compte: int) -> int:
    """How many lines of an account wait to be read; every page asks."""
    return _non_lues(compte).fetchone()[0]


@requete
def _non_lues() -> peewee.Query:
    mine = (Notification.compte == 0) & Notification.lue_le.is_null()
    return Notification.select(peewee.fn.COUNT(Notification.id)).where(mine)


def lire(notification: Notification, lue: bool = True) -> None:
    """The person has read the line, or wants it to look new again."""
    at = maintenant() if lue else None
    other = Notification.lue_le.is_null() == lue
    Notification.update(lue_le=at).where((Notification.id == notification.id) & other).execute()


def lire_tout(compte: int) -> None:
    waiting = (Notification.compte == compte) & Notification.lue_le.is_null()
    Notification.update(lue_le=maintenant()).where(waiting).execute()


def comptes_a_resumer(avant: datetime, limite: int) -> list[int]:
    """At most `limite` accounts for which lines written before `avant` wait for a daily mail."""
    rows = Notification.select(Notification.compte).where(_attend(avant)).distinct()
    return [row.compte_id for row in rows.order_by(Notification.compte).limit(limite)]


def a_resumer(compte: int, avant: datetime) -> list[Notification]:
    """These lines, the oldest first, with their dossiers."""
    mine = Notification.select(Notification, Dossier).join(Dossier, peewee.JOIN.LEFT_OUTER)
    return list(mine.where(_attend(avant), Notification.compte == compte).order_by(Notification.id))


def resumer(lignes: Iterable[Notification]) -> None:
    """These lines are in a daily mail, or need none any more."""
    ids = [ligne.id for ligne in lignes]
    Notification.update(a_resumer=False).where(Notification.id.in_(ids)).execute()


def _attend(avant: datetime) -> peewee.Expression:
    return (Notification.a_resumer == True) & (Notification.cree_le < avant)  # noqa: E712 an expression of SQL


def oublier_notifications(avant: datetime) -> int:
    """Delete the lines older than `avant`; answers how many."""
    return Notification.delete().where(Notification.cree_le < avant).execute()
