"""Mes dossiers in the browser: live search, the gear by keyboard, a narrow screen, axe."""

import pytest
from playwright.sync_api import expect

from tests.fabriques import un_compte, un_dossier, une_structure
from tests.navigateur.pages import arriver, connexion


@pytest.fixture
def camille(base):
    structure = une_structure()
    compte = un_compte(structure)
    for nom in ("Béranger", "Abadie"):
        un_dossier(structure, compte, changements={"salarie.nom_naissance": nom})
    return compte


@pytest.mark.parametrize("width", [360, 1280])
def test_the_list_is_searched_while_one_types_and_read_by_everybody(ouvrir, camille, accessible, width):
    page = ouvrir(viewport={"width": width, "height": 800})
    connexion(page, camille)
    page.goto("/dossiers")
    expect(page.locator("#resultats tbody tr")).to_have_count(2)
    page.get_by_label("Salarié(e)").press_sequentially("beran")
    expect(page.locator("#resultats tbody tr")).to_have_count(1)
    expect(page).to_have_url("/dossiers?salarie=beran")
    expect(page.get_by_label("Salarié(e)")).to_be_focused()
    page.locator(".rouage summary").press("Enter")
    expect(page.locator(".rouage").get_by_role("button", name="Dupliquer")).to_be_visible()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_draft_is_duplicated_from_the_gear_with_and_without_javascript(page_au_choix, camille):
    page = page_au_choix
    connexion(page, camille)
    page.goto("/dossiers?tri=salarie&salarie=abadie")
    page.locator(".rouage summary").first.click()
    page.locator(".rouage").first.get_by_role("button", name="Dupliquer").click()
    arriver(page, "Employeur")
