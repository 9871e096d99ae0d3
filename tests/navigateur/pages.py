"""What several journeys do in the browser. Only what is shared stands here."""

import itertools
import re

from playwright.sync_api import expect

from tests import documents
from tests.dossiers_types import CONTRATS, SIGNATURE
from tests.fabriques import MOT_DE_PASSE, PERSONNE, un_dossier

TITRES = {"employeur": "Employeur", "formation": "Formation", "salarie": "Salarié(e)", "synthese": "Synthèse"}
OBLIGATOIRES = ("cerfa_signe", "document_formation", "convention_formation")
CLASSIQUE = "11"
NUMEROS = itertools.count(int(PERSONNE["nir"][:10] + "400"))


def connexion(page, compte):
    """Log in through the page."""
    page.goto("/connexion")
    se_connecter(page, compte)


def se_connecter(page, compte):
    """The same from wherever the login page was met."""
    page.get_by_label("Adresse").first.fill(compte.courriel)
    page.get_by_label("Mot de passe").first.fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()
    expect(page).not_to_have_url(re.compile("/connexion"))


def controle(page, name):
    return page.locator(f'[name="{name}"]:not([type=hidden])')


def message(page, name):
    """What stands beside the field."""
    return page.locator(f"#{name}-message")


def en_direct(page):
    """Whether the page is live: htmx runs."""
    return page.evaluate("typeof htmx === 'object'")


def remplir(page, valeurs):
    """Fill in controls by their names, as a person would: control → text. What is empty is left alone."""
    for name, value in valeurs.items():
        if value:
            saisir(page, name, value)


def saisir(page, name, value):
    control = controle(page, name)
    kind = control.first.evaluate("e => e.type || e.localName")
    if kind == "radio":
        page.locator(f'[name="{name}"][value="{value}"]').check()
    elif kind == "checkbox":
        control.set_checked(value == "oui")
    elif kind == "select-one":
        control.select_option(value)
    else:
        control.fill(value)
        control.blur()


def remplir_page(page, valeurs, suivante):
    """Fill in a page and leave it. Without JavaScript dependent fields come with the answers to « Suivant »."""
    waiting = {name: value for name, value in valeurs.items() if value}
    while waiting:
        shown = {name: value for name, value in waiting.items() if en_direct(page) or controle(page, name).count()}
        assert shown, f"never asked: {sorted(waiting)}"
        remplir(page, shown)
        waiting = {name: value for name, value in waiting.items() if name not in shown}
        if waiting:
            with page.expect_navigation():
                suivant(page)
    suivant(page)
    arriver(page, suivante)


def suivant(page):
    page.locator(".boutons").get_by_role("button", name="Suivant").click()


def presser(page, bouton, titre):
    """Press the button and wait for the page whose heading is `titre`."""
    page.get_by_role("button", name=bouton, exact=True).first.click()
    arriver(page, titre)


def arriver(page, titre):
    expect(page.get_by_role("heading", level=1, name=titre, exact=True)).to_be_visible()


def choisir_type(page):
    """From the home page to the page Employeur of a new contract."""
    page.goto("/")
    page.get_by_role("link", name="Créer un contrat de professionnalisation").click()
    arriver(page, "Sélection du type de contrat")
    page.locator(f'[value="{CLASSIQUE}"]').check()
    suivant(page)
    arriver(page, "Employeur")


def saisir_contrat(page, nom="jeune"):
    """From the page Employeur to the synthesis."""
    contrat = CONTRATS[nom]
    for slug, suivante in (("employeur", "formation"), ("formation", "salarie"), ("salarie", "synthese")):
        remplir_page(page, contrat[slug], TITRES[suivante])


def signer(page):
    """From the synthesis to the pieces."""
    suivant(page)
    arriver(page, "Soumission du dossier")
    remplir(page, SIGNATURE)
    presser(page, "Générer le CERFA", "Pièces")


def un_nir():
    """A number that no other dossier has: the tests of a process share one portal."""
    number = next(NUMEROS)
    return f"{number}{97 - number % 97:02d}"


def un_brouillon(compte, changements=None, **columns):
    """A complete draft of `compte`, for a person whom no other dossier names."""
    nir = {"salarie.nir": un_nir()}
    structure = compte.habilitations.get().structure
    return un_dossier(structure, compte, changements=nir | (changements or {}), **columns)


def un_pdf(name="contrat.pdf"):
    return {"name": name, "mimeType": "application/pdf", "buffer": documents.un_pdf(name)}


def charger(page, genre):
    """Load a document through the dialog, or through its page without JavaScript."""
    page.locator(f"#charger-{genre}").click()
    box = page.locator(f"#depot-{genre}")
    box.get_by_label("Charger des fichiers").set_input_files(un_pdf(f"{genre}.pdf"))
    box.get_by_role("button", name="Terminé").click()
    expect(box.get_by_text("Le document est bien chargé")).to_be_visible()
    box.get_by_role("link", name="Valider").click()
    expect(page.locator(f"#piece-{genre} .piece")).to_have_count(1)
