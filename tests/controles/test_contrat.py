"""CTR-01 to CTR-13: examples of the table and edges."""

from datetime import date

import pytest

from tests.controles.fabrique import constats, message, niveau


def contrat(**champs):
    return {f"contrat.{champ}": valeur for champ, valeur in champs.items()}


def renouvellement(type_contrat="21", **champs):
    """A renewal in order: previous initial contract, same employer, obtained when another qualification follows."""
    autre = type_contrat == "24"
    precedent = {
        "precedent_numero": "2025-0001",
        "precedent_type": "11",
        "precedent_meme_employeur": True,
        "precedent_rncp": "RNCP37274" if autre else "RNCP38565",
        "precedent_diplome": "41" if autre else "31",
        "precedent_obtenu": autre,
    }
    return contrat(**{"type_contrat": type_contrat, **precedent, **champs})


FIN_6_MOIS, FIN_12_MOIS = date(2027, 2, 28), date(2027, 8, 31)


@pytest.mark.parametrize("jour", [date(2026, 8, 31), date(2027, 1, 15), date(2028, 1, 15)])
def test_a_date_of_effect_without_avenant_is_said_once(jour):
    assert ["effacez-la" in dit.message for dit in constats("CTR-06", contrat(date_effet_avenant=jour))] == [True]


