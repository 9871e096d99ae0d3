"""What an administrator adds to the dated parameters that the portal ships: SMIC, pay grid, experiments, branches…

A row is never changed: a correction is a newer row of the same key, and the last one counts. What a row says is
told by forms/parametrage.py.
"""

from typing import Any

import peewee

from models.base import Base, maintenant, requete
from models.comptes import Compte

GENRES = ("smic", "smic_mayotte", "branche", "grille", "forfait", "experimentation", "naf", "aide")


class Parametre(Base):
    """One dated row. The key is (genre, objet, depuis); `valeurs` holds it as JSON; retire: the row is withdrawn.

    objet: what tells rows of one table and one day apart, the IDCC of a branch for instance; "" where nothing does.
    """

    id = peewee.AutoField()
    genre = peewee.CharField(max_length=16, constraints=[peewee.Check(f"genre in {GENRES}")])
    objet = peewee.CharField(max_length=80, default="")
    depuis = peewee.DateField()
    valeurs = peewee.TextField(default="{}")
    source = peewee.CharField(max_length=200, default="")
    retire = peewee.BooleanField(default=False)
    compte = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    cree_le = peewee.DateTimeField(default=maintenant)

    class Meta:
        indexes = ((("genre", "objet", "depuis"), False),)


def ajouter(row: dict[str, Any], compte: int | None) -> None:
    """Add one row, inside the caller's transaction: what stood there before stays in the history."""
    Parametre.create(**row, compte=compte)


def historique() -> list[Parametre]:
    """Every row, the latest first, with the account that added it."""
    rows = Parametre.select(Parametre, Compte).join(Compte, peewee.JOIN.LEFT_OUTER)
    return list(rows.order_by(Parametre.id.desc()))


def version() -> int:
    """Grows with each row that is added."""
    return _version().fetchone()[0] or 0


@requete
def _version() -> peewee.Query:
    return Parametre.select(peewee.fn.MAX(Parametre.id))
