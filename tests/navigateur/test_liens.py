"""Mailed links, opened: from an organisme to an employer without account and back; in the wrong hands; too late."""

import re
from email import message_from_bytes
from email.policy import default

import pytest
from playwright.sync_api import expect

from models.base import maintenant
from models.dossier import Dossier
from models.liens import Lien
from tests.dossiers_types import SIGNATURE
from tests.fabriques import MOT_DE_PASSE, un_compte, un_dossier, une_structure
from tests.navigateur.pages import arriver, connexion, presser, remplir, suivant, un_nir
from tests.navigateur.test_preentree import RESERVES

SIRET = "73282932000074"
RH = "rh.nouvelle@demo.example"
MORT = "Ce lien ne fonctionne pas"


@pytest.fixture(scope="module")
def serveur(expediteur):
    return expediteur


@pytest.fixture
def formateur(base):
    return un_compte(une_structure("organisme", "Organisme Fictif"))


@pytest.fixture
def preentree(formateur):
    """Makes pre-entries whose pages are filled, but for what is reserved to the employer."""

    def faire():
        organisme = formateur.habilitations.get().structure
        changes = dict.fromkeys(RESERVES) | {"salarie.nir": un_nir(), "employeur.siret": SIRET}
        made = un_dossier(compte=formateur, organisme=organisme, changements=changes)
        Dossier.update(structure=None).where(Dossier.id == made.id).execute()
        return made

    return faire


def recu(page, boite, adresse, motif):
    """What `motif` finds in the newest mail to `adresse` that has it, once it is there."""
    for _ in range(200):
        for envelope in reversed(boite.recus):
            text = (
                message_from_bytes(envelope.content, policy=default)
                .get_body(("plain",))
                .get_content()
                .replace("\r\n", "\n")
            )
            found = re.search(motif, text, re.MULTILINE)
            if found and adresse in envelope.rcpt_tos:
                boite.recus.remove(envelope)
                return found[0]
        page.wait_for_timeout(50)
    raise AssertionError(f"no mail with {motif}")


def remettre(ecole, dossier, adresse):
    ecole.goto(f"/dossiers/{dossier.id}/remise")
    remplir(ecole, {"courriel": adresse})
    presser(ecole, "Transmettre à l’employeur", "Suivi du dossier")


def ouvrir_par_le_code(bureau, boite, adresse, accessible):
    """The link without account: a code goes to the mailbox, and opens the masked view."""
    bureau.goto(recu(bureau, boite, adresse, r"http://\S+/transmis/\S+"))
    arriver(bureau, "Ouvrir le lien")
    accessible(bureau)
    presser(bureau, "Recevoir un code", "Le code reçu")
    accessible(bureau)
    bureau.get_by_label("Code reçu").fill(recu(bureau, boite, adresse, r"^\d{3}.\d{3}$"))
    presser(bureau, "Continuer", "Un contrat vous est transmis")
    expect(bureau.get_by_text("masqué", exact=True).first).to_be_visible()
    accessible(bureau)


def creer_un_compte(bureau, boite, gestion):
    """Registering with the SIRET of the contract; a gestionnaire vouches."""
    bureau.get_by_role("link", name="Créer un compte").click()
    remplir(bureau, {"denomination": "Hôtel Fictif", "prenom": "Noa", "nom": "Fictif", "courriel": RH})
    presser(bureau, "Recevoir le lien", "Consultez votre messagerie")
    bureau.goto(recu(bureau, boite, RH, r"http://\S+/inscription/lien/\S+"))
    remplir(bureau, {"nouveau_mot_de_passe": MOT_DE_PASSE, "confirmation_mot_de_passe": MOT_DE_PASSE})
    presser(bureau, "Créer mon compte", "Votre demande est enregistrée")
    gestion.goto("/gestion/acces")
    gestion.locator("main a[href^='/gestion/acces/']").first.click()
    gestion.get_by_role("button", name="Accepter").first.click()
    expect(gestion.get_by_text("L’accès est donné")).to_be_visible()


def completer(bureau):
    """What the organisme had not, then the signature."""
    presser(bureau, "Reprendre", "Sélection du type de contrat")
    for titre in ("Employeur", "Formation"):
        suivant(bureau)
        arriver(bureau, titre)
    remplir(bureau, {"formation-service_interne": "non", "formation-paiement_direct": "oui"})
    suivant(bureau)
    arriver(bureau, "Salarié(e)")
    remplir(bureau, {"contrat-salaire": "2 500", "tuteur-attestation": "oui"})
    suivant(bureau)
    arriver(bureau, "Synthèse")
    suivant(bureau)
    arriver(bureau, "Soumission du dossier")
    remplir(bureau, SIGNATURE)
    presser(bureau, "Générer le CERFA", "Pièces")


