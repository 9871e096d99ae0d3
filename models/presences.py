"""Who is on which page of a draft right now: a lease that the open page renews, gone by itself when it does not."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import peewee

from models.base import Base, db, instance, maintenant, requete
from models.comptes import Compte, Habilitation, Mandat
from models.dossier import Dossier

BAIL = timedelta(seconds=100)  # the page renews it each 40 s (portail.js)
RENOUVELLEMENT = timedelta(seconds=30)


class Presence(Base):
    """One person on one page of a dossier, for one party, since when and until when it was last heard of."""

    id = peewee.AutoField()
    dossier = peewee.ForeignKeyField(Dossier, on_delete="CASCADE")
    compte = peewee.ForeignKeyField(Compte, on_delete="CASCADE")
    compte_id: int
    etape = peewee.CharField(max_length=20)
    partie = peewee.CharField(max_length=10)
    depuis = peewee.DateTimeField()
    vu_le = peewee.DateTimeField()

    class Meta:
        indexes = ((("dossier", "compte"), True),)


COLONNES = Presence._meta.sorted_fields


class Present(NamedTuple):
    """Somebody else of the same party who has the dossier open."""

    nom: str
    etape: str
    minutes: int


def a_plusieurs(dossier: Dossier, compte: int) -> bool:
    """Whether anybody but `compte` could modify the dossier: else nobody asks who else is there."""
    structure = dossier.structure_id or dossier.organisme_id
    return bool(_autres(structure, compte).fetchone() or _mandataires(structure).fetchone())


@requete
def _autres() -> peewee.Query:
    others = (Habilitation.structure == 0) & (Habilitation.compte != 0)
    return Habilitation.select(Habilitation.id).where(others).limit(peewee.SQL("1"))


@requete
def _mandataires() -> peewee.Query:
    live = (Mandat.mandant == 0) & Mandat.revoque_le.is_null()
    return Mandat.select(Mandat.id).where(live).limit(peewee.SQL("1"))


def presents(dossier: Dossier, compte: int, etape: str, partie: str) -> list[Present]:
    """Say that `compte` is on the page `etape`; answers who else of its party has the dossier open, this page first.

    It is written at most each `RENOUVELLEMENT`: reading a page stays reading.
    """
    now = maintenant()
    found = _vivantes(dossier.id, now - BAIL).fetchall()
    rows = [instance(Presence, COLONNES, row[:-2]) for row in found]
    names = {row.compte_id: f"{prenom} {nom}" for row, (*_, prenom, nom) in zip(rows, found, strict=True)}
    mine = next((row for row in rows if row.compte_id == compte), None)
    if mine is None or (mine.etape, mine.partie) != (etape, partie) or mine.vu_le < now - RENOUVELLEMENT:
        stays = mine is not None and mine.etape == etape
        signaler(dossier.id, compte, etape, partie, mine.depuis if stays and mine else now)
    others = [row for row in rows if row.compte_id != compte and row.partie == partie]
    shown = [Present(names[row.compte_id], row.etape, (now - row.depuis).seconds // 60) for row in others]
    return sorted(shown, key=lambda other: (other.etape != etape, other.nom))


@requete
def _vivantes() -> peewee.Query:
    query = Presence.select(*COLONNES, Compte.prenom, Compte.nom).join(Compte)
    return query.where((Presence.dossier == "") & (Presence.vu_le > maintenant()))


def est_la(dossier_id: str, compte: int, etape: str) -> bool:
    """Whether `compte` has the page open right now."""
    there = (Presence.dossier == dossier_id) & (Presence.compte == compte) & (Presence.etape == etape)
    return Presence.select().where(there & (Presence.vu_le > maintenant() - BAIL)).exists()


def signaler(dossier_id: str, compte: int, etape: str, partie: str, depuis: datetime) -> None:
    """Renew the lease of one person and forget all that are over: the table holds nothing of the past."""
    now = maintenant()
    row: dict[str, Any] = {"etape": etape, "partie": partie, "depuis": depuis, "vu_le": now}
    with db.atomic():
        Presence.delete().where(Presence.vu_le < now - BAIL).execute()
        Presence.insert(dossier=dossier_id, compte=compte, **row).on_conflict(
            conflict_target=[Presence.dossier, Presence.compte], update=row
        ).execute()
