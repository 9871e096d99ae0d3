"""The register as a whole: complete, ordered by nobody, blind to what it does not name, never raising."""

import random
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.controles import ALERTE, ERREUR, REGISTRE, SANS_CONTROLE, THEMES, AutreContrat, Contexte, controler
from forms.controles.registre import appliquer
from models.sections import SECTIONS
from tests.controles.fabrique import CERTIFICATION, CHAMPS, VALEURS, contexte_connu, dossier

NOMBRES = {
    "PUB": 16,
    "NIR": 11,
    "EMP": 11,
    "TUT": 9,
    "CTR": 13,
    "DAT": 15,
    "REM": 10,
    "TPS": 7,
    "FOR": 17,
    "OF": 5,
    "FIN": 8,
    "FMT": 9,
    "DEP": 9,
}
IDS = [f"{theme}-{rang:02d}" for theme, nombre in NOMBRES.items() for rang in range(1, nombre + 1)]
TEXTES = [
    "",
    "0",
    "11",
    "60",
    "zzz",
    "é" * 200,
    "RNCP1",
    "RS5550",
    "cdi",
    "travail_temporaire",
    "geiq",
    "hors_ue",
    "\u0663",
]
JOURS = [date(1900, 1, 1), date(1, 1, 1), date(2026, 9, 1), date(2028, 2, 29), date(9999, 12, 31), date(9999, 1, 1)]
ENTIERS = [0, -1, 1, 59, 2100, 10**9, -(10**9)]
ABSURDES = {
    str: st.sampled_from(TEXTES) | st.text(max_size=20),
    bool: st.booleans(),
    int: st.sampled_from(ENTIERS),
    Decimal: st.sampled_from([Decimal(0), Decimal(10**9), Decimal("-0.01"), Decimal("1867.02")]),
    date: st.sampled_from(JOURS) | st.dates(),
}
GENRES = {
    **dict.fromkeys(("mois_etranger", "heures_accueil", "duree_inscription", "experience", "tutorats"), int),
    **dict.fromkeys(("minimum_branche", "avantages_nature", "avantages_nature_ordinaires"), Decimal),
    **dict.fromkeys(("autorisation_travail", "precedent_meme_employeur", "precedent_obtenu", "moyens_attestes"), bool),
    **dict.fromkeys(("volontaire", "vaut_avenant"), bool),
    **dict.fromkeys(("interdiction_jusqu_au", "date_effet_avenant", "date_naissance"), date),
}


def absurde(champ):
    """A strategy of values of the type of that field, None included."""
    section, nom = champ.split(".")
    connu = VALEURS[section][nom]
    return st.none() | ABSURDES[GENRES.get(nom, str) if connu is None else type(connu)]


def quelques_absurdes(champs):
    """Absurd values for these fields only, so that the rules behind the other tests of a function are reached."""
    return st.fixed_dictionaries({champ: absurde(champ) for champ in champs})


QUELQUES = st.sets(st.sampled_from(CHAMPS), max_size=6).flatmap(quelques_absurdes)
dossiers_absurdes = st.fixed_dictionaries({champ: absurde(champ) for champ in CHAMPS})
CONTEXTES = [
    Contexte(jour=date(1, 1, 1)),
    Contexte(jour=date(9999, 12, 31), opco="AKTO", pieces=frozenset()),
    contexte_connu(
        certification=CERTIFICATION,
        autres_contrats=(AutreContrat("732829320", date(1, 1, 1), date(9999, 12, 31)),),
        noms_connus=("DURAND",),
        communes_naissance=("Paris 12e Arrondissement",),
        opco_idcc=("ATLAS",),
    ),
]


def test_factory_has_exactly_the_fields_of_the_sections():
    colonnes = {
        f"{section}.{nom}" for section, modele in SECTIONS.items() for nom in modele._meta.fields if nom != "dossier"
    }
    assert set(CHAMPS) == colonnes


def test_each_rule_of_the_law_has_a_function_or_a_reason():
    fonctions = {ligne.id for ligne in REGISTRE}
    assert sorted(fonctions | set(SANS_CONTROLE)) == sorted(IDS)
    assert not fonctions & set(SANS_CONTROLE)


def test_each_rule_has_its_two_examples():
    found = [ligne for ligne in REGISTRE if ligne.exemple]
    assert {ligne.id for ligne in found} == {ligne.id for ligne in REGISTRE}
    assert all(ligne.exemple.passe and ligne.exemple.declenche for ligne in found)


