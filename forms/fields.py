"""Our kinds of field. A field reads a text, says in French what is wrong with it, and writes a value back.

Nothing renders here: the macros of `partials/macros/champ.html` draw a field from its `genre` and attributes.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import Field

from forms.controles import formats
from forms.controles.francais import NBSP, euros, typographie

ESPACES = re.compile(r"\s+")
CHIFFRES = re.compile(r"\d+", re.ASCII)
EUROS = re.compile(r"\d{1,9}([.,]\d{1,2})?", re.ASCII)
DUREE = re.compile(r"(\d{1,3})(?:(?:h|:)(\d{1,2})?(?:min|mn|m)?|[.,](\d{1,2}))?", re.ASCII)
JOUR_FRANCAIS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
JOUR_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
EMPLOYEUR, ORGANISME = "employeur", "organisme"  # the parties that enter a dossier
REMPLACEMENT = "\ufffd"
# No HTML may hold these: REMPLACEMENT stands in their place, as it does once a browser has read them.
NON_CARACTERES = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
HORS_HTML = re.compile(rf"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{NON_CARACTERES}]")


def toujours(contenu: Any) -> bool:
    return True


class Refus(str):
    """The sentence that refuses a text. regle: the rule of the law that does, "" for one of the keyboard alone."""

    regle = ""


class Invalide(ValueError):
    """What was typed has no value; the text tells the person what to do."""

    def __init__(self, message: str, regle: str = "") -> None:
        said = Refus(typographie(message))
        said.regle = regle
        super().__init__(said)


class Champ(Field):
    """One field of the portal, a line of text unless a subclass says otherwise.

    cerfa: rubrique of the form 12434*05 that prints it. si: when it is asked, given the sections; what is
    not asked is not kept. reserve: the only party that may see and write it. requis: needed for the page to be
    validated, never for a draft to be kept. unite: what stands behind the value. suggestions: the register whose codes
    are proposed while one types.
    """

    genre = "texte"
    inputmode: str | None = None
    max = 80

    def __init__(
        self,
        label: str,
        *,
        cerfa: str | None = None,
        aide: str = "",
        si: Callable[[Any], Any] = toujours,
        reserve: str | None = None,
        requis: bool | Callable[[Any], bool] = True,
        unite: str = "",
        autocomplete: str = "off",
        max: int | None = None,
        largeur: str = "",
        suggestions: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(typographie(label), **kwargs)
        self.cerfa, self.si, self.reserve, self.requis = cerfa, si, reserve, requis
        self.aide = typographie(aide)
        self.unite, self.autocomplete, self.largeur, self.suggestions = unite, autocomplete, largeur, suggestions
        self.max = max or self.max

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = None
        clean = nettoyer(text)
        if clean:
            self.data = self.parse(clean)

    @property
    def saisi(self) -> str:
        """What stands in the control: the text exactly as typed, else the stored value."""
        if self.raw_data:
            return HORS_HTML.sub(REMPLACEMENT, self.raw_data[0])
        return "" if self.data is None else self.texte(self.data)

    def parse(self, text: str) -> Any:
        """The value of a text that is not empty. Raises Invalide with the sentence to show."""
        if len(text) > self.max:
            raise Invalide(f"Ce champ accepte {self.max} caractères au plus : retirez-en {len(text) - self.max}.")
        return text

    def texte(self, value: Any) -> str:
        """`value` as one would type it."""
        return str(value)

    def lisible(self, value: Any) -> str:
        """`value` as one reads it in the synthesis."""
        text = "" if value is None else self.texte(value)
        return f"{text}{NBSP}{self.unite}" if text and self.unite else text


def nettoyer(text: str) -> str:
    """`text` composed, without spaces around or doubled. Raises Invalide for characters that no keyboard makes."""
    text = ESPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if REMPLACEMENT in text or not text.isprintable():
        raise Invalide("Ce champ contient un caractère invisible ou interdit : effacez-le et tapez le texte à nouveau.")
    return text


def verifier(refus: Callable[[str], str | None], value: str, regle: str) -> str:
    """`value`, when the rule `regle` has nothing against it."""
    message = refus(value)
    if message:
        raise Invalide(message, regle)
    return value


class Texte(Champ):
    """A line of text."""


class Zone(Champ):
    """Several lines of text."""

    genre = "zone"
    max = 2000

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = (valuelist[0] if valuelist else "").splitlines()
        self.data = self.parse("\n".join(nettoyer(line) for line in lines).strip()) or None


class Secret(Champ):
    """A password: kept as typed, never shown again."""

    genre = "secret"
    max = 200

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self.parse(valuelist[0]) if valuelist and valuelist[0] else None

    @property
    def saisi(self) -> str:
        return ""


class Nom(Champ):
    """A name of a person (FMT-05)."""

    def parse(self, text: str) -> str:
        return verifier(formats.refus_nom, super().parse(text), "FMT-05")


class Courriel(Champ):
    """E-mail address (FMT-01)."""

    inputmode = "email"

    def parse(self, text: str) -> str:
        return verifier(formats.refus_courriel, super().parse(text), "FMT-01")


class Entier(Champ):
    """A whole number from zero to `plafond`."""

    inputmode = "numeric"
    largeur = "court"

    def __init__(self, label: str, *, plafond: int = 99_999, **kwargs: Any) -> None:
        super().__init__(label, **{"largeur": "court"} | kwargs)
        self.plafond = plafond

    def parse(self, text: str) -> int:
        digits = text.replace(" ", "")
        if not CHIFFRES.fullmatch(digits):
            raise Invalide("Tapez un nombre entier, en chiffres, sans virgule ni signe.")
        if len(digits) > 9 or int(digits) > self.plafond:
            raise Invalide(f"Ce nombre est trop grand : {self.plafond} au plus.")
        return int(digits)


class Euros(Champ):
    """An amount in euros and cents."""

    genre = "texte"
    inputmode = "decimal"

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, **{"unite": "€", "largeur": "court"} | kwargs)

    def parse(self, text: str) -> Decimal:
        amount = text.replace(" ", "").removesuffix("€")
        if not EUROS.fullmatch(amount):
            raise Invalide("Tapez un montant en euros, par exemple 1234,56, avec deux décimales au plus.")
        try:
            return Decimal(amount.replace(",", ".")).quantize(Decimal("0.01"))
        except InvalidOperation:
            raise Invalide("Tapez un montant en euros, par exemple 1234,56.") from None

    def texte(self, value: Decimal) -> str:
        return f"{value:.2f}".replace(".", ",")

    def lisible(self, value: Decimal | None) -> str:
        return "" if value is None else euros(value)


class Duree(Champ):
    """A time in hours and minutes, kept in minutes: « 35 », « 35 h 30 », « 35:30 » or « 35,5 »."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, **{"largeur": "court", "unite": "h"} | kwargs)

    def parse(self, text: str) -> int:
        match = DUREE.fullmatch(text.replace(" ", "").lower())
        if not match:
            raise Invalide("Tapez une durée en heures, par exemple 35 ou 35 h 30.")
        hours, minutes, decimals = match.groups()
        part = round(float(f"0.{decimals}") * 60) if decimals else int(minutes or 0)
        if part > 59:
            raise Invalide("Les minutes vont de 0 à 59.")
        return int(hours) * 60 + part

    def texte(self, value: int) -> str:
        return f"{value // 60} h {value % 60:02}" if value % 60 else str(value // 60)

    def lisible(self, value: int | None) -> str:
        return "" if value is None else f"{value // 60}{NBSP}h{NBSP}{value % 60:02}"


class Jour(Champ):
    """A date, picked or typed."""

    genre = "jour"

    def parse(self, text: str) -> date:
        if match := JOUR_ISO.fullmatch(text):
            year, month, day = match.groups()
        elif match := JOUR_FRANCAIS.fullmatch(text):
            day, month, year = match.groups()
        else:
            raise Invalide("Tapez une date comme 31/12/2026.")
        try:
            value = date(int(year), int(month), int(day))
        except ValueError:
            raise Invalide("Cette date n’existe pas au calendrier : vérifiez le jour et le mois.") from None
        if not 1900 <= value.year <= 2100:
            raise Invalide("Vérifiez l’année : elle s’écrit avec quatre chiffres, entre 1900 et 2100.")
        return value

    @property
    def type_html(self) -> str:
        """`date` unless what was typed is no date: a browser would blank it."""
        return "date" if self.data is not None or not self.saisi.strip() else "text"

    @property
    def saisi(self) -> str:
        return self.data.isoformat() if self.data is not None else super().saisi

    def texte(self, value: date) -> str:
        return value.isoformat()

    def lisible(self, value: date | None) -> str:
        return "" if value is None else f"{value:%d/%m/%Y}"


class Choix(Champ):
    """One code of a closed list. `retires` are read and shown, not proposed. vide: what no choice means."""

    genre = "choix"

    def __init__(
        self,
        label: str,
        liste: Mapping[str, str],
        *,
        retires: Container[str] = (),
        vide: str = "Choisissez…",
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.liste, self.retires, self.vide = liste, retires, vide

    def parse(self, text: str) -> Any:
        if text not in self.liste:
            raise Invalide("Choisissez une valeur de la liste.")
        return text

    @property
    def options(self) -> list[tuple[str, str]]:
        return [(code, label) for code, label in self.liste.items() if code not in self.retires or code == self.saisi]

    def lisible(self, value: Any) -> str:
        return self.liste.get(value, value) if value else ""


class Boutons(Choix):
    """One code of a short list, as radio buttons."""

    genre = "boutons"


class OuiNon(Boutons):
    """A question to answer: nothing chosen is no answer."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, {"oui": "Oui", "non": "Non"}, **kwargs)

    def parse(self, text: str) -> bool:
        return super().parse(text) == "oui"

    def texte(self, value: bool) -> str:
        return "oui" if value else "non"

    def lisible(self, value: bool | None) -> str:
        return "" if value is None else "Oui" if value else "Non"


class Case(Champ):
    """A box to tick. Required means: must be ticked."""

    genre = "case"

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = bool(valuelist and valuelist[0])

    def texte(self, value: bool) -> str:
        return "oui" if value else ""

    def lisible(self, value: bool | None) -> str:
        return "Oui" if value else ""
