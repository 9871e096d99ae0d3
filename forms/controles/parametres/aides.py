"""Aids to the employer that the portal tells of (FIN-08); the one of 6 000 € ended on 30/04/2024 and is not there."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Aide(NamedTuple):
    """For a jobseeker of `age_minimum` years or more, on a contract concluded between both days, included.

    montant: euros, None when it depends on the person. au: None while no end is known.
    """

    nom: str
    depuis: date
    age_minimum: int
    source: str
    au: date | None = None
    montant: Decimal | None = None

    def ouverte(self, le: date, ans: int) -> bool:
        return self.depuis <= le and (self.au is None or le <= self.au) and ans >= self.age_minimum


AIDES = (
    Aide("Aide de France Travail à l’embauche d’un demandeur d’emploi", date(2011, 5, 16), 26, "France Travail"),
    Aide(
        "Aide pour un demandeur d’emploi de 45 ans et plus",
        date(2011, 5, 16),
        45,
        "décret 2011-524",
        montant=Decimal(2000),
    ),
)
