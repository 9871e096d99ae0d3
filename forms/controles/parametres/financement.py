"""What the OPCO pays when the branch has fixed nothing (D6332-86), and the ceilings of the tutor aid (D6332-93)."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Forfait(NamedTuple):
    """Euros per hour of training; euros per month and number of months for the tutor, raise in percent."""

    depuis: date
    ordinaire: Decimal
    majore: Decimal
    tutorat_mensuel: Decimal
    tutorat_mois: int
    tutorat_majoration_pct: int
    source: str


FORFAITS = (Forfait(date(2019, 1, 1), Decimal("9.15"), Decimal(15), Decimal(230), 6, 50, "D6332-86, D6332-93"),)
