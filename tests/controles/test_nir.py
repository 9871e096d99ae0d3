"""NIR-01 to NIR-11: examples of the table and edges."""

from datetime import date

import pytest

from forms.controles import AutreContrat
from tests.controles.fabrique import constats, message, niveau

CORSE = {
    "salarie.nir": "203062B03302101",
    "salarie.sexe": "F",
    "salarie.date_naissance": date(2003, 6, 1),
    "salarie.departement_naissance": "2B",
}
JUMEAU = AutreContrat("732829320", date(2026, 9, 1), date(2027, 8, 31))


def nir(numero, **autres):
    return {"salarie.nir": numero, **{f"salarie.{champ}": valeur for champ, valeur in autres.items()}}


@pytest.mark.parametrize(
    ("id", "changements", "attendu"),
    [
        ("NIR-01", nir("105037511234537"), None),
        ("NIR-01", nir("10503751123"), "erreur"),
        ("NIR-01", nir("1050375112345"), "alerte"),
        ("NIR-01", nir("7100112345678"), None),
        ("NIR-02", CORSE, None),
        ("NIR-02", nir("203132B03302101"), "erreur"),
        ("NIR-02", nir("2031375112345"), "erreur"),
        ("NIR-03", nir("202112A00401707"), None),
        ("NIR-03", nir("204079741102373"), None),
        ("NIR-03", nir("105037511234538"), "erreur"),
        ("NIR-03", nir("7100112345678"), None),
        ("NIR-04", nir("105037511234537", sexe="M"), None),
        ("NIR-04", nir("105037511234537", sexe="F"), "erreur"),
        ("NIR-04", nir("2050375112345", sexe="M"), "erreur"),
        ("NIR-04", nir("3050375112345", sexe="M"), None),
        ("NIR-04", nir("7100112345678", sexe="F"), None),
        ("NIR-05", nir("105037511234537", date_naissance=date(2005, 3, 5)), None),
        ("NIR-05", nir("105037511234537", date_naissance=date(2006, 3, 5)), "erreur"),
        ("NIR-05", nir("105037511234537", date_naissance=date(1905, 3, 5)), None),
        ("NIR-06", nir("105339935001246"), None),
        ("NIR-06", nir("105037511234537", date_naissance=date(2005, 4, 5)), "erreur"),
        ("NIR-06", nir("105339935001246", date_naissance=date(2005, 4, 5)), "erreur"),
        ("NIR-06", nir("1053175112345", date_naissance=date(2005, 1, 5)), None),
        ("NIR-06", nir("1054275112345", date_naissance=date(2005, 12, 5)), None),
        ("NIR-06", nir("1051275112345", date_naissance=date(2005, 12, 5)), None),
        ("NIR-06", nir("1051275112345", date_naissance=date(2005, 11, 5)), "erreur"),
        ("NIR-06", nir("205209910900442"), "alerte"),
        ("NIR-07", nir("105339935001246", departement_naissance="99"), None),
        ("NIR-07", nir("105037511234537", departement_naissance="13"), "alerte"),
        ("NIR-07", nir("204079741102373", departement_naissance="974"), None),
        ("NIR-07", nir("204079741102373", departement_naissance="97"), "alerte"),
        ("NIR-07", CORSE, None),
        ("NIR-07", {**CORSE, "salarie.departement_naissance": "2A"}, "alerte"),
        ("NIR-07", nir("1750320123456", departement_naissance="2A", date_naissance=date(1975, 12, 31)), None),
        ("NIR-07", nir("1760320123456", departement_naissance="2A", date_naissance=date(1976, 1, 1)), "alerte"),
        ("NIR-07", nir("1670375112345", departement_naissance="92", date_naissance=date(1967, 12, 31)), None),
        ("NIR-07", nir("1680375112345", departement_naissance="92", date_naissance=date(1968, 1, 1)), "alerte"),
        ("NIR-07", nir("1620391112345", departement_naissance="99", date_naissance=date(1962, 3, 1)), None),
        ("NIR-07", nir("1620791112345", departement_naissance="99", date_naissance=date(1962, 7, 2)), None),
        ("NIR-07", nir("1620791112345", departement_naissance="99", date_naissance=date(1962, 7, 3)), "alerte"),
        ("NIR-07", nir("1100398512345", departement_naissance="976", date_naissance=date(2010, 3, 5)), None),
        ("NIR-07", nir("1110398512345", departement_naissance="976", date_naissance=date(2011, 3, 5)), "alerte"),
        ("NIR-08", nir("105037511234537"), None),
        ("NIR-08", nir("7100112345678"), "alerte"),
        ("NIR-08", nir("3050375112345"), "alerte"),
        ("NIR-08", nir("505037511234537"), "erreur"),
        ("NIR-08", nir("905037511234537"), "erreur"),
        ("NIR-08", nir("710011234567"), "erreur"),
    ],
)
def test_numero(id, changements, attendu):
    assert niveau(id, changements) == attendu


