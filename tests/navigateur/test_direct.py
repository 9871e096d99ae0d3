"""What htmx makes live: checks beside the fields, dependent fields, searches, and a button pressed twice."""

import re

import pytest
from playwright.sync_api import expect

from models.dossier import Dossier
from models.saisie import Saisie
from tests.dossiers_types import JEUNE
from tests.fabriques import un_compte, une_structure
from tests.navigateur.pages import (
    arriver,
    choisir_type,
    connexion,
    controle,
    message,
    remplir,
    saisir,
    suivant,
    un_brouillon,
)


@pytest.fixture
def camille(base):
    return un_compte(une_structure())


@pytest.fixture
def dossier(camille):
    return un_brouillon(camille)


@pytest.fixture
def salarie(page, camille, dossier):
    """The page « Salarié(e) », open."""
    connexion(page, camille)
    page.goto(f"/dossiers/{dossier.id}/salarie")
    return page


def retenir(page, motif):
    """Hold back the requests to `motif`; answers those held, and the function that lets them all go."""
    held, free = [], []
    page.route(motif, lambda route: route.continue_() if free else held.append(route))

    def lacher():
        free.append(True)
        for route in held:
            route.continue_()

    return held, lacher


def test_message_beside_the_field_after_it_is_left(salarie):
    controle(salarie, "salarie-nir").fill("1 23")
    expect(message(salarie, "salarie-nir")).to_be_empty()
    salarie.keyboard.press("Tab")
    expect(message(salarie, "salarie-nir")).to_contain_text("Erreur")
    expect(salarie.locator("#enregistrement")).to_contain_text("Votre saisie est gardée")
    saisir(salarie, "salarie-nir", JEUNE["salarie"]["salarie-nir"])
    expect(message(salarie, "salarie-nir")).not_to_contain_text("caractères")


def test_what_is_typed_during_a_check_stays(salarie):
    _, lacher = retenir(salarie, "**/controle")
    controle(salarie, "salarie-nir").fill("1 23")
    emploi = controle(salarie, "contrat-emploi")
    with salarie.expect_request("**/controle"):
        emploi.fill("")
    emploi.press_sequentially("Comm")
    lacher()
    expect(message(salarie, "salarie-nir")).to_contain_text("Erreur")
    emploi.press_sequentially("is")
    expect(emploi).to_have_value("Commis")
    expect(emploi).to_be_focused()


def test_an_answer_between_pressing_and_releasing_moves_no_button(salarie):
    saisir(salarie, "contrat-salaire", "300")
    expect(message(salarie, "contrat-salaire")).to_contain_text("Erreur")
    _, lacher = retenir(salarie, "**/controle")
    salarie.locator(".boutons").get_by_role("button", name="Suivant").scroll_into_view_if_needed()
    controle(salarie, "contrat-salaire").fill("2 500,00")
    salarie.locator(".boutons").get_by_role("button", name="Suivant").hover()
    with salarie.expect_request("**/controle"):
        salarie.mouse.down()
    with salarie.expect_response("**/controle"):
        lacher()
    salarie.wait_for_timeout(200)
    expect(message(salarie, "contrat-salaire")).to_contain_text("Erreur")
    salarie.mouse.up()
    arriver(salarie, "Synthèse")


def test_answers_come_once_the_pointer_is_up(salarie):
    _, lacher = retenir(salarie, "**/controle")
    controle(salarie, "contrat-salaire").fill("300")
    salarie.get_by_role("heading", level=1).locator("xpath=following::label[1]").hover()
    with salarie.expect_request("**/controle"):
        salarie.mouse.down()
    salarie.mouse.move(5, 5)
    lacher()
    salarie.mouse.up()
    expect(message(salarie, "contrat-salaire")).to_contain_text("Erreur")


def test_dependent_fields_come_and_go(salarie, dossier):
    numero = controle(salarie, "salarie-numero_france_travail")
    saisir(salarie, "salarie-inscrit_france_travail", "non")
    expect(numero).to_have_count(0)
    saisir(salarie, "salarie-inscrit_france_travail", "oui")
    saisir(salarie, "salarie-numero_france_travail", "1234567A")
    saisir(salarie, "contrat-nature", "travail_temporaire")
    expect(salarie.get_by_text("Tuteur de l’entreprise utilisatrice", exact=True)).to_be_visible()
    expect(numero).to_have_value("1234567A")
    saisir(salarie, "contrat-nature", "cdd")
    expect(controle(salarie, "tuteur_utilisatrice-nom")).to_have_count(0)
    saisir(salarie, "salarie-inscrit_france_travail", "non")
    expect(numero).to_have_count(0)


