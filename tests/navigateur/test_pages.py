"""Every page, as axe sees it in light and dark, wide and narrow; no sideways scrolling; no complaint on the console;
and what a first visit weighs."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

import config
from tests import bases
from tests.navigateur import visite
from tests.navigateur.conftest import AXE
from tests.navigateur.pages import suivant, un_brouillon

# One process walks all pages, so that it can tell at the end which of them nobody was shown.
pytestmark = pytest.mark.xdist_group("pages")
PERSONNES = ("visiteur", "employeur", "organisme", "gestionnaire")
APPARENCES = (("light", 1280), ("dark", 360))  # each colour and each width once
PREMIERE_VISITE = 60_000  # bytes, as transferred
FRAGMENT = 14_000
AXE_RUN = "axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))"
TITRES_SUR_UN_CHAMP = """[...document.querySelectorAll('.partie > legend + *')].filter(
    e => e.offsetHeight && e.getBoundingClientRect().top < e.previousElementSibling.getBoundingClientRect().bottom - 1
).map(e => e.previousElementSibling.textContent)"""


@pytest.fixture(scope="module")
def monde(serveur):
    with bases.branchee(config.reglages(serveur)):
        yield visite.peupler()


@pytest.fixture(scope="module")
def routes(serveur, monde):
    return visite.routes(config.reglages(serveur))


def peser(page):
    """Starts to weigh: answers a function that says how many bytes came over the line since."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))

    def depuis():
        weight = sum(sizes)
        sizes.clear()
        return weight

    return depuis


def defauts(page):
    """What axe finds in both colours and widths, and what a small screen hides: beside it, or one under another."""
    page.evaluate(AXE.axe_script)
    found = []
    for colours, width in APPARENCES:
        page.emulate_media(color_scheme=colours)
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{page.url} {colours} {width}: {violation}" for violation in page.evaluate(AXE_RUN)]
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{page.url} scrolls sideways at {width}: {wide}"] if wide > width else []
        found += [f"{page.url} covers a field at {width}: {title}" for title in page.evaluate(TITRES_SUR_UN_CHAMP)]
    return found


def test_every_page_is_accessible_narrow_and_light_enough(ouvrir, monde, routes):
    """All people in one test: at the end nobody may have been left without seeing a route.

    A page is weighed after axe has looked at it: what it loads late has come by then, without waiting for silence.
    """
    seen, complaints, heavy = set(), [], []
    for qui in PERSONNES:
        page = visite.entrer(ouvrir, monde, qui)
        found = visite.visibles(page, monde, qui, routes, seen)
        pesee = peser(page)
        for url in sum(found.values(), []):
            pesee()
            page.goto(url)
            complaints += defauts(page)
            weight = pesee()
            assert weight > 10_000, url  # it was weighed at all
            heavy += [(url, weight)] if weight > PREMIERE_VISITE else []
        seen.update(found)
    assert complaints == []
    assert heavy == []
    assert {endpoint for endpoint, _ in routes} - seen == set()


def test_refused_pages_are_accessible_too(ouvrir, monde):
    page = visite.entrer(ouvrir, monde, "employeur")
    draft = un_brouillon(monde.comptes["employeur"])
    page.goto(f"/dossiers/{draft.id}/salarie")
    page.locator('[name="salarie-nir"]').fill("1 23")
    page.locator('[name="contrat-salaire"]').fill("300")
    suivant(page)
    expect(page.locator("#bilan-erreurs")).to_be_focused()
    complaints = defauts(page)
    for address, status in (("/rien", 404), (f"/dossiers/{monde.dossiers['gestionnaire'][0].id}/salarie", 403)):
        assert page.goto(address).status == status
        complaints += defauts(page)
    page.goto(f"/dossiers/{monde.dossiers['gestionnaire'][0].id}/pieces")
    page.locator("#charger-autre").click()
    assert complaints + defauts(page) == []


def test_pages_behind_a_mailed_link_are_accessible_too(ouvrir, monde):
    page, seen, complaints = ouvrir(), set(), []
    for link in visite.liens_recus(monde):
        assert page.goto(link).status == 200, link
        seen.add(urlsplit(page.url).path)
        complaints += defauts(page)
    assert complaints == []
    assert seen == set(visite.EN_CHEMIN.values())


def test_the_fragment_of_each_step_weighs_little(page, monde):
    visite.entrer(lambda: page, monde, "employeur")
    draft = un_brouillon(monde.comptes["employeur"], {"salarie.nom_naissance": "Sans-Jumeau"})
    page.goto(f"/dossiers/{draft.id}/employeur")
    pesee, heavy = peser(page), []
    for titre in ("Formation", "Salarié(e)", "Synthèse", "Soumission du dossier"):
        pesee()
        suivant(page)
        expect(page.get_by_role("heading", level=1, name=titre)).to_be_visible()
        weight = pesee()
        assert weight > 1_000, titre
        heavy += [(titre, weight)] if weight > FRAGMENT else []
    assert heavy == []


def test_the_longest_page_works_on_a_slow_line(page, monde):
    visite.entrer(lambda: page, monde, "employeur")
    draft = un_brouillon(monde.comptes["employeur"])
    session = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", slow)
    page.goto(f"/dossiers/{draft.id}/salarie")
    page.locator('[name="salarie-nir"]').fill("1 23")
    page.locator('[name="contrat-emploi"]').fill("")
    page.locator('[name="contrat-emploi"]').press_sequentially("Commis de cuisine", delay=20)
    expect(page.locator("#salarie-nir-message")).to_contain_text("Erreur")
    page.locator('[name="salarie-nir"]').fill("")
    page.locator('[name="salarie-prenom"]').focus()
    suivant(page)
    expect(page.locator("#bilan-erreurs")).to_be_focused()
    expect(page.locator('[name="contrat-emploi"]')).to_have_value("Commis de cuisine")
    expect(page).to_have_title(re.compile("Salarié"))
