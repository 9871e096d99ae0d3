"""Reminders: which dossiers have let a delay run so far, and which of them were told already.

Nothing is planned and nothing cancelled: a dossier that moved on is no longer found, a delay that begins anew counts
from its new day.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

import peewee

from models.base import PARIS, Base, maintenant, requete
from models.dossier import Dossier

PREMIER = datetime(1, 1, 1)  # noqa: DTZ001 holds the place of a day in the text of a query


class Rappel(Base):
    """One reminder that was given: the `rang`-th of `serie`, for the delay that began on the day `depuis`."""

    id = peewee.AutoField()
    dossier = peewee.ForeignKeyField(Dossier, on_delete="CASCADE")
    serie = peewee.CharField(max_length=20)
    rang = peewee.SmallIntegerField()
    depuis = peewee.DateField()
    le = peewee.DateTimeField(default=maintenant)

    class Meta:
        indexes = ((("dossier", "serie", "rang", "depuis"), True),)


class Delai(NamedTuple):
    """What runs: the states in which it does, and the column of the dossier from which days are counted."""

    serie: str
    etats: tuple[str, ...]
    repere: str


def dus(delai: Delai, rang: int, du: date, au: date) -> list[str]:
    """The dossiers whose delay began from the day `du` to the day `au`, and that had no reminder of this rank since.

    Found by the index on state and day.
    """
    bounds = bornes(getattr(Dossier, delai.repere), du, au)
    return [row[0] for row in _dus(delai)(*delai.etats, *bounds, delai.serie, rang)]


@cache
def _dus(delai: Delai) -> Callable[..., Any]:
    """The query of one delay; its text is built once, as every hour asks for it."""
    column = getattr(Dossier, delai.repere)
    told = Rappel.select(peewee.SQL("1")).where(
        (Rappel.dossier == Dossier.id) & (Rappel.serie == "") & (Rappel.rang == 0) & (Rappel.le >= column)
    )
    begun = Dossier.etat.in_(delai.etats) & (column >= PREMIER) & (column < PREMIER)
    return requete(lambda: Dossier.select(Dossier.id).where(begun & ~peewee.fn.EXISTS(told)))


def bornes(column: peewee.Field, du: date, au: date) -> tuple[object, object]:
    """From `du` until the day after `au`: days, or the instants at which they begin in Paris."""
    last = au + timedelta(days=1)
    return (minuit(du), minuit(last)) if isinstance(column, peewee.DateTimeField) else (du, last)


def minuit(jour: date) -> datetime:
    """When a day begins in Paris, as the tables hold it."""
    return datetime.combine(jour, time(), PARIS).astimezone(UTC).replace(tzinfo=None)


def retenir(dossier: Dossier, delai: Delai, rang: int, depuis: date) -> bool:
    """Write one reminder down, inside the caller's transaction; False when another worker gave it."""
    row = {"dossier": dossier.id, "serie": delai.serie, "rang": rang, "depuis": depuis}
    return bool(Rappel.insert(**row).on_conflict_ignore().as_rowcount().execute())
