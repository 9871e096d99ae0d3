"""The examples of the table of rules, one line a rule: what passes (✔), what triggers (✘), at the level of the table.

Each line is a dossier that breaks no rule, changed as the table says; the edges are tested beside each theme.
"""

from datetime import date
from decimal import Decimal

import pytest

from forms.controles import REGISTRE, AutreContrat
from forms.controles.parametres import Branche, Parametres
from tests.controles.fabrique import (
    CERTIFICATION,
    ETABLISSEMENT,
    ORGANISME,
    SECOND_TUTEUR,
    autre,
    niveau,
)

E, A = "erreur", "alerte"
S, C, F, T = "salarie", "contrat", "formation", "tuteur"


def ne(jour, **autres):
    return {"salarie.date_naissance": date.fromisoformat(jour)} | {f"salarie.{nom}": v for nom, v in autres.items()}


def change(section, **valeurs):
    dates = {
        nom: date.fromisoformat(v) for nom, v in valeurs.items() if isinstance(v, str) and v[:2] == "20" and "-" in v
    }
    return {f"{section}.{nom}": valeur for nom, valeur in (valeurs | dates).items()}


def nir(numero, **autres):
    return change(S, nir=numero, **autres)


def paie(montant, **autres):
    return change(C, salaire=Decimal(montant), **autres)


def branche(**valeurs):
    return {"parametres": Parametres(branches=(Branche("1979", date(2020, 1, 1), "accord fictif", **valeurs),))}


INSCRIT = {"inscrit_france_travail": True, "numero_france_travail": "1234567A", "duree_inscription": 14}
PRIO = change(S, diplome="60", second_cycle_valide=False)
TT = change(C, nature="travail_temporaire", salaire=Decimal("12.50")) | {"employeur.naf": "7820Z"}
SAISON = change(C, type_contrat="12") | {"employeur.second_denomination": "Autre", "employeur.second_siret": None}
SUITE = change(
    C,
    type_contrat="24",
    precedent_numero="DP-1",
    precedent_type="11",
    precedent_meme_employeur=True,
    precedent_rncp="RNCP11111",
    precedent_obtenu=True,
    precedent_diplome="41",
)
AVENANT = change(C, type_contrat="30", date_effet_avenant="2027-01-15", precedent_numero="DP-1")
VAE = change(F, type_qualification="8", numero_projet="P1", intitule="CQP Agent")
CDI = change(C, nature="cdi")
SIX_MOIS = change(C, date_fin="2027-02-28")
INTERNE = change(F, service_interne=True, moyens_attestes=True, organisme_siret="73282932000074")
FIN_1, FIN_2 = autre(CERTIFICATION, date_fin=date(2028, 12, 31)), autre(CERTIFICATION, date_fin=date(2026, 6, 30))
MASTER = change(S, diplome="11")
UTILISATRICE = TT | SECOND_TUTEUR

