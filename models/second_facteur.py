"""The second factor: codes that an application counts out (RFC 6238), and codes for the day the phone is lost.

RFC 6238 over `hmac` is six lines: a library would bring more to keep up to date than it would save.
"""

import base64
import hmac
import secrets
import time
from urllib.parse import quote, urlencode

import peewee

from models.base import Base, db, maintenant
from models.comptes import Compte
from models.crypto import Chiffre, empreinte
from models.sessions import fermer_toutes

EMETTEUR = "Mon Espace"
PAS = 30  # seconds that one code is shown
CHIFFRES = 6
TOLERANCE = 1  # codes before and after the present one that are taken: clocks differ, people type slowly
SECOURS, CHIFFRES_SECOURS = 10, 12


class SecondFacteur(Base):
    """The secret that an account shares with an application; it counts from `Compte.second_facteur_le` on.

    dernier_pas: the last code that was taken, as its number of steps since 1970: none serves twice.
    """

    compte = peewee.ForeignKeyField(Compte, primary_key=True, on_delete="CASCADE")
    secret = Chiffre()
    dernier_pas = peewee.IntegerField(default=0)


class CodeDeSecours(Base):
    """One recovery code, as a keyed hash: forty random bits need no slow one while tries are limited."""

    id = peewee.AutoField()
    compte = peewee.ForeignKeyField(Compte, on_delete="CASCADE")
    empreinte = peewee.CharField(max_length=64)
    utilise_le = peewee.DateTimeField(null=True)


def code_du_pas(secret: str, pas: int) -> str:
    """The code of the step number `pas` (RFC 4226, 5.3): `secret` is in base 32."""
    digest = hmac.digest(base64.b32decode(secret), pas.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**CHIFFRES:0{CHIFFRES}}"


def preparer(compte: Compte) -> str:
    """A secret to be put into an application. It protects nothing yet; asked again before that, it is the same."""
    fresh = base64.b32encode(secrets.token_bytes(20)).decode()
    SecondFacteur.insert(compte=compte.id, secret=fresh).on_conflict_ignore().execute()
    return SecondFacteur.get_by_id(compte.id).secret


def oublier_preparation(compte: Compte) -> None:
    """The secret that was shown and protects nothing yet: whoever saw it must not know the one that will."""
    unprotected = Compte.select(Compte.id).where((Compte.id == compte.id) & Compte.second_facteur_le.is_null())
    SecondFacteur.delete().where(SecondFacteur.compte.in_(unprotected)).execute()


def adresse_otpauth(compte: Compte, secret: str) -> str:
    """What the QR code holds: the form that all applications read."""
    label = quote(f"{EMETTEUR}:{compte.courriel}")
    return f"otpauth://totp/{label}?" + urlencode({"secret": secret, "issuer": EMETTEUR}, quote_via=quote)


def verifier_code(compte: Compte, code: str) -> bool:
    """Whether `code` is one of the application's, or a recovery code, that has not served. It has, from now on."""
    clean = chiffres(code)
    if len(clean) == CHIFFRES:
        return _prendre_pas(compte, clean)
    mine = (CodeDeSecours.compte == compte.id) & (CodeDeSecours.empreinte == _empreinte(compte, clean))
    free = mine & CodeDeSecours.utilise_le.is_null()
    return CodeDeSecours.update(utilise_le=maintenant()).where(free).execute() > 0


def activer(compte: Compte, code: str, garder: str, cle: str) -> list[str]:
    """Protect `compte` once `code` proves that the application holds the secret; gives the recovery codes of `cle`.

    Empty when the code is not right. All sessions but that of the token `garder` end: they were opened without a
    second factor.
    """
    with db.atomic():
        if not _prendre_pas(compte, chiffres(code)):
            return []
        Compte.update(second_facteur_le=maintenant()).where(Compte.id == compte.id).execute()
        fermer_toutes(compte, sauf=garder)
        return nouveaux_codes(compte, cle)


def nouveaux_codes(compte: Compte, cle: str) -> list[str]:
    """Recovery codes in the place of all earlier ones. They are kept nowhere: who still has `cle` gets them again."""
    codes = _codes(compte, cle)
    with db.atomic():
        CodeDeSecours.delete().where(CodeDeSecours.compte == compte.id).execute()
        for code in codes:
            CodeDeSecours.create(compte=compte.id, empreinte=_empreinte(compte, code))
    return codes


def memes_codes(compte: Compte, cle: str) -> list[str]:
    """The codes that `cle` gave, for the second of two clicks: the answer to the first was never seen.

    Empty when it gave none, or when others have taken their place.
    """
    codes = _codes(compte, cle)
    traces = [_empreinte(compte, code) for code in codes]
    mine = (CodeDeSecours.compte == compte.id) & CodeDeSecours.empreinte.in_(traces)
    return codes if CodeDeSecours.select().where(mine).exists() else []


def est_de_secours(code: str) -> bool:
    """Whether `code` is written as a recovery code is."""
    return len(chiffres(code)) == CHIFFRES_SECOURS


def codes_restants(compte: Compte) -> int:
    mine = (CodeDeSecours.compte == compte.id) & CodeDeSecours.utilise_le.is_null()
    return CodeDeSecours.select().where(mine).count()


def retirer(compte: Compte) -> None:
    """The password alone opens the account again."""
    with db.atomic():
        CodeDeSecours.delete().where(CodeDeSecours.compte == compte.id).execute()
        SecondFacteur.delete().where(SecondFacteur.compte == compte.id).execute()
        Compte.update(second_facteur_le=None).where(Compte.id == compte.id).execute()


def chiffres(code: str) -> str:
    """`code` without the spaces and hyphens that people put into it."""
    return "".join(c for c in code if c in "0123456789")


def _prendre_pas(compte: Compte, code: str) -> bool:
    """Take a code of the application, at once with the proof that none as late was taken before."""
    row = SecondFacteur.get_or_none(SecondFacteur.compte == compte.id)
    if row is None:
        return False
    now = int(time.time()) // PAS
    steps = range(now - TOLERANCE, now + TOLERANCE + 1)
    found = [pas for pas in steps if hmac.compare_digest(code_du_pas(row.secret, pas), code)]
    if not found:
        return False
    free = (SecondFacteur.compte == compte.id) & (SecondFacteur.dernier_pas < found[-1])
    return SecondFacteur.update(dernier_pas=found[-1]).where(free).execute() > 0


def _codes(compte: Compte, cle: str) -> list[str]:
    """Drawn from a random `cle` and the ring's key: whoever knows but one of the two knows no code."""
    draws = (int(empreinte(f"tirage:{compte.id}:{cle}:{rank}"), 16) for rank in range(SECOURS))
    codes = [f"{draw % 10**CHIFFRES_SECOURS:0{CHIFFRES_SECOURS}}" for draw in draws]
    return [f"{code[:4]} {code[4:8]} {code[8:]}" for code in codes]


def _empreinte(compte: Compte, code: str) -> str:
    return empreinte(f"secours:{compte.id}:{chiffres(code)}")
