"""DAT-01 to DAT-15: examples of the table and edges."""

from datetime import date

import pytest

from forms.controles.calendrier import (
    age,
    age_remuneration,
    anniversaire,
    dure_au_moins,
    dure_au_plus,
    jours_feries,
    paques,
    plus_jours,
    plus_jours_ouvrables,
    plus_mois,
    plus_mois_de_fin_a_fin,
)
from forms.controles.parametres import Branche, Parametres
from tests.controles.fabrique import constats, message, niveau

DEBUT = date(2026, 9, 1)
PRIORITAIRE = {"salarie.diplome": "60", "salarie.second_cycle_valide": False}


def contrat(debut=DEBUT, fin=date(2027, 8, 31), conclusion=date(2026, 8, 28), **autres):
    dates = {"contrat.date_debut": debut, "contrat.date_fin": fin, "contrat.date_conclusion": conclusion}
    return {**dates, **{f"contrat.{champ}": valeur for champ, valeur in autres.items()}}


def formation(debut=date(2026, 9, 5), fin=date(2027, 6, 30), **autres):
    dates = {"formation.date_debut": debut, "formation.date_fin": fin}
    return {**dates, **{f"formation.{champ}": valeur for champ, valeur in autres.items()}}


def branche(**parametres):
    return Parametres(branches=(Branche("1979", date(2020, 1, 1), "accord fictif", **parametres),))