def test_register_is_well_formed():
    for ligne in REGISTRE:
        assert {ERREUR, ALERTE}.issuperset(ligne.niveaux)
        assert ligne.source
        assert ligne.doc.endswith("."), ligne.id
        assert ligne.sur in CHAMPS
        assert {*ligne.champs, *ligne.facultatifs} <= set(CHAMPS)
    assert len({(ligne.id, ligne.fonction) for ligne in REGISTRE}) == len(REGISTRE)


def test_each_module_of_rules_is_a_theme():
    assert {ligne.fonction.__module__ for ligne in REGISTRE} == {theme.__name__ for theme in THEMES}


def test_valid_dossier_has_no_constat():
    assert controler(dossier(), contexte_connu()) == []


def test_empty_dossier_has_no_constat():
    assert controler(dossier(dict.fromkeys(CHAMPS)), contexte_connu()) == []


def test_checking_one_field_runs_only_the_rules_that_name_it():
    d = dossier({"salarie.nir": "1", "contrat.duree_hebdo": 50 * 60})
    assert {constat.id for constat in controler(d, contexte_connu(), {"salarie.nir"})} == {"NIR-01"}
    assert "TPS-01" in {constat.id for constat in controler(d, contexte_connu(), {"contrat.duree_hebdo"})}
    assert controler(d, contexte_connu(), set()) == []


@given(dossiers_absurdes | QUELQUES, st.sampled_from(CONTEXTES))
@settings(max_examples=300, deadline=None)
def test_no_absurd_value_makes_a_rule_raise(changements, contexte):
    for constat in controler(dossier(changements), contexte):
        assert constat.message
        assert constat.niveau in (ERREUR, ALERTE)


@given(dossiers_absurdes, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_order_of_the_rules_is_irrelevant(changements, hasard):
    d, contexte = dossier(changements), contexte_connu()
    attendu = {(constat.id, constat.champ, constat.message) for constat in controler(d, contexte)}
    avant = list(REGISTRE)
    try:
        hasard.shuffle(REGISTRE)
        assert {(constat.id, constat.champ, constat.message) for constat in controler(d, contexte)} == attendu
    finally:
        REGISTRE[:] = avant


@given(dossiers_absurdes, dossiers_absurdes, st.booleans())
@settings(max_examples=100, deadline=None)
def test_a_rule_never_depends_on_a_field_that_it_does_not_name(changements, autres, valide):
    contexte = contexte_connu()
    base = {} if valide else changements
    reference = dossier(base)
    for ligne in REGISTRE:
        nommes = {*ligne.champs, *ligne.facultatifs, ligne.sur}
        reste = {champ: valeur for champ, valeur in autres.items() if champ not in nommes}
        changed = dossier({**base, **reste})
        assert appliquer([ligne], changed, contexte) == appliquer([ligne], reference, contexte), ligne.id


def constats_de_tout_genre():
    """Constats of many dossiers, each with a few fields changed, from a fixed seed."""
    hasard = random.Random(12434)  # noqa: S311 - a repeatable choice, no secret
    for _ in range(600):
        changements = {}
        for champ in hasard.sample(CHAMPS, 12):
            section, nom = champ.split(".")
            genre = type(VALEURS[section][nom]) if VALEURS[section][nom] is not None else GENRES.get(nom, str)
            choix = {str: TEXTES, bool: [True, False], int: ENTIERS, Decimal: [Decimal(0), Decimal(10**6)], date: JOURS}
            changements[champ] = hasard.choice([None, *choix[genre]])
        yield from controler(dossier(changements), contexte_connu())


def test_messages_are_typographic_french_and_honest():
    vus = set()
    for constat in constats_de_tout_genre():
        vus.add(constat.id)
        texte = constat.message
        assert not re.search(r"(?<!\u00a0)[:;!?»](?=\s|$)|« ", texte.replace("\u202f", "\u00a0")), texte
        assert "'" not in texte
        assert re.search(r"[.?)]$", texte), texte
        if constat.niveau == ALERTE and re.search("usage|à vérifier", constat.source):
            assert re.search(r"usage|vérifi", texte, re.IGNORECASE), texte
    assert len(vus) > 80


@pytest.mark.parametrize("champ", [champ for champ in CHAMPS if champ.startswith(("contrat.date", "contrat.salaire"))])
def test_each_constat_stands_on_a_field_that_its_rule_names(champ):
    d = dossier({champ: None})
    nommes = {(ligne.id, ligne.sur, ligne.champs) for ligne in REGISTRE}
    trouves = {(constat.id, constat.champ, constat.champs) for constat in controler(d, contexte_connu())}
    assert trouves <= nommes
