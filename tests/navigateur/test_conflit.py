"""Two people on one draft: the second is told and shown both versions; nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from tests.fabriques import relire, un_compte, une_structure
from tests.navigateur.pages import arriver, connexion, controle, presser, saisir, suivant, un_brouillon


@pytest.fixture
def structure(base):
    return une_structure()


@pytest.fixture
def dossier(structure):
    return un_brouillon(un_compte(structure))


@pytest.fixture(params=["avec_js", "sans_js"])
def deux_pages(request, ouvrir, structure, dossier):
    """The page Salarié(e) of one draft, open before two people."""
    pages = [ouvrir(java_script_enabled=request.param == "avec_js") for _ in range(2)]
    for page in pages:
        connexion(page, un_compte(structure))
        page.goto(f"/dossiers/{dossier.id}/salarie")
    return pages


def test_the_second_is_told_and_shown_both_versions(deux_pages, dossier):
    premiere, seconde = deux_pages
    saisir(premiere, "contrat-emploi", "Commis de cuisine")
    suivant(premiere)
    arriver(premiere, "Synthèse")
    controle(seconde, "contrat-emploi").fill("Cheffe de rang")
    controle(seconde, "salarie-telephone").fill("pas un numéro")
    suivant(seconde)
    expect(seconde.get_by_role("heading", name="Cette page a été modifiée entre-temps")).to_be_visible()
    row = seconde.locator(".comparaison tr", has_text="Emploi occupé")
    expect(row).to_contain_text("Commis de cuisine")
    expect(row).to_contain_text("Cheffe de rang")
    expect(controle(seconde, "contrat-emploi")).to_have_value("Cheffe de rang")
    expect(controle(seconde, "salarie-telephone")).to_have_value("pas un numéro")
    assert relire(dossier)[1].contrat.emploi == "Commis de cuisine"
    presser(seconde, "Sauvegarder", "Brouillon enregistré")
    assert relire(dossier)[1].contrat.emploi == "Cheffe de rang"


def test_the_live_check_never_says_kept_in_a_conflict(page, ouvrir, structure, dossier):
    autre = ouvrir()
    for each in (page, autre):
        connexion(each, un_compte(structure))
        each.goto(f"/dossiers/{dossier.id}/salarie")
    saisir(autre, "contrat-emploi", "Commis de cuisine")
    presser(autre, "Sauvegarder", "Brouillon enregistré")
    saisir(page, "contrat-emploi", "Cheffe de rang")
    expect(page.locator("#enregistrement")).to_contain_text("pas encore gardé")
    expect(controle(page, "contrat-emploi")).to_have_value("Cheffe de rang")
    presser(page, "Sauvegarder", "Salarié(e)")
    expect(page.locator(".comparaison")).to_contain_text("Commis de cuisine")
