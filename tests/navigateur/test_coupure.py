"""The line is cut or the portal stands still: the page says what is true, and sends by itself when it can again."""

import signal

import pytest
from playwright.sync_api import expect

import config
from models.saisie import Saisie
from tests import bases, serveurs
from tests.fabriques import relire, un_compte, une_structure
from tests.navigateur.pages import arriver, connexion, controle, saisir, suivant, un_brouillon

COUPEE = "La connexion est coupée"


@pytest.fixture
def camille(base):
    return un_compte(une_structure())


@pytest.fixture
def dossier(camille):
    return un_brouillon(camille)


def gardes(dossier):
    """The texts kept beside the sections."""
    return [row.valeurs for row in Saisie.select().where(Saisie.dossier == dossier)]


def test_what_is_typed_offline_is_sent_when_the_line_returns(page, camille, dossier):
    connexion(page, camille)
    page.goto(f"/dossiers/{dossier.id}/salarie")
    page.context.set_offline(True)
    saisir(page, "contrat-emploi", "Cheffe de rang")
    line = page.locator("#enregistrement")
    expect(line).to_contain_text(COUPEE)
    expect(line).to_contain_text("pas encore gardé")
    expect(line).to_be_in_viewport()
    assert gardes(dossier) == []
    page.context.set_offline(False)
    expect(line).to_contain_text("Votre saisie est gardée")
    (kept,) = gardes(dossier)
    assert kept["contrat-emploi"] == ["Cheffe de rang"]


def test_the_button_pressed_offline_is_pressed_again(page, camille, dossier):
    connexion(page, camille)
    page.goto(f"/dossiers/{dossier.id}/salarie")
    page.context.set_offline(True)
    saisir(page, "contrat-emploi", "Cheffe de rang")
    suivant(page)
    expect(page.locator("#enregistrement")).to_contain_text(COUPEE)
    saisir(page, "contrat-coefficient", "151")
    expect(controle(page, "contrat-emploi")).to_have_value("Cheffe de rang")
    page.context.set_offline(False)
    arriver(page, "Synthèse")
    after = relire(dossier)[1].contrat
    assert (after.emploi, after.coefficient) == ("Cheffe de rang", "151")


@pytest.mark.parametrize("slug", ["synthese", "soumission", "pieces"])
def test_a_page_without_entry_says_it_too(page, camille, dossier, slug):
    connexion(page, camille)
    if slug == "pieces":
        dossier = un_brouillon(camille, etat="soumis")
    page.goto(f"/dossiers/{dossier.id}/{slug}")
    page.context.set_offline(True)
    page.locator("main form button:visible").last.click()
    words = page.get_by_text(COUPEE)
    expect(words).to_be_visible()
    expect(words).to_be_in_viewport()
    expect(words).not_to_contain_text("gardée")
    page.context.set_offline(False)
    expect(words).to_have_count(0)


@pytest.fixture
def portail_fragile(tmp_path, referentiels):
    """A portal that a test may stop and start again on the same port: gives its environment and both functions."""
    environ = serveurs.environ(tmp_path, referentiels)
    serveurs.preparer(environ)
    running = []

    def demarrer():
        with (tmp_path / "service.log").open("ab") as log:
            running.append(serveurs.lancer(environ, log))
        serveurs.attendre(environ["PUBLIC_URL"], running[-1])

    def arreter():
        process = running.pop()
        process.send_signal(signal.SIGINT)
        process.wait(serveurs.PATIENCE)

    demarrer()
    yield environ, arreter, demarrer
    arreter()


def test_a_portal_that_stops_and_comes_back_loses_nothing(ouvrir, portail_fragile):
    environ, arreter, demarrer = portail_fragile
    with bases.branchee(config.reglages(environ)):
        camille = un_compte(une_structure())
        dossier = un_brouillon(camille)
        page = ouvrir(base_url=environ["PUBLIC_URL"])
        connexion(page, camille)
        page.goto(f"/dossiers/{dossier.id}/salarie")
        page.clock.install()
        arreter()
        saisir(page, "contrat-emploi", "Cheffe de rang")
        page.clock.run_for(1000)
        expect(page.locator("#enregistrement")).to_contain_text(COUPEE)
        suivant(page)
        page.clock.run_for(1000)
        expect(controle(page, "contrat-emploi")).to_have_value("Cheffe de rang")
        demarrer()
        page.clock.run_for(20_000)
        arriver(page, "Synthèse")
        assert relire(dossier)[1].contrat.emploi == "Cheffe de rang"
