"""TPS-01 to TPS-06: examples of the table and edges."""

from datetime import date

import pytest

from tests.controles.fabrique import message, niveau

ADULTE, DIX_SEPT = date(2005, 3, 5), date(2009, 3, 5)


def semaine(heures, minutes=0, naissance=ADULTE, chez_l_employeur=None):
    temps = {"contrat.duree_hebdo": heures * 60 + minutes, "salarie.date_naissance": naissance}
    return {**temps, "employeur.duree_hebdo": (chez_l_employeur or 48) * 60}


@pytest.mark.parametrize(
    ("id", "changements", "attendu"),
    [
        ("TPS-01", semaine(35), None),
        ("TPS-01", semaine(48), None),
        ("TPS-01", semaine(48, 1), "erreur"),
        ("TPS-01", semaine(50), "erreur"),
        ("TPS-01", semaine(0), "erreur"),
        ("TPS-01", semaine(0, 1), None),
        ("TPS-02", semaine(35, chez_l_employeur=35), None),
        ("TPS-02", semaine(35, 1, chez_l_employeur=35), "erreur"),
        ("TPS-02", semaine(39, chez_l_employeur=35), "erreur"),
        ("TPS-03", semaine(35), None),
        ("TPS-03", semaine(35, 1), "alerte"),
        ("TPS-03", semaine(46), "alerte"),
        ("TPS-03", semaine(48), "alerte"),
        ("TPS-03", semaine(48, 1), None),
        ("TPS-04", semaine(28), None),
        ("TPS-04", semaine(24), None),
        ("TPS-04", semaine(23, 59), "alerte"),
        ("TPS-04", semaine(20), "alerte"),
        ("TPS-04", semaine(0), None),
        ("TPS-05", semaine(35, naissance=DIX_SEPT), None),
        ("TPS-05", semaine(35, 1, naissance=DIX_SEPT), "alerte"),
        ("TPS-05", semaine(40, naissance=DIX_SEPT), "alerte"),
        ("TPS-05", semaine(40, 1, naissance=DIX_SEPT), "erreur"),
        ("TPS-05", semaine(42, naissance=DIX_SEPT), "erreur"),
        ("TPS-05", semaine(42), None),
        ("TPS-06", semaine(35), None),
        ("TPS-06", semaine(35, naissance=DIX_SEPT), "alerte"),
        ("TPS-06", semaine(35, naissance=date(2008, 9, 1)), None),
        ("TPS-06", semaine(35, naissance=date(2008, 9, 2)), "alerte"),
    ],
)
def test_working_time(id, changements, attendu):
    assert niveau(id, changements) == attendu


def test_forty_four_hours_are_the_highest_average():
    assert "en moyenne" not in message("TPS-03", semaine(44))
    assert "en moyenne" in message("TPS-03", semaine(44, 1))


@pytest.mark.parametrize(
    ("changements", "de_droit"),
    [
        ({}, True),
        ({"salarie.date_naissance": date(2000, 9, 2)}, True),
        ({"salarie.date_naissance": date(2000, 9, 1)}, False),
        ({"salarie.date_naissance": None}, False),
        ({"contrat.date_debut": None}, False),
    ],
)
def test_part_time_is_by_right_for_the_young_in_studies(changements, de_droit):
    assert ("de droit" in message("TPS-04", {**semaine(20), **changements})) is de_droit
