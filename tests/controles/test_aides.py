"""Figures beside the fields: the same as those of the rules."""

from datetime import date
from decimal import Decimal

import pytest

from forms.controles import aides
from forms.controles.parametres import Branche, Parametres
from tests.controles.fabrique import contexte_connu, dossier

PRIORITAIRE = {"salarie.diplome": "60", "salarie.second_cycle_valide": False}
TRENTE = {"salarie.date_naissance": date(1996, 6, 15)}
INTERIM = {"contrat.nature": "travail_temporaire", "contrat.duree_hebdo": None}


def branche(**parametres):
    ligne = Branche("1979", date(2020, 1, 1), "accord fictif", **parametres)
    return contexte_connu(parametres=Parametres(branches=(ligne,)))


@pytest.mark.parametrize(
    ("changements", "montant", "mots"),
    [
        ({}, "1306.91", "12,31\u00a0€ × 35\u00a0h × 52 / 12 × 70\u00a0% = 1\u00a0306,91\u00a0€"),
        (INTERIM, "8.62", "par heure"),
        (TRENTE, "1867.02", "100\u00a0%"),
        ({**TRENTE, "contrat.minimum_branche": Decimal(2300)}, "1955.00", "minimum de branche (2\u00a0300,00\u00a0€"),
        ({**TRENTE, **INTERIM, "contrat.minimum_branche": Decimal(2300)}, "12.31", "par heure"),
        ({**TRENTE, "contrat.minimum_branche": Decimal(2000)}, "1867.02", "100\u00a0%"),
    ],
)
def test_salaire_minimum(changements, montant, mots):
    trouve, calcul = aides.salaire_minimum(dossier(changements), contexte_connu())
    assert trouve == Decimal(montant)
    assert mots in calcul


def test_salaire_minimum_follows_the_branch_grid():
    grille = branche(grille_pct=(Decimal(60), Decimal(70), Decimal(75), Decimal(85)))
    assert aides.salaire_minimum(dossier(), grille)[0] == Decimal("1400.26")


@pytest.mark.parametrize(
    "manque", ["salarie.date_naissance", "salarie.diplome", "contrat.date_debut", "contrat.duree_hebdo"]
)
def test_no_minimum_while_a_field_is_missing(manque):
    assert aides.salaire_minimum(dossier({manque: None}), contexte_connu()) is None


def test_rises_of_the_minimum_during_the_contract():
    jeune = dossier({"salarie.date_naissance": date(2006, 1, 12), "contrat.date_debut": date(2026, 5, 1)})
    hausses = aides.hausses_du_minimum(jeune, contexte_connu())
    attendues = [(date(2026, 6, 1), Decimal("1026.86")), (date(2027, 2, 1), Decimal("1306.91"))]
    assert [(hausse.le, hausse.montant) for hausse in hausses] == attendues
    assert not any(hausse.usage for hausse in hausses)


@pytest.mark.parametrize(
    ("naissance", "attendues"),
    [
        # 26 on 15/03/2026: from 01/04 the SMIC of that month, from 01/06 that of the rise; no text says so.
        (date(2000, 3, 15), [(date(2026, 1, 1), "1276.12", False), (date(2026, 4, 1), "1823.03", True)]),
        # born on 29/02/2000: 26 on 01/03/2026, counted from 01/04.
        (date(2000, 2, 29), [(date(2026, 1, 1), "1276.12", False), (date(2026, 4, 1), "1823.03", True)]),
        # 26 in the month of the start: the lower line holds until its end.
        (date(1999, 9, 1), [(date(2025, 10, 1), "1801.80", True), (date(2026, 1, 1), "1823.03", True)]),
    ],
)
def test_the_26th_birthday_is_told_as_usage(naissance, attendues):
    dates = {"contrat.date_debut": date(2025, 9, 1), "contrat.date_fin": date(2026, 5, 31)}
    hausses = aides.hausses_du_minimum(dossier({"salarie.date_naissance": naissance, **dates}), contexte_connu())
    assert [(h.le, str(h.montant), h.usage) for h in hausses] == attendues


@pytest.mark.parametrize(
    ("debut", "fin", "jours"),
    [
        (date(2026, 5, 31), date(2026, 6, 1), [date(2026, 6, 1)]),
        (date(2026, 6, 1), date(2026, 12, 31), []),
        (date(2026, 5, 1), date(2026, 5, 31), []),
        (date(2026, 5, 1), None, []),
        (date(2021, 12, 1), date(2022, 2, 1), []),
    ],
)
def test_rises_stay_within_the_contract(debut, fin, jours):
    d = dossier({"contrat.date_debut": debut, "contrat.date_fin": fin})
    assert [hausse.le for hausse in aides.hausses_du_minimum(d, contexte_connu())] == jours


