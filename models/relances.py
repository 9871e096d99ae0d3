"""Relances: a dossier was filed on a certification that is no longer active; its people hear of it until it is right.

What is due is found by its date and written, mail and bell together, in the transaction that moves the date: a task
that dies in between leaves it due, one that runs twice finds it moved.
"""

from datetime import datetime, timedelta

import peewee

from models.avenants import dossiers_en_attente
from models.base import Base, db, maintenant
from models.comptes import Compte
from models.dossier import Dossier
from models.journal import noter

AVENANT, GESTIONNAIRE, SANS_OBJET = "avenant", "gestionnaire", "sans_objet"
# Why a relance ended, as people read it.
FINS = {
    AVENANT: "un avenant a remplacé la certification",
    GESTIONNAIRE: "close par l’OPCO",
    SANS_OBJET: "le dossier est refusé ou annulé",
}


class Relance(Base):
    """One dossier on one inactive certification. compte: who filed it. fin: why it ended, "" while it runs."""

    id = peewee.AutoField()
    dossier = peewee.ForeignKeyField(Dossier, unique=True, on_delete="CASCADE")
    dossier_id: str
    rncp = peewee.CharField(max_length=9)
    compte = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    envois = peewee.IntegerField(default=0)
    prochain_envoi = peewee.DateTimeField(default=maintenant)
    ouverte_le = peewee.DateTimeField(default=maintenant)
    close_le = peewee.DateTimeField(null=True)
    fin = peewee.CharField(
        max_length=12,
        default="",
        constraints=[peewee.Check("fin in ('', 'avenant', 'gestionnaire', 'sans_objet')")],
    )

    class Meta:
        indexes = ((("close_le", "prochain_envoi"), False),)

    @property
    def raison(self) -> str:
        return FINS.get(self.fin, "")


def ouvrir_relance(dossier: str, rncp: str, compte: int | None) -> None:
    """Begin one, due at once, inside the caller's transaction; the one that is there stays as it is."""
    row = {"dossier": dossier, "rncp": rncp, "compte": compte}
    if Relance.insert(**row).on_conflict_ignore().as_rowcount().execute():
        noter(dossier, "relance_ouverte", compte, details=rncp)


def relance_de(dossier: str) -> Relance | None:
    return Relance.get_or_none(Relance.dossier == dossier)


def relances_dues(now: datetime, limite: int) -> list[Relance]:
    """At most `limite` relances whose turn it is, the longest waiting first; none while an avenant waits."""
    due = Relance.close_le.is_null() & (Relance.prochain_envoi <= now) & Relance.dossier.not_in(dossiers_en_attente())
    return list(Relance.select().where(due).order_by(Relance.prochain_envoi).limit(limite))


def avancer(relance: Relance, now: datetime, delai: timedelta) -> bool:
    """Count this sending and set the next one. False when another worker did, or when it was closed meanwhile."""
    same = (Relance.id == relance.id) & (Relance.envois == relance.envois) & Relance.close_le.is_null()
    values = {"envois": relance.envois + 1, "prochain_envoi": now + delai}
    return bool(Relance.update(values).where(same).execute())


def clore(dossier: str, fin: str, compte: int | None) -> bool:
    """End the relance of a dossier and write it in the journal. False when there is none that runs."""
    with db.atomic():
        running = (Relance.dossier == dossier) & Relance.close_le.is_null()
        closed = Relance.update(close_le=maintenant(), fin=fin).where(running).execute()
        if closed:
            noter(dossier, "relance_close", compte, details=fin)
    return bool(closed)


def clore_par_avenant(avenant: Dossier, numero: str, compte: int | None) -> None:
    """An avenant with an active certification ends the relance of the dossier that it names, of the same structure."""
    initial = Dossier.get_or_none((Dossier.numero == numero) & (Dossier.structure == avenant.structure_id))
    if initial:
        clore(initial.id, AVENANT, compte)
