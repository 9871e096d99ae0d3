"""The session ends in the middle of a page: nothing typed is lost, and the very POST that failed is sent again."""

import re

import pytest
from playwright.sync_api import expect

from models.saisie import Saisie
from models.sessions import fermer_toutes
from tests.fabriques import MOT_DE_PASSE, relire, un_compte, une_structure
from tests.navigateur.pages import arriver, connexion, presser, saisir, suivant, un_brouillon

EMPLOI = "Cuisinier d’Île-de-Nœud & « pâtissier »"


@pytest.fixture
def camille(base):
    return un_compte(une_structure())


@pytest.fixture
def dossier(camille):
    return un_brouillon(camille)


def ouvrir_salarie(page, camille, dossier):
    connexion(page, camille)
    page.goto(f"/dossiers/{dossier.id}/salarie")


def identifier(page, camille, mot, bouton):
    saisir(page, "connexion-courriel", camille.courriel)
    saisir(page, "connexion-mot_de_passe", mot)
    page.get_by_role("button", name=bouton).click()


def test_banner_takes_the_session_up_and_the_button_is_pressed_again(page, camille, dossier, accessible):
    ouvrir_salarie(page, camille, dossier)
    fermer_toutes(camille)
    saisir(page, "contrat-emploi", EMPLOI)
    page.get_by_role("button", name="Sauvegarder", exact=True).click()
    banner = page.locator("#session")
    expect(banner).to_contain_text("Votre session est terminée")
    expect(page.locator('[name="contrat-emploi"]')).to_have_value(EMPLOI)
    accessible(page)
    identifier(page, camille, "faux", "Se reconnecter")
    expect(banner).to_contain_text("incorrect")
    identifier(page, camille, MOT_DE_PASSE, "Se reconnecter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Brouillon enregistré")
    assert relire(dossier)[1].contrat.emploi == EMPLOI


def test_the_page_goes_on_by_itself_after_the_login_in_place(page, camille):
    draft = un_brouillon(camille)
    ouvrir_salarie(page, camille, draft)
    fermer_toutes(camille)
    saisir(page, "contrat-emploi", EMPLOI)
    expect(page.locator("#enregistrement")).to_contain_text("pas encore gardé")
    suivant(page)
    expect(page.locator("#session")).to_contain_text("Votre session est terminée")
    identifier(page, camille, MOT_DE_PASSE, "Se reconnecter")
    arriver(page, "Synthèse")
    expect(page).to_have_url(re.compile("/synthese$"))
    expect(page.locator("#session")).to_contain_text("Vous êtes reconnecté")
    assert relire(draft)[1].contrat.emploi == EMPLOI


def test_late_check_spares_the_password_half_typed(page, camille, dossier):
    ouvrir_salarie(page, camille, dossier)
    fermer_toutes(camille)
    save = page.get_by_role("button", name="Sauvegarder", exact=True)
    save.click()
    secret = page.locator('[name="connexion-mot_de_passe"]')
    secret.fill("à moitié")
    expect(save).to_be_enabled()  # the request that failed is over: what is typed now is checked by one of its own
    with page.expect_response("**/controle") as check:
        saisir(page, "contrat-emploi", EMPLOI)
        secret.focus()
    assert check.value.status == 401
    expect(secret).to_have_value("à moitié")
    identifier(page, camille, MOT_DE_PASSE, "Se reconnecter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Brouillon enregistré")


def test_without_script_everything_typed_comes_back(page_sans_js, camille, dossier):
    page = page_sans_js
    ouvrir_salarie(page, camille, dossier)
    fermer_toutes(camille)
    saisir(page, "contrat-emploi", EMPLOI)
    saisir(page, "salarie-nir", "pas un numéro")
    presser(page, "Sauvegarder", "Reconnectez-vous pour continuer")
    identifier(page, camille, "faux", "Se connecter et continuer")
    expect(page.locator("#bilan-erreurs")).to_be_visible()
    identifier(page, camille, MOT_DE_PASSE, "Se connecter et continuer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Brouillon enregistré")
    assert relire(dossier)[1].contrat.emploi == EMPLOI
    (kept,) = Saisie.select().where(Saisie.dossier == dossier)
    assert kept.valeurs["salarie-nir"] == ["pas un numéro"]
    assert MOT_DE_PASSE not in str(kept.valeurs)


def test_replay_page_is_accessible(page, camille, dossier, accessible):
    ouvrir_salarie(page, camille, dossier)
    fermer_toutes(camille)
    page.evaluate("document.querySelector('form.saisie').submit()")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reconnectez-vous pour continuer")
    accessible(page)
