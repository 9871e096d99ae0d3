"""What was done on request with a person's data: who did it, when, why. Never whose data, nor any of it."""

import peewee

from models.base import Base, maintenant
from models.comptes import Compte

EXPORT, EFFACEMENT, REFUS = "export", "effacement", "refus"
ACTES = {EXPORT: "Export des données", EFFACEMENT: "Effacement", REFUS: "Effacement refusé, conservation obligatoire"}
MOTIFS = {
    "acces": "Demande d’accès de la personne (article 15 du RGPD)",
    "portabilite": "Demande de portabilité de la personne (article 20 du RGPD)",
    "effacement": "Demande d’effacement de la personne (article 17 du RGPD)",
    "opposition": "Opposition de la personne (article 21 du RGPD)",
    "autorite": "Demande d’une autorité (CNIL, juge)",
}


class ActeRgpd(Base):
    """One act. motif: a key of `MOTIFS`, so that no free text can name anybody. dossiers: how many it concerned."""

    id = peewee.AutoField()
    compte = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    le = peewee.DateTimeField(default=maintenant)
    acte = peewee.CharField(max_length=12)
    motif = peewee.CharField(max_length=20)
    dossiers = peewee.IntegerField()


def inscrire_acte(compte: int, acte: str, motif: str, dossiers: int) -> None:
    """Write one act, inside the caller's transaction."""
    ActeRgpd.insert(compte=compte, acte=acte, motif=motif, dossiers=dossiers, le=maintenant()).execute()


def derniers_actes() -> list[ActeRgpd]:
    rows = ActeRgpd.select(ActeRgpd, Compte).join(Compte, peewee.JOIN.LEFT_OUTER)
    return list(rows.order_by(ActeRgpd.id.desc()).limit(100))