# id: (✔ changes, ✔ known), (✘ changes, ✘ known), level of ✘
TABLE = {
    "PUB-01": (
        (ne("2010-09-02") | change(C, date_conclusion="2026-09-02", date_debut="2026-09-02"), {}),
        (ne("2010-09-03") | change(C, date_conclusion="2026-09-02", date_debut="2026-09-02"), {}),
        E,
    ),
    "PUB-02": ((ne("1995-01-01", situation="9", **INSCRIT), {}), (ne("1995-01-01", situation="10"), {}), E),
    "PUB-03": ((ne("1998-01-01", situation="4", **INSCRIT), {}), (ne("1998-01-01", situation="8"), {}), A),
    "PUB-04": (({}, {}), (change(S, deja_salarie=True), {}), A),
    "PUB-05": ((ne("2004-01-01", diplome="51"), {}), (ne("2004-01-01") | PRIO, {}), A),
    "PUB-06": ((change(S, situation="9", **INSCRIT), {}), (ne("2003-01-01", situation="9"), {}), A),
    "PUB-07": ((change(S, **INSCRIT), {}), (change(S, **INSCRIT | {"numero_france_travail": None}), {}), E),
    "PUB-08": (
        (change(S, minimum_social="3", extension_boe=True), {}),
        (change(S, minimum_social="3"), {}),
        A,
    ),
    "PUB-09": ((ne("2007-01-01", equivalence_jeunes=True), {}), (ne("2004-01-01", equivalence_jeunes=True), {}), E),
    "PUB-10": (
        (change(S, rqth=True, equivalence_jeunes=None, extension_boe=None), {}),
        (change(S, rqth=True, equivalence_jeunes=True, extension_boe=None), {}),
        E,
    ),
    "PUB-11": ((change(S, situation="9"), {}), (change(S, situation="2"), {}), A),
    "PUB-12": (({}, {}), (change(S, situation="1", diplome="31"), {}), A),
    "PUB-13": ((ne("2002-01-01") | SAISON, {}), (ne("1999-01-01") | SAISON, {}), E),
    "PUB-14": (
        (change(S, nationalite="hors_ue", autorisation_travail=True), {}),
        (change(S, nationalite="hors_ue"), {}),
        A,
    ),
    "PUB-15": ((ne("2008-08-28"), {}), (ne("2009-08-28"), {}), A),
    "PUB-16": (({}, {}), (change("employeur", interdiction_jusqu_au="2027-01-01"), {}), E),
    "NIR-01": ((nir("105037511234537"), {}), (nir("10503751123"), {}), E),
    "NIR-02": ((nir("203062B03302101"), {}), (nir("203132B03302101"), {}), E),
    "NIR-03": ((nir("202112A00401707"), {}), (nir("105037511234538"), {}), E),
    "NIR-04": (({}, {}), (change(S, sexe="F"), {}), E),
    "NIR-05": (({}, {}), (ne("2006-03-05"), {}), E),
    "NIR-06": ((nir("105339935001246"), {}), (ne("2005-04-05"), {}), E),
    "NIR-07": (
        (nir("198099935002737", departement_naissance="99"), {}),
        (change(S, departement_naissance="13"), {}),
        A,
    ),
    "NIR-08": (({}, {}), (nir("7100112345678"), {}), A),
    "NIR-09": (
        ({}, {"communes_naissance": ("Paris 12e Arrondissement",)}),
        (change(S, commune_naissance="Lyon"), {"communes_naissance": ("Paris 12e Arrondissement",)}),
        A,
    ),
    "NIR-10": (
        ({}, {"noms_connus": ("LE GALL-ROUX",)}),
        (change(S, nom_naissance="MARTIN"), {"noms_connus": ("DURAND",)}),
        A,
    ),
    "NIR-11": (
        ({}, {"autres_contrats": (AutreContrat("732829320", date(2025, 9, 1), date(2026, 8, 31)),)}),
        ({}, {"autres_contrats": (AutreContrat("732829320", date(2026, 1, 1), date(2026, 12, 31)),)}),
        E,
    ),
    "EMP-01": ((change("employeur", siret="73282932000074"), {}), (change("employeur", siret="73282932000079"), {}), E),
    "EMP-02": ((change("employeur", siret="35600000009075"), {}), (change("employeur", siret="35600000009076"), {}), E),
    "EMP-03": (({}, {}), ({}, {"etablissement": autre(ETABLISSEMENT, ferme_le=date(2025, 6, 1))}), E),
    "EMP-04": (
        ({}, {"etablissement": autre(ETABLISSEMENT, categorie_juridique="4110")}),
        ({}, {"etablissement": autre(ETABLISSEMENT, categorie_juridique="7210")}),
        E,
    ),
    "EMP-05": (
        ({}, {}),
        (change("employeur", particulier_employeur=True, siret=None, numero_urssaf="1"), {}),
        E,
    ),
    "EMP-06": ((change("employeur", naf="7820Z"), {}), (change("employeur", naf="782Z"), {}), E),
    "EMP-07": (
        ({}, {}),
        (change("employeur", naf="5610A"), {"etablissement": autre(ETABLISSEMENT, naf="7820Z")}),
        A,
    ),
    "EMP-08": ((change("employeur", idcc="1979"), {}), (change("employeur", idcc="0000"), {}), E),
    "EMP-09": ((change("employeur", idcc="1979"), {}), (change("employeur", idcc="1486"), {}), A),
    "EMP-10": (({}, {}), (change("employeur", effectif=-1), {}), E),
    "EMP-11": ((TT, {}), (TT | {"employeur.naf": "5610A"}, {}), A),
    "TUT-01": (({}, {}), (change(T, attestation=False), {}), E),
    "TUT-02": ((UTILISATRICE, {}), (TT, {}), E),
    "TUT-03": ((change(T, experience=2), {}), (change(T, experience=1), {}), E),
    "TUT-04": ((change(T, tutorats=3), {}), (change(T, tutorats=4), {}), E),
    "TUT-05": (({}, {}), (change(T, volontaire=False), {}), E),
    "TUT-07": (
        ({}, {}),
        (change(T, nom="LE GALL ROUX", prenom="Yann") | {"tuteur.date_naissance": date(2005, 3, 5)}, {}),
        E,
    ),
    "TUT-08": (
        ({"tuteur.date_naissance": date(1991, 1, 1)}, {}),
        ({"tuteur.date_naissance": date(2009, 1, 1)}, {}),
        E,
    ),
    "TUT-09": (({}, {}), (change(T, qualite="employeur", volontaire=None) | {"employeur.effectif": 60}, {}), A),
    "CTR-01": (({}, {}), (change(C, vaut_avenant=True) | VAE, {}), E),
    "CTR-02": (({}, {}), (change(C, type_contrat="31"), {}), E),
    "CTR-03": ((SUITE | change(C, type_contrat="21"), {}), (SUITE | CDI, {}), E),
    "CTR-04": ((SUITE, {}), (SUITE | change(C, precedent_type="24"), {}), E),
    "CTR-05": ((SUITE, {}), (SUITE | change(C, precedent_rncp="RNCP38565"), {}), E),
    "CTR-06": ((AVENANT, {}), (change(C, date_effet_avenant="2027-01-15"), {}), E),
    "CTR-07": (
        (AVENANT | change(C, date_effet_avenant="2026-10-15"), {}),
        (AVENANT | change(C, date_effet_avenant="2026-10-15", precedent_numero=None), {}),
        A,
    ),
    "CTR-08": (
        (VAE | change(C, vaut_avenant=True, nature=None), {}),
        (change(C, vaut_avenant=True, nature=None), {}),
        E,
    ),
    "CTR-09": (({}, {}), (SIX_MOIS, {}), E),
    "CTR-10": ((CDI | change(C, essai_jours=60), {}), (CDI | change(C, essai_jours=90), {}), E),
    "CTR-11": ((TT | change(C, essai_jours=5), {}), (TT | change(C, essai_jours=15), {}), A),
    "CTR-13": ((SAISON, {"pieces": frozenset({"convention_tripartite"})}), (SAISON, {"pieces": frozenset()}), E),
    "DAT-01": (({}, {}), (change(C, date_conclusion="2026-09-10"), {}), E),
    "DAT-02": (({}, {}), (change(C, date_fin="2026-09-01"), {}), E),
    "DAT-03": ((SIX_MOIS, {}), (change(C, date_fin="2027-02-27"), {}), E),
    "DAT-04": (({}, {}), (change(C, date_fin="2028-02-29"), {}), A),
    "DAT-05": ((change(C, date_fin="2028-08-31"), {}), (change(C, date_fin="2029-02-28"), {}), E),
    "DAT-06": ((PRIO | change(C, date_fin="2029-08-31"), {}), (PRIO | change(C, date_fin="2029-09-30"), {}), E),
    "DAT-07": ((CDI, {}), (CDI | change(C, date_fin="2027-01-31"), {}), E),
    "DAT-08": (({}, {}), (change(F, date_fin="2026-06-30"), {}), E),
    "DAT-09": (({}, {}), (change(F, date_fin="2027-09-15"), {}), E),
    "DAT-10": (({}, {}), (change(C, date_fin="2027-09-30"), {}), A),
    "DAT-11": (({}, {}), (change(F, date_debut="2026-08-15"), {}), A),
    "DAT-12": ((change(F, date_debut="2026-10-15"), {}), (change(F, date_debut="2026-12-15"), {}), A),
    "DAT-13": (({}, {}), (change(C, date_conclusion="2026-08-29"), {}), A),
    "DAT-14": ((change(F, mois_etranger=4), {}), (change(F, mois_etranger=7), {}), A),
    # 35 h × 365/7 − 425 h = 1 400 h in the company: at most 700 elsewhere
    "DAT-15": (
        (change(F, heures_total=425, heures_accueil=700), {}),
        (change(F, heures_total=425, heures_accueil=701), {}),
        A,
    ),
    "REM-01": ((ne("2006-06-15") | paie("1026.86"), {}), (ne("2006-06-15") | paie("1020.00"), {}), E),
    "REM-02": (
        (ne("1996-06-15") | paie("1955.00", minimum_branche=Decimal(2300)), {}),
        (ne("1996-06-15") | paie("1900.00", minimum_branche=Decimal(2300)), {}),
        E,
    ),
    "REM-03": (({}, {}), (ne("2006-01-12"), {}), A),
    "REM-04": (({}, {}), (ne("2001-01-12"), {}), A),
    "REM-05": (
        (change(C, date_debut="2026-09-15"), {}),
        (ne("2005-09-05") | change(C, date_debut="2026-09-15"), {}),
        A,
    ),
    "REM-06": (
        (ne("2006-06-15") | paie("1120.21"), branche(grille_pct=tuple(map(Decimal, (60, 70, 75, 85))))),
        (ne("2006-06-15") | paie("1026.86"), branche(grille_pct=tuple(map(Decimal, (60, 70, 75, 85))))),
        A,
    ),
    "REM-07": ((TT, {}), (TT | paie("1867.02"), {}), E),
    "REM-08": ((paie("2100"), {}), (paie("21000"), {}), A),
    "REM-09": (
        (change(C, date_debut="2026-11-02", date_fin="2027-11-01"), {}),
        (change(C, date_debut="2027-02-01", date_fin="2028-01-31"), {}),
        A,
    ),
    "REM-10": (
        (change(C, avantages_nature=Decimal(70), avantages_nature_ordinaires=Decimal(100)), {}),
        (change(C, avantages_nature=Decimal(80), avantages_nature_ordinaires=Decimal(100)), {}),
        E,
    ),
    "TPS-01": (({}, {}), (change(C, duree_hebdo=50 * 60), {}), E),
    "TPS-02": (({}, {}), (change(C, duree_hebdo=39 * 60), {}), E),
    "TPS-03": (({}, {}), (change(C, duree_hebdo=46 * 60), {}), A),
    "TPS-04": ((change(C, duree_hebdo=28 * 60), {}), (change(C, duree_hebdo=20 * 60), {}), A),
    "TPS-05": ((ne("2009-01-01"), {}), (ne("2009-01-01") | change(C, duree_hebdo=42 * 60), {}), E),
    "TPS-06": (({}, {}), (ne("2009-01-01"), {}), A),
    "FOR-01": ((change(F, heures_total=150), {}), (change(F, heures_total=140), {}), E),
    "FOR-02": ((change(F, heures_total=280), {}), (change(F, heures_total=200), {}), E),
    "FOR-03": (({}, {}), (change(F, heures_total=520), {}), A),
    "FOR-04": (({}, {}), (change(F, heures_enseignement=420), {}), E),
    "FOR-05": (
        (SIX_MOIS | change(F, heures_total=200), {}),
        (SIX_MOIS | change(F, heures_total=1000), {}),
        E,
    ),
    "FOR-06": (({}, {}), (VAE | change(C, date_conclusion="2026-04-01"), {}), E),
    "FOR-07": (({}, {}), (change(F, rncp=None), {}), E),
    "FOR-08": ((change(F, rncp="RNCP38565"), {}), (change(F, rncp="RS5550"), {}), E),
    "FOR-09": (({}, {"certification": FIN_1}), (change(C, date_conclusion="2026-09-01"), {"certification": FIN_2}), A),
    "FOR-10": (({}, {}), (change(F, diplome_vise="41"), {}), A),
    "FOR-11": (
        (change(F, specialite="312"), {"certification": autre(CERTIFICATION, nsf=("312",))}),
        (change(F, specialite="999"), {}),
        E,
    ),
    "FOR-12": (({}, {}), (MASTER | change(F, diplome_vise="51"), {}), A),
    "FOR-13": (({}, {}), (change(F, diplome_vise="60"), {}), E),
    "FOR-14": ((VAE, {}), (VAE | change(F, numero_projet=None), {}), E),
    "FOR-15": ((INTERNE, {}), (INTERNE | change(F, moyens_attestes=None), {}), E),
    "FOR-16": (({}, {}), (change(F, organisme_siret="73282932000074"), {}), A),
    "FOR-17": (({}, {}), (change(F, nombre_organismes=0), {}), E),
    "OF-01": (({}, {}), (change(F, organisme_nda="1175123456"), {}), E),
    "OF-02": (({}, {}), ({}, {"organisme": autre(ORGANISME, siret="73282932000074")}), A),
    "OF-03": (({}, {}), ({}, {"organisme": autre(ORGANISME, qualiopi={"actions_de_formation": False})}), E),
    "OF-05": (
        (INTERNE | change(F, organisme_nda=None), {}),
        (INTERNE, {"organisme": autre(ORGANISME, qualiopi={"actions_de_formation": False})}),
        A,
    ),
    "FIN-01": (({}, {}), (PRIO, {}), A),
    "FIN-02": (({}, {}), (change(F, cout_pedagogique=Decimal(4800)), {}), A),
    "FIN-03": (({}, {}), (change(F, part_salarie=Decimal(500)), {}), E),
    "FIN-04": (
        (change(F, cout_pedagogique=Decimal(4800)), {}),
        (change(F, cout_pedagogique=Decimal(48000)), {}),
        A,
    ),
    "FMT-01": ((change(S, courriel="a.b@exemple.fr"), {}), (change(S, courriel="a@b"), {}), E),
    "FMT-02": (({}, {}), (change(S, courriel="rh@exemple.fr"), {}), A),
    "FMT-03": ((change(S, telephone="0612345678"), {}), (change(S, telephone="012345"), {}), E),
    "FMT-04": ((change(S, code_postal="97400"), {}), (change(S, code_postal="7500"), {}), E),
    "FMT-05": ((change(S, nom_naissance="LE GALL-ROUX"), {}), (change(S, nom_naissance="M4RTIN"), {}), E),
    "FMT-06": ((change(S, departement_naissance="2A"), {}), (change(S, departement_naissance="96"), {}), E),
    "FMT-08": ((change(S, prenom="A" * 30), {}), (change("employeur", denomination="A" * 60), {}), A),
    "FMT-09": (
        (change(S, **INSCRIT), {}),
        (change(S, **INSCRIT | {"numero_france_travail": "12"}), {}),
        A,
    ),
    "DEP-01": (({}, {"jour": date(2026, 9, 6)}), ({}, {"jour": date(2026, 9, 7)}), A),
    "DEP-07": (({}, {"jour": date(2026, 9, 17)}), ({}, {"jour": date(2026, 10, 7)}), A),
    # Monday 31/08: Wednesday 02/09 at the latest
    "DEP-08": (
        (change(C, date_debut="2026-08-31"), {"jour": date(2026, 9, 1)}),
        (change(C, date_debut="2026-08-31"), {"jour": date(2026, 9, 4)}),
        A,
    ),
}


def test_every_rule_has_its_line():
    assert TABLE.keys() == {ligne.id for ligne in REGISTRE}


@pytest.mark.parametrize("id", TABLE)
def test_what_the_table_accepts_passes(id):
    changements, connu = TABLE[id][0]
    assert niveau(id, changements, **connu) is None


@pytest.mark.parametrize("id", TABLE)
def test_what_the_table_refuses_triggers_at_its_level(id):
    (changements, connu), attendu = TABLE[id][1:]
    assert niveau(id, changements, **connu) == attendu