@pytest.mark.parametrize(
    ("id", "changements", "attendu"),
    [
        ("DAT-01", contrat(conclusion=date(2026, 8, 28)), None),
        ("DAT-01", contrat(conclusion=date(2026, 9, 1)), None),
        ("DAT-01", contrat(conclusion=date(2026, 9, 2)), "alerte"),
        ("DAT-01", contrat(conclusion=date(2026, 9, 3)), "alerte"),
        ("DAT-01", contrat(conclusion=date(2026, 9, 4)), "erreur"),
        ("DAT-01", contrat(conclusion=date(2026, 9, 10)), "erreur"),
        ("DAT-01", contrat(debut=date(2026, 5, 7), conclusion=date(2026, 5, 11)), "alerte"),
        ("DAT-01", contrat(debut=date(2026, 5, 7), conclusion=date(2026, 5, 12)), "erreur"),
        ("DAT-01", contrat(conclusion=date(2027, 1, 10), type_contrat="30"), None),
        (
            "DAT-01",
            contrat(conclusion=date(2027, 1, 20), type_contrat="30", date_effet_avenant=date(2027, 1, 15)),
            "erreur",
        ),
        ("DAT-02", contrat(fin=date(2027, 8, 31)), None),
        ("DAT-02", contrat(fin=DEBUT), "erreur"),
        ("DAT-02", contrat(fin=date(2026, 9, 2)), None),
        ("DAT-03", contrat(fin=date(2027, 2, 28)), None),
        ("DAT-03", contrat(fin=date(2027, 2, 27)), "erreur"),
        ("DAT-03", {**contrat(fin=date(2026, 12, 1)), "formation.type_qualification": "8"}, None),
        ("DAT-03", contrat(fin=date(2026, 12, 1), type_contrat="30"), None),
        ("DAT-03", contrat(fin=date(2026, 12, 1), nature="cdi"), None),
        ("DAT-04", contrat(fin=date(2027, 8, 31)), None),
        ("DAT-04", contrat(fin=date(2027, 9, 1)), "alerte"),
        ("DAT-04", contrat(fin=date(2028, 2, 29)), "alerte"),
        ("DAT-04", {**contrat(fin=date(2028, 2, 29)), **PRIORITAIRE}, None),
        ("DAT-04", {**contrat(fin=date(2028, 2, 29)), "formation.mois_etranger": 4}, None),
        ("DAT-04", contrat(fin=date(2028, 9, 1)), None),
        ("DAT-05", contrat(fin=date(2028, 8, 31)), None),
        ("DAT-05", contrat(fin=date(2028, 9, 1)), "erreur"),
        ("DAT-05", contrat(fin=date(2029, 2, 28)), "erreur"),
        ("DAT-05", {**contrat(fin=date(2029, 2, 28)), **PRIORITAIRE}, None),
        ("DAT-06", {**contrat(fin=date(2029, 8, 31)), **PRIORITAIRE}, None),
        ("DAT-06", {**contrat(fin=date(2029, 9, 1)), **PRIORITAIRE}, "erreur"),
        ("DAT-06", {**contrat(fin=date(2029, 9, 30)), **PRIORITAIRE}, "erreur"),
        ("DAT-06", contrat(fin=date(2029, 9, 30)), None),
        ("DAT-06", {**contrat(fin=date(2029, 9, 30)), "salarie.date_naissance": None}, "erreur"),
        ("DAT-07", contrat(nature="cdi"), None),
        ("DAT-07", contrat(nature="cdi", fin=date(2027, 1, 31)), "erreur"),
        ("DAT-07", contrat(nature="cdi", fin=date(2028, 2, 29)), "alerte"),
        ("DAT-07", {**contrat(nature="cdi", fin=date(2028, 2, 29)), **PRIORITAIRE}, None),
        ("DAT-07", contrat(nature="cdi", fin=date(2028, 9, 1)), "erreur"),
        ("DAT-07", {**contrat(nature="cdi", fin=date(2029, 9, 1)), **PRIORITAIRE}, "erreur"),
        ("DAT-07", contrat(nature="cdd", fin=date(2027, 1, 31)), None),
        ("DAT-08", formation(), None),
        ("DAT-08", formation(fin=date(2026, 9, 5)), None),
        ("DAT-08", formation(fin=date(2026, 6, 30)), "erreur"),
        ("DAT-09", formation(fin=date(2027, 6, 30)), None),
        ("DAT-09", formation(fin=date(2027, 8, 31)), None),
        ("DAT-09", formation(fin=date(2027, 9, 1)), "erreur"),
        ("DAT-09", formation(fin=date(2027, 9, 15)), "erreur"),
        ("DAT-10", formation(fin=date(2027, 6, 30)), None),
        ("DAT-10", {**formation(), **contrat(fin=date(2027, 9, 1))}, "alerte"),
        ("DAT-10", {**formation(), **contrat(fin=date(2027, 9, 30))}, "alerte"),
        ("DAT-10", formation(fin=date(2027, 6, 29)), "alerte"),
        ("DAT-10", formation(fin=date(2027, 7, 31), type_qualification="2"), None),
        ("DAT-10", formation(fin=date(2027, 6, 30), type_qualification="2"), "alerte"),
        ("DAT-10", formation(fin=date(2027, 6, 30), type_qualification="3"), "alerte"),
        ("DAT-10", formation(fin=date(2027, 1, 30), type_qualification="8"), None),
        ("DAT-11", formation(debut=date(2026, 9, 1)), None),
        ("DAT-11", formation(debut=date(2026, 8, 31)), "alerte"),
        ("DAT-11", formation(debut=date(2026, 8, 15)), "alerte"),
        ("DAT-12", formation(debut=date(2026, 10, 15)), None),
        ("DAT-12", formation(debut=date(2026, 11, 1)), None),
        ("DAT-12", formation(debut=date(2026, 11, 2)), "alerte"),
        ("DAT-12", formation(debut=date(2026, 12, 15)), "alerte"),
        ("DAT-13", contrat(conclusion=date(2026, 8, 28)), None),
        ("DAT-13", contrat(conclusion=date(2026, 8, 29)), "alerte"),
        ("DAT-13", contrat(conclusion=date(2026, 3, 1)), None),
        ("DAT-13", contrat(conclusion=date(2026, 2, 28)), "alerte"),
        ("DAT-14", {"formation.mois_etranger": 4}, None),
        ("DAT-14", {"formation.mois_etranger": 0, **contrat(fin=date(2026, 1, 1))}, None),
        ("DAT-14", {"formation.mois_etranger": 6}, None),
        ("DAT-14", {"formation.mois_etranger": 7}, "alerte"),
        ("DAT-14", {"formation.mois_etranger": 12, **contrat(fin=date(2028, 8, 31))}, None),
        ("DAT-14", {"formation.mois_etranger": 13, **contrat(fin=date(2029, 8, 31))}, "alerte"),
        ("DAT-15", {"formation.heures_accueil": 300}, None),
        ("DAT-15", {"formation.heures_accueil": 0, "formation.heures_total": 5000}, None),
        ("DAT-15", {"formation.heures_accueil": 712}, None),
        ("DAT-15", {"formation.heures_accueil": 713}, "alerte"),
    ],
)
def test_dates(id, changements, attendu):
    assert niveau(id, changements) == attendu


