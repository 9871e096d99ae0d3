"""Two browsers: an invitation followed from its mail; a mandate given, then withdrawn while it is in use."""

import re

import pytest
from playwright.sync_api import expect

from models.courriels import Courriel
from models.saisie import frappe
from tests.fabriques import SAISIR, un_compte, un_dossier, une_structure
from tests.navigateur.pages import arriver, connexion, controle, presser, remplir, un_nir

MOT = "quatre escargots verts"


@pytest.fixture
def chef(base):
    return un_compte(une_structure(), f"{SAISIR} administrer")


@pytest.fixture
def comptable(base):
    cabinet = une_structure(nom="Cabinet Fictif des Trois Rivières", siret="55208131766522", siren="552081317")
    return un_compte(cabinet, f"{SAISIR} administrer", prenom="Nour")


def utilisateurs(page):
    page.goto("/utilisateurs")
    arriver(page, "Utilisateurs")


def test_an_invited_person_comes_in_by_the_mail(ouvrir, accessible, chef):
    bureau, maison = ouvrir(), ouvrir()
    connexion(bureau, chef)
    utilisateurs(bureau)
    accessible(bureau)
    bureau.get_by_role("link", name="Inviter une personne").click()
    arriver(bureau, "Inviter une personne")
    accessible(bureau)
    remplir(bureau, {"courriel": "invitee@demo.fictif", "saisir": "oui"})
    presser(bureau, "Envoyer l’invitation", "Utilisateurs")
    expect(bureau.locator("main .avis")).to_contain_text("L’invitation part par courriel")
    (mail,) = [mail for mail in Courriel.select() if mail.destinataire == "invitee@demo.fictif"]
    maison.goto(re.search(r"http://\S+/invitation/\S+", mail.texte)[0])
    arriver(maison, "Vous êtes invité(e)")
    accessible(maison)
    remplir(maison, {"prenom": "Alix", "nom": "Démo", "nouveau_mot_de_passe": MOT, "confirmation_mot_de_passe": MOT})
    presser(maison, "Créer mon compte", "Accueil")
    expect(maison.get_by_role("link", name="Créer un contrat de professionnalisation")).to_be_visible()
    bureau.reload()
    expect(bureau.get_by_role("row", name=re.compile("Alix Démo"))).to_contain_text("Consulter, saisir")
    expect(bureau.get_by_text("Invitations sans réponse")).to_have_count(0)


def test_a_mandate_is_withdrawn_while_the_accountant_types(ouvrir, accessible, chef, comptable):
    dossier = un_dossier(chef.habilitations[0].structure, chef, changements={"salarie.nir": un_nir()})
    bureau, cabinet = ouvrir(), ouvrir()
    connexion(bureau, chef)
    connexion(cabinet, comptable)
    cabinet.goto(f"/dossiers/{dossier.id}")
    arriver(cabinet, "Page introuvable")
    utilisateurs(bureau)
    bureau.get_by_role("link", name="Donner un mandat").click()
    arriver(bureau, "Donner un mandat")
    accessible(bureau)
    remplir(bureau, {"siret": comptable.habilitations[0].structure.siret})
    presser(bureau, "Donner le mandat", "Utilisateurs")
    accessible(bureau)
    cabinet.goto(f"/dossiers/{dossier.id}/salarie")
    arriver(cabinet, "Salarié(e)")
    with cabinet.expect_response("**/controle"):
        remplir(cabinet, {"contrat-emploi": "Cheffe de rang"})
    bureau.get_by_role("button", name="Révoquer (Cabinet").click()
    expect(bureau.locator("main .avis")).to_contain_text("Le mandat a pris fin")
    remplir(cabinet, {"contrat-emploi": "Serveuse"})
    expect(cabinet.locator("#enregistrement")).to_have_text("Ce que vous tapez n’est plus gardé.")
    cabinet.get_by_role("button", name="Suivant").last.click()
    expect(cabinet.locator("#session")).to_contain_text("Vous n’avez plus accès à ce dossier")
    expect(controle(cabinet, "contrat-emploi")).to_have_value("Serveuse")
    accessible(cabinet)
    cabinet.goto("/dossiers")
    expect(cabinet.locator("main")).not_to_contain_text("Gall")
    kept = frappe(dossier, "salarie", comptable.id)
    assert kept.valeurs["contrat-emploi"] == ["Cheffe de rang"]
