"""Kinds of field for numbers and codes that people write with spaces, dots or dashes and that are kept without."""

import re
from collections.abc import Callable

from forms.controles import formats
from forms.fields import Champ, verifier


class Normalise(Champ):
    """A code that people write with spaces, dots or dashes and that is kept without."""

    refus: Callable[[str], str | None]
    regle = ""
    separateurs = re.compile(r"[\s.\-/]+")

    def parse(self, text: str) -> str:
        return verifier(type(self).refus, self.separateurs.sub("", text).upper(), self.regle)


class Siret(Normalise):
    """SIRET of an establishment (EMP-01, EMP-02)."""

    inputmode = "numeric"
    refus = staticmethod(formats.refus_siret)
    regle = "EMP-01"

    def lisible(self, value: str | None) -> str:
        return f"{value[:3]} {value[3:6]} {value[6:9]} {value[9:]}" if value else ""


class Nda(Normalise):
    """Number of the declaration of activity of a training organisation (OF-01)."""

    refus = staticmethod(formats.refus_nda)
    regle = "OF-01"


class Naf(Normalise):
    """Code of the main activity (EMP-06), kept without its dot."""

    refus = staticmethod(formats.refus_naf)
    regle = "EMP-06"

    def lisible(self, value: str | None) -> str:
        return f"{value[:2]}.{value[2:]}" if value else ""


class Idcc(Normalise):
    """Number of a collective agreement (EMP-08), four digits."""

    inputmode = "numeric"
    refus = staticmethod(formats.refus_idcc)

    def parse(self, text: str) -> str:
        digits = self.separateurs.sub("", text)
        return verifier(formats.refus_idcc, digits.lstrip("0").zfill(4) if digits.isdecimal() else digits, "EMP-08")


class Rncp(Normalise):
    """Code of a certification (FOR-08), kept as RNCP and its digits."""

    refus = staticmethod(formats.refus_rncp)
    regle = "FOR-08"

    def parse(self, text: str) -> str:
        code = super().parse(text)
        return code if code.startswith("RNCP") else f"RNCP{code}"


class Nir(Normalise):
    """Social security number (NIR-01 to NIR-03), kept as 15 characters without spaces."""

    def parse(self, text: str) -> str:
        nir = self.separateurs.sub("", text).upper()
        for regle, refus in formats.REFUS_NIR.items():
            verifier(refus, nir, regle)
        return nir

    def lisible(self, value: str | None) -> str:
        cuts = (0, 1, 3, 5, 7, 10, 13, 15)
        return " ".join(value[a:b] for a, b in zip(cuts, cuts[1:], strict=False)).strip() if value else ""


class CodePostal(Normalise):
    """French postal code (FMT-04)."""

    inputmode = "numeric"
    refus = staticmethod(formats.refus_code_postal)
    regle = "FMT-04"


class Departement(Normalise):
    """Département of birth, 99 abroad (FMT-06)."""

    refus = staticmethod(formats.refus_departement)
    regle = "FMT-06"

    def parse(self, text: str) -> str:
        return super().parse(text.zfill(2))


class Telephone(Normalise):
    """Telephone number (FMT-03), kept without separators."""

    inputmode = "tel"
    separateurs = re.compile(r"[\s.\-/()]+")
    refus = staticmethod(formats.refus_telephone)
    regle = "FMT-03"

    def lisible(self, value: str | None) -> str:
        french = value and value.startswith("0") and len(value) == 10
        return " ".join(value[i : i + 2] for i in range(0, 10, 2)) if value and french else value or ""
