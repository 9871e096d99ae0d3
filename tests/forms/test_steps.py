"""The pages, declared once: what stands where, and under which condition."""

from types import SimpleNamespace

import pytest

from forms.fields import Case, Choix, OuiNon, toujours
from forms.steps import CHAMPS, CONDITIONNELS, ETAPES, PAR_SLUG
from models.contenu import vide
from models.listes import RETIRES
from models.sections import SECTIONS
from tests.dossiers_types import CONTRATS, SIGNATURE

RESERVES = {
    "formation.service_interne",
    "formation.moyens_attestes",
    "formation.paiement_direct",
    "tuteur.attestation",
    "contrat.salaire",
}


def sections(**changements):
    d = vide()
    for champ, value in changements.items():
        section, _, column = champ.partition("__")
        setattr(getattr(d, section), column, value)
    return d


def demande(champ, **changements):
    return CHAMPS[champ].demande(sections(**changements))


def test_the_pages_come_in_the_order_of_the_guide():
    assert [etape.slug for etape in ETAPES] == [
        "type-contrat",
        "employeur",
        "formation",
        "salarie",
        "conclusion",
        "synthese",
        "soumission",
    ]
    assert PAR_SLUG.keys() == {etape.slug for etape in ETAPES}


def test_no_control_stands_on_two_pages():
    names = [field.name for etape in ETAPES for p in etape.parties for field in p.form(prefix=p.section).champs()]
    assert len(names) == len(set(names)) == len(CHAMPS)


def test_the_salarie_comes_in_the_order_of_the_guide():
    """The person, the situation, the tutors, the contract; its nature before them: it asks for the second one."""
    order = [partie.form.__name__ for partie in PAR_SLUG["salarie"].parties]
    assert order == [
        *("Identite", "Adresse", "Situation", "Handicap", "Nature", "Tuteur", "TuteurUtilisatrice"),
        *("Precedent", "Emploi", "Dates", "Remuneration"),
    ]


def test_no_two_questions_have_the_same_name_away_from_their_page():
    assert CHAMPS["tuteur.nom"].intitule == "Nom (Tuteur au sein de l’établissement)"
    assert CHAMPS["salarie.nir"].intitule == CHAMPS["salarie.nir"].field.label.text
    assert len({d.intitule for d in CHAMPS.values()}) == len(CHAMPS)


def test_every_field_has_its_column_of_the_right_kind():
    for champ, d in CHAMPS.items():
        section, _, column = champ.partition(".")
        field = getattr(SECTIONS[section], column)
        boolean = type(field).__name__ in ("BooleanField", "OuiNonChiffre")
        assert boolean == isinstance(d.field, OuiNon | Case), champ


def test_a_code_fits_in_its_column():
    for champ, d in CHAMPS.items():
        section, _, column = champ.partition(".")
        room = getattr(getattr(SECTIONS[section], column), "max_length", None)
        if room and isinstance(d.field, Choix) and not isinstance(d.field, OuiNon):
            assert max(map(len, d.field.liste)) <= room, champ
        elif room and d.field.max and not isinstance(d.field, OuiNon) and type(d.field).__module__ == "forms.fields":
            assert d.field.max <= room, champ


def test_what_an_organisme_may_not_enter_is_what_the_guide_says():
    assert {champ for champ, d in CHAMPS.items() if d.field.reserve} == RESERVES
    assert {d.field.reserve for d in CHAMPS.values()} == {None, "employeur"}


def test_the_typed_contracts_use_controls_that_exist():
    names = {champ.replace(".", "-") for champ in CHAMPS}
    for contrat in CONTRATS.values():
        for slug, texts in contrat.items():
            assert texts.keys() <= names
            assert {CHAMPS[name.replace("-", ".", 1)].etape.slug for name in texts} == {slug}
    assert SIGNATURE.keys() <= names


@pytest.mark.parametrize(
    ("champ", "oui", "non"),
    [
        ("employeur.numero_urssaf", {"employeur__particulier_employeur": True}, {}),
        ("employeur.siret", {}, {"employeur__particulier_employeur": True}),
        ("employeur.naf", {}, {"employeur__particulier_employeur": True}),
        ("employeur.second_siret", {"contrat__type_contrat": "12"}, {"contrat__type_contrat": "11"}),
        ("formation.numero_projet", {"formation__type_qualification": "8"}, {"formation__type_qualification": "1"}),
        ("formation.rncp", {"formation__type_qualification": "2"}, {"formation__type_qualification": "3"}),
        ("formation.moyens_attestes", {"formation__service_interne": True}, {"formation__service_interne": False}),
        ("salarie.autorisation_travail", {"salarie__nationalite": "hors_ue"}, {"salarie__nationalite": "ue"}),
        ("salarie.numero_france_travail", {"salarie__inscrit_france_travail": True}, {}),
        ("salarie.second_cycle_valide", {"salarie__diplome": "60"}, {"salarie__diplome": "59"}),
        ("salarie.equivalence_jeunes", {"salarie__rqth": False}, {"salarie__rqth": True}),
        ("salarie.extension_boe", {"salarie__rqth": False}, {}),
        ("contrat.precedent_numero", {"contrat__type_contrat": "30"}, {"contrat__type_contrat": "11"}),
        ("contrat.precedent_rncp", {"contrat__type_contrat": "21"}, {"contrat__type_contrat": "30"}),
        ("contrat.date_effet_avenant", {"contrat__type_contrat": "30"}, {"contrat__type_contrat": "21"}),
        ("contrat.nature", {}, {"contrat__vaut_avenant": True}),
        ("contrat.vaut_avenant", {"formation__type_qualification": "8"}, {}),
        ("tuteur_utilisatrice.nom", {"contrat__nature": "travail_temporaire"}, {"contrat__nature": "cdd"}),
        ("tuteur_utilisatrice.nom", {"employeur__forme": "geiq"}, {"employeur__forme": "ordinaire"}),
        (
            "tuteur_utilisatrice.naf",
            {"contrat__nature": "travail_temporaire", "formation__type_qualification": "8"},
            {"contrat__nature": "travail_temporaire"},
        ),
    ],
)
def test_a_conditional_field_is_asked_when_the_sheet_says(champ, oui, non):
    assert demande(champ, **oui)
    assert not demande(champ, **non)
    assert champ in CONDITIONNELS


def test_a_field_without_condition_is_always_asked():
    always = {champ for champ, d in CHAMPS.items() if d.field.si is toujours and d.partie.si is toujours}
    assert always == CHAMPS.keys() - CONDITIONNELS
    assert all(CHAMPS[champ].demande(SimpleNamespace()) for champ in always)


def test_dead_codes_are_codes():
    for column, dead in RETIRES.items():
        (field,) = (d.field for champ, d in CHAMPS.items() if champ.endswith(f".{column}"))
        assert dead <= field.liste.keys()
        assert field.retires == dead
