"""Two browsers: an organisme hands a contract over, the employer opens the mailed link and takes it up."""

import re

import pytest
from playwright.sync_api import expect

from models.courriels import Courriel
from models.dossier import Dossier
from tests.fabriques import un_compte, un_dossier, une_structure
from tests.navigateur.pages import arriver, charger, connexion, presser, remplir, se_connecter, suivant, un_nir

RESERVES = ("formation.service_interne", "formation.paiement_direct", "tuteur.attestation", "contrat.salaire")


@pytest.fixture
def formateur(base):
    return un_compte(une_structure("organisme", "Organisme Fictif"))


@pytest.fixture
def rh(base):
    return un_compte(une_structure())


@pytest.fixture
def dossier(formateur):
    """A pre-entry whose pages are filled, but for what is reserved to the employer."""
    organisme = formateur.habilitations[0].structure
    changes = dict.fromkeys(RESERVES) | {"salarie.nir": un_nir()}
    made = un_dossier(compte=formateur, organisme=organisme, changements=changes)
    Dossier.update(structure=None).where(Dossier.id == made.id).execute()
    return made


def test_from_the_organisme_to_the_employer(ouvrir, accessible, formateur, rh, dossier):
    ecole, bureau = ouvrir(), ouvrir()
    connexion(ecole, formateur)
    arriver(ecole, "Mes dossiers")
    remettre(ecole, dossier, rh, accessible)
    prendre(bureau, rh, accessible)
    completer(bureau, accessible)
    ecole.reload()
    expect(ecole.locator(".entete-dossier .etat")).to_have_text("Brouillon")
    expect(ecole.get_by_role("button", name="Reprendre la main")).to_have_count(0)
    expect(ecole.get_by_role("link", name=re.compile("Notifications 1"))).to_be_visible()
    accessible(ecole)


def remettre(ecole, dossier, rh, accessible):
    """From the synthesis over the pieces to « Transmettre à l’employeur »."""
    ecole.goto(f"/dossiers/{dossier.id}/synthese")
    expect(ecole.locator("main")).not_to_contain_text("Salaire brut mensuel")
    suivant(ecole)
    arriver(ecole, "Pièces")
    charger(ecole, "convention_formation")
    ecole.get_by_role("link", name="Continuer vers la transmission à l’employeur").click()
    arriver(ecole, "Transmettre à l’employeur")
    accessible(ecole)
    remplir(ecole, {"courriel": rh.courriel})
    presser(ecole, "Transmettre à l’employeur", "Suivi du dossier")


def prendre(bureau, rh, accessible):
    """The link without a session: the login, then the details of the dossier."""
    mails = [mail for mail in Courriel.select() if mail.destinataire == rh.courriel]
    (mail,) = [mail for mail in mails if mail.cle.startswith("remise:")]
    bureau.goto(re.search(r"http://\S+/transmis/\S+", mail.texte)[0])
    arriver(bureau, "Ouvrir le lien")
    accessible(bureau)
    bureau.get_by_role("link", name="Se connecter").click()
    se_connecter(bureau, rh)
    arriver(bureau, "Détails du dossier")
    expect(bureau.locator(".pieces")).to_contain_text("convention_formation.pdf")
    accessible(bureau)
    presser(bureau, "Reprendre", "Sélection du type de contrat")


def completer(bureau, accessible):
    """All pages again; what the organisme had not is asked now."""
    suivant(bureau)
    arriver(bureau, "Employeur")
    expect(bureau.get_by_text("Saisi par l’organisme").first).to_be_visible()
    suivant(bureau)
    arriver(bureau, "Formation")
    expect(bureau.get_by_text("À compléter").first).to_be_visible()
    accessible(bureau)
    remplir(bureau, {"formation-service_interne": "non", "formation-paiement_direct": "oui"})
    suivant(bureau)
    arriver(bureau, "Salarié(e)")
    remplir(bureau, {"contrat-salaire": "2 500", "tuteur-attestation": "oui"})
    suivant(bureau)
    arriver(bureau, "Synthèse")
