"""A draft is resumed from the mailed link: log in, then exactly the page, with what was not valid yet."""

import re

import pytest
from playwright.sync_api import expect

from models.liens import Lien
from tests.fabriques import un_compte, une_structure
from tests.navigateur.pages import arriver, connexion, controle, message, presser, saisir, se_connecter, un_brouillon

INVALIDE = "1 23 pas un numéro"


@pytest.fixture(scope="module")
def serveur(expediteur):
    return expediteur


@pytest.fixture
def camille(base):
    return un_compte(une_structure())


def lien_recu(page, boite):
    """The link of the mail, once it is there."""
    while not boite.recus:
        page.wait_for_timeout(50)
    text = boite.recus.pop().content.decode()
    return re.search(r"http://\S+/reprise/\S+", text.replace("=\r\n", ""))[0]


def test_the_mailed_link_comes_back_to_the_very_page(page_au_choix, ouvrir, camille, boite):
    page = page_au_choix
    connexion(page, camille)
    page.goto(f"/dossiers/{un_brouillon(camille).id}/salarie")
    saisir(page, "salarie-nir", INVALIDE)
    presser(page, "Sauvegarder", "Brouillon enregistré")
    expect(page.get_by_role("listitem").filter(has_text="NIR")).to_be_visible()
    saisir(page, "courriel", camille.courriel)
    page.get_by_role("button", name="Envoyer le lien par courriel").click()
    expect(page.get_by_text("Le lien part par courriel")).to_be_visible()
    link = lien_recu(page, boite)
    other = ouvrir()
    other.goto(link)
    arriver(other, "Ouvrir le lien")
    expect(other.locator("body")).not_to_contain_text("Salarié")
    other.get_by_role("link", name="Se connecter").click()
    se_connecter(other, camille)
    arriver(other, "Salarié(e)")
    expect(controle(other, "salarie-nir")).to_have_value(INVALIDE)
    expect(message(other, "salarie-nir")).to_contain_text("Erreur")
    assert link.rpartition("/")[2] not in other.url


def test_a_revoked_link_opens_nothing_and_says_what_to_do(page, ouvrir, camille):
    connexion(page, camille)
    dossier = un_brouillon(camille)
    page.goto(f"/dossiers/{dossier.id}/sauvegarde")
    page.get_by_role("button", name="Afficher un lien à copier").click()
    link = page.get_by_label("Lien à copier").input_value()
    page.get_by_role("button", name="Révoquer").click()
    expect(page.get_by_text("Le lien est révoqué")).to_be_visible()
    assert Lien.get(Lien.dossier == dossier).revoque_le is not None
    other = ouvrir()
    assert other.goto(link).status == 410
    arriver(other, "Ce lien ne fonctionne pas")


def test_a_link_is_copied_by_a_button(ouvrir, camille):
    page = ouvrir(permissions=["clipboard-read", "clipboard-write"])
    connexion(page, camille)
    page.goto(f"/dossiers/{un_brouillon(camille).id}/sauvegarde")
    page.get_by_role("button", name="Afficher un lien à copier").click()
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_role("button", name="Lien copié")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Lien à copier").input_value()
