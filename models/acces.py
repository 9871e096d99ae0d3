"""How people come to belong to a structure: registrations, invitations, requests; and the journal of all that."""

import peewee

from models.base import Base, maintenant
from models.comptes import Compte, Habilitation, Structure
from models.crypto import Chiffre, JsonChiffre
from models.liens import Lien

INVITATION, INSCRIPTION, PREUVE = "invitation", "inscription", "preuve"  # what the mailed links are for


class Inscription(Base):
    """What somebody without a proven mailbox typed: it makes nothing until the mailed link comes back.

    identite: {"prenom", "nom"}; denomination: as the registers had it, else as typed.
    """

    lien = peewee.ForeignKeyField(Lien, primary_key=True, on_delete="CASCADE")
    genre = peewee.CharField(max_length=10, constraints=[peewee.Check("genre in ('employeur', 'organisme')")])
    siret = peewee.CharField(max_length=14)
    nda = peewee.CharField(max_length=11, null=True)
    denomination = peewee.CharField(max_length=200)
    identite = JsonChiffre()


class Invitation(Base):
    """An address that an administrator asks in, with the rights that wait for it.

    lien: the one that was mailed last. reponse: « acceptee » or « retiree »; "" while it waits.
    """

    id = peewee.AutoField()
    structure = peewee.ForeignKeyField(Structure, backref="invitations", on_delete="CASCADE")
    structure_id: int
    lien = peewee.ForeignKeyField(Lien, unique=True, on_delete="CASCADE")
    lien_id: str
    courriel = Chiffre()
    droits = peewee.CharField(max_length=100)
    etablissements = peewee.TextField(default="")
    cree_par = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    cree_par_id: int | None
    cree_le = peewee.DateTimeField(default=maintenant)
    reponse = peewee.CharField(
        max_length=10, default="", constraints=[peewee.Check("reponse in ('', 'acceptee', 'retiree')")]
    )


class DemandeAcces(Base):
    """An account that asks to belong to a structure. reponse: « acceptee » or « refusee »; "" while it waits.

    lien: the one sent to the address of the structure, which may answer in the place of a gestionnaire.
    """

    id = peewee.AutoField()
    structure = peewee.ForeignKeyField(Structure, backref="demandes_acces", on_delete="CASCADE")
    structure_id: int
    compte = peewee.ForeignKeyField(Compte, backref="demandes_acces", on_delete="CASCADE")
    compte_id: int
    lien = peewee.ForeignKeyField(Lien, null=True, on_delete="SET NULL")
    lien_id: str | None
    cree_le = peewee.DateTimeField(default=maintenant)
    reponse = peewee.CharField(
        max_length=10, default="", constraints=[peewee.Check("reponse in ('', 'acceptee', 'refusee')")]
    )
    repondue_par = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL", backref="demandes_repondues")
    repondue_le = peewee.DateTimeField(null=True)

    class Meta:
        indexes = ((("structure", "reponse"), False), (("reponse", "cree_le"), False))


class JournalAcces(Base):
    """One change of who may act for a structure. details: rights, never a name or an address.

    compte: who did it. personne: whose rights changed. autre: the other structure of a mandate.
    """

    id = peewee.AutoField()
    structure = peewee.ForeignKeyField(Structure, backref="journal_acces", on_delete="CASCADE")
    compte = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    personne = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL", backref="journal_des_droits")
    autre = peewee.ForeignKeyField(Structure, null=True, on_delete="SET NULL", backref="journal_des_mandats")
    le = peewee.DateTimeField(default=maintenant)
    action = peewee.CharField(max_length=40)
    details = peewee.TextField(default="")


def noter_acces(
    structure: int,
    action: str,
    compte: int | None,
    personne: int | None = None,
    autre: int | None = None,
    details: str = "",
) -> None:
    """Write one change in the journal, inside the caller's transaction."""
    JournalAcces.create(
        structure=structure, action=action, compte=compte, personne=personne, autre=autre, details=details
    )


def histoire_des_acces(structure: int) -> list[JournalAcces]:
    """What happened to the rights of a structure, the latest first, with the people and structures that it names."""
    author, person, other = Compte.alias(), Compte.alias(), Structure.alias()
    events = (
        JournalAcces.select(JournalAcces, author, person, other)
        .join_from(JournalAcces, author, peewee.JOIN.LEFT_OUTER, on=(JournalAcces.compte == author.id))
        .join_from(JournalAcces, person, peewee.JOIN.LEFT_OUTER, on=(JournalAcces.personne == person.id))
        .join_from(JournalAcces, other, peewee.JOIN.LEFT_OUTER, on=(JournalAcces.autre == other.id))
    )
    return list(events.where(JournalAcces.structure == structure).order_by(JournalAcces.id.desc()).limit(100))


def demande_en_attente(structure: int, compte: int) -> DemandeAcces | None:
    """The request that this account already made."""
    waiting = (DemandeAcces.structure == structure) & (DemandeAcces.compte == compte) & (DemandeAcces.reponse == "")
    return DemandeAcces.get_or_none(waiting)


def demandes_de_la_structure(structure: int) -> list[DemandeAcces]:
    """The requests that wait for an administrator, the oldest first."""
    rows = DemandeAcces.select(DemandeAcces, Compte).join(Compte, on=(DemandeAcces.compte == Compte.id))
    return list(
        rows.where(DemandeAcces.structure == structure, DemandeAcces.reponse == "", Compte.actif == True).order_by(  # noqa: E712 (SQL)
            DemandeAcces.id
        )
    )


def invitations_en_attente(structure: int) -> list[Invitation]:
    """The invitations that nobody answered, the newest first, each with its link."""
    rows = Invitation.select(Invitation, Lien).join(Lien)
    return list(rows.where(Invitation.structure == structure, Invitation.reponse == "").order_by(Invitation.id.desc()))


def repondre(demande: DemandeAcces, reponse: str, compte: int | None) -> bool:
    """Answer a request, inside the caller's transaction. False when somebody did already."""
    waiting = (DemandeAcces.id == demande.id) & (DemandeAcces.reponse == "")
    values = {"reponse": reponse, "repondue_par": compte, "repondue_le": maintenant()}
    return bool(DemandeAcces.update(values).where(waiting).execute())


def demandes_sans_administrateur() -> list[DemandeAcces]:
    """The requests for a structure that nobody administers: a gestionnaire answers them, the oldest first."""
    chief = Compte.alias()
    someone = (
        Habilitation.select(peewee.Value(1))
        .join(chief)
        .where(
            Habilitation.structure == DemandeAcces.structure, Habilitation.droits.contains("administrer"), chief.actif
        )
    )
    rows = DemandeAcces.select(DemandeAcces, Compte, Structure).join(Compte, on=(DemandeAcces.compte == Compte.id))
    waiting = rows.switch(DemandeAcces).join(Structure).where(DemandeAcces.reponse == "", Compte.actif)
    return list(waiting.where(~peewee.fn.EXISTS(someone)).order_by(DemandeAcces.id))