@pytest.mark.parametrize(
    ("parametres", "attendu"),
    [
        (branche(duree_max_mois=24), None),
        (branche(duree_max_mois=18), None),
        (branche(duree_max_mois=12), "erreur"),
        (branche(duree_max_mois=24, publics_24="demandeurs d'emploi"), "alerte"),
        (branche(), "alerte"),
    ],
)
@pytest.mark.parametrize(("id", "nature"), [("DAT-04", "cdd"), ("DAT-07", "cdi")])
def test_branch_agreement_decides_beyond_12_months(id, nature, parametres, attendu):
    assert niveau(id, contrat(nature=nature, fin=date(2028, 2, 29)), parametres=parametres) == attendu


def test_branch_agreement_of_later_contracts_does_not_count():
    plus_tard = Parametres(branches=(Branche("1979", date(2026, 8, 29), "accord fictif", duree_max_mois=24),))
    assert niveau("DAT-04", contrat(fin=date(2028, 2, 29)), parametres=plus_tard) == "alerte"


def test_too_short_a_contract_is_told_its_least_end():
    assert "28\u00a0février\u00a02027" in message("DAT-03", contrat(fin=date(2027, 2, 27)))


@pytest.mark.parametrize(
    ("public", "limite"), [({}, "31\u00a0août\u00a02028"), (PRIORITAIRE, "31\u00a0août\u00a02029")]
)
@pytest.mark.parametrize("nature", ["cdd", "cdi"])
def test_beyond_36_months_only_the_limit_of_this_public_is_told(nature, public, limite):
    changements = {**contrat(fin=date(2029, 12, 31), nature=nature), **public}
    (said,) = [c for id in ("DAT-05", "DAT-06", "DAT-07") for c in constats(id, changements)]
    assert limite in said.message


@pytest.mark.parametrize("id", ["DAT-05", "DAT-07"])
def test_beyond_24_months_the_end_told_is_one_that_the_branch_allows(id):
    changements = contrat(fin=date(2028, 12, 31), nature="cdi" if id == "DAT-07" else "cdd")
    said = message(id, changements, parametres=branche(duree_max_mois=18))
    assert "29\u00a0février\u00a02028, 18 mois dans votre branche" in said
    assert "31\u00a0août\u00a02028" in message(id, changements, parametres=branche(duree_max_mois=24))


@pytest.mark.parametrize(("nature", "quoi"), [("cdd", "du contrat"), ("cdi", "de l’action de professionnalisation")])
def test_what_ends_in_a_cdi_is_the_action(nature, quoi):
    assert f"après la fin {quoi}" in message("DAT-09", {**contrat(nature=nature), **formation(fin=date(2027, 9, 15))})
    assert f"La fin {quoi}" in message("DAT-10", {**contrat(nature=nature), **formation(fin=date(2027, 5, 31))})


@pytest.mark.parametrize(
    ("accueil", "pieces", "attendu"),
    [
        (300, None, None),
        (300, frozenset(), "alerte"),
        (300, frozenset({"convention_accueil"}), None),
        (0, frozenset(), None),
    ],
)
def test_convention_of_the_host(accueil, pieces, attendu):
    assert niveau("DAT-15", {"formation.heures_accueil": accueil}, pieces=pieces) == attendu


@pytest.mark.parametrize(("accueil", "attendu"), [(300, None), (450, None), (451, "alerte"), (600, "alerte")])
def test_host_hours_of_nine_hundred(accueil, attendu):
    vingt_six_semaines = contrat(fin=date(2027, 3, 1), duree_hebdo=50 * 60)
    heures = {"formation.heures_total": 400, "formation.heures_accueil": accueil}
    assert niveau("DAT-15", {**vingt_six_semaines, **heures}) == attendu


