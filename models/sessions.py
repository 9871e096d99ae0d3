"""Sessions: who is logged in. The cookie holds a random token, the table its SHA-256 only."""

import hashlib
import secrets
from datetime import datetime, timedelta

import peewee

from models.base import Base, instance, maintenant, requete
from models.comptes import Compte

HEURES = 12
UNE_MINUTE = timedelta(minutes=1)


class Session(Base):
    """One login. It is over at `expire_le`, pushed back by each visit, or once `fermee_le` is set.

    navigateur: browser and system as people call them. The network address is not kept.
    """

    empreinte = peewee.CharField(max_length=64, primary_key=True)
    compte = peewee.ForeignKeyField(Compte, backref="sessions", on_delete="CASCADE")
    heures = peewee.SmallIntegerField()
    ouverte_le = peewee.DateTimeField(default=maintenant)
    vue_le = peewee.DateTimeField(default=maintenant)
    expire_le = peewee.DateTimeField(index=True)
    fermee_le = peewee.DateTimeField(null=True)
    navigateur = peewee.CharField(max_length=60, default="")


CHAMPS = Compte._meta.sorted_fields


@requete
def _qui() -> peewee.Query:
    valid = (Session.empreinte == "") & (Session.expire_le > maintenant()) & Session.fermee_le.is_null()
    # Not compared with True: a place of a parameter would be left in the text.
    return Session.select(Session.heures, Session.vue_le, *CHAMPS).join(Compte).where(valid & Compte.actif)


def ouvrir_session(compte: Compte, heures: int = HEURES, navigateur: str = "") -> str:
    """Open a session that ends `heures` after its last visit. The token is for the person's cookie alone."""
    token = secrets.token_urlsafe(32)
    now = maintenant()
    Session.insert(
        empreinte=_empreinte(token),
        compte=compte,
        heures=heures,
        ouverte_le=now,
        vue_le=now,
        expire_le=now + timedelta(hours=heures),
        navigateur=navigateur,
    ).execute()
    return token


def compte_de(token: str, visite: bool = True) -> Compte | None:
    """The account behind `token`, in one query; None when the session is over, closed or unknown.

    visite: whether the person is there, which pushes the end of the session back.
    """
    now, digest = maintenant(), _empreinte(token)
    row = _qui(digest, now).fetchone()
    if row is None:
        return None
    heures, vue_le, *columns = row
    if visite and now - Session.vue_le.python_value(vue_le) >= UNE_MINUTE:
        _noter_visite(digest, now, heures)
    return instance(Compte, CHAMPS, columns)


def fermer_session(token: str) -> None:
    """Close the session of `token`; closing twice, or closing nothing, is harmless."""
    _fermer(Session.empreinte == _empreinte(token))


def fermer_toutes(compte: Compte, sauf: str | None = None) -> None:
    """Close all sessions of `compte`, except that of the token `sauf`."""
    chosen = Session.compte == compte
    _fermer(chosen if sauf is None else chosen & (Session.empreinte != _empreinte(sauf)))


def sessions_de(compte: Compte) -> list[Session]:
    """The sessions of `compte` that are open, the last used first."""
    live = (Session.compte == compte) & (Session.expire_le > maintenant()) & Session.fermee_le.is_null()
    return list(Session.select().where(live).order_by(Session.vue_le.desc(), Session.ouverte_le.desc()))


def est_de(session: Session, token: str) -> bool:
    """Whether `token` opened this session."""
    return session.empreinte == _empreinte(token)


def fermer_une(compte: Compte, empreinte: str) -> bool:
    """Close one session of `compte`, named by its digest. False when it has none of that name."""
    mine = (Session.compte == compte) & (Session.empreinte == empreinte)
    _fermer(mine)
    return Session.select().where(mine).exists()


def oublier_sessions(avant: datetime) -> int:
    """Delete what ended before `avant`; answers how many."""
    return Session.delete().where(Session.expire_le < avant).execute()


def _empreinte(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _noter_visite(digest: str, now: datetime, heures: int) -> None:
    """Push the end back, at most once a minute: reading a page must not cost a write."""
    Session.update(vue_le=now, expire_le=now + timedelta(hours=heures)).where(Session.empreinte == digest).execute()


def _fermer(chosen: peewee.Expression) -> None:
    Session.update(fermee_le=maintenant()).where(chosen & Session.fermee_le.is_null()).execute()
