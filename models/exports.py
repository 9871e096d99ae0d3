"""Exports of dossiers with their files, made by a worker and kept encrypted for a few days."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import peewee

from models import coffre
from models.base import Base, db, maintenant
from models.comptes import Compte, Habilitation
from models.crypto import JsonChiffre
from models.dossier import Dossier, identifiant
from models.droits import concernees, de_la_partie, peut
from models.etats import Refus

MAX_DOSSIERS = 500
MAX_EN_COURS = 3
ESSAIS = 3
BAIL = timedelta(minutes=30)
DUREE = timedelta(days=7)
# What one must be allowed to do with a dossier to have it in an archive.
LIRE = {"employeur": "consulter", "organisme": "suivre"}


class Export(Base):
    """One archive for one account. dossiers: which ones were asked for; nombre: how many.

    partie: for whom the account asked, which decides what is in it.

    A worker takes a row until `bail_jusqu_au`; one that dies leaves it to the next. coffre_id: the archive.
    """

    id = peewee.CharField(max_length=16, primary_key=True, default=identifiant)
    compte = peewee.ForeignKeyField(Compte, on_delete="CASCADE")
    compte_id: int
    dossiers = JsonChiffre()
    nombre = peewee.IntegerField()
    partie = peewee.CharField(
        max_length=10, default="employeur", constraints=[peewee.Check("partie in ('employeur', 'organisme')")]
    )
    etat = peewee.CharField(
        max_length=10,
        default="a_faire",
        constraints=[peewee.Check("etat in ('a_faire', 'en_cours', 'pret', 'trop_lourd', 'echoue')")],
    )
    tentatives = peewee.IntegerField(default=0)
    bail_jusqu_au = peewee.DateTimeField(null=True)
    coffre_id = peewee.CharField(max_length=32, null=True)
    taille = peewee.BigIntegerField(null=True)
    cree_le = peewee.DateTimeField(default=maintenant)
    fini_le = peewee.DateTimeField(null=True)

    class Meta:
        indexes = ((("etat", "cree_le"), False),)

    @property
    def expire_le(self) -> datetime:
        """When the archive is thrown away."""
        return self.cree_le + DUREE


def demander(compte: int, dossiers: list[str], partie: str = "employeur") -> Export:
    """Ask for the archive of these dossiers. Raises `Refus` when others are still being made."""
    waiting = (Export.compte == compte) & Export.etat.in_(("a_faire", "en_cours"))
    with db.atomic():
        if Export.select().where(waiting).count() >= MAX_EN_COURS:
            raise Refus(f"{MAX_EN_COURS} exports sont déjà en préparation : attendez que l’un d’eux soit prêt.")
        return Export.create(compte=compte, dossiers=dossiers, nombre=len(dossiers), partie=partie)


def exports_de(compte: int) -> list[Export]:
    """The exports of an account, the latest first."""
    return list(Export.select().where(Export.compte == compte).order_by(Export.cree_le.desc(), Export.id).limit(50))


def export_de(compte: Compte, export_id: str) -> Export | None:
    """This archive, if it is ready and the account's own."""
    mine = (Export.id == export_id) & (Export.compte == compte.id) & (Export.etat == "pret")
    return Export.get_or_none(mine & (Export.cree_le > maintenant() - DUREE))


def lisibles(export: Export, habilitations: Iterable[Habilitation]) -> list[Dossier]:
    """Those of its dossiers that the person may read now for this party, in the order in which they were asked for."""
    rows = {row.id: row for row in Dossier.select().where(Dossier.id.in_(export.dossiers))}
    held = de_la_partie(habilitations, export.partie)
    found = [rows[key] for key in export.dossiers if key in rows]
    return [row for row in found if peut(concernees(held, row), LIRE[export.partie], row)]


def reclamer(now: datetime) -> Export | None:
    """Take the oldest export that waits or was abandoned; None when there is none, or while another one is made.

    One at a time: archives must not hold all the threads that deliver dossiers and mails.
    """
    with db.atomic():
        if Export.select().where((Export.etat == "en_cours") & (Export.bail_jusqu_au >= now)).exists():
            return None
        free = (Export.etat == "a_faire") | ((Export.etat == "en_cours") & (Export.bail_jusqu_au < now))
        row = Export.select().where(free & (Export.tentatives < ESSAIS)).order_by(Export.cree_le, Export.id).first()
        claim = {"etat": "en_cours", "bail_jusqu_au": now + BAIL, "tentatives": Export.tentatives + 1}
        if row and Export.update(claim).where((Export.id == row.id) & free).execute():
            return Export.get_by_id(row.id)
    return None


def finir(export: Export, etat: str, kept: coffre.Rangement | None = None) -> bool:
    """Close the export; False when another worker has taken it meanwhile."""
    values = {"etat": etat, "fini_le": maintenant(), "bail_jusqu_au": None}
    if kept:
        values |= {"coffre_id": kept.id, "taille": kept.taille}
    mine = (Export.id == export.id) & (Export.etat == "en_cours") & (Export.tentatives == export.tentatives)
    return bool(Export.update(values).where(mine).execute())


def oublier_exports(avant: datetime) -> int:
    """Forget the archives asked for before; answers how many. Their files go with the next collection."""
    return Export.delete().where(Export.cree_le < avant).execute()


def retirer(dossier: str) -> list[str]:
    """Forget the archives that hold this dossier, which is being erased; gives the ids of their files.

    Whoever asked for one asks again, and gets the dossiers that are left.
    """
    holding = [row for row in Export.select(Export.id, Export.coffre_id, Export.dossiers) if dossier in row.dossiers]
    Export.delete().where(Export.id.in_([row.id for row in holding])).execute()
    return [row.coffre_id for row in holding if row.coffre_id]


def coffres_d_exports() -> set[str]:
    """The ids in the file store of the archives (for `coffre.ramasser`)."""
    return {row.coffre_id for row in Export.select(Export.coffre_id) if row.coffre_id}
