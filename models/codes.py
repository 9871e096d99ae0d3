"""Six digits sent to a mailbox: whoever types them reads the mails of that address."""

import secrets
from datetime import timedelta
from typing import Any

import peewee

from models.base import Base, maintenant
from models.crypto import empreinte
from models.liens import Lien

DUREE = timedelta(minutes=10)
ESSAIS = 5


class Code(Base):
    """One code, for the one browser that asked for it: the browser keeps `id`, the mail the digits, this their hash."""

    id = peewee.CharField(max_length=22, primary_key=True)
    lien = peewee.ForeignKeyField(Lien, backref="codes", on_delete="CASCADE")
    empreinte = peewee.CharField(max_length=64)
    essais = peewee.SmallIntegerField(default=0)
    expire_le = peewee.DateTimeField()


def creer_code(lien: Lien) -> tuple[str, str]:
    """(id, digits) of a new code for the recipient of `lien`, inside the caller's transaction; what is over goes."""
    Code.delete().where((Code.lien == lien.id) & (Code.expire_le < maintenant())).execute()
    identifiant, chiffres = secrets.token_urlsafe(16), f"{secrets.randbelow(10**6):06}"
    row = {"id": identifiant, "lien": lien.id, "empreinte": _empreinte(identifiant, chiffres)}
    Code.insert(row | {"expire_le": maintenant() + DUREE}).execute()
    return identifiant, chiffres


def verifier_code(identifiant: Any, lien: Lien, chiffres: str) -> bool:
    """Whether these are the digits of the code, which serves once, lives `DUREE` and stands `ESSAIS` tries.

    The try is counted before it is made, so that simultaneous ones cannot slip through.
    """
    mine = (Code.id == str(identifiant)) & (Code.lien == lien.id)
    alive = (Code.expire_le > maintenant()) & (Code.essais < ESSAIS)
    if Code.update(essais=Code.essais + 1).where(mine & alive).execute() == 0:
        return False
    return bool(Code.delete().where(mine & (Code.empreinte == _empreinte(str(identifiant), chiffres))).execute())


def _empreinte(identifiant: str, chiffres: str) -> str:
    return empreinte(f"code:{identifiant}:{chiffres}")
