"""Avenants: a filed dossier is frozen, but its employer may propose another certification, and the OPCO decides."""

from datetime import date

import peewee

from models.base import Base, maintenant
from models.comptes import Compte
from models.crypto import Chiffre
from models.dossier import Dossier
from models.etats import SANS_CONTRAT, Refus

PROPOSE, ACCEPTE, REFUSE = "propose", "accepte", "refuse"
LIBELLES = {PROPOSE: "en attente de l’OPCO", ACCEPTE: "accepté", REFUSE: "refusé"}


class Avenant(Base):
    """One proposal: the certification `rncp` in place of `rncp_avant` from `date_effet` on.

    `piece_id` is its CERFA among the pieces of the dossier. `motif`, why the OPCO refused, may say anything: it is
    encrypted. compte: who proposed it.
    """

    id = peewee.AutoField()
    dossier = peewee.ForeignKeyField(Dossier, backref="avenants", on_delete="CASCADE")
    dossier_id: str
    rncp_avant = peewee.CharField(max_length=9)
    rncp = peewee.CharField(max_length=9)
    date_effet = peewee.DateField()
    piece_id = peewee.CharField(max_length=16)
    etat = peewee.CharField(
        max_length=8, default=PROPOSE, constraints=[peewee.Check("etat in ('propose', 'accepte', 'refuse')")]
    )
    motif = Chiffre(null=True)
    compte = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    propose_le = peewee.DateTimeField(default=maintenant)
    decide_le = peewee.DateTimeField(null=True)

    class Meta:
        indexes = ((("dossier", "etat"), False),)

    @property
    def libelle(self) -> str:
        return LIBELLES[self.etat]


def avenants_de(dossier: str) -> list[Avenant]:
    """The avenants of a dossier, the latest first."""
    return list(Avenant.select().where(Avenant.dossier == dossier).order_by(Avenant.id.desc()))


def avenant_propose(dossier: str) -> Avenant | None:
    """The one that waits for the OPCO."""
    return Avenant.get_or_none((Avenant.dossier == dossier) & (Avenant.etat == PROPOSE))


def dossiers_en_attente() -> peewee.Query:
    """The dossiers whose avenant waits for the OPCO."""
    return Avenant.select(Avenant.dossier).where(Avenant.etat == PROPOSE)


def inscrire(dossier: str, rncp_avant: str, rncp: str, date_effet: date, piece: str, compte: int) -> Avenant:
    """Add one inside the caller's transaction; raises `Refus` when one waits already, or the dossier takes none."""
    held = Dossier.update(version=Dossier.version).where((Dossier.id == dossier) & Dossier.etat.not_in(SANS_CONTRAT))
    if held.execute() == 0 or avenant_propose(dossier):
        raise Refus("Un avenant attend déjà la réponse de l’OPCO, ou ce dossier n’en reçoit plus.")
    return Avenant.create(
        dossier=dossier, rncp_avant=rncp_avant, rncp=rncp, date_effet=date_effet, piece_id=piece, compte=compte
    )


def trancher(avenant: Avenant, etat: str, motif: str | None) -> bool:
    """Write the decision of the OPCO inside the caller's transaction; False when it was decided meanwhile."""
    waiting = (Avenant.id == avenant.id) & (Avenant.etat == PROPOSE)
    decided = {Avenant.etat: etat, Avenant.motif: motif, Avenant.decide_le: maintenant()}
    return bool(Avenant.update(decided).where(waiting).execute())