def test_from_the_organisme_to_an_employer_without_account_and_back(ouvrir, accessible, formateur, preentree, boite):
    une_structure(nom="Hôtel Fictif sans compte", siren=SIRET[:9], siret=SIRET)
    gestionnaire = un_compte(une_structure("opco", "OPCO Fictif"))
    ecole, bureau, gestion = ouvrir(), ouvrir(), ouvrir()
    connexion(ecole, formateur)
    connexion(gestion, gestionnaire)
    dossier = preentree()
    remettre(ecole, dossier, RH)
    ouvrir_par_le_code(bureau, boite, RH, accessible)
    masked = bureau.url
    creer_un_compte(bureau, boite, gestion)
    bureau.goto(masked)
    arriver(bureau, "Détails du dossier")
    completer(bureau)
    recu(ecole, boite, formateur.courriel, r"a soumis le contrat")
    ecole.get_by_role("link", name=re.compile("Notifications")).click()
    ecole.get_by_role("link", name=re.compile("a soumis le contrat")).click()
    arriver(ecole, "Suivi du dossier")
    expect(ecole.locator("main")).not_to_contain_text("2 500")


def test_the_same_by_the_bell_and_by_the_gear_sent_back_once(ouvrir, accessible, formateur, preentree, boite):
    rh = un_compte(une_structure(nom="Hôtel Fictif du Nord"))
    ecole, bureau = ouvrir(), ouvrir()
    connexion(ecole, formateur)
    dossier = preentree()
    remettre(ecole, dossier, rh.courriel)
    connexion(bureau, rh)
    bureau.get_by_role("link", name=re.compile("Notifications 1")).click()
    bureau.locator(".notifications a").first.click()
    arriver(bureau, "Détails du dossier")
    presser(bureau, "Reprendre", "Sélection du type de contrat")
    bureau.goto(f"/dossiers/{dossier.id}/salarie")
    remplir(bureau, {"salarie-prenom": "Prénom-Corrigé", "contrat-salaire": "2 500"})
    presser(bureau, "Sauvegarder", "Brouillon enregistré")
    bureau.goto(f"/dossiers/{dossier.id}")
    expect(bureau.get_by_text("→ Prénom-Corrigé")).to_be_visible()
    accessible(bureau)
    bureau.get_by_role("link", name="Renvoyer à l’organisme").click()
    bureau.get_by_label("Votre message à l’organisme").fill("Vérifiez les dates.")
    bureau.get_by_role("button", name="Renvoyer à l’organisme").click()
    arriver(bureau, "Mes dossiers")
    ecole.goto(f"/dossiers/{dossier.id}/suivi")
    expect(ecole.get_by_text("Vérifiez les dates.")).to_be_visible()
    expect(ecole.locator("main")).not_to_contain_text("Prénom-Corrigé")
    remettre(ecole, dossier, rh.courriel)
    bureau.goto("/dossiers?etat=a_valider_employeur")
    bureau.locator(".rouage > button").first.click()
    bureau.locator(".rouage").first.get_by_role("button", name="Reprendre").click()
    arriver(bureau, "Sélection du type de contrat")
    bureau.goto(f"/dossiers/{dossier.id}/salarie")
    expect(bureau.locator('[name="salarie-prenom"]')).to_have_value("Prénom-Corrigé")
    expect(bureau.locator('[name="contrat-salaire"]')).to_have_value("2500,00")


def test_a_link_in_the_wrong_hands_and_one_that_is_over(ouvrir, accessible, formateur, preentree, boite):
    adresse = "destinataire@demo.example"
    ecole, inconnu, autre = ouvrir(), ouvrir(), ouvrir()
    connexion(ecole, formateur)
    dossier = preentree()
    remettre(ecole, dossier, adresse)
    link = recu(ecole, boite, adresse, r"http://\S+/transmis/\S+")
    inconnu.goto(link)
    arriver(inconnu, "Ouvrir le lien")
    expect(inconnu.locator("main")).not_to_contain_text("demo.example")
    connexion(autre, un_compte(une_structure(nom="Une autre structure")))
    autre.goto(link)
    arriver(autre, "Ce lien est pour une autre adresse")
    accessible(autre)
    presser(autre, "Se déconnecter et utiliser le lien", "Ouvrir le lien")
    ecole.reload()
    ecole.get_by_role("button", name="Révoquer").click()
    expect(ecole.get_by_text("Le lien est révoqué")).to_be_visible()
    assert inconnu.goto(link).status == 410
    arriver(inconnu, MORT)
    accessible(inconnu)


def test_a_link_too_old_is_replaced_by_a_mail_to_the_same_person(page_sans_js, ouvrir, formateur, preentree, boite):
    adresse = "tard@demo.example"
    ecole = ouvrir()
    connexion(ecole, formateur)
    dossier = preentree()
    remettre(ecole, dossier, adresse)
    link = recu(ecole, boite, adresse, r"http://\S+/transmis/\S+")
    Lien.update(expire_le=maintenant()).where(Lien.dossier == dossier).execute()
    assert page_sans_js.goto(link).status == 410
    presser(page_sans_js, "Demander un nouveau lien", "Connexion")
    expect(page_sans_js.get_by_text("Si ce lien peut être remplacé")).to_be_visible()
    page_sans_js.goto(recu(page_sans_js, boite, adresse, r"http://\S+/transmis/\S+"))
    arriver(page_sans_js, "Ouvrir le lien")
    Dossier.update(etat="soumis", numero="T-trop-tard").where(Dossier.id == dossier.id).execute()
    page_sans_js.reload()
    arriver(page_sans_js, MORT)
