"""Every mail, as its reader gets it: French, titled, readable as text and with a screen reader, and naming nobody."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, meta

from forms.gestion import ACTES
from tasks.courriels import composer
from tests.reading import TYPOGRAPHIE

MODELES = Path(__file__).parents[2] / "partials" / "courriels"
NOMS = sorted(path.stem for path in MODELES.glob("*.txt") if path.stem != "pied")
LIEN = "https://portail.exemple/page"
# Values by the names that the templates use; what is not named here is a plain word.
VALEURS = {
    "acte": ACTES[1],
    "groupes": [("Dossier 2026-000001", LIEN, ["Une pièce est demandée.", "L’instruction a repris."])],
    "nouvelles": ["RNCP38362 – Management"],
    "manquants": [("À fournir par l’employeur", ["Salaire brut mensuel", "CERFA signé"])],
    "nombre": 2,
    "reste": 0,
    "jours": 30,
    "rappel": True,
    "preferences": f"{LIEN}/preferences",
}
# A mail carries no name: a template that asks for one of these would write it.
PERSONNELS = {"nom", "prenom", "nir", "salarie", "naissance", "courriel", "telephone", "salaire", "tuteur"}
# Sent to a person who was named by another one, or to the owner of the account alone.
PERMIS = {"auteur"}


def variables(nom):
    environment = Environment(loader=FileSystemLoader(MODELES), autoescape=True)
    found = set()
    for name in (f"{nom}.txt", f"{nom}.html", "pied.txt", "mise_en_page.html"):
        found |= meta.find_undeclared_variables(environment.parse((MODELES / name).read_text(encoding="utf-8")))
    return found - {"sujet"}


def rediger(nom, **valeurs):
    known = {name: LIEN if "lien" in name else "mot" for name in variables(nom)}
    return composer(nom, **known | {name: VALEURS[name] for name in VALEURS if name in known} | valeurs)


@pytest.mark.parametrize("nom", NOMS)
def test_the_html_is_a_whole_document_that_needs_no_image_and_no_color(nom):
    sujet, _, html = rediger(nom)
    soup = BeautifulSoup(html, "html5lib")
    assert html.startswith("<!doctype html>")
    assert soup.html["lang"] == "fr"
    assert soup.title.string == soup.h1.string == sujet
    assert len(soup.find_all("h1")) == 1
    assert soup.main
    assert soup.select("img, script, style, link, iframe, form, [style], [color], [bgcolor]") == []
    assert "color-scheme" in html
    assert all(link.get_text(strip=True) and link["href"].startswith("https://") for link in soup.select("a"))


@pytest.mark.parametrize("nom", NOMS)
def test_the_text_says_the_same_with_the_same_links(nom):
    sujet, text, html = rediger(nom)
    soup = BeautifulSoup(html, "html5lib")
    assert sujet.startswith("Mon Espace\u00a0: ")
    assert len(sujet) <= 200
    assert text.startswith("Bonjour,")
    assert "envoyé automatiquement" in text
    assert {link["href"] for link in soup.select("a")} <= set(text.split())
    assert "\n\n\n" not in text


@pytest.mark.parametrize("nom", NOMS)
def test_the_typography_is_french(nom):
    sujet, text, _ = rediger(nom)
    prose = " ".join(word for word in f"{sujet} {text}".split(" ") if "://" not in word)
    assert [complaint for pattern, complaint in TYPOGRAPHIE if pattern.search(prose)] == []


@pytest.mark.parametrize("nom", NOMS)
def test_it_asks_for_no_personal_datum(nom):
    assert {name for name in variables(nom) - PERMIS if set(name.split("_")) & PERSONNELS} == set()


@pytest.mark.parametrize("nom", NOMS)
def test_what_a_value_holds_is_text(nom):
    _, _, html = rediger(nom, **{name: '"><script>' for name in variables(nom) if name not in VALEURS})
    assert "<script" not in html


@pytest.mark.parametrize("nom", NOMS)
def test_only_what_may_be_chosen_leads_to_the_preferences(nom):
    _, text, html = rediger(nom)
    assert VALEURS["preferences"] in text
    assert "Choisir les courriels" in html
    _, text, html = rediger(nom, preferences="")
    assert "preferences" not in text + html
