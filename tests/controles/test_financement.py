"""FIN-01 to FIN-04 and DEP-01, 07, 08: examples of the table and edges."""

from datetime import date
from decimal import Decimal

import pytest

from forms.controles.parametres import Branche, Parametres
from tests.controles.fabrique import constats, message, niveau

PRIORITAIRE = {"salarie.diplome": "60", "salarie.second_cycle_valide": False}


def couts(**champs):
    return {f"formation.{champ}": Decimal(valeur) for champ, valeur in champs.items()}


@pytest.mark.parametrize(
    ("id", "changements", "attendu"),
    [
        ("FIN-01", {}, None),
        ("FIN-01", PRIORITAIRE, "alerte"),
        ("FIN-01", {"employeur.forme": "geiq"}, "alerte"),
        ("FIN-02", couts(cout_pedagogique="3600"), None),
        ("FIN-02", couts(cout_pedagogique="3660"), None),
        ("FIN-02", couts(cout_pedagogique="3660.01"), "alerte"),
        ("FIN-02", couts(cout_pedagogique="4800"), "alerte"),
        ("FIN-02", {**couts(cout_pedagogique="4800"), **PRIORITAIRE}, None),
        ("FIN-03", couts(part_salarie="0"), None),
        ("FIN-03", couts(part_salarie="0.01"), "erreur"),
        ("FIN-03", couts(part_salarie="500"), "erreur"),
        ("FIN-04", couts(cout_pedagogique="4800"), None),
        ("FIN-04", couts(cout_pedagogique="48000"), "alerte"),
        ("FIN-04", couts(cout_pedagogique="1200"), None),
        ("FIN-04", couts(cout_pedagogique="1199.99"), "alerte"),
        ("FIN-04", couts(cout_pedagogique="24000"), None),
        ("FIN-04", couts(cout_pedagogique="24000.01"), "alerte"),
        ("FIN-04", couts(cout_pedagogique="0"), "alerte"),
        ("FIN-04", {"formation.heures_total": 0}, None),
        ("FIN-04", couts(cout_pedagogique="-1"), "erreur"),
        ("FIN-04", couts(frais_annexes="-1"), "erreur"),
    ],
)
def test_financement(id, changements, attendu):
    assert niveau(id, changements) == attendu


def test_amounts_of_the_table():
    assert "6\u00a0000,00\u00a0€" in message("FIN-01", PRIORITAIRE)
    assert "1\u00a0140,00\u00a0€" in message("FIN-02", couts(cout_pedagogique="4800"))


def test_small_effectif_is_told_of_the_other_funds():
    assert "moins de 50" in message("FIN-02", {**couts(cout_pedagogique="4800"), "employeur.effectif": 49})
    assert "moins de 50" in message("FIN-02", {**couts(cout_pedagogique="4800"), "employeur.effectif": 0})
    assert "moins de 50" not in message("FIN-02", {**couts(cout_pedagogique="4800"), "employeur.effectif": 50})


def test_branch_rate_replaces_the_default():
    parametres = Parametres(branches=(Branche("1979", date(2020, 1, 1), "fictif", forfait_horaire=Decimal(10)),))
    assert niveau("FIN-01", PRIORITAIRE, parametres=parametres) is None
    assert niveau("FIN-02", couts(cout_pedagogique="4000"), parametres=parametres) is None
    assert niveau("FIN-02", couts(cout_pedagogique="4000.01"), parametres=parametres) == "alerte"


@pytest.mark.parametrize(
    ("id", "jour", "changements", "attendu"),
    [
        ("DEP-01", date(2026, 9, 6), {}, None),
        ("DEP-01", date(2026, 9, 7), {}, "alerte"),
        ("DEP-01", date(2027, 1, 10), {"contrat.type_contrat": "30"}, None),
        ("DEP-07", date(2026, 9, 17), {}, None),
        ("DEP-07", date(2026, 9, 27), {}, None),
        ("DEP-07", date(2026, 9, 28), {}, "alerte"),
        ("DEP-07", date(2026, 10, 7), {}, "alerte"),
        ("DEP-07", date(2026, 10, 7), {"contrat.date_fin": date(2027, 8, 30)}, None),
        ("DEP-07", date(2026, 10, 7), {"contrat.type_contrat": "30"}, None),
        ("DEP-07", date(2026, 10, 7), {"salarie.date_naissance": date(2000, 8, 28)}, None),
        ("DEP-07", date(2026, 10, 7), {"salarie.date_naissance": date(2000, 8, 29)}, "alerte"),
        ("DEP-08", date(2026, 9, 8), {"contrat.date_debut": date(2026, 9, 7)}, None),
        ("DEP-08", date(2026, 9, 9), {"contrat.date_debut": date(2026, 9, 7)}, None),
        ("DEP-08", date(2026, 9, 10), {"contrat.date_debut": date(2026, 9, 7)}, "alerte"),
        ("DEP-08", date(2026, 9, 11), {"contrat.date_debut": date(2026, 9, 7)}, "alerte"),
        ("DEP-08", date(2026, 9, 8), {"contrat.nature": "cdi"}, None),
        ("DEP-08", date(2026, 9, 9), {"contrat.nature": "cdi"}, "alerte"),
    ],
)
def test_deadlines(id, jour, changements, attendu):
    assert niveau(id, changements, jour=jour) == attendu


def test_a_negative_cost_is_told_once():
    assert [constat.niveau for constat in constats("FIN-04", couts(cout_pedagogique="-1"))] == ["erreur"]


@pytest.mark.parametrize(
    ("nature", "article"),
    [("cdd", "L.\u00a01242-13"), ("cdi", "R.\u00a01221-35"), ("travail_temporaire", "L.\u00a01251-17")],
)
def test_article_of_the_copy_to_the_salarie(nature, article):
    assert article in message("DEP-08", {"contrat.nature": nature}, jour=date(2026, 10, 1))


def test_a_dossier_sent_in_time_stays_in_time():
    assert niveau("DEP-01", jour=date(2026, 10, 1), transmis_le=date(2026, 9, 6)) is None