@pytest.mark.parametrize(
    ("id", "changements", "attendu"),
    [
        ("CTR-01", contrat(nature="cdd"), None),
        ("CTR-01", contrat(nature=None), "erreur"),
        ("CTR-01", contrat(nature="cdd+cdi"), "erreur"),
        ("CTR-01", contrat(nature="cdd", vaut_avenant=True), "erreur"),
        ("CTR-01", contrat(nature=None, vaut_avenant=True), None),
        *(("CTR-02", contrat(type_contrat=code), None) for code in "11 12 21 22 23 24 30".split()),
        ("CTR-02", contrat(type_contrat="31"), "erreur"),
        ("CTR-03", renouvellement("21", nature="cdd"), None),
        ("CTR-03", renouvellement("24", nature="cdi"), "erreur"),
        ("CTR-03", renouvellement("24", nature="travail_temporaire"), None),
        ("CTR-03", contrat(type_contrat="12", nature="travail_temporaire"), "erreur"),
        ("CTR-03", contrat(type_contrat="12", nature="cdd"), None),
        ("CTR-03", contrat(type_contrat="30", nature="cdi"), None),
        ("CTR-04", renouvellement("21"), None),
        ("CTR-04", renouvellement("21", precedent_type="22"), "erreur"),
        ("CTR-04", renouvellement("21", precedent_type="24"), "erreur"),
        ("CTR-04", renouvellement("24", precedent_type="24"), "erreur"),
        ("CTR-04", renouvellement("24", precedent_type="21"), "alerte"),
        ("CTR-04", renouvellement("21", precedent_numero=None), "erreur"),
        ("CTR-04", renouvellement("21", precedent_meme_employeur=False), "erreur"),
        ("CTR-04", contrat(precedent_type="21"), None),
        ("CTR-05", renouvellement("24"), None),
        ("CTR-05", renouvellement("24", precedent_rncp="RNCP38565"), "erreur"),
        ("CTR-05", renouvellement("24", precedent_obtenu=False), "erreur"),
        ("CTR-05", renouvellement("24", precedent_obtenu=None), "erreur"),
        ("CTR-05", renouvellement("24", precedent_diplome="31"), None),
        ("CTR-05", renouvellement("24", precedent_diplome="23"), "alerte"),
        ("CTR-05", renouvellement("24", precedent_diplome="99"), None),
        ("CTR-05", contrat(precedent_diplome="23"), None),
        ("CTR-05", renouvellement("21"), None),
        ("CTR-05", renouvellement("21", precedent_rncp="RNCP37274"), "erreur"),
        ("CTR-06", contrat(type_contrat="30", date_effet_avenant=date(2027, 1, 15)), None),
        ("CTR-06", contrat(type_contrat="30", date_effet_avenant=date(2026, 9, 1)), None),
        ("CTR-06", contrat(type_contrat="30", date_effet_avenant=FIN_12_MOIS), None),
        ("CTR-06", contrat(type_contrat="30", date_effet_avenant=date(2026, 8, 31)), "erreur"),
        ("CTR-06", contrat(type_contrat="30", date_effet_avenant=date(2027, 9, 1)), "erreur"),
        ("CTR-06", contrat(type_contrat="30"), "erreur"),
        ("CTR-06", contrat(type_contrat="11", date_effet_avenant=date(2027, 1, 15)), "erreur"),
        ("CTR-07", contrat(type_contrat="30", precedent_numero="2026-0001"), None),
        ("CTR-07", contrat(type_contrat="30"), "alerte"),
        (
            "CTR-07",
            contrat(type_contrat="30", precedent_numero="2026-0001", date_effet_avenant=date(2026, 11, 1)),
            None,
        ),
        (
            "CTR-07",
            contrat(type_contrat="30", precedent_numero="2026-0001", date_effet_avenant=date(2026, 11, 2)),
            "alerte",
        ),
        ("CTR-08", {**contrat(vaut_avenant=True), "formation.type_qualification": "8"}, None),
        ("CTR-08", contrat(vaut_avenant=True), "erreur"),
        ("CTR-08", contrat(vaut_avenant=False), None),
        ("CTR-09", contrat(essai_jours=30, date_fin=FIN_12_MOIS), None),
        ("CTR-09", contrat(essai_jours=31, date_fin=FIN_12_MOIS), "erreur"),
        ("CTR-09", contrat(essai_jours=30, date_fin=FIN_6_MOIS), "erreur"),
        ("CTR-09", contrat(essai_jours=14, date_fin=FIN_6_MOIS), None),
        ("CTR-09", contrat(essai_jours=15, date_fin=FIN_6_MOIS), "erreur"),
        ("CTR-09", contrat(essai_jours=26, date_fin=date(2027, 3, 5)), None),
        ("CTR-09", contrat(essai_jours=27, date_fin=date(2027, 3, 5)), "erreur"),
        ("CTR-09", contrat(essai_jours=31, nature="cdi"), None),
        ("CTR-09", contrat(essai_jours=0), None),
        ("CTR-10", contrat(nature="cdi", essai_jours=60), None),
        ("CTR-10", contrat(nature="cdi", essai_jours=61), None),
        ("CTR-10", contrat(nature="cdi", essai_jours=62), "erreur"),
        ("CTR-10", contrat(nature="cdi", essai_jours=90), "erreur"),
        ("CTR-10", contrat(nature="cdi", essai_jours=60, date_debut=date(2026, 1, 1)), "erreur"),
        ("CTR-10", contrat(nature="cdi", essai_jours=59, date_debut=date(2026, 1, 1)), None),
        ("CTR-10", contrat(nature="cdi", essai_jours=91, categorie="technicien_maitrise"), None),
        ("CTR-10", contrat(nature="cdi", essai_jours=92, categorie="technicien_maitrise"), "erreur"),
        ("CTR-10", contrat(nature="cdi", essai_jours=122, categorie="cadre"), None),
        ("CTR-10", contrat(nature="cdi", essai_jours=123, categorie="cadre"), "erreur"),
        ("CTR-10", contrat(nature="cdi", essai_jours=61, categorie=None), None),
        ("CTR-10", contrat(nature="cdi", essai_jours=62, categorie=None), "alerte"),
        ("CTR-10", contrat(nature="cdi", essai_jours=122, categorie=None), "alerte"),
        ("CTR-10", contrat(nature="cdi", essai_jours=123, categorie=None), "erreur"),
        ("CTR-11", contrat(nature="travail_temporaire", essai_jours=5), None),
        ("CTR-11", contrat(nature="travail_temporaire", essai_jours=15), "alerte"),
        ("CTR-11", contrat(nature="travail_temporaire", essai_jours=3, date_fin=date(2026, 10, 31)), None),
        ("CTR-11", contrat(nature="travail_temporaire", essai_jours=4, date_fin=date(2026, 10, 31)), "alerte"),
        ("CTR-11", contrat(nature="travail_temporaire", essai_jours=2, date_fin=date(2026, 9, 30)), None),
        ("CTR-11", contrat(nature="travail_temporaire", essai_jours=3, date_fin=date(2026, 9, 30)), "alerte"),
        ("CTR-11", contrat(nature="cdd", essai_jours=15), None),
    ],
)
def test_contrat(id, changements, attendu):
    assert niveau(id, changements) == attendu


def test_successor_of_the_previous_certification_is_the_same_qualification():
    remplace = renouvellement("21", precedent_rncp="RNCP37274")
    assert niveau("CTR-05", remplace, codes_successeurs_precedente=("RNCP38565",)) is None
    assert niveau("CTR-05", remplace, codes_successeurs_precedente=("RNCP11111",)) == "erreur"


def test_trial_period_message_gives_the_number_that_fits():
    assert "59 jours" in message("CTR-10", contrat(nature="cdi", essai_jours=60, date_debut=date(2026, 1, 1)))
    assert "14 jours" in message("CTR-09", contrat(essai_jours=30, date_fin=FIN_6_MOIS))


@pytest.mark.parametrize(
    ("type_contrat", "pieces", "attendu"),
    [
        ("12", None, None),
        ("12", frozenset(), "erreur"),
        ("12", frozenset({"convention_tripartite"}), None),
        ("11", frozenset(), None),
    ],
)
def test_tripartite_convention(type_contrat, pieces, attendu):
    assert niveau("CTR-13", contrat(type_contrat=type_contrat), pieces=pieces) == attendu
