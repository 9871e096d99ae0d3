"""A headless Chromium before the real portal, with and without JavaScript."""

import pytest
from aiosmtpd.controller import Controller
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

import config
from tests import bases, serveurs
from tests.boite import Boite
from tests.postgresql import port_libre
from tests.systeme import chromium

DRAPEAUX = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds; a busy machine must not fail what is right
expect.set_options(timeout=PATIENCE)
AXE = Axe()


def pytest_collection_modifyitems(items):
    for item in items:
        if "/navigateur/" in str(item.path):
            item.add_marker(pytest.mark.navigateur)


@pytest.fixture(scope="session")
def serveur(tmp_path_factory, referentiels):
    """The environment of a portal that runs as long as this test process."""
    environ = serveurs.environ(tmp_path_factory.mktemp("portail"), referentiels)
    with serveurs.portail(environ):
        yield environ


@pytest.fixture(scope="module")
def boite():
    """A real SMTP server and what it received."""
    received = Boite()
    server = Controller(received, hostname="127.0.0.1", port=port_libre())
    server.start()
    received.url = f"smtp://127.0.0.1:{server.port}"
    yield received
    server.stop()


@pytest.fixture(scope="module")
def expediteur(tmp_path_factory, referentiels, boite):
    """A portal of its own, which sends its mails."""
    environ = serveurs.environ(tmp_path_factory.mktemp("portail"), referentiels, SMTP_URL=boite.url)
    with serveurs.portail(environ):
        yield environ


@pytest.fixture
def adresse(serveur):
    return serveur["PUBLIC_URL"]


@pytest.fixture
def base(serveur):
    """The database of the running portal, for tests that make their accounts or look at what was kept."""
    with bases.branchee(config.reglages(serveur)) as database:
        yield database


@pytest.fixture(scope="session")
def chrome():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=DRAPEAUX)
        yield browser
        browser.close()


@pytest.fixture
def ouvrir(chrome, adresse):
    """Opens browsers that share nothing. A message on the console or an exception in a script fails the test."""
    contexts, complaints = [], []

    def ouvre(**options):
        context = chrome.new_context(**{"base_url": adresse, "locale": "fr-FR"} | options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if plainte(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield ouvre
    for context in contexts:
        context.close()
    assert complaints == []


def plainte(message):
    """A defect of ours. A 4xx is an error to Chromium, and a line that a test cuts is one to htmx: they are none."""
    expected = ("Failed to load resource", "Failed to fetch")
    return message.type in ("error", "warning") and not any(words in message.text for words in expected)


@pytest.fixture
def page(ouvrir):
    return ouvrir()


@pytest.fixture
def page_sans_js(ouvrir):
    return ouvrir(java_script_enabled=False)


@pytest.fixture(params=["avec_js", "sans_js"])
def page_au_choix(request, ouvrir):
    """Each test once with JavaScript and once without."""
    return ouvrir(java_script_enabled=request.param == "avec_js")


@pytest.fixture
def accessible():
    """Fails on any violation that axe finds on the page."""

    def controle(page):
        found = AXE.run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return controle
