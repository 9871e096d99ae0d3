"""The whole way, from the login to the decision, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from models.dossier import Dossier
from models.transmission import transmissions_de
from tests.dossiers_types import CONTRATS
from tests.fabriques import un_compte, une_structure
from tests.navigateur.pages import (
    arriver,
    charger,
    choisir_type,
    connexion,
    presser,
    remplir,
    saisir_contrat,
    signer,
    un_pdf,
)


@pytest.fixture
def camille(base):
    return un_compte(une_structure())


@pytest.fixture
def gestionnaire(base):
    return un_compte(une_structure("opco", "OPCO fictif"))


@pytest.fixture
def deux_personnes(js, ouvrir):
    """Two browsers: the employer's and the gestionnaire's."""
    return tuple(ouvrir(java_script_enabled=js) for _ in range(2))


def choisir_etablissement(page, js):
    page.get_by_label("Rechercher l’établissement").fill("fictif bord")
    if not js:
        page.get_by_role("button", name="Rechercher", exact=True).click()
    page.locator(".resultat").first.click()
    expect(page.locator('[name="employeur-siret"]')).to_have_value(re.compile(r"\d{9}"))


def etat(page):
    return page.locator(".entete-dossier .etat")


@pytest.mark.parametrize(
    ("js", "nom"), [(True, "jeune"), (False, "demandeur")], ids=["jeune_avec_js", "demandeur_sans_js"]
)
def test_from_the_login_to_the_decision(deux_personnes, camille, gestionnaire, js, nom):
    page, bureau = deux_personnes
    contrat = CONTRATS[nom]["salarie"]
    connexion(page, camille)
    choisir_type(page)
    choisir_etablissement(page, js)
    saisir_contrat(page, nom)
    expect(page.locator("main")).to_contain_text(contrat["salarie-nom_naissance"])
    signer(page)
    numero = page.locator(".numero b").inner_text()
    link = page.get_by_role("link", name="Ouvrir le CERFA")
    assert link.get_attribute("target") == "_blank"
    assert page.request.get(link.get_attribute("href")).body().startswith(b"%PDF-")
    for place in [piece.get_attribute("id") for piece in page.locator(".attendue:has(.absente)").all()]:
        charger(page, place.removeprefix("piece-"))
    presser(page, "Envoyer les pièces", "Remerciements")
    expect(page.locator(".numero")).to_contain_text(numero)
    recevoir(bureau, gestionnaire, numero, contrat["contrat-emploi"])
    repondre(page)
    accepter(bureau)
    page.get_by_role("link", name="Revenir aux détails du dossier").click()
    expect(etat(page)).to_have_text("Accepté")
    dossier = Dossier.get(Dossier.numero == numero)
    assert {t.etat for t in transmissions_de(dossier.id)} == {"faite"}


def recevoir(bureau, gestionnaire, numero, emploi):
    """The gestionnaire finds the dossier, looks at it, marks it received and asks for a piece."""
    connexion(bureau, gestionnaire)
    bureau.get_by_role("link", name="Instruction").click()
    bureau.get_by_role("link", name=numero).click()
    arriver(bureau, "Instruction du dossier")
    expect(bureau.locator("main")).to_contain_text(emploi)
    expect(bureau.locator(".pieces")).to_contain_text("cerfa_signe.pdf")
    bureau.get_by_role("button", name="Marquer reçu").click()
    expect(etat(bureau)).to_have_text("En instruction")
    bureau.get_by_role("link", name="Demander une pièce").click()
    remplir(bureau, {"genre": "rib", "message": "Le RIB, s’il vous plaît."})
    bureau.get_by_role("button", name="Demander une pièce").click()
    expect(etat(bureau)).to_have_text("Pièces demandées")


def repondre(page):
    """The employer sees what is asked and deposits it."""
    page.get_by_role("link", name="Voir le dossier").click()
    expect(etat(page)).to_have_text("Pièces demandées")
    expect(page.locator("main")).to_contain_text("Le RIB, s’il vous plaît.")
    page.get_by_role("link", name="Déposer un document").click()
    page.get_by_label("Nature du document").select_option("rib")
    page.get_by_label("Charger des fichiers").set_input_files(un_pdf("rib.pdf"))
    page.get_by_role("button", name="Télécharger").click()
    expect(page.locator(".pieces")).to_contain_text("rib.pdf")


def accepter(bureau):
    bureau.reload()
    expect(bureau.locator("main")).to_contain_text("rib.pdf")
    bureau.get_by_role("button", name="Reprendre l’instruction").click()
    bureau.get_by_role("link", name="Accepter").click()
    bureau.get_by_role("button", name="Accepter").click()
    expect(etat(bureau)).to_have_text("Accepté")
