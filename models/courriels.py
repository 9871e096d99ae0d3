"""Mails to send: written in the transaction of what they tell, delivered by a task."""

import secrets
from datetime import datetime, timedelta
from typing import Any

import peewee

from models.base import Base, maintenant
from models.comptes import Compte
from models.crypto import Chiffre
from models.dossier import Dossier

A_ENVOYER, ENVOYE, CONSERVE, ECHOUE = "a_envoyer", "envoye", "conserve", "echoue"
BAIL = timedelta(minutes=10)


class Courriel(Base):
    """One mail. The subject holds no personal data; the rest is encrypted, and forgotten once it has left.

    conserve: kept here because no SMTP server is configured. `bail` is the end of a worker's claim.
    genre: one of `models.preferences`. auteur: who hears of it when it cannot be delivered; a mail that the portal
    writes by itself has none. regle_le: somebody dealt with that.
    """

    id = peewee.AutoField()
    cle = peewee.CharField(max_length=120, unique=True)
    message_id = peewee.CharField(max_length=40, unique=True)
    destinataire = Chiffre(null=True)
    sujet = peewee.CharField(max_length=200)
    texte = Chiffre(null=True)
    html = Chiffre(null=True)
    etat = peewee.CharField(
        max_length=10,
        default=A_ENVOYER,
        constraints=[peewee.Check("etat in ('a_envoyer', 'envoye', 'conserve', 'echoue')")],
    )
    tentatives = peewee.SmallIntegerField(default=0)
    prochain_essai = peewee.DateTimeField(default=maintenant)
    bail = peewee.DateTimeField(null=True)
    erreur = peewee.CharField(max_length=80, default="")
    cree_le = peewee.DateTimeField(default=maintenant)
    fini_le = peewee.DateTimeField(null=True)
    genre = peewee.CharField(max_length=20, default="")
    dossier = peewee.ForeignKeyField(Dossier, null=True, on_delete="SET NULL")
    dossier_id: str | None
    auteur = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    auteur_id: int | None
    regle_le = peewee.DateTimeField(null=True)

    class Meta:
        indexes = ((("etat", "prochain_essai"), False),)


def poster(cle: str, destinataire: str, sujet: str, texte: str, html: str, **origine: Any) -> int:
    """Put a mail in the table, inside the caller's transaction; the same `cle` twice is one mail. Answers its id.

    origine: `genre`, `dossier` and `auteur`, where there are any.
    """
    poster_une_fois(cle, destinataire, sujet, texte, html, **origine)
    return Courriel.select(Courriel.id).where(Courriel.cle == cle).scalar()


def poster_une_fois(cle: str, destinataire: str, sujet: str, texte: str, html: str, **origine: Any) -> bool:
    """The same; False when a mail of this `cle` was there."""
    row = {"cle": cle, "message_id": secrets.token_hex(16), "destinataire": destinataire}
    row |= {"sujet": sujet, "texte": texte, "html": html} | origine
    return bool(Courriel.insert(**row).on_conflict_ignore().as_rowcount().execute())


def dus(limite: int) -> list[int]:
    """Ids of at most `limite` mails whose turn it is, the longest waiting first."""
    waiting = Courriel.select(Courriel.id).where(_libre()).order_by(Courriel.prochain_essai, Courriel.id)
    return [courriel.id for courriel in waiting.limit(limite)]


def reclamer(courriel_id: int) -> Courriel | None:
    """Claim a mail whose turn it is for the length of `BAIL`; None when it is not, or when another worker has it."""
    claim = {"bail": maintenant() + BAIL, "tentatives": Courriel.tentatives + 1}
    if Courriel.update(claim).where((Courriel.id == courriel_id) & _libre()).execute() == 0:
        return None
    return Courriel.get_by_id(courriel_id)


def terminer(courriel: Courriel, etat: str, erreur: str = "") -> bool:
    """The mail left, stays here, or never will leave. What has left is forgotten: links in it still open doors.

    False when another worker has the mail by now.
    """
    values: dict[str, Any] = {"etat": etat, "erreur": erreur, "bail": None, "fini_le": maintenant()}
    if etat == ENVOYE:
        values |= {"texte": None, "html": None}
    return _mine(courriel, values)


def remettre(courriel: Courriel, quand: datetime, erreur: str) -> None:
    """Give the claim back and try again at `quand`. `erreur` is a class name: server texts quote addresses."""
    _mine(courriel, {"prochain_essai": quand, "erreur": erreur, "bail": None})


def conserves() -> list[Courriel]:
    """The mails that stay here, or will when a worker looks at them, newest first."""
    return list(
        Courriel.select().where(Courriel.etat.in_([CONSERVE, A_ENVOYER])).order_by(Courriel.id.desc()).limit(50)
    )


def oublier_courriels(avant: datetime) -> int:
    """Delete the finished mails older than `avant`; answers how many."""
    return Courriel.delete().where((Courriel.etat != A_ENVOYER) & (Courriel.cree_le < avant)).execute()


def _libre() -> peewee.Expression:
    now = maintenant()
    waiting = (Courriel.etat == A_ENVOYER) & (Courriel.prochain_essai <= now)
    return waiting & (Courriel.bail.is_null() | (Courriel.bail < now))


def _mine(courriel: Courriel, values: dict[str, Any]) -> bool:
    """Write only while the claim is still ours: a slow worker must not undo what its successor did."""
    claim = (Courriel.id == courriel.id) & (Courriel.tentatives == courriel.tentatives)
    return bool(Courriel.update(values).where(claim & (Courriel.etat == A_ENVOYER)).execute())
