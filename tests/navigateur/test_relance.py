"""An inactive certification, from the page that warns of it to the mail that reminds, and to its end."""

import secrets
import time

import pytest
from playwright.sync_api import expect
from stdnum import luhn

from models.courriels import Courriel
from tests.dossiers_types import SIGNATURE
from tests.fabriques import un_compte, un_dossier, une_structure
from tests.navigateur.pages import arriver, connexion, presser, remplir

PATIENCE = 30
INACTIVE, REMPLACANTE = "RNCP34031", "RNCP38362"


@pytest.fixture
def camille(base):
    return un_compte(une_structure())


@pytest.fixture
def brouillon(camille):
    faites = "type-contrat employeur formation salarie"
    changes = {"formation.rncp": INACTIVE, "employeur.siret": un_siret()}
    structure = camille.habilitations[0].structure
    return un_dossier(structure, camille, changements=changes, etape="conclusion", faites=faites)


def un_siret():
    """Of an employer that no other test knows: one person has one contract with each."""
    siren = f"{secrets.randbelow(10**8):08}"
    nic = f"{siren}{luhn.calc_check_digit(siren)}0001"
    return f"{nic}{luhn.calc_check_digit(nic)}"


def courriel_recu(compte):
    """The reminder, once the worker has written it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for courriel in Courriel.select().where(Courriel.cle.startswith("relance:")):
            if courriel.destinataire == compte.courriel:
                return courriel
        time.sleep(0.2)
    raise AssertionError("no reminder came")


def clore(bureau, dossier):
    gestionnaire = un_compte(une_structure("opco", "OPCO fictif"))
    connexion(bureau, gestionnaire)
    bureau.goto(f"/gestion/{dossier.id}")
    bureau.get_by_role("button", name="Clore la relance").click()
    expect(bureau.get_by_text("close par l’OPCO")).to_be_visible()


def test_an_inactive_certification_is_reminded_until_the_opco_closes_it(page_au_choix, ouvrir, camille, brouillon):
    page = page_au_choix
    connexion(page, camille)
    page.goto(f"/dossiers/{brouillon.id}/reprendre")
    arriver(page, "Date de conclusion du contrat et RNCP")
    expect(page.get_by_role("button", name=f"Prendre {REMPLACANTE}")).to_be_visible()
    presser(page, f"Continuer avec {INACTIVE}", "Synthèse")
    page.locator(".boutons").get_by_role("button", name="Suivant").click()
    arriver(page, "Soumission du dossier")
    remplir(page, SIGNATURE)
    presser(page, "Générer le CERFA", "Pièces")
    courriel = courriel_recu(camille)
    link = next(line for line in courriel.texte.splitlines() if line.startswith("http"))
    assert REMPLACANTE in courriel.texte
    page.goto(link)
    arriver(page, "Détails du dossier")
    expect(page.get_by_role("heading", name="Certification à remplacer")).to_be_visible()
    expect(page.locator("#cloche")).to_contain_text("1 non lue")
    page.locator("#cloche").click()
    page.get_by_role("link", name=f"la certification {INACTIVE}").click()
    clore(ouvrir(), brouillon)
    page.reload()
    expect(page.get_by_text("close par l’OPCO")).to_be_visible()
