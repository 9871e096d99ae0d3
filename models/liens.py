"""Signed links sent by mail: the token carries a random id, everything else stands in the table."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import peewee
from itsdangerous import BadData, URLSafeSerializer

from models.base import Base, maintenant
from models.comptes import Compte
from models.crypto import Chiffre
from models.dossier import Dossier

REPRISE = "reprise"
REMISE = "reprise_employeur"
MOT_DE_PASSE = "mot_de_passe"

_keys: list[str] = []


class LienRefuse(Exception):
    """This link opens nothing."""


class LienInconnu(LienRefuse):
    """Never made here, altered, or made for another purpose."""


class LienExpire(LienRefuse):
    """Its time is over."""


class LienRevoque(LienRefuse):
    """Somebody withdrew it."""


class LienUtilise(LienRefuse):
    """It served once, which was all it could."""


class Lien(Base):
    """One link: one purpose, one account or dossier, one recipient."""

    id = peewee.CharField(max_length=22, primary_key=True)
    objet = peewee.CharField(max_length=20)
    compte = peewee.ForeignKeyField(Compte, backref="liens", null=True, on_delete="CASCADE")
    dossier = peewee.ForeignKeyField(Dossier, backref="liens", null=True, on_delete="CASCADE")
    etape = peewee.CharField(max_length=20, null=True)
    destinataire = Chiffre(null=True)
    cree_par = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL", backref="liens_crees")
    cree_le = peewee.DateTimeField(default=maintenant)
    expire_le = peewee.DateTimeField()
    revoque_le = peewee.DateTimeField(null=True)
    utilise_le = peewee.DateTimeField(null=True)


def charger(keys: Iterable[str]) -> None:
    """Take `keys`, newest first: the newest signs, all verify."""
    _keys[:] = reversed(list(keys))


def creer_lien(
    objet: str,
    duree: timedelta,
    *,
    compte: Compte | None = None,
    dossier: Dossier | None = None,
    etape: str | None = None,
    destinataire: str | None = None,
    cree_par: Compte | None = None,
) -> str:
    """Make a link that lives for `duree`, inside the caller's transaction; answers its token."""
    lien = Lien.create(
        id=secrets.token_urlsafe(16),
        objet=objet,
        compte=compte,
        dossier=dossier,
        etape=etape,
        destinataire=destinataire,
        cree_par=cree_par,
        expire_le=maintenant() + duree,
    )
    return signer(lien.id, objet)


def lire_lien(token: str, objet: str) -> Lien:
    """The link behind `token`. Reading consumes nothing: mail scanners open links.

    Raises `LienInconnu`, `LienRevoque`, `LienUtilise` or `LienExpire`.
    """
    return lien_ouvert(identifiant(token, objet), objet)


def signer(numero: str, objet: str) -> str:
    """The token that carries a random id for this purpose."""
    return _signature(objet).dumps(numero)


def identifiant(token: str, objet: str) -> str:
    """The id that we once signed for this purpose, whatever became of the link. Raises `LienInconnu`."""
    try:
        return str(_signature(objet).loads(token.encode("utf-8", "replace")))
    except BadData:
        raise LienInconnu("bad signature") from None


def lien_ouvert(identifiant: Any, *objets: str) -> Lien:
    """The link of this id, for one of these purposes. Raises as `lire_lien` does."""
    lien = Lien.get_or_none((Lien.id == str(identifiant)) & Lien.objet.in_(objets))
    if lien is None:
        raise LienInconnu("no such link")
    if lien.revoque_le:
        raise LienRevoque("withdrawn")
    if lien.utilise_le:
        raise LienUtilise("served already")
    if lien.expire_le <= maintenant():
        raise LienExpire("too old")
    return lien


def liens_vivants(dossier: Dossier, *objets: str) -> list[Lien]:
    """The links to a dossier that open something now, the latest first, each with whoever made it."""
    alive = Lien.revoque_le.is_null() & Lien.utilise_le.is_null() & (Lien.expire_le > maintenant())
    query = Lien.select(Lien, Compte).join(Compte, peewee.JOIN.LEFT_OUTER, on=(Lien.cree_par == Compte.id))
    mine = (Lien.dossier == dossier.id) & Lien.objet.in_(objets)
    return list(query.where(mine & alive).order_by(Lien.cree_le.desc(), Lien.id))


def utiliser(lien: Lien) -> None:
    """Use up `lien`, inside the caller's transaction. Raises `LienUtilise` when somebody was faster."""
    free = (Lien.id == lien.id) & Lien.utilise_le.is_null() & Lien.revoque_le.is_null()
    if Lien.update(utilise_le=maintenant()).where(free).execute() == 0:
        raise LienUtilise("served already")


def revoquer(lien: Lien) -> None:
    """Withdraw `lien`; doing it twice is harmless."""
    _revoquer(Lien.id == lien.id)


def revoquer_du_compte(compte: Compte, objet: str) -> None:
    """Withdraw all links of this purpose that lead to `compte`."""
    _revoquer((Lien.compte == compte) & (Lien.objet == objet))


def _revoquer(chosen: peewee.Expression) -> None:
    Lien.update(revoque_le=maintenant()).where(chosen & Lien.revoque_le.is_null() & Lien.utilise_le.is_null()).execute()


def _signature(objet: str) -> URLSafeSerializer:
    """One salt a purpose: a token made for another one is refused. SHA-256 rather than the default SHA-1."""
    return URLSafeSerializer(_keys, salt=f"lien.{objet}", signer_kwargs={"digest_method": hashlib.sha256})


def jeton_de(lien: Lien) -> str:
    """The token of a link that is there, to write it in another mail to the same person."""
    return signer(lien.id, lien.objet)