def test_the_legal_minimum_follows_the_pay(salarie):
    saisir(salarie, "contrat-salaire", "300")
    expect(message(salarie, "contrat-salaire")).to_contain_text("Erreur")
    expect(salarie.locator("#contrat-salaire-calcul")).to_contain_text("Minimum légal")
    saisir(salarie, "contrat-salaire", "2 500,00")
    expect(message(salarie, "contrat-salaire")).to_be_empty()


def test_a_page_left_by_next_shows_its_top(salarie):
    suivant(salarie)
    arriver(salarie, "Synthèse")
    expect(salarie.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(salarie.get_by_role("heading", level=1)).to_be_focused()
    expect(salarie).to_have_title(re.compile("^Synthèse"))


def test_errors_are_listed_on_top_and_lead_to_their_field(salarie, accessible):
    saisir(salarie, "contrat-emploi", "")
    saisir(salarie, "salarie-nir", "1 23")
    suivant(salarie)
    heading = salarie.get_by_role("heading", name=re.compile("erreurs? (est|sont) à corriger"))
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    expect(salarie).to_have_url(re.compile("/salarie$"))
    accessible(salarie)
    words = message(salarie, "salarie-nir").inner_text().partition(":")[2].partition("(")[0].strip()
    expect(salarie.locator(".bilan.erreur")).to_contain_text(words)
    salarie.locator(".bilan.erreur").get_by_role("link", name=re.compile("^Numéro de sécurité sociale")).click()
    expect(controle(salarie, "salarie-nir")).to_be_focused()


def test_the_list_shows_what_was_typed_last(page, camille):
    connexion(page, camille)
    choisir_type(page)
    search = page.get_by_label("Rechercher l’établissement")
    held, lacher = retenir(page, "**/recherche/etablissements?*=fictif")
    with page.expect_request("**/recherche/etablissements?*=fictif"):
        search.press_sequentially("fictif")
    search.press_sequentially(" bord")
    results = page.locator(".resultat")
    expect(results.first).to_contain_text("Bord", ignore_case=True)
    shown = results.all_inner_texts()
    lacher()
    with page.expect_response("**/recherche/etablissements?*bordeaux"):
        search.press_sequentially("eaux")
    assert held
    expect(results).to_have_text(shown, use_inner_text=True)
    results.first.click()
    expect(controle(page, "employeur-siret")).to_have_value(re.compile(r"\d{9}"))
    expect(controle(page, "employeur-commune")).to_have_value(re.compile("Bordeaux", re.IGNORECASE))


def test_choosing_a_certification_fills_the_page(page, camille, dossier):
    connexion(page, camille)
    page.goto(f"/dossiers/{dossier.id}/formation")
    page.get_by_label("Rechercher la certification").press_sequentially("RNCP38362", delay=10)
    page.locator("#resultats-certifications .resultat").first.click()
    expect(controle(page, "formation-rncp")).to_have_value("RNCP38362")
    expect(controle(page, "formation-intitule")).to_have_value("Management commercial opérationnel")


def test_a_suggested_code_is_offered_while_typing(page, camille, dossier):
    connexion(page, camille)
    page.goto(f"/dossiers/{dossier.id}/employeur")
    controle(page, "employeur-commune").fill("")
    controle(page, "employeur-commune").press_sequentially("Borde", delay=10)
    expect(page.locator("#employeur-commune-suggestions option[value=Bordeaux]")).to_have_count(1)


def test_two_clicks_make_one_dossier(page_au_choix, camille):
    page = page_au_choix
    connexion(page, camille)
    choisir_type(page)
    remplir(page, JEUNE["employeur"])
    page.locator(".boutons").get_by_role("button", name="Suivant").dblclick()
    arriver(page, "Formation")
    assert Dossier.select().where(Dossier.cree_par == camille).count() == 1


def test_two_clicks_on_a_later_page_go_on_without_a_quarrel(page_au_choix, camille, dossier):
    page = page_au_choix
    connexion(page, camille)
    page.goto(f"/dossiers/{dossier.id}/formation")
    saisir(page, "formation-frais_annexes", "251")
    page.locator(".boutons").get_by_role("button", name="Suivant").dblclick()
    arriver(page, "Salarié(e)")
    assert Saisie.select().where(Saisie.dossier == dossier, Saisie.etape == "formation").count() == 0


def test_a_filed_contract_is_filed_once(page_au_choix, camille, dossier):
    page = page_au_choix
    connexion(page, camille)
    page.goto(f"/dossiers/{dossier.id}/soumission")
    page.locator(".boutons").get_by_role("button", name="Générer le CERFA").dblclick()
    arriver(page, "Pièces")
    assert Dossier.get_by_id(dossier.id).etat == "soumis"
