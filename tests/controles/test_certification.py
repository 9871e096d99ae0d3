"""FOR-06 to FOR-14: examples of the table and edges."""

from datetime import date

import pytest

from tests.controles.fabrique import CERTIFICATION, SECOND_TUTEUR, autre, message, niveau


def formation(**champs):
    return {f"formation.{champ}": valeur for champ, valeur in champs.items()}


def conclu(le, **champs):
    return {"contrat.date_conclusion": le, **formation(**champs)}


VAE = formation(type_qualification="8", numero_projet="2025-VAE-1", intitule="CQP Réceptionniste")


@pytest.mark.parametrize(
    ("id", "changements", "attendu"),
    [
        *(("FOR-06", formation(type_qualification=code), None) for code in "123"),
        *(("FOR-06", formation(type_qualification=code), "erreur") for code in "567904"),
        ("FOR-06", conclu(date(2023, 12, 28), type_qualification="4"), None),
        ("FOR-06", conclu(date(2023, 12, 29), type_qualification="4"), "erreur"),
        ("FOR-06", conclu(date(2023, 5, 27), type_qualification="8"), "erreur"),
        ("FOR-06", conclu(date(2023, 5, 28), type_qualification="8"), None),
        ("FOR-06", conclu(date(2026, 2, 28), type_qualification="8"), None),
        ("FOR-06", conclu(date(2026, 3, 1), type_qualification="8"), "erreur"),
        ("FOR-06", conclu(date(2026, 4, 1), type_qualification="8"), "erreur"),
        ("FOR-07", formation(type_qualification="1", rncp="38565"), None),
        ("FOR-07", formation(type_qualification="1", rncp=None), "erreur"),
        ("FOR-07", formation(type_qualification="2", rncp=None), "alerte"),
        ("FOR-07", formation(type_qualification="3", rncp=None), None),
        ("FOR-07", formation(type_qualification="3"), "alerte"),
        ("FOR-08", formation(rncp="RNCP38565"), None),
        ("FOR-08", formation(rncp="RS5550"), "erreur"),
        ("FOR-10", formation(diplome_vise="31"), None),
        ("FOR-10", formation(diplome_vise="41"), "alerte"),
        ("FOR-10", formation(diplome_vise="60"), None),
        ("FOR-11", formation(specialite="334"), None),
        ("FOR-11", formation(specialite="312"), "alerte"),
        ("FOR-11", formation(specialite="999"), "erreur"),
        ("FOR-12", {"salarie.diplome": "42", **formation(diplome_vise="31")}, None),
        ("FOR-12", {"salarie.diplome": "11", **formation(diplome_vise="51")}, "alerte"),
        ("FOR-12", {"salarie.diplome": "31", **formation(diplome_vise="32")}, "alerte"),
        ("FOR-12", {"salarie.diplome": "60", **formation(diplome_vise="51")}, None),
        ("FOR-12", {"salarie.diplome": "60", **formation(diplome_vise="60")}, None),
        ("FOR-13", formation(diplome_vise="31"), None),
        ("FOR-13", formation(diplome_vise="60"), "erreur"),
        ("FOR-13", formation(diplome_vise="33"), "erreur"),
        ("FOR-14", VAE, None),
        ("FOR-14", {**VAE, **formation(numero_projet=None)}, "erreur"),
        ("FOR-14", {**VAE, **formation(intitule="Réceptionniste")}, "erreur"),
        ("FOR-14", {**VAE, "contrat.nature": "travail_temporaire", **SECOND_TUTEUR}, "erreur"),
        (
            "FOR-14",
            {**VAE, "contrat.nature": "travail_temporaire", **SECOND_TUTEUR, "tuteur_utilisatrice.naf": "5510Z"},
            None,
        ),
        ("FOR-14", formation(intitule="Réceptionniste"), None),
    ],
)
def test_certification(id, changements, attendu):
    assert niveau(id, changements) == attendu


@pytest.mark.parametrize(
    ("fiche", "conclusion", "jour", "attendu"),
    [
        ({}, date(2026, 9, 1), date(2026, 9, 1), None),
        ({"date_fin": date(2026, 9, 1)}, date(2026, 9, 1), date(2026, 9, 1), None),
        ({"date_fin": date(2026, 8, 31)}, date(2026, 9, 1), date(2026, 9, 1), "alerte"),
        ({"date_fin": date(2026, 6, 30)}, date(2026, 9, 1), date(2026, 9, 1), "alerte"),
        ({"date_effet": date(2026, 9, 1)}, date(2026, 9, 1), date(2026, 9, 1), None),
        ({"actif": False, "date_fin": date(2026, 9, 1)}, date(2026, 9, 1), date(2026, 9, 1), "alerte"),
        ({"date_effet": date(2026, 9, 2)}, date(2026, 9, 1), date(2026, 9, 1), "alerte"),
        ({"date_effet": None, "date_fin": None}, date(2026, 9, 1), date(2026, 9, 1), None),
        ({"actif": False}, date(2026, 9, 1), date(2026, 9, 1), "alerte"),
        ({"actif": False, "date_fin": None}, date(2026, 9, 1), date(2026, 9, 1), "alerte"),
        ({"actif": False, "date_fin": date(2026, 9, 30)}, date(2026, 9, 1), date(2026, 11, 2), None),
    ],
)
def test_certification_active_at_the_conclusion(fiche, conclusion, jour, attendu):
    certification = autre(CERTIFICATION, **fiche)
    assert niveau("FOR-09", conclu(conclusion), certification=certification, jour=jour) == attendu


def test_unknown_certification():
    assert niveau("FOR-09", certification=None) is None
    assert niveau("FOR-09", certification=None, certification_connue=False) == "alerte"
    assert niveau("FOR-10", certification=None) is None
    assert niveau("FOR-11", certification=None) is None


@pytest.mark.parametrize("codes", [(), ("RNCP40000",), ("RNCP40000", "RNCP40001")])
def test_successors_are_named(codes):
    successeurs = tuple(autre(CERTIFICATION, code=code, intitule=f"Titre {code}") for code in codes)
    texte = message("FOR-09", certification=autre(CERTIFICATION, actif=False), successeurs=successeurs)
    assert all(f"{code} (Titre {code})" in texte for code in codes)
    assert ("aucune certification active" in texte) == (not codes)


@pytest.mark.parametrize(
    ("pieces", "attendu"), [(None, None), (frozenset(), "erreur"), (frozenset({"notification_dgefp"}), None)]
)
def test_notification_of_the_experiment(pieces, attendu):
    assert niveau("FOR-14", VAE, pieces=pieces) == attendu


def test_group_of_a_speciality_with_a_letter():
    assert niveau("FOR-11", certification=autre(CERTIFICATION, nsf=("334t", "312"))) is None
