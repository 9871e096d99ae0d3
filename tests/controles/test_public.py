"""PUB-01 to PUB-16: examples of the table and edges."""

from datetime import date

import pytest

from forms.controles.calculs import prioritaire
from tests.controles.fabrique import dossier, niveau


def salarie(**champs):
    return {f"salarie.{champ}": valeur for champ, valeur in champs.items()}


def ne(annee, mois=6, jour=15, **champs):
    return salarie(date_naissance=date(annee, mois, jour), **champs)


def inscrit(mois=14, **champs):
    return {"inscrit_france_travail": True, "numero_france_travail": "1234567A", "duree_inscription": mois, **champs}


LE_2_SEPTEMBRE = {"contrat.date_conclusion": date(2026, 9, 2), "contrat.date_debut": date(2026, 9, 2)}
SAISON = {"contrat.type_contrat": "12", "employeur.second_denomination": "Camping Fictif"}
INTERDIT = {"employeur.interdiction_jusqu_au": date(2027, 1, 1)}


@pytest.mark.parametrize(
    ("id", "changements", "attendu"),
    [
        ("PUB-01", {**ne(2010, 9, 2), **LE_2_SEPTEMBRE}, None),
        ("PUB-01", {**ne(2010, 9, 3), **LE_2_SEPTEMBRE}, "erreur"),
        ("PUB-01", {**ne(2010, 9, 1), "contrat.date_conclusion": date(2026, 8, 31)}, "erreur"),
        ("PUB-02", ne(1995, situation="9", **inscrit()), None),
        ("PUB-02", ne(1995, situation="10"), "erreur"),
        ("PUB-02", ne(1995, situation="9"), "erreur"),
        ("PUB-02", ne(1995, situation="10", minimum_social="1"), None),
        ("PUB-02", ne(1995, situation="10", ancien_contrat_aide=True), None),
        ("PUB-02", ne(2000, 8, 28, situation="10"), "erreur"),
        ("PUB-02", ne(2000, 8, 29, situation="10"), None),
        ("PUB-03", ne(1998, situation="4", **inscrit()), None),
        ("PUB-03", ne(1998, situation="8"), "alerte"),
        ("PUB-03", ne(1998, situation="6"), None),
        ("PUB-03", ne(2000, 8, 28, situation="8"), "alerte"),
        ("PUB-03", ne(2000, 8, 29, situation="8"), None),
        ("PUB-04", salarie(deja_salarie=False), None),
        ("PUB-04", salarie(deja_salarie=True), "alerte"),
        ("PUB-04", {**salarie(deja_salarie=True), "contrat.type_contrat": "21"}, None),
        ("PUB-04", {**salarie(deja_salarie=True), "formation.type_qualification": "8"}, None),
        ("PUB-05", ne(2004, diplome="51"), None),
        ("PUB-05", ne(2004, diplome="60", second_cycle_valide=False), "alerte"),
        ("PUB-06", ne(2003, situation="9", **inscrit()), None),
        ("PUB-06", ne(2003, situation="9"), "alerte"),
        ("PUB-06", ne(2000, 8, 28, situation="9"), None),
        ("PUB-06", ne(2000, 8, 29, situation="9"), "alerte"),
        ("PUB-07", salarie(**inscrit()), None),
        ("PUB-07", salarie(**inscrit(mois=0)), None),
        ("PUB-07", salarie(**inscrit(numero_france_travail=None)), "erreur"),
        ("PUB-07", salarie(**inscrit(mois=None)), "erreur"),
        ("PUB-07", salarie(**inscrit(mois=-1)), "erreur"),
        ("PUB-07", salarie(), None),
        ("PUB-07", salarie(numero_france_travail="1234567A"), "erreur"),
        ("PUB-07", salarie(duree_inscription=3), "erreur"),
        ("PUB-08", salarie(minimum_social="3", extension_boe=True), None),
        ("PUB-08", salarie(minimum_social="3", extension_boe=False), "alerte"),
        ("PUB-08", salarie(minimum_social="3", rqth=True), None),
        ("PUB-08", salarie(minimum_social="1"), None),
        ("PUB-09", ne(2007, 8, 28, equivalence_jeunes=True), None),
        ("PUB-09", ne(2011, 8, 28, equivalence_jeunes=True), None),
        ("PUB-09", ne(2011, 8, 29, equivalence_jeunes=True), "erreur"),
        ("PUB-09", ne(2004, equivalence_jeunes=True), "erreur"),
        ("PUB-09", ne(2005, 8, 29, equivalence_jeunes=True), None),
        ("PUB-09", ne(2005, 8, 28, equivalence_jeunes=True), "erreur"),
        ("PUB-09", ne(2004, equivalence_jeunes=False), None),
        ("PUB-10", salarie(rqth=True, equivalence_jeunes=None, extension_boe=None), None),
        ("PUB-10", salarie(rqth=True, equivalence_jeunes=True, extension_boe=None), "erreur"),
        ("PUB-10", salarie(rqth=True, equivalence_jeunes=None, extension_boe=False), "erreur"),
        ("PUB-10", salarie(rqth=False, equivalence_jeunes=None), "erreur"),
        ("PUB-10", salarie(rqth=False, extension_boe=None), "erreur"),
        ("PUB-10", salarie(rqth=False), None),
        ("PUB-11", salarie(situation="9"), None),
        ("PUB-11", salarie(situation="2"), "alerte"),
        ("PUB-12", salarie(situation="3", diplome="42"), None),
        ("PUB-12", salarie(situation="3", diplome="51"), "alerte"),
        ("PUB-12", salarie(situation="1", diplome="31"), "alerte"),
        ("PUB-12", salarie(situation="1", diplome="42"), None),
        ("PUB-12", ne(2000, 8, 28, situation="1", diplome="42"), "alerte"),
        ("PUB-13", {**ne(2002), **SAISON}, None),
        ("PUB-13", {**ne(1999), **SAISON}, "erreur"),
        ("PUB-13", {**ne(2000, 8, 29), **SAISON}, None),
        ("PUB-13", {**ne(2000, 8, 28), **SAISON}, "erreur"),
        ("PUB-13", {**SAISON, "employeur.second_denomination": None}, "erreur"),
        ("PUB-14", salarie(nationalite="ue"), None),
        ("PUB-14", salarie(nationalite="hors_ue"), "alerte"),
        ("PUB-14", salarie(nationalite="hors_ue", autorisation_travail=True), None),
        ("PUB-15", ne(2008, 8, 28), None),
        ("PUB-15", ne(2008, 8, 29), "alerte"),
        ("PUB-15", ne(2009), "alerte"),
        ("PUB-16", {}, None),
        ("PUB-16", INTERDIT, "erreur"),
        ("PUB-16", {"employeur.interdiction_jusqu_au": date(2026, 8, 28)}, "erreur"),
        ("PUB-16", {"employeur.interdiction_jusqu_au": date(2026, 8, 27)}, None),
        ("PUB-16", {**INTERDIT, **ne(2000, 8, 28)}, None),
        ("PUB-16", {**INTERDIT, **ne(2000, 8, 29)}, "erreur"),
    ],
)
def test_public(id, changements, attendu):
    assert niveau(id, changements) == attendu


