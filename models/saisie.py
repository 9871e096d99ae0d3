"""What was typed and is not (yet) valid: kept beside the sections, so that nothing typed is lost."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import peewee

from models.base import Base, db, maintenant, modifier, requete
from models.comptes import Compte
from models.crypto import JsonChiffre
from models.dossier import Dossier
from models.etats import Conflit


class Saisie(Base):
    """The page `etape` of a dossier as one person left it: field → text, exactly as typed."""

    dossier = peewee.ForeignKeyField(Dossier, on_delete="CASCADE")
    etape = peewee.CharField(max_length=20)
    compte = peewee.ForeignKeyField(Compte, on_delete="CASCADE")
    version = peewee.IntegerField()
    valeurs = JsonChiffre()
    le = peewee.DateTimeField(default=maintenant)

    class Meta:
        indexes = ((("dossier", "etape", "compte"), True),)


class Frappe(NamedTuple):
    """What somebody typed on a page: whose it is, the version of the dossier under it, field → texts."""

    compte: int
    version: int
    valeurs: dict[str, list[str]]


def retenir(
    dossier: Dossier, etape: str, compte: int, valeurs: dict[str, list[str]], version: int | None = None
) -> None:
    """Keep what `compte` typed on the page over `version`, in the place of what it had typed there before.

    Raises `Conflit` when the dossier has left its state meanwhile: a check that comes after the submission would
    leave behind what the submission has thrown away. The row of the dossier is held, so that neither overtakes.
    """
    with db.atomic():
        if modifier(Dossier, {"etat": dossier.etat}, id=dossier.id, etat=dossier.etat) == 0:
            raise Conflit("Ce dossier a été modifié entre-temps.")
        over = dossier.version if version is None else version
        row = {"dossier": dossier.id, "etape": etape, "compte": compte, "version": over, "valeurs": valeurs}
        Saisie.insert(row | {"le": maintenant()}).on_conflict(
            conflict_target=[Saisie.dossier, Saisie.etape, Saisie.compte],
            preserve=[Saisie.version, Saisie.valeurs, Saisie.le],
        ).execute()


def oublier(dossier: Dossier, etape: str, compte: int) -> None:
    """Drop what `compte` typed on the page: it is saved now."""
    _oublier(dossier.id, etape, compte)


@requete
def _oublier() -> peewee.Query:
    return Saisie.delete().where((Saisie.dossier == "") & (Saisie.etape == "") & (Saisie.compte == 0))


def retirer(dossier: Dossier) -> list[tuple[str, int, int, dict[str, list[str]]]]:
    """Take away all that was typed and not saved: (page, account, version, field → texts)."""
    mine = Saisie.dossier == dossier.id
    rows: Any = Saisie.select(Saisie.etape, Saisie.compte, Saisie.version, Saisie.valeurs).where(mine).tuples()
    found = list(rows)
    Saisie.delete().where(mine).execute()
    return found


def remettre(dossier: Dossier, frappes: Iterable[tuple[str, Frappe]]) -> None:
    """Put back what `retirer` took away, for the accounts that are still there."""
    for etape, (compte, version, valeurs) in frappes:
        if Compte.select().where(Compte.id == compte).exists():
            row = {"dossier": dossier.id, "etape": etape, "compte": compte, "version": version, "valeurs": valeurs}
            Saisie.insert(row).on_conflict_ignore().execute()


def frappe(dossier: Dossier, etape: str, compte: int) -> Frappe | None:
    """What was typed on the page: by `compte` if it did, else by whoever typed last."""
    mine = peewee.Case(None, [(Saisie.compte == compte, 0)], 1)
    row = (
        Saisie.select(Saisie.compte, Saisie.version, Saisie.valeurs)
        .where((Saisie.dossier == dossier.id) & (Saisie.etape == etape))
        .order_by(mine, Saisie.le.desc())
        .tuples()
        .first()
    )
    return Frappe(*row) if row else None
