"""Mes dossiers in the browser: live search, gear and several lines by keyboard alone, a narrow screen, axe."""

import pytest
from playwright.sync_api import expect

from models.dossier import Dossier
from tests.fabriques import un_compte, un_dossier, une_structure
from tests.navigateur.pages import arriver, connexion, un_nir


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
    assert "beran" not in page.url
    expect(page.get_by_label("Salarié(e)")).to_be_focused()
    page.reload()
    expect(page.locator("#resultats tbody tr")).to_have_count(1)
    page.locator(".rouage > button").press("Enter")
    expect(page.locator(".rouage").get_by_role("button", name="Dupliquer")).to_be_visible()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_gear_and_several_lines_need_no_mouse(page_au_choix, camille):
    page = page_au_choix
    connexion(page, camille)
    page.goto("/dossiers?tri=salarie")
    gear = page.locator(".rouage > button").first
    gear.focus()
    page.keyboard.press("Enter")
    menu = page.locator(".rouage ul").first
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link", name="Détails")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(gear).to_be_focused()
    boxes = page.locator("input[name=d]")
    for rank in (0, 1):
        boxes.nth(rank).focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Supprimer les brouillons cochés").focus()
    page.keyboard.press("Enter")
    arriver(page, "Supprimer ces brouillons ?")
    page.get_by_role("button", name="Supprimer ces brouillons").press("Enter")
    expect(page.get_by_text("Brouillons supprimés")).to_be_visible()
    assert Dossier.select().where(Dossier.cree_par == camille).count() == 0


def test_a_draft_is_duplicated_from_the_gear_with_and_without_javascript(page_au_choix, camille):
    page = page_au_choix
    connexion(page, camille)
    page.goto("/dossiers?tri=salarie")
    page.locator(".rouage > button").first.click()
    page.locator(".rouage").first.get_by_role("button", name="Dupliquer").click()
    arriver(page, "Employeur")


def test_an_organisme_hands_several_contracts_over_on_a_narrow_screen(ouvrir, base, accessible):
    ecole = une_structure("organisme", "Organisme Fictif")
    compte = un_compte(ecole)
    reserved = ("formation.service_interne", "formation.paiement_direct", "tuteur.attestation", "contrat.salaire")
    for nom in ("Béranger", "Abadie"):
        changes = dict.fromkeys(reserved) | {"salarie.nom_naissance": nom, "salarie.nir": un_nir()}
        made = un_dossier(compte=compte, organisme=ecole, changements=changes)
        Dossier.update(structure=None).where(Dossier.id == made.id).execute()
    page = ouvrir(viewport={"width": 360, "height": 800})
    connexion(page, compte)
    page.goto("/preentrees")
    for box in page.locator("input[name=d]").all():
        box.press("Space")
    page.get_by_role("button", name="Transmettre à l’employeur les contrats cochés").press("Enter")
    arriver(page, "Transmettre à l’employeur")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    accessible(page)
    for field in page.get_by_label("Courriel de l’employeur").all():
        field.fill("rh@demo.fictif")
    page.get_by_role("button", name="Transmettre ces 2 contrats").press("Enter")
    expect(page.get_by_text("Transmis à l’employeur.")).to_have_count(2)
