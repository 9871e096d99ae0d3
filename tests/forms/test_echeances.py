"""What is left to do after a dossier was filed: each last day, computed by hand, until the contract ends."""

from datetime import date

import pytest

from forms import echeances as module
from forms.echeances import echeances
from tests.controles.fabrique import dossier


@pytest.fixture
def le(monkeypatch):
    def regler(day):
        monkeypatch.setattr(module, "aujourdhui", lambda: day)

    return regler


def jours(d, **options):
    return {ligne.regle: (ligne.le, ligne.reste) for ligne in echeances(d, **options)}


def test_each_delay_of_a_contract_that_begins(le):
    """Concluded 28/08, begun Tuesday 01/09/2026, twelve months, RNCP, 21 years."""
    le(date(2026, 9, 2))
    assert jours(dossier(), complet_le=date(2026, 9, 2)) == {
        "DEP-08": (date(2026, 9, 3), "c’est demain"),
        "DEP-02": (date(2026, 9, 22), "il reste 20 jours"),
        "DEP-07": (date(2026, 9, 27), "il reste 25 jours"),
        "DEP-05": (date(2026, 11, 1), "il reste 60 jours"),
        "DEP-06": (None, ""),
    }


def test_what_has_passed_long_ago_is_not_shown_any_more(le):
    le(date(2026, 11, 4))
    assert jours(dossier())["DEP-05"] == (date(2026, 11, 1), "dépassé de 3 jours")
    assert jours(dossier()).keys() == {"DEP-05", "DEP-06"}
    le(date(2026, 12, 2))
    assert jours(dossier()).keys() == {"DEP-06"}


def test_no_card_without_its_conditions(le):
    le(date(2026, 9, 2))
    for changes in (
        {"formation.rncp": None},
        {"contrat.date_fin": date(2027, 8, 30)},
        {"salarie.date_naissance": date(2000, 8, 28)},
    ):
        assert "DEP-07" not in jours(dossier(changes))
    assert "DEP-07" in jours(dossier({"salarie.date_naissance": date(2000, 8, 29)}))


def test_nothing_is_left_once_the_contract_has_ended(le):
    le(date(2027, 9, 1))
    assert echeances(dossier()) == []
    le(date(2027, 8, 31))
    assert jours(dossier()).keys() == {"DEP-06"}
