"""An inactive certification, from the page that warns of it to the mail that reminds, and to its end."""

import secrets
import time
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from stdnum import luhn

import config
from models.base import maintenant
from models.courriels import Courriel
from models.relances import AVENANT, Relance, relance_de, relances_dues
from tasks import queue
from tasks.relay import sonner
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


@pytest.fixture
def sonnette(serveur):
    """Rings the workers of the portal, as the sweep of every minute does."""
    before = queue.huey.storage
    queue.brancher(config.reglages(serveur))
    yield sonner
    queue.huey.storage.close()
    queue.huey.storage = before


def un_siret():
    """Of an employer that no other test knows: one person has one contract with each."""
    siren = f"{secrets.randbelow(10**8):08}"
    nic = f"{siren}{luhn.calc_check_digit(siren)}0001"
    return f"{nic}{luhn.calc_check_digit(nic)}"


def relances_recues(compte, nombre):
    """The reminders of this account, once the worker has written so many."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        mails = [c for c in Courriel.select().order_by(Courriel.id) if c.cle.startswith("relance:")]
        mine = [mail for mail in mails if mail.destinataire == compte.courriel]
        if len(mine) >= nombre:
            return mine
        time.sleep(0.2)
    raise AssertionError(f"{nombre} reminders were awaited")


def lien_de(courriel):
    return next(line for line in courriel.texte.splitlines() if line.startswith("http"))


def soumettre_quand_meme(page, brouillon):
    """Go on with the inactive certification, to the pieces."""
    page.goto(f"/dossiers/{brouillon.id}/reprendre")
    arriver(page, "Date de conclusion du contrat et RNCP")
    expect(page.get_by_role("button", name=f"Prendre {REMPLACANTE}")).to_be_visible()
    presser(page, f"Continuer avec {INACTIVE}", "Synthèse")
    page.locator(".boutons").get_by_role("button", name="Suivant").click()
    arriver(page, "Soumission du dossier")
    remplir(page, SIGNATURE)
    presser(page, "Générer le CERFA", "Pièces")


def passer_le_delai(dossier):
    """RELANCE_DAYS later."""
    past = maintenant() - timedelta(seconds=1)
    Relance.update(prochain_envoi=past).where(Relance.dossier == dossier.id).execute()


def clore(bureau, dossier):
    gestionnaire = un_compte(une_structure("opco", "OPCO fictif"))
    connexion(bureau, gestionnaire)
    bureau.goto(f"/gestion/{dossier.id}")
    bureau.get_by_role("button", name="Clore la relance").click()
    expect(bureau.get_by_text("close par l’OPCO")).to_be_visible()


def test_an_inactive_certification_is_reminded_until_the_opco_closes_it(page_au_choix, ouvrir, camille, brouillon):
    page = page_au_choix
    connexion(page, camille)
    soumettre_quand_meme(page, brouillon)
    (courriel,) = relances_recues(camille, 1)
    assert REMPLACANTE in courriel.texte
    page.goto(lien_de(courriel))
    arriver(page, "Détails du dossier")
    expect(page.get_by_role("heading", name="Certification à remplacer")).to_be_visible()
    expect(page.locator("#cloche")).to_contain_text("1 non lue")
    page.locator("#cloche").click()
    page.get_by_role("link", name=f"la certification {INACTIVE}").click()
    clore(ouvrir(), brouillon)
    page.reload()
    expect(page.get_by_text("close par l’OPCO")).to_be_visible()


def test_it_comes_again_until_an_avenant_replaces_the_code(page_au_choix, ouvrir, sonnette, camille, brouillon):
    """The second mail, its link, the avenant that it asks for, the answer of the OPCO, and silence from then on."""
    page, bureau = page_au_choix, ouvrir()
    connexion(page, camille)
    soumettre_quand_meme(page, brouillon)
    relances_recues(camille, 1)
    passer_le_delai(brouillon)
    sonnette()
    first, second = relances_recues(camille, 2)
    assert "rappel" not in first.sujet
    assert "rappel" in second.sujet
    page.goto(lien_de(second))
    page.get_by_role("link", name="Remplacer la certification par un avenant").click()
    arriver(page, "Avenant au contrat")
    expect(page.get_by_label("Code RNCP de la nouvelle certification")).to_have_value(REMPLACANTE)
    presser(page, "Transmettre l’avenant", "Détails du dossier")
    expect(page.get_by_text("en attente de l’OPCO")).to_be_visible()
    connexion(bureau, un_compte(une_structure("opco", "OPCO fictif")))
    bureau.goto(f"/gestion/{brouillon.id}")
    bureau.get_by_role("link", name="Étudier l’avenant").click()
    presser(bureau, "Accepter l’avenant", "Instruction du dossier")
    page.reload()
    expect(page.get_by_text("un avenant a remplacé la certification")).to_be_visible()
    expect(page.locator("#donnees ~ *").get_by_text(REMPLACANTE).first).to_be_visible()
    assert relance_de(brouillon.id).fin == AVENANT
    passer_le_delai(brouillon)
    assert relances_dues(maintenant(), 100) == []
