"""Two people on one draft: the second is told and shown both versions; nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from tests.fabriques import relire, un_compte, une_structure
from tests.navigateur.pages import (
    arriver,
    connexion,
    controle,
    en_direct,
    message,
    presser,
    saisir,
    suivant,
    un_brouillon,
)


@pytest.fixture
def structure(base):
    return une_structure()


@pytest.fixture
def dossier(structure):
    return un_brouillon(un_compte(structure))


@pytest.fixture(params=["avec_js", "sans_js"])
def deux_pages(request, ouvrir, structure, dossier):
    """The page Salarié(e) of one draft, open before two people."""
    pages = [ouvrir(java_script_enabled=request.param == "avec_js") for _ in range(2)]
    for page in pages:
        connexion(page, un_compte(structure))
        page.goto(f"/dossiers/{dossier.id}/salarie")
    return pages


def test_the_second_is_told_and_shown_both_versions(deux_pages, dossier):
    premiere, seconde = deux_pages
    saisir(premiere, "contrat-emploi", "Commis de cuisine")
    suivant(premiere)
    arriver(premiere, "Synthèse")
    controle(seconde, "contrat-emploi").fill("Cheffe de rang")
    controle(seconde, "salarie-telephone").fill("pas un numéro")
    suivant(seconde)
    expect(seconde.get_by_role("heading", name="Cette page a été modifiée entre-temps")).to_be_visible()
    row = seconde.locator(".comparaison tr", has_text="Emploi occupé")
    expect(row).to_contain_text("Commis de cuisine")
    expect(row).to_contain_text("Cheffe de rang")
    expect(controle(seconde, "contrat-emploi")).to_have_value("Cheffe de rang")
    expect(controle(seconde, "salarie-telephone")).to_have_value("pas un numéro")
    assert relire(dossier)[1].contrat.emploi == "Commis de cuisine"
    presser(seconde, "Sauvegarder", "Brouillon enregistré")
    assert relire(dossier)[1].contrat.emploi == "Cheffe de rang"


def test_two_people_who_change_different_answers_keep_both(deux_pages, dossier, accessible):
    premiere, seconde = deux_pages
    expect(seconde.locator("#presences")).to_contain_text("est aussi sur cette page")
    saisir(premiere, "contrat-emploi", "Commis de cuisine")
    presser(premiere, "Sauvegarder", "Brouillon enregistré")
    saisir(seconde, "contrat-coefficient", "199")
    saisir(seconde, "salarie-telephone", "pas un numéro")
    if en_direct(seconde):  # a message that appears while the mouse is down moves the button away
        expect(message(seconde, "salarie-telephone")).to_contain_text("Erreur")
    suivant(seconde)
    expect(seconde.get_by_role("heading", name="Une erreur est à corriger")).to_be_visible()
    expect(controle(seconde, "contrat-emploi")).to_have_value("Commis de cuisine")
    expect(seconde.get_by_text("Modifié entre-temps par").first).to_be_visible()
    if en_direct(seconde):  # axe itself is a script
        accessible(seconde)
    saisir(seconde, "salarie-telephone", "06 12 34 56 78")
    suivant(seconde)
    arriver(seconde, "Synthèse")
    after = relire(dossier)[1].contrat
    assert (after.emploi, after.coefficient) == ("Commis de cuisine", "199")


def test_each_answer_that_differs_is_chosen_by_itself(deux_pages, dossier, accessible):
    premiere, seconde = deux_pages
    saisir(premiere, "contrat-emploi", "Commis de cuisine")
    saisir(premiere, "contrat-coefficient", "111")
    presser(premiere, "Sauvegarder", "Brouillon enregistré")
    controle(seconde, "contrat-emploi").fill("Cheffe de rang")
    controle(seconde, "contrat-coefficient").fill("222")
    suivant(seconde)
    expect(seconde.locator(".comparaison tbody tr")).to_have_count(2)
    if en_direct(seconde):  # axe itself is a script
        accessible(seconde)
    seconde.get_by_role("button", name="Prendre la réponse enregistrée : Emploi").click()
    expect(seconde.locator(".comparaison tbody tr")).to_have_count(1)
    expect(controle(seconde, "contrat-emploi")).to_have_value("Commis de cuisine")
    suivant(seconde)
    arriver(seconde, "Synthèse")
    after = relire(dossier)[1].contrat
    assert (after.emploi, after.coefficient) == ("Commis de cuisine", "222")


def test_the_live_check_tells_of_the_other_answer_and_keeps_ones_own(page, ouvrir, structure, dossier):
    autre = ouvrir()
    for each in (page, autre):
        connexion(each, un_compte(structure))
        each.goto(f"/dossiers/{dossier.id}/salarie")
    saisir(autre, "contrat-emploi", "Commis de cuisine")
    presser(autre, "Sauvegarder", "Brouillon enregistré")
    saisir(page, "contrat-emploi", "Cheffe de rang")
    expect(page.locator("#enregistrement")).to_contain_text("une autre réponse vient d’être enregistrée")
    expect(controle(page, "contrat-emploi")).to_have_value("Cheffe de rang")
    page.reload()
    expect(page.locator(".comparaison")).to_contain_text("Commis de cuisine")
    expect(controle(page, "contrat-emploi")).to_have_value("Cheffe de rang")


def test_an_open_page_learns_by_itself_who_came_and_what_was_saved(page, ouvrir, structure, dossier):
    connexion(page, un_compte(structure))
    un_compte(structure)
    page.goto(f"/dossiers/{dossier.id}/salarie")
    autre = ouvrir()
    connexion(autre, un_compte(structure, prenom="Bernard"))
    autre.goto(f"/dossiers/{dossier.id}/salarie")
    saisir(autre, "contrat-emploi", "Commis de cuisine")
    presser(autre, "Sauvegarder", "Brouillon enregistré")
    controle(page, "contrat-coefficient").fill("tapé")
    page.locator("#presences").dispatch_event("reveil")
    expect(page.locator("#presences")).to_contain_text("Bernard Démo-Fictif")
    expect(page.locator("#presences")).to_contain_text("Emploi occupé")
    expect(controle(page, "contrat-coefficient")).to_have_value("tapé")


def test_a_page_that_is_too_long_keeps_its_text(page, structure, dossier):
    connexion(page, un_compte(structure))
    page.goto(f"/dossiers/{dossier.id}/synthese")
    text = "très long " * 110_000
    controle(page, "commentaire").evaluate("(zone, texte) => { zone.value = texte }", text)
    suivant(page)
    expect(page.locator("#enregistrement")).to_contain_text("dépasse ce que le portail accepte")
    assert controle(page, "commentaire").input_value() == text
