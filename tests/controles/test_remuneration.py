"""REM-01 to REM-10: the grid, its columns and ages, the examples of the table and edges."""

from datetime import date
from decimal import Decimal

import pytest

from forms.controles.parametres import Branche, Parametres
from tests.controles.fabrique import message, niveau

VINGT, VINGT_DEUX, TRENTE = date(2006, 6, 15), date(2004, 6, 15), date(1996, 6, 15)


def paie(salaire, naissance=VINGT, diplome="42", **contrat):
    """A pay in euros for someone born that day, at 35 h from 01/09/2026 unless told."""
    changements = {f"contrat.{champ}": valeur for champ, valeur in contrat.items()}
    personne = {"salarie.date_naissance": naissance, "salarie.diplome": diplome}
    return {"contrat.salaire": Decimal(salaire), **personne, **changements}


def interim(salaire, naissance=VINGT_DEUX, diplome="42"):
    return paie(salaire, naissance, diplome, nature="travail_temporaire")


def branche(**parametres):
    return Parametres(branches=(Branche("1979", date(2020, 1, 1), "accord fictif", **parametres),))


MAYOTTE = {"employeur.code_postal": "97600"}


@pytest.mark.parametrize(
    ("changements", "attendu"),
    [
        (paie("1026.86"), None),
        (paie("1026.85"), None),
        (paie("1026.84"), "erreur"),
        (paie("1020.00"), "erreur"),
        (paie("1213.56", diplome="41"), None),
        (paie("1213.54", diplome="41"), "erreur"),
        (paie("1306.91", VINGT_DEUX), None),
        (paie("1306.89", VINGT_DEUX), "erreur"),
        (paie("1493.61", VINGT_DEUX, "31"), None),
        (paie("1493.59", VINGT_DEUX, "31"), "erreur"),
        (paie("1026.86", diplome="43"), "alerte"),
        (paie("1026.86", diplome="49"), "alerte"),
        (paie("1026.84", diplome="43"), "erreur"),
        (paie("1213.56", diplome="43"), None),
        (paie("1173.55", duree_hebdo=39 * 60), None),
        (paie("1173.53", duree_hebdo=39 * 60), "erreur"),
        (paie("880.17", duree_hebdo=30 * 60), None),
        (paie("880.15", duree_hebdo=30 * 60), "erreur"),
        (paie("1002.67", date_debut=date(2026, 5, 31)), None),
        (paie("1002.65", date_debut=date(2026, 5, 31)), "erreur"),
        (paie("900.00", TRENTE), None),
        (paie("10.00", nature="travail_temporaire"), None),
        (paie("1000.00", nature=None, vaut_avenant=True), "erreur"),
        (paie("1000.00", nature=None), None),
        (paie("1000.00", date(2000, 8, 31)), None),
        (paie("1000.00", date(2000, 9, 1)), "erreur"),
        (paie("1000.00", date_debut=date(2021, 12, 31)), None),
        (paie("1000.00", diplome="99"), None),
        ({**paie("797.46"), **MAYOTTE}, None),
        ({**paie("797.44"), **MAYOTTE}, "erreur"),
    ],
)
def test_minimum_before_26(changements, attendu):
    assert niveau("REM-01", changements) == attendu


@pytest.mark.parametrize("diplome", "10 11 12 19 21 22 23 24 29 31 32 39 41".split())
def test_column_of_professional_and_higher_diplomas(diplome):
    assert niveau("REM-01", paie("1213.55", diplome=diplome)) is None
    assert niveau("REM-01", paie("1213.54", diplome=diplome)) == "erreur"


@pytest.mark.parametrize("diplome", "42 51 52 53 59 60".split())
def test_column_of_other_diplomas(diplome):
    assert niveau("REM-01", paie("1026.85", diplome=diplome)) is None
    assert niveau("REM-01", paie("1026.84", diplome=diplome)) == "erreur"


def test_minimum_is_shown_with_its_calculation():
    attendu = "12,31\u00a0€ × 35\u00a0h × 52 / 12 × 55\u00a0% = 1\u00a0026,86\u00a0€"
    assert attendu in message("REM-01", paie("1020.00"))


@pytest.mark.parametrize(
    ("changements", "attendu"),
    [
        (paie("1955.00", TRENTE, minimum_branche=Decimal(2300)), None),
        (paie("1954.99", TRENTE, minimum_branche=Decimal(2300)), None),
        (paie("1954.98", TRENTE, minimum_branche=Decimal(2300)), "erreur"),
        (paie("1900.00", TRENTE, minimum_branche=Decimal(2300)), "erreur"),
        (paie("1867.01", TRENTE, minimum_branche=Decimal(2000)), None),
        (paie("1867.00", TRENTE, minimum_branche=Decimal(2000)), "erreur"),
        (paie("1867.02", TRENTE), "alerte"),
        (paie("1866.00", TRENTE), "erreur"),
        (paie("1000.00", VINGT), None),
        (paie("1800.00", date(2000, 8, 31)), "erreur"),
        (paie("1800.00", date(2000, 8, 31), diplome=None), "erreur"),
        (paie("1800.00", date(2000, 9, 1)), None),
        (paie("977.50", TRENTE, minimum_branche=Decimal(2300), duree_hebdo=1050), None),
        (paie("977.48", TRENTE, minimum_branche=Decimal(2300), duree_hebdo=1050), "erreur"),
        (paie("12.31", TRENTE, nature="travail_temporaire"), None),
    ],
)
def test_minimum_from_26_on(changements, attendu):
    assert niveau("REM-02", changements) == attendu


def test_branch_minimum_of_the_table_counts_when_none_is_typed():
    assert niveau("REM-02", paie("1900.00", TRENTE), parametres=branche(smc=Decimal(2300))) == "erreur"
    assert niveau("REM-02", paie("1955.00", TRENTE), parametres=branche(smc=Decimal(2300))) is None


