"""The dossier: one contract being entered or filed, and what lists and searches need of it."""

import secrets

import peewee

from models.base import Base, instance, maintenant, requete
from models.comptes import Compte, Structure

TEXTES = ("salarie_plie", "employeur_plie", "formation_plie")


def identifiant() -> str:
    """A random identifier for URLs: 96 bits, so that nobody guesses the dossier of another."""
    return secrets.token_urlsafe(12)


class Dossier(Base):
    """One contract. `version` grows with each write: a form opened on an older one overwrites nothing.

    etape: the page to come back to. faites: slugs of the pages that were validated. cerfa: its file in the
    safe. motif: why it was refused. cree_par: the person to write to about it. siret, debut and the columns « plie »:
    copies from the sections, for rights and lists (reperes.py).
    organisme_plie: those that the organisme knows of, which stand still once it has handed the dossier over.
    ouvert_le: when a draft was last opened, to the day. preavis_le: when its people were told that it will be deleted.
    cle_creation: the one-time key of the form that made it, so that a double click makes one dossier.
    """

    id = peewee.CharField(max_length=16, primary_key=True, default=identifiant)
    numero = peewee.CharField(max_length=20, unique=True, null=True)
    etat = peewee.CharField(max_length=20, default="brouillon")
    etape = peewee.CharField(max_length=20, default="formation")
    faites = peewee.CharField(max_length=120, default="")
    version = peewee.IntegerField(default=1)
    structure = peewee.ForeignKeyField(Structure, backref="dossiers", null=True)
    structure_id: int | None
    organisme = peewee.ForeignKeyField(Structure, backref="preentres", null=True, index=False)
    organisme_id: int | None
    cree_par = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    modifie_par = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    modifie_par_id: int | None
    cle_creation = peewee.CharField(max_length=32, unique=True)
    commentaire = peewee.TextField(default="")
    motif = peewee.TextField(default="")
    cerfa = peewee.CharField(max_length=64, null=True)
    cree_le = peewee.DateTimeField(default=maintenant)
    modifie_le = peewee.DateTimeField(default=maintenant)
    soumis_le = peewee.DateTimeField(null=True)
    delai_depuis = peewee.DateTimeField(null=True, default=maintenant)
    ouvert_le = peewee.DateTimeField(null=True)
    preavis_le = peewee.DateTimeField(null=True)
    siret = peewee.CharField(max_length=14, null=True)
    debut = peewee.DateField(null=True)
    salarie_plie = peewee.CharField(max_length=160, default="")
    employeur_plie = peewee.CharField(max_length=160, default="")
    formation_plie = peewee.CharField(max_length=160, default="")
    organisme_plie = peewee.CharField(max_length=560, default="")

    class Meta:
        # All that a list filters or sorts by: it reads an index, and the rows of one page only.
        indexes = (
            (("structure", "modifie_le", "id", "etat", "debut", "siret", "numero", *TEXTES), False),
            (("structure", "etat", "modifie_le", "id", "debut", "siret", "numero", *TEXTES), False),
            (("structure", "debut", "etat", "siret", *TEXTES, "numero", "modifie_le", "id"), False),
            (("structure", "salarie_plie", "id"), False),
            (("structure", "numero", "id"), False),
            (("organisme", "modifie_le", "id", "etat", "numero", "organisme_plie"), False),
            (("etat", "soumis_le", "id"), False),
            (("soumis_le", "id"), False),
            # The reminders of a day: a few dossiers of each state.
            (("etat", "debut"), False),
            (("etat", "delai_depuis"), False),
        )


def dossier(dossier_id: str) -> Dossier | None:
    """The dossier of this identifier, if there is one."""
    row = _par_id(dossier_id).fetchone()
    return instance(Dossier, Dossier._meta.sorted_fields, row) if row else None


@requete
def _par_id() -> peewee.Query:
    return Dossier.select().where(Dossier.id == "")
