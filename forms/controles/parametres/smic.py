"""SMIC brut, euros per hour, since 2022. Month at 35 h = hour × 35 × 52 / 12."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Smic(NamedTuple):
    depuis: date
    horaire: Decimal
    source: str


SMIC = (
    Smic(date(2022, 1, 1), Decimal("10.57"), "openfisca-france"),
    Smic(date(2022, 5, 1), Decimal("10.85"), "openfisca-france"),
    Smic(date(2022, 8, 1), Decimal("11.07"), "openfisca-france"),
    Smic(date(2023, 1, 1), Decimal("11.27"), "openfisca-france (mois 1 709,28 €)"),
    Smic(date(2023, 5, 1), Decimal("11.52"), "openfisca-france (mois 1 747,20 €)"),
    Smic(date(2024, 1, 1), Decimal("11.65"), "openfisca-france (mois 1 766,92 €)"),
    Smic(date(2024, 11, 1), Decimal("11.88"), "décret 2024-951 ; inchangé au 01/01/2025"),
    Smic(date(2026, 1, 1), Decimal("12.02"), "décret 2025-1228 du 17/12/2025"),
    Smic(date(2026, 6, 1), Decimal("12.31"), "arrêté de mai 2026, hausse automatique de 2,41 % (L3231-5)"),
)
SMIC_MAYOTTE = (
    Smic(date(2023, 1, 1), Decimal("8.51"), "à vérifier"),
    Smic(date(2023, 5, 1), Decimal("8.70"), "à vérifier"),
    Smic(date(2024, 1, 1), Decimal("8.80"), "à vérifier"),
    Smic(date(2024, 11, 1), Decimal("8.98"), "décret 2024-951"),
    Smic(date(2026, 1, 1), Decimal("9.33"), "décret 2025-1228 du 17/12/2025"),
    Smic(date(2026, 6, 1), Decimal("9.56"), "une seule source, à vérifier"),
)