@pytest.mark.parametrize(
    ("changements", "parametres", "attendu"),
    [
        ({}, {}, date(2027, 8, 31)),
        ({}, {"duree_max_mois": 24}, date(2028, 8, 31)),
        ({}, {"duree_max_mois": 36}, date(2028, 8, 31)),
        (PRIORITAIRE, {}, date(2029, 8, 31)),
        ({"formation.mois_etranger": 4}, {}, date(2028, 8, 31)),
    ],
)
def test_fin_au_plus_tard(changements, parametres, attendu):
    assert aides.fin_au_plus_tard(dossier(changements), branche(**parametres))[0] == attendu


def test_a_longer_contract_of_the_branch_is_told_with_its_publics():
    agreed = branche(duree_max_mois=24, publics_24="diplômes d’État")
    assert aides.fin_au_plus_tard(dossier(), agreed)[1].endswith("au-delà de 12 pour\u00a0: diplômes d’État")


def test_heures_15_25():
    heures = aides.heures_15_25(dossier(), contexte_connu())
    assert [round(valeur, 1) for valeur in heures[:3]] == [Decimal("241.7"), Decimal("273.8"), Decimal("402.9")]
    assert aides.heures_15_25(dossier({"contrat.duree_hebdo": 10 * 60}), contexte_connu()).plancher == 150
    assert aides.heures_15_25(dossier({"contrat.date_fin": None}), contexte_connu()) is None
    un_jour = {"contrat.date_fin": date(2026, 9, 1)}
    assert aides.heures_15_25(dossier(un_jour), contexte_connu()).plancher == 150
    assert aides.heures_15_25(dossier({"contrat.date_fin": date(2026, 8, 31)}), contexte_connu()) is None
    # four of twelve months abroad (122 of 365 days): 241,7 × (1 − 4 × 365/84 / (365/7)) = 161,1
    abroad = aides.heures_15_25(dossier({"formation.mois_etranger": 4}), contexte_connu())
    assert round(abroad.plancher, 1) == Decimal("161.1")
    agreed = aides.heures_15_25(dossier(), branche(part_max_pct=Decimal(40)))
    assert round(agreed.plafond, 1) == Decimal("644.6")
    assert "40\u00a0%, votre branche" in agreed.en_mots
    short = aides.heures_15_25(
        dossier({"contrat.duree_hebdo": 20 * 60, "contrat.date_fin": date(2027, 2, 28)}), contexte_connu()
    )
    assert short.en_mots.startswith("150\u00a0h au moins (art.\u00a0L.\u00a06325-13), plus que 114,2\u00a0h")


def test_echeances():
    d, contexte = dossier(), contexte_connu(jour=date(2026, 9, 4))
    assert aides.echeance_depot(d, contexte) == (date(2026, 9, 6), 2)
    assert aides.remise_au_salarie(d, contexte) == (date(2026, 9, 3), -1)
    assert aides.examen_au_plus_tard(d, contexte) == (date(2026, 11, 1), 58)
    assert aides.decision_au_plus_tard(date(2026, 9, 4), contexte) == (date(2026, 9, 24), 20)
    assert aides.echeance_depot(dossier({"contrat.date_debut": None}), contexte) is None


@pytest.mark.parametrize(
    ("changements", "taux", "montant", "reste"),
    [
        ({}, "9.15", "3660.00", "0"),
        ({"formation.cout_pedagogique": Decimal(4800)}, "9.15", "3660.00", "1140.00"),
        (PRIORITAIRE, "15", "6000.00", "0"),
        ({"employeur.forme": "geiq"}, "15", "6000.00", "0"),
    ],
)
def test_financement_previsible(changements, taux, montant, reste):
    prevu = aides.financement_previsible(dossier(changements), contexte_connu())
    assert prevu[:3] == (Decimal(taux), Decimal(montant), Decimal(reste))


def test_financement_of_the_branch_and_without_a_cost():
    assert aides.financement_previsible(dossier(), branche(forfait_horaire=Decimal(12))).montant == 4800
    assert aides.financement_previsible(dossier({"formation.cout_pedagogique": None}), contexte_connu()).reste is None


@pytest.mark.parametrize(
    ("naissance", "changements", "mensuel"),
    [
        (date(1985, 5, 17), {}, "230"),
        (date(1981, 9, 2), {}, "230"),
        (date(1981, 9, 1), {}, "345"),
        (date(1985, 5, 17), PRIORITAIRE, "345"),
    ],
)
def test_plafond_tutorat(naissance, changements, mensuel):
    d = dossier({"tuteur.date_naissance": naissance, **changements})
    assert aides.plafond_tutorat(d, contexte_connu()) == (Decimal(mensuel), 6)


@pytest.mark.parametrize(
    ("annee", "situation", "nombre"), [(1979, "9", 2), (1995, "9", 1), (2004, "9", 0), (1979, "8", 0)]
)
def test_aides_possibles(annee, situation, nombre):
    d = dossier({"salarie.date_naissance": date(annee, 1, 1), "salarie.situation": situation})
    phrases = aides.aides_possibles(d, contexte_connu())
    assert len(phrases) == nombre
    assert not any("6\u00a0000" in phrase or "6 000" in phrase for phrase in phrases)