def test_missing_key_is_proposed():
    assert "ajoutez 37" in message("NIR-01", nir("1050375112345"))


def test_a_birth_abroad_is_told_in_words():
    said = message("NIR-07", nir("105339935001246", departement_naissance="75"))
    assert "à l’étranger (99), et non dans le département 75" in said


@pytest.mark.parametrize("numero", ["7100112345678", "505037511234537", "005037511234537"])
def test_a_number_of_another_kind_gives_one_constat_only(numero):
    ids = [f"NIR-0{rang}" for rang in range(1, 9)]
    assert [id for id in ids if constats(id, nir(numero, sexe="F"))] == ["NIR-08"]


@pytest.mark.parametrize(
    ("commune", "connues", "attendu"),
    [
        ("Paris", ("Paris 12e Arrondissement",), None),
        ("PARIS 12", ("Paris 12e Arrondissement",), None),
        ("St-Étienne", ("Saint-Étienne",), None),
        ("Ancienneville", ("Nouvelleville", "Ancienneville"), None),
        ("Lyon", ("Paris 12e Arrondissement",), "alerte"),
        ("Lyon", None, None),
    ],
)
def test_commune_named_by_the_nir(commune, connues, attendu):
    assert niveau("NIR-09", {"salarie.commune_naissance": commune}, communes_naissance=connues) == attendu


@pytest.mark.parametrize("numero", ["7100112345678", "198099935002737"])
def test_commune_is_not_compared_without_a_french_place(numero):
    assert niveau("NIR-09", {**nir(numero), "salarie.commune_naissance": "Lyon"}, communes_naissance=("Paris",)) is None


@pytest.mark.parametrize(
    ("nom", "connus", "identite", "attendu"),
    [
        ("LE GALL", (), "", None),
        ("LE GALL", ("LE GALL",), "", None),
        ("Le Gall", ("LE GALL",), "", None),
        ("LE GALL", ("LE-GALL",), "", "alerte"),
        ("MARTIN", ("DURAND",), "", "alerte"),
        ("D'OEUVRE", ("D’ŒUVRE",), "", "alerte"),
        ("MARTIN", (), "concorde", None),
        ("MARTIN", (), "differe", "alerte"),
        ("MARTIN", (), "indisponible", "alerte"),
    ],
)
def test_birth_name_known_for_the_nir(nom, connus, identite, attendu):
    assert niveau("NIR-10", {"salarie.nom_naissance": nom}, noms_connus=connus, identite=identite) == attendu


def test_spelling_elsewhere_is_told_but_never_another_name():
    assert "«\u00a0LE-GALL\u00a0»" in message("NIR-10", {"salarie.nom_naissance": "LE GALL"}, noms_connus=("LE-GALL",))
    assert "DURAND" not in message("NIR-10", {"salarie.nom_naissance": "MARTIN"}, noms_connus=("DURAND",))


@pytest.mark.parametrize(
    ("autre", "attendu"),
    [
        (JUMEAU, "erreur"),
        (JUMEAU._replace(siren="552100554"), "alerte"),
        (JUMEAU._replace(debut=date(2026, 1, 1), fin=date(2026, 8, 31)), None),
        (JUMEAU._replace(debut=date(2026, 1, 1), fin=date(2026, 9, 1)), "erreur"),
        (JUMEAU._replace(debut=date(2027, 8, 31), fin=date(2028, 1, 1)), "erreur"),
        (JUMEAU._replace(debut=date(2027, 9, 1), fin=date(2028, 1, 1)), None),
    ],
)
def test_other_contract_of_the_same_person(autre, attendu):
    assert niveau("NIR-11", autres_contrats=(autre,)) == attendu


@pytest.mark.parametrize(("siren", "attendu"), [("732829320", None), ("552100554", "alerte")])
def test_an_avenant_has_the_period_of_the_contract_that_it_changes(siren, attendu):
    assert niveau("NIR-11", {"contrat.type_contrat": "30"}, autres_contrats=(JUMEAU._replace(siren=siren),)) == attendu


def test_particulier_employeur_is_never_taken_for_the_same_employer():
    assert niveau("NIR-11", {"employeur.siret": None}, autres_contrats=(JUMEAU._replace(siren=""),)) == "alerte"
