"""Back and Forward give whole, right pages; the browser keeps nothing of a dossier; logged out, nothing is shown."""

import re

import pytest
from playwright.sync_api import expect

from tests.fabriques import un_compte, une_structure
from tests.navigateur.pages import arriver, connexion, controle, presser, suivant, un_brouillon

EMPLOI = "Cuisinière d’Île-de-Nœud"


@pytest.fixture
def camille(base):
    return un_compte(une_structure())


@pytest.fixture
def dossier(camille):
    return un_brouillon(camille, {"contrat.emploi": EMPLOI})


@pytest.fixture
def trois_pages(page, camille, dossier):
    """Formation, Salarié(e) and Synthèse, gone through by htmx."""
    connexion(page, camille)
    page.goto(f"/dossiers/{dossier.id}/formation")
    suivant(page)
    arriver(page, "Salarié(e)")
    suivant(page)
    arriver(page, "Synthèse")
    return page


def entiere(page, titre):
    """A whole page: one header, one main, one heading, and the styles."""
    arriver(page, titre)
    expect(page).to_have_title(re.compile(f"^{re.escape(titre)}"))
    for tag in ("header.entete", "main", "h1", "footer"):
        expect(page.locator(tag)).to_have_count(1)
    assert page.locator("link[rel=stylesheet]").count() == 1


def test_back_and_forward_give_whole_pages(trois_pages):
    page = trois_pages
    page.go_back()
    entiere(page, "Salarié(e)")
    expect(controle(page, "contrat-emploi")).to_have_value(EMPLOI)
    page.go_back()
    entiere(page, "Formation")
    page.go_forward()
    entiere(page, "Salarié(e)")
    page.go_forward()
    entiere(page, "Synthèse")
    page.go_back()
    entiere(page, "Salarié(e)")
    suivant(page)
    entiere(page, "Synthèse")


def test_a_refused_page_is_no_step_of_the_history(trois_pages):
    page = trois_pages
    page.go_back()
    arriver(page, "Salarié(e)")
    controle(page, "contrat-emploi").fill("")
    suivant(page)
    expect(page.locator("#bilan-erreurs")).to_be_focused()
    page.go_back()
    entiere(page, "Formation")


def test_the_browser_keeps_nothing_of_the_dossier(trois_pages):
    page = trois_pages
    page.go_back()
    arriver(page, "Salarié(e)")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("indexedDB.databases()") == []
    assert EMPLOI not in str(page.evaluate("history.state"))
    (cookie,) = page.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"


def test_after_the_logout_back_shows_no_data(trois_pages):
    page = trois_pages
    expect(page.locator("main")).to_contain_text(EMPLOI)
    presser(page, "Se déconnecter", "Connexion")
    page.go_back()
    arriver(page, "Connexion")
    expect(page.locator("body")).not_to_contain_text(EMPLOI)


def test_the_link_after_the_logout_leads_back_to_the_page(trois_pages, dossier):
    page = trois_pages
    page.context.clear_cookies()
    page.go_back()
    arriver(page, "Connexion")
    expect(page.locator("body")).not_to_contain_text(EMPLOI)
