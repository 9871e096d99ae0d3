"""One page over the sections: what it asks, what it keeps, what it empties, what it says."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.fields import EMPLOYEUR, ORGANISME
from forms.page import Page
from forms.steps import CHAMPS, ESSENTIELS, ETAPES, PAR_SLUG
from models.contenu import vide
from tests.dossiers_types import CONTRATS, INTERIM, JEUNE

CONTROLES = [champ.replace(".", "-") for champ in CHAMPS]
textes = st.text(max_size=20) | st.sampled_from(
    ["oui", "non", "1", "30", "travail_temporaire", "8", "2026-12-01", "\x00"]
)
tapes = st.dictionaries(st.sampled_from(CONTROLES), st.lists(textes, min_size=1, max_size=2), max_size=40)


def tape(texts):
    return {name: [text] for name, text in texts.items()}


def page(slug, texts=None, avant=None, pour=EMPLOYEUR):
    return Page(PAR_SLUG[slug], avant or vide(), None if texts is None else tape(texts), pour)


def rempli(contrat=JEUNE):
    """The sections once all pages of `contrat` were typed."""
    d = page("type-contrat", {"contrat-type_contrat": "11"}).apres
    for slug, texts in contrat.items():
        d = page(slug, texts, d).apres
    return d


def sections(d):
    return {name: dict(vars(section)) for name, section in vars(d).items()}


@pytest.mark.parametrize("nom", CONTRATS)
def test_a_complete_contract_is_read_without_a_refusal_or_a_gap(nom):
    d = page("type-contrat", {"contrat-type_contrat": "11"}).apres
    for slug, texts in CONTRATS[nom].items():
        typed = page(slug, texts, d)
        assert (typed.refuses, typed.manquants()) == ([], [])
        assert {name for name, text in texts.items() if text} <= {f.name for f in typed.demandes.values()}
        d = typed.apres


def test_a_page_shown_from_the_sections_changes_nothing():
    d = rempli()
    for etape in ETAPES:
        shown = Page(etape, d)
        assert (shown.changements(), shown.refuses) == ({}, [])


def test_what_stands_in_the_controls_reads_back_the_same():
    d = rempli(INTERIM)
    for slug in JEUNE:
        again = Page(PAR_SLUG[slug], d, page(slug, None, d).saisies())
        assert (again.changements(), again.refuses) == ({}, [])


def test_the_sections_given_are_not_touched():
    d = rempli()
    before = sections(d)
    page("salarie", {"salarie-prenom": "Autre"}, d)
    assert sections(d) == before


def test_two_pages_share_nothing():
    first = page("salarie", {"salarie-prenom": "\x00", "salarie-nom_naissance": "Un"})
    second = page("salarie", {"salarie-prenom": "Deux"})
    assert [c.champ for c in first.refuses] == ["salarie.prenom"]
    assert second.refuses == []
    assert first.demandes["salarie.nom_naissance"].data == "Un"
    assert second.demandes["salarie.nom_naissance"].data is None
    external = page("formation", {"formation-service_interne": "oui"}).demandes["formation.organisme_nda"]
    assert (external.requis, page("formation").demandes["formation.organisme_nda"].requis) == (False, True)


def test_a_refused_text_leaves_the_stored_value_and_stands_as_typed():
    d = rempli()
    typed = page("salarie", JEUNE["salarie"] | {"salarie-date_naissance": "31/02/2006", "salarie-prenom": "Zoé"}, d)
    assert typed.changements() == {"salarie": {"prenom": "Zoé"}}
    assert typed.saisies()["salarie-date_naissance"] == ["31/02/2006"]
    assert [c.champ for c in typed.refuses] == ["salarie.date_naissance"]
    assert "salarie.date_naissance" not in [c.champ for c in typed.manquants()]


def test_a_cleared_field_is_emptied_and_missing():
    typed = page("salarie", JEUNE["salarie"] | {"salarie-voie": " "}, rempli())
    assert typed.changements() == {"salarie": {"voie": None}}
    assert [c.champ for c in typed.manquants()] == ["salarie.voie"]


def test_an_empty_post_is_a_post():
    typed = Page(PAR_SLUG["salarie"], rempli(), {})
    assert typed.apres.salarie.nom_naissance is None
    assert typed.manquants()


def test_an_unticked_box_is_unticked():
    texts = {name: text for name, text in JEUNE["salarie"].items() if name != "tuteur-attestation"}
    typed = page("salarie", texts, rempli())
    assert typed.apres.tuteur.attestation is False
    assert [c.champ for c in typed.manquants()] == ["tuteur.attestation"]


def test_an_answer_decides_what_is_asked_after_it_on_the_same_page():
    asked = page("salarie", {"salarie-inscrit_france_travail": "oui"}).demandes
    assert {"salarie.numero_france_travail", "salarie.duree_inscription"} <= asked.keys()
    assert "salarie.numero_france_travail" not in page("salarie", {"salarie-inscrit_france_travail": "non"}).demandes


def test_what_is_hidden_is_not_kept_even_when_it_is_sent():
    texts = JEUNE["salarie"] | {"salarie-inscrit_france_travail": "non", "salarie-numero_france_travail": "1234567A"}
    typed = page("salarie", texts)
    assert typed.apres.salarie.numero_france_travail is None
    assert "salarie-numero_france_travail" not in typed.saisies()


def test_what_another_page_no_longer_asks_is_emptied():
    d = rempli(INTERIM)
    assert d.tuteur_utilisatrice.nom == "Durand"
    d.employeur.forme = "ordinaire"
    changed = page("salarie", INTERIM["salarie"] | {"contrat-nature": "cdd"}, d).changements()
    assert changed["tuteur_utilisatrice"]["nom"] is None
    d.contrat.type_contrat, d.contrat.date_effet_avenant = "30", date(2026, 12, 1)
    changed = page("type-contrat", {"contrat-type_contrat": "11"}, d).changements()
    assert changed["contrat"] == {"type_contrat": "11", "date_effet_avenant": None}


def test_only_columns_of_the_page_or_conditional_ones_change():
    changed = page("type-contrat", {"contrat-type_contrat": "21", "salarie-prenom": "Zoé"}, rempli()).changements()
    assert changed == {"contrat": {"type_contrat": "21"}}


def test_each_missing_answer_says_what_to_do_once():
    missing = page("salarie", {}).manquants()
    assert len({c.champ for c in missing}) == len(missing)
    words = {c.champ: c.message for c in missing}
    assert words["tuteur.attestation"] == "Cochez cette case pour continuer."
    assert words["salarie.nationalite"] == "Choisissez une valeur dans la liste."
    assert words["salarie.sexe"] == "Choisissez une réponse."
    assert words["contrat.date_debut"] == "Indiquez la date."
    assert "salarie.nom_usage" not in words


def test_an_organisme_is_not_asked_and_cannot_write_what_is_reserved():
    texts = JEUNE["formation"] | {"formation-service_interne": "oui"}
    d = rempli()
    typed = page("formation", texts, d, ORGANISME)
    reserved = {champ for champ, declaration in CHAMPS.items() if declaration.field.reserve}
    assert reserved & typed.demandes.keys() == set()
    assert typed.apres.formation.service_interne is d.formation.service_interne
    pay = page("salarie", JEUNE["salarie"] | {"contrat-salaire": "1"}, d, ORGANISME)
    assert pay.apres.contrat.salaire == d.contrat.salaire


def test_an_organisme_must_answer_the_essential_only():
    missing = {c.champ for slug in JEUNE for c in page(slug, {}, pour=ORGANISME).manquants()}
    assert missing <= set(ESSENTIELS)


@settings(max_examples=60, deadline=None)
@given(etape=st.sampled_from(ETAPES), typed=tapes)
def test_any_text_is_read_kept_and_shown_again(etape, typed):
    d = rempli()
    shown = Page(etape, d, typed)
    refused = {c.champ for c in shown.refuses}
    assert refused <= shown.demandes.keys()
    changed = {f"{section}.{column}" for section, values in shown.changements().items() for column in values}
    assert refused & changed == set()
    again = Page(etape, d, shown.saisies())
    assert again.saisies() == shown.saisies()
    assert (again.changements(), {c.champ for c in again.refuses}) == (shown.changements(), refused)
    hidden = [c for c, declaration in CHAMPS.items() if not declaration.demande(shown.apres)]
    assert [champ for champ in hidden if shown.apres.valeur(champ) not in (None, False)] == []
