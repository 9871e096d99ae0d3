"""What several journeys do in the browser. Only what is shared stands here."""

import re

from playwright.sync_api import expect

from tests.fabriques import MOT_DE_PASSE


def connexion(page, compte):
    """Log in through the page."""
    page.goto("/connexion")
    page.get_by_label("Adresse").first.fill(compte.courriel)
    page.get_by_label("Mot de passe").first.fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()
    expect(page).not_to_have_url(re.compile("/connexion"))


def remplir(page, valeurs):
    """Fill in controls by their names, as a person would: control → text."""
    for name, value in valeurs.items():
        saisir(page, name, value)


def saisir(page, name, value):
    control = page.locator(f'[name="{name}"]:not([type=hidden])')
    kind = control.first.evaluate("e => e.type || e.localName")
    if kind == "radio":
        page.locator(f'[name="{name}"][value="{value}"]').check()
    elif kind == "checkbox":
        control.set_checked(value == "oui")
    elif kind == "select-one":
        control.select_option(value)
    else:
        control.fill(value)


def presser(page, bouton, titre):
    """Press the button and wait for the page whose heading is `titre`."""
    page.get_by_role("button", name=bouton, exact=True).first.click()
    arriver(page, titre)


def arriver(page, titre):
    expect(page.get_by_role("heading", level=1, name=titre)).to_be_visible()
