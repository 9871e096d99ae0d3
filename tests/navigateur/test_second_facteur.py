"""The second factor in a browser: put on, asked at the login and beside a page, with and without JavaScript."""

import time

import pytest
from playwright.sync_api import expect

from models.second_facteur import PAS, SecondFacteur, activer, code_du_pas, preparer
from models.sessions import fermer_toutes
from tests.fabriques import MOT_DE_PASSE, relire, un_compte, une_structure
from tests.navigateur.pages import arriver, connexion, en_direct, saisir, un_brouillon


@pytest.fixture
def camille(base):
    return un_compte(une_structure())


def code(secret):
    return code_du_pas(secret, int(time.time()) // PAS)


def oublier_le_dernier(compte):
    """Nobody waits thirty seconds for the next code in a test."""
    SecondFacteur.update(dernier_pas=0).where(SecondFacteur.compte == compte.id).execute()


@pytest.fixture
def accessible(page_au_choix, accessible):
    """axe is a script: without JavaScript it would wait for ever."""
    return lambda page: accessible(page) if en_direct(page) else None


def test_it_is_put_on_and_then_asked_for(page_au_choix, camille, accessible):
    page = page_au_choix
    connexion(page, camille)
    page.get_by_role("link", name="Mon compte").click()
    page.get_by_role("link", name="Second facteur").click()
    page.get_by_role("button", name="Installer le second facteur").click()
    arriver(page, "Installer le second facteur")
    expect(page.locator("figure.qr svg")).to_be_visible()
    accessible(page)
    secret = page.locator("#cle-secrete").inner_text().replace(" ", "")
    page.get_by_label("Mot de passe actuel").fill(MOT_DE_PASSE)
    page.get_by_label("Code à usage unique").fill(code(secret))
    page.get_by_role("button", name="Protéger mon compte").dblclick(delay=80)
    arriver(page, "Vos codes de secours")
    accessible(page)
    secours = page.locator(".codes code").all_inner_texts()
    page.get_by_role("link", name="Je les ai notés, continuer").click()
    page.get_by_role("button", name="Se déconnecter").click()
    for answer in (lambda: code(secret), lambda: secours[0]):
        oublier_le_dernier(camille)
        saisir(page, "connexion-courriel", camille.courriel)
        saisir(page, "connexion-mot_de_passe", MOT_DE_PASSE)
        page.get_by_role("button", name="Se connecter").click()
        arriver(page, "Code de connexion")
        accessible(page)
        page.get_by_label("Code à usage unique").fill(answer())
        page.get_by_role("button", name="Se connecter").click()
        arriver(page, "Accueil")
        page.get_by_role("button", name="Se déconnecter").click()


def test_beside_a_page_both_steps_are_asked_and_the_button_is_pressed_again(page, camille):
    draft = un_brouillon(camille)
    connexion(page, camille)
    page.goto(f"/dossiers/{draft.id}/salarie")
    secret = preparer(camille)
    activer(camille, code(secret), "", "cle")
    oublier_le_dernier(camille)
    fermer_toutes(camille)
    saisir(page, "contrat-emploi", "Pâtissier")
    page.get_by_role("button", name="Sauvegarder", exact=True).click()
    banner = page.locator("#session")
    expect(banner).to_contain_text("Votre session est terminée")
    saisir(page, "connexion-courriel", camille.courriel)
    saisir(page, "connexion-mot_de_passe", MOT_DE_PASSE)
    page.get_by_role("button", name="Se reconnecter").click()
    expect(banner).to_contain_text("Votre mot de passe est bon")
    banner.get_by_label("Code à usage unique").fill(code(secret))
    page.get_by_role("button", name="Se reconnecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Brouillon enregistré")
    assert relire(draft)[1].contrat.emploi == "Pâtissier"
