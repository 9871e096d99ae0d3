"""Least pay in percent of the SMIC (D6325-15) and of the branch minimum (D6325-18)."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Grille(NamedTuple):
    """Percentages: before 21, from 21 to 25, each for the columns « base » and « majorée »; branch share from 26."""

    depuis: date
    moins_21_base: Decimal
    moins_21_majoree: Decimal
    des_21_base: Decimal
    des_21_majoree: Decimal
    part_branche_26: Decimal
    source: str


GRILLES = (
    Grille(
        date(2008, 5, 1),
        Decimal(55),
        Decimal(65),
        Decimal(70),
        Decimal(80),
        Decimal(85),
        "D6325-15, D6325-18 du code du travail",
    ),
)
