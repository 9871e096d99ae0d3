"""By the keyboard alone: Tab, Enter, Space and the arrows reach and answer everything."""

import re

import pytest
from playwright.sync_api import expect

from models.dossier import Dossier
from tests.dossiers_types import JEUNE, SIGNATURE
from tests.fabriques import MOT_DE_PASSE, un_compte, une_structure
from tests.navigateur.pages import CLASSIQUE, OBLIGATOIRES, arriver, connexion, controle, un_brouillon, un_pdf

ACTIF = "document.activeElement"


@pytest.fixture
def camille(base):
    return un_compte(une_structure())


def viser(page, condition, limit=150):
    """Press Tab until `condition` holds for the element `e` that has the focus."""
    for _ in range(limit):
        if page.evaluate(f"(e => {condition})({ACTIF})"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {condition}")


def actionner(page, nom, titre):
    """Go to the link or button of this name, press Enter, arrive."""
    viser(page, f"e.matches('a, button') && e.textContent.trim() === '{nom}'")
    page.keyboard.press("Enter")
    arriver(page, titre)


def taper(page, name, value):
    """Answer a control, as somebody without a mouse does."""
    viser(page, f"e.name === '{name}'")
    kind = page.evaluate(f"{ACTIF}.type")
    if kind in ("radio", "select-one"):
        choisir(page, kind, value)
    elif kind == "checkbox":
        if not page.evaluate(f"{ACTIF}.checked"):
            page.keyboard.press("Space")
    elif kind == "date":
        dater(page, value)
    else:
        page.keyboard.press("Control+A")
        page.keyboard.type(value)


def dater(page, value):
    """Type a date; which part comes first depends on the language of the system's browser."""
    year, month, day = value.split("-")
    for first, second in ((day, month), (month, day)):
        page.keyboard.type(first + second + year)
        if page.evaluate(f"{ACTIF}.value") == value:
            return
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
    raise AssertionError(f"the date cannot be typed: {value}")


def choisir(page, kind, value):
    if kind == "radio":
        page.keyboard.press("Space")
    for _ in range(100):
        if page.evaluate(f"{ACTIF}.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows never reach {value}")


def test_from_the_login_to_the_draft(page, camille):
    page.goto("/connexion")
    taper(page, "connexion-courriel", camille.courriel)
    taper(page, "connexion-mot_de_passe", MOT_DE_PASSE)
    page.keyboard.press("Enter")
    arriver(page, "Accueil")
    actionner(page, "Créer un contrat de professionnalisation", "Sélection du type de contrat")
    taper(page, "contrat-type_contrat", CLASSIQUE)
    page.keyboard.press("Enter")
    arriver(page, "Employeur")
    taper(page, "q-etablissements", "fictif bord")
    page.keyboard.press("Enter")
    expect(page.locator(".resultat").first).to_be_visible()
    viser(page, "e.matches('.resultat')", 5)
    page.keyboard.press("Enter")
    expect(controle(page, "employeur-siret")).to_have_value(re.compile(r"\d{9}"))
    for name, value in JEUNE["employeur"].items():
        if value:
            taper(page, name, value)
    page.keyboard.press("Enter")
    arriver(page, "Formation")
    assert Dossier.select().where(Dossier.cree_par == camille).count() == 1


def test_from_the_synthesis_to_the_thanks(page, camille):
    dossier = un_brouillon(camille)
    page.on("filechooser", lambda chooser: None)  # asked for now: a listener that comes late misses the chooser
    connexion(page, camille)
    page.goto(f"/dossiers/{dossier.id}/synthese")
    actionner(page, "Suivant", "Soumission du dossier")
    for name, value in SIGNATURE.items():
        taper(page, name, value)
    actionner(page, "Générer le CERFA", "Pièces")
    for genre in OBLIGATOIRES:
        charger_au_clavier(page, genre)
    actionner(page, "Envoyer les pièces", "Remerciements")
    assert Dossier.get_by_id(dossier.id).etat == "pieces_envoyees"


def charger_au_clavier(page, genre):
    viser(page, f"e.id === 'charger-{genre}'")
    page.keyboard.press("Enter")
    viser(page, "e.type === 'file'", 5)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(un_pdf(f"{genre}.pdf"))
    expect(page.locator(f"#depot-{genre}").get_by_role("button", name="Terminé")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Le document est bien chargé")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"#piece-{genre} .piece")).to_have_count(1)