@pytest.mark.parametrize(
    ("depart", "mois", "simple", "fin_a_fin"),
    [
        (date(2027, 6, 30), 2, date(2027, 8, 30), date(2027, 8, 31)),
        (date(2027, 6, 29), 2, date(2027, 8, 29), date(2027, 8, 29)),
        (date(2027, 12, 31), 2, date(2028, 2, 29), date(2028, 2, 29)),
        (date(2027, 2, 28), 1, date(2027, 3, 28), date(2027, 3, 31)),
        (date(9999, 12, 1), 1, date.max, date.max),
        (date(9999, 11, 1), 1, date(9999, 12, 1), date(9999, 12, 1)),
        (date(1, 1, 1), 1, date(1, 2, 1), date(1, 2, 1)),
        (date(1, 1, 1), -1, date.min, date.min),
    ],
)
def test_months_later(depart, mois, simple, fin_a_fin):
    assert (plus_mois(depart, mois), plus_mois_de_fin_a_fin(depart, mois)) == (simple, fin_a_fin)


@pytest.mark.parametrize(
    ("fin", "mois", "au_moins", "au_plus"),
    [
        (date(2027, 8, 31), 12, True, True),
        (date(2027, 2, 28), 6, True, True),
        (date(2027, 2, 27), 6, False, True),
        (date(2027, 3, 1), 6, True, False),
    ],
)
def test_duration_from_date_to_date(fin, mois, au_moins, au_plus):
    assert (dure_au_moins(DEBUT, fin, mois), dure_au_plus(DEBUT, fin, mois)) == (au_moins, au_plus)


@pytest.mark.parametrize("fin", [DEBUT, date(2026, 8, 31), date(2025, 8, 31)])
@pytest.mark.parametrize(
    ("changements", "muettes"),
    [
        ({}, ("DAT-03", "DAT-09", "CTR-09", "FOR-03", "FOR-05")),
        ({"contrat.nature": "cdi"}, ("DAT-07",)),
        ({"contrat.nature": "travail_temporaire", "contrat.essai_jours": 5}, ("CTR-11",)),
        ({"formation.mois_etranger": 4, "formation.heures_accueil": 300}, ("DAT-14", "DAT-15")),
        ({"contrat.type_contrat": "30", "contrat.date_effet_avenant": date(2026, 10, 15)}, ("CTR-06",)),
    ],
)
def test_an_end_before_the_start_is_said_once(fin, changements, muettes):
    assert niveau("DAT-02", contrat(fin=fin) | changements) == "erreur"
    assert {id: niveau(id, contrat(fin=fin) | changements) for id in muettes} == dict.fromkeys(muettes)


def test_exams_before_the_training_are_said_once():
    changements = formation(debut=date(2026, 9, 5), fin=date(2026, 6, 30))
    assert (niveau("DAT-08", changements), niveau("DAT-10", changements)) == ("erreur", None)
    assert niveau("DAT-10", formation(debut=None, fin=date(2026, 6, 30))) == "alerte"


def test_exams_after_the_end_are_told_before_the_start_is_known():
    assert niveau("DAT-09", contrat(debut=None) | formation(fin=date(2027, 9, 15))) == "erreur"


def test_age_of_a_birth_on_29_february_changes_on_1_march():
    ne = date(2008, 2, 29)
    assert (age(ne, date(2026, 2, 28)), age(ne, date(2026, 3, 1)), anniversaire(ne, 18)) == (17, 18, date(2026, 3, 1))
    assert anniversaire(ne, 20) == date(2028, 2, 29)


def test_age_of_pay_is_that_of_the_month_before():
    assert age_remuneration(date(2005, 9, 1), date(2026, 9, 15)) == 20
    assert age_remuneration(date(2005, 8, 31), date(2026, 9, 1)) == 21


def test_easter_and_public_holidays():
    assert [paques(annee) for annee in (2024, 2026, 2027)] == [date(2024, 3, 31), date(2026, 4, 5), date(2027, 3, 28)]
    assert {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25), date(2026, 7, 14)} <= jours_feries(2026)
    assert len(jours_feries(2026)) == 11


def test_working_days_leave_out_sundays_and_holidays():
    assert plus_jours_ouvrables(date(2026, 8, 28), 2) == date(2026, 8, 31)
    assert plus_jours_ouvrables(date(2026, 12, 24), 1) == date(2026, 12, 26)
    assert plus_jours_ouvrables(date.max, 3) == plus_jours(date.max, 1) == date.max
