"""Which edition of the NAF is in force: its codes have one shape, their lists differ."""

from datetime import date
from typing import NamedTuple


class Nomenclature(NamedTuple):
    depuis: date
    nom: str
    source: str


NOMENCLATURES = (
    Nomenclature(date(2008, 1, 1), "NAF rév. 2", "décret 2007-1888"),
    Nomenclature(date(2027, 1, 1), "NAF 2025", "décret 2025-736"),
)
