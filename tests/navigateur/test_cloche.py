"""The live bell, in two tabs: it follows by itself, sleeps in a hidden tab, and never disturbs whoever types."""

import re

import pytest
from playwright.sync_api import expect

from models.notifications import notifier
from tests.fabriques import un_compte, une_structure
from tests.navigateur.pages import connexion, controle, un_brouillon

CLOCHE = "**/notifications/cloche*"
CACHER = """cachee => {
  Object.defineProperty(document, "hidden", { value: cachee, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def camille(base):
    return un_compte(une_structure())


@pytest.fixture
def dossier(camille):
    return un_brouillon(camille)


def annoncer_une_nouvelle(compte, dossier):
    notifier(f"essai:{compte.id}", compte.id, "Une nouvelle.", dossier.id)


def cloche(page):
    return page.locator("#cloche")


def demandes(page):
    """The requests of the bell from now on."""
    seen = []
    page.on("request", lambda request: seen.append(request.url) if "/notifications/cloche" in request.url else None)
    return seen


def attendre(page, seconds):
    """Let all tabs of this browser live so long; their clock is ours."""
    page.clock.run_for(seconds * 1000)


def ouvrir_onglets(page, camille, dossier):
    """Two tabs of one person: the page Salarié(e), where something is being typed, and the list of dossiers."""
    page.clock.install()
    connexion(page, camille)
    page.goto(f"/dossiers/{dossier.id}/salarie")
    other = page.context.new_page()
    other.goto("/dossiers")
    return page, other


def test_the_number_follows_in_two_tabs_and_disturbs_nobody(page, camille, dossier, accessible):
    saisie, liste = ouvrir_onglets(page, camille, dossier)
    emploi = controle(saisie, "contrat-emploi")
    emploi.fill("")
    emploi.press_sequentially("Comm")
    expect(cloche(saisie)).to_have_text(re.compile(r"^Notifications\s*$"))
    annoncer_une_nouvelle(camille, dossier)
    attendre(saisie, 31)
    for tab in (saisie, liste):
        expect(cloche(tab)).to_contain_text("1 non lue")
    emploi.press_sequentially("is")
    expect(emploi).to_have_value("Commis")
    expect(emploi).to_be_focused()
    expect(cloche(liste).locator("[aria-live]")).to_have_attribute("aria-live", "polite")
    accessible(liste)


def test_whoever_stands_on_the_bell_stays_there(page, camille, dossier):
    page.clock.install()
    connexion(page, camille)
    page.goto("/dossiers")
    cloche(page).focus()
    annoncer_une_nouvelle(camille, dossier)
    attendre(page, 31)
    expect(cloche(page)).to_contain_text("1 non lue")
    expect(cloche(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/notifications$"))


def test_it_asks_less_and_less_and_not_at_all_while_hidden(page, camille, dossier):
    page.clock.install()
    connexion(page, camille)
    page.goto("/dossiers")
    seen = demandes(page)
    for asked, seconds in ((1, 31), (1, 30), (2, 16), (2, 60), (3, 9)):
        attendre(page, seconds)
        page.wait_for_timeout(100)
        assert len(seen) == asked, seconds
    page.evaluate(CACHER, True)
    attendre(page, 3600)
    page.wait_for_timeout(100)
    assert len(seen) == 3
    annoncer_une_nouvelle(camille, dossier)
    page.evaluate(CACHER, False)
    attendre(page, 2)
    expect(cloche(page)).to_contain_text("1 non lue")


def test_a_line_that_is_cut_or_a_session_that_is_over_is_told_by_no_bell(page, camille, dossier):
    page.clock.install()
    connexion(page, camille)
    page.goto("/dossiers")
    before = page.locator("main").inner_text()
    page.route(CLOCHE, lambda route: route.abort())
    vivre(page, 31)
    page.unroute(CLOCHE)
    page.route(CLOCHE, lambda route: route.fulfill(status=500, body="<p>Panne</p>", content_type="text/html"))
    vivre(page, 60)
    page.unroute(CLOCHE)
    page.context.clear_cookies()
    assert reponse(page).status == 204
    assert page.locator("main").inner_text() == before
    expect(cloche(page)).to_have_text(re.compile(r"^Notifications\s*$"))
    expect(page.locator("#session")).to_be_empty()


def vivre(page, seconds):
    """As `attendre`, by small steps: a leap of a minute would end a request by htmx's own clock."""
    for _ in range(0, seconds, 5):
        attendre(page, 5)
        page.wait_for_timeout(100)


def reponse(page):
    """What the bell is answered next."""
    answers = []
    page.on("response", lambda response: answers.append(response) if "/notifications/cloche" in response.url else None)
    for _ in range(20):
        vivre(page, 10)
        if answers:
            return answers[0]
    raise AssertionError("the bell asked nothing")


def test_without_javascript_the_number_is_that_of_the_page(page_sans_js, camille, dossier):
    page = page_sans_js
    annoncer_une_nouvelle(camille, dossier)
    connexion(page, camille)
    page.get_by_role("link", name=re.compile("Notifications 1 non lue")).click()
    page.get_by_role("button", name="Marquer comme lue").click()
    expect(page.get_by_role("button", name="Marquer comme non lue")).to_be_visible()
    page.get_by_role("link", name="Une nouvelle.").click()
    expect(page.get_by_role("heading", level=1, name="Détails du dossier")).to_be_visible()


@pytest.mark.parametrize("js", [True, False])
def test_preferences_are_chosen_with_or_without_javascript(ouvrir, camille, accessible, js):
    page = ouvrir(java_script_enabled=js)
    connexion(page, camille)
    page.goto("/notifications/preferences")
    if js:
        accessible(page)
    page.get_by_label("Des pièces restent à envoyer").select_option("quotidien")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Vos choix sont enregistrés.")).to_be_visible()
    expect(page.get_by_label("Des pièces restent à envoyer")).to_have_value("quotidien")