def test_loaded_authorisation_silences_the_alerte():
    hors_ue = salarie(nationalite="hors_ue")
    assert niveau("PUB-14", hors_ue, pieces=frozenset()) == "alerte"
    assert niveau("PUB-14", hors_ue, pieces=frozenset({"autorisation_travail"})) is None


@pytest.mark.parametrize(
    ("changements", "attendu"),
    [
        (ne(2004, diplome="60", second_cycle_valide=False), True),
        (ne(2004, diplome="60", second_cycle_valide=None), True),
        (ne(2004, diplome="60", second_cycle_valide=True), False),
        (ne(2010, 8, 28, diplome="60", second_cycle_valide=False), True),
        (ne(2010, 8, 29, diplome="60", second_cycle_valide=False), False),
        (ne(2000, 8, 29, diplome="60", second_cycle_valide=False), True),
        (ne(2000, 8, 28, diplome="60", second_cycle_valide=False), False),
        (salarie(**inscrit(mois=12)), False),
        (salarie(**inscrit(mois=13)), True),
        (salarie(inscrit_france_travail=False, duree_inscription=13), False),
        (ne(1990, **inscrit(mois=13)), True),
        *((ne(1990, minimum_social=code), True) for code in "123"),
        (ne(1990, situation="6"), True),
        (ne(1990, ancien_contrat_aide=True), True),
        (salarie(), False),
    ],
)
def test_public_prioritaire(changements, attendu):
    assert prioritaire(dossier(changements)) is attendu
