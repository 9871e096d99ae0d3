"""French of the messages: typography, dates, euros, hours, names. Display only, nothing here decides."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps
from typing import Any

NBSP = "\u00a0"
DIXIEME = Decimal("0.1")
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_BEFORE = re.compile(r" ([:;!?»%€])")
_AFTER = re.compile(r"(«|\bart\.|\b[LRD]\.) ")
_LIGATURES = str.maketrans({"Œ": "OE", "Æ": "AE", "œ": "OE", "æ": "AE"})
_AFTER_COMMUNE = re.compile(r"(?: \d{1,2} ?(?:ER|E|EME)?(?: ARRONDISSEMENT)?)?(?: CEDEX(?: \d+)?)?$")
_SAINT = re.compile(r"\b(ST|STE)\b")
_WORD_BREAKS = re.compile(r"[\s\-'’‘ʼ‐‑–]+")


def typographie(text: str) -> str:
    """The same sentence with non-breaking spaces where French wants them and the typographic apostrophe."""
    return _AFTER.sub(rf"\1{NBSP}", _BEFORE.sub(rf"{NBSP}\1", text)).replace("'", "’")


def typographique(fonction: Callable[..., str | None]) -> Callable[..., str | None]:
    """Decorator: the sentence that the function answers, if any, typographically right."""

    @wraps(fonction)
    def redigee(*args: Any) -> str | None:
        phrase = fonction(*args)
        return typographie(phrase) if phrase else None

    return redigee


def jour(valeur: date) -> str:
    """« 1er septembre 2026 »."""
    quantieme = "1er" if valeur.day == 1 else str(valeur.day)
    return f"{quantieme}{NBSP}{MOIS[valeur.month - 1]}{NBSP}{valeur.year}"


def nombre(valeur: Decimal | int | float, decimales: int = 0) -> str:
    """« 1 867,02 »: comma, non-breaking space between thousands, useless decimals kept as asked."""
    arrondi = Decimal(valeur).quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
    return f"{arrondi:,f}".replace(",", NBSP).replace(".", ",")


def euros(montant: Decimal | int) -> str:
    """« 1 867,02 € »."""
    return f"{nombre(montant, 2)}{NBSP}€"


def pourcents(*valeurs: Decimal) -> str:
    """« 62,5 % », or « 55/65/70/80 % » of several: no decimal is lost."""
    return "/".join(f"{valeur.normalize():f}" for valeur in valeurs).replace(".", ",") + f"{NBSP}%"


def heures(valeur: Decimal | int | float) -> str:
    """Hours with one decimal at most: « 241,7 h », « 150 h »."""
    return f"{nombre(valeur, 1).removesuffix(',0')}{NBSP}h"


def heures_au_moins(valeur: Decimal) -> str:
    """A least number of hours: never said as a whole number that would not do, for hours are typed whole."""
    dites = _au_dixieme(valeur)
    return heures(dites + DIXIEME if valeur > dites == dites.to_integral_value() else dites)


def heures_au_plus(valeur: Decimal) -> str:
    """A greatest number of hours, likewise."""
    dites = _au_dixieme(valeur)
    return heures(dites - DIXIEME if valeur < dites == dites.to_integral_value() else dites)


def _au_dixieme(valeur: Decimal) -> Decimal:
    return valeur.quantize(DIXIEME, ROUND_HALF_UP)


def duree_hebdo(minutes: int) -> str:
    """A weekly time in minutes as « 35 h » or « 35 h 30 »."""
    reste = f"{NBSP}{minutes % 60:02d}" if minutes % 60 else ""
    return f"{minutes // 60}{NBSP}h{reste}"


def liste(mots: Iterable[str], dernier: str = "ou") -> str:
    """« a, b ou c »."""
    tous = list(mots)
    return tous[0] if len(tous) == 1 else f"{', '.join(tous[:-1])} {dernier} {tous[-1]}" if tous else ""


def de(nom: str) -> str:
    """« d'Atlas », « de Constructys », « de l'OPCO 2i »."""
    if nom.startswith("OPCO"):
        return f"de l'{nom}"
    return f"d'{nom}" if nom_normalise(nom)[:1] in ("A", "E", "I", "O", "U") else f"de {nom}"


def nom_normalise(nom: str) -> str:
    """A name for comparison: capitals, no accents, Œ = OE, hyphen = space = apostrophe (NIR-10)."""
    decompose = unicodedata.normalize("NFD", nom.translate(_LIGATURES).upper())
    sans_accent = "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
    return " ".join(_WORD_BREAKS.sub(" ", sans_accent).split())


def commune_normalisee(label: str) -> str:
    """A commune for comparison: without arrondissement and CEDEX, SAINT in full."""
    court = _AFTER_COMMUNE.sub("", nom_normalise(label))
    return _SAINT.sub(lambda mot: "SAINT" if mot[0] == "ST" else "SAINTE", court)