@pytest.mark.parametrize(
    ("smc", "attendu"), [(2300, "1\u00a0955,00"), (2000, "1\u00a0867,02"), (None, "1\u00a0867,02")]
)
def test_the_least_pay_told_is_enough(smc, attendu):
    assert attendu in message("REM-02", paie("1800.00", TRENTE, minimum_branche=smc and Decimal(smc)))


@pytest.mark.parametrize(("naissance", "article"), [(VINGT_DEUX, "D.\u00a06325-15"), (TRENTE, "L.\u00a06325-9")])
def test_article_of_the_hourly_minimum(naissance, article):
    assert article in message("REM-07", interim("8.00", naissance))


@pytest.mark.parametrize(
    ("id", "changements", "attendu"),
    [
        ("REM-03", paie("1500", date(2005, 3, 5)), None),
        ("REM-03", paie("1500", date(2006, 1, 12)), "alerte"),
        ("REM-03", paie("1500", date(2006, 7, 31)), "alerte"),
        ("REM-03", paie("1500", date(2006, 8, 1)), None),
        ("REM-03", paie("1500", date(2005, 8, 31)), None),
        ("REM-03", paie("1500", date(2005, 9, 1)), "alerte"),
        ("REM-03", paie("1500", date(2006, 7, 31), date_fin=date(2027, 8, 1)), "alerte"),
        ("REM-03", paie("1500", date(2006, 7, 31), date_fin=date(2027, 7, 31)), None),
        ("REM-04", paie("1500", date(2005, 3, 5)), None),
        ("REM-04", paie("1500", date(2001, 1, 12)), "alerte"),
        ("REM-04", paie("1500", date(2001, 8, 31)), "alerte"),
        ("REM-04", paie("1500", date(2001, 9, 1)), None),
        ("REM-04", paie("1500", date(2000, 9, 1)), "alerte"),
        ("REM-04", paie("1500", date(2000, 8, 31)), None),
        ("REM-05", paie("1500", date(2005, 3, 5), date_debut=date(2026, 9, 15)), None),
        ("REM-05", paie("1500", date(2005, 9, 5), date_debut=date(2026, 9, 15)), "alerte"),
        ("REM-05", paie("1500", date(2000, 9, 5), date_debut=date(2026, 9, 15)), "alerte"),
        ("REM-05", paie("1500", date(2004, 9, 5), date_debut=date(2026, 9, 15)), None),
        ("REM-05", paie("1500", date(2005, 9, 16), date_debut=date(2026, 9, 15)), None),
        ("REM-07", interim("12.50"), None),
        ("REM-07", interim("12.30"), None),
        ("REM-07", interim("9.50"), "alerte"),
        ("REM-07", interim("8.61"), "alerte"),
        ("REM-07", interim("8.60"), "erreur"),
        ("REM-07", interim("12.20", TRENTE), "erreur"),
        ("REM-07", interim("100.00"), None),
        ("REM-07", interim("100.01"), "erreur"),
        ("REM-07", interim("1867.02"), "erreur"),
        ("REM-07", paie("1867.02"), None),
        ("REM-08", paie("2100"), None),
        ("REM-08", paie("5601.06"), None),
        ("REM-08", paie("5601.07"), "alerte"),
        ("REM-08", paie("21000"), "alerte"),
        ("REM-08", interim("21000"), None),
        ("REM-09", paie("1500", date_debut=date(2026, 11, 2)), None),
        ("REM-09", paie("1500", date_debut=date(2026, 12, 31)), None),
        ("REM-09", paie("1500", date_debut=date(2027, 1, 1)), "alerte"),
        ("REM-09", paie("1500", date_debut=date(2027, 2, 1)), "alerte"),
        ("REM-10", paie("1500", avantages_nature=Decimal(70), avantages_nature_ordinaires=Decimal(100)), None),
        ("REM-10", paie("1500", avantages_nature=Decimal(75), avantages_nature_ordinaires=Decimal(100)), None),
        ("REM-10", paie("1500", avantages_nature=Decimal(80), avantages_nature_ordinaires=Decimal(100)), "erreur"),
        ("REM-10", paie("1500", avantages_nature=Decimal(1125)), None),
        ("REM-10", paie("1500", avantages_nature=Decimal("1125.01")), "erreur"),
    ],
)
def test_pay(id, changements, attendu):
    assert niveau(id, changements) == attendu


def test_birthday_message_tells_date_and_amount():
    texte = message("REM-03", paie("1500", date(2006, 1, 12)))
    assert "1er\u00a0février\u00a02027" in texte
    assert "1\u00a0306,91\u00a0€ au moins" in texte
    assert "8,62\u00a0€ par heure" in message("REM-03", interim("12.50", date(2006, 1, 12)))


GRILLE = branche(grille_pct=(Decimal(60), Decimal(70), Decimal(75), Decimal(85)))


@pytest.mark.parametrize(
    ("changements", "attendu"),
    [
        (paie("1120.21"), None),
        (paie("1026.86"), "alerte"),
        (paie("1306.91", diplome="31"), None),
        (paie("1306.89", diplome="31"), "alerte"),
        (paie("1400.27", VINGT_DEUX), None),
        (paie("1586.94", VINGT_DEUX, "31"), "alerte"),
        (paie("1000.00", date(2000, 8, 31)), None),
        (paie("1000.00", diplome="99"), None),
    ],
)
def test_branch_grid(changements, attendu):
    assert niveau("REM-06", changements, parametres=GRILLE) == attendu


def test_without_branch_grid_nothing_is_said():
    assert niveau("REM-06", paie("1026.86")) is None
