"""Encryption at rest: a ring of keys, encrypted columns, and the blind index of the NIR."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import peewee
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

_ring: dict[str, Any] = {}


class Indechiffrable(Exception):
    """No key of the ring opens this value: the ring lost a key, or the value was altered."""


def charger(keys: Iterable[str], index_key: str) -> None:
    """Take `keys` as the ring: the first encrypts, all decrypt. `index_key` feeds `empreinte` and never rotates."""
    _ring["fernet"] = MultiFernet([Fernet(key) for key in keys])
    _ring["index"] = index_key.encode()


def chiffrer(clear: bytes) -> bytes:
    """`clear`, encrypted and authenticated with the first key of the ring."""
    return _ring["fernet"].encrypt(clear)


def dechiffrer(token: bytes, age: int | None = None) -> bytes:
    """What `chiffrer` was given, at most `age` seconds ago if that is said. Raises `Indechiffrable`."""
    try:
        return _ring["fernet"].decrypt(token, age)
    except InvalidToken:
        raise Indechiffrable("no key of the ring opens this value") from None


def empreinte(clear: str) -> str:
    """Keyed hash: the same NIR, code or address is found again, and none can be guessed from it without the key."""
    return hmac.new(_ring["index"], clear.encode(), hashlib.sha256).hexdigest()


class Chiffre(peewee.TextField):
    """A text that only the key ring can read."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else chiffrer(self.en_texte(value).encode()).decode()

    def python_value(self, value: str | None) -> Any:
        return None if value is None else self.du_texte(dechiffrer(value.encode()).decode())

    def en_texte(self, value: Any) -> str:
        return value

    def du_texte(self, text: str) -> Any:
        return text


class JourChiffre(Chiffre):
    """A date that only the key ring can read."""

    def en_texte(self, value: date) -> str:
        return value.isoformat()

    def du_texte(self, text: str) -> date:
        return date.fromisoformat(text)


class JsonChiffre(Chiffre):
    """A JSON value that only the key ring can read."""

    def en_texte(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def du_texte(self, text: str) -> Any:
        return json.loads(text)


class OuiNonChiffre(Chiffre):
    """A yes or no that only the key ring can read (health data, art. 9 RGPD)."""

    def en_texte(self, value: bool) -> str:
        return "oui" if value else "non"

    def du_texte(self, text: str) -> bool:
        return text == "oui"
