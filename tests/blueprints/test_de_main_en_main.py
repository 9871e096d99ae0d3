"""A contract goes from hand to hand by real mails: each one that leaves is opened, and its link followed."""

import re
from email import message_from_bytes
from email.policy import default

import pytest

from models import referentiels
from models.dossier import Dossier
from models.sections import Employeur
from tasks.courriels import livrer_en_attente
from tests.blueprints import test_preentree
from tests.blueprints.test_preentree import frais, remettre
from tests.boite import Boite
from tests.dossiers_types import SIGNATURE
from tests.fabriques import un_compte, une_structure
from tests.tasks import conftest

ecole, formateur, organisme = test_preentree.ecole, test_preentree.formateur, test_preentree.organisme
dossier = test_preentree.dossier
sans_serveur, serveur = conftest.sans_serveur, conftest.serveur
RH = "rh.nouvelle@demo.fictif"
MOT = {"nouveau_mot_de_passe": "quatre escargots verts", "confirmation_mot_de_passe": "quatre escargots verts"}


@pytest.fixture
def boite(app, serveur):
    """The box of a real SMTP server; the portal sends there."""
    received = Boite()
    serveur(received)
    return received


@pytest.fixture
def siret(dossier):
    """The establishment of the contract, which no account of the portal knows."""
    known = referentiels.chercher_etablissements("démo")[0].siret
    Employeur.update(siret=known).where(Employeur.dossier == dossier.id).execute()
    Dossier.update(siret=known).where(Dossier.id == dossier.id).execute()
    return known


def recu(boite, adresse, motif):
    """What `motif` finds in the newest mail that reached this address."""
    livrer_en_attente()
    for envelope in reversed(boite.recus):
        if envelope.rcpt_tos == [adresse]:
            text = (
                message_from_bytes(envelope.content, policy=default)
                .get_body(("plain",))
                .get_content()
                .replace("\r\n", "\n")
            )
            assert "LE GALL" not in text
            if found := re.search(motif, text, re.MULTILINE):
                return re.sub(r"^https?://[^/]+", "", found[0])
    raise AssertionError(f"no mail to {adresse} has {motif}")


def lire_le_contrat(client, boite):
    """Without account: the link, the code, the masked view."""
    page = client.get(recu(boite, RH, r"http\S+/transmis/\S+"), 303).suivre()
    page = page.soumettre("Recevoir un code").suivre()
    page = page.soumettre("Continuer", {"code": recu(boite, RH, r"^\d{3}.\d{3}$")}).suivre()
    assert page.titre == "Un contrat vous est transmis"
    return page


def entrer(client, gestionnaire, boite, page, siret):
    """The account, from the masked view, and the gestionnaire who vouches for its first person."""
    page = page.cliquer("Créer un compte", 303).suivre()
    page.soumettre("Recevoir le lien", {"prenom": "Noa", "nom": "Fictive", "courriel": RH}).suivre()
    page = client.get(recu(boite, RH, r"http\S+/inscription/lien/\S+"), 303).suivre()
    assert page.soumettre("Créer mon compte", MOT).suivre().titre == "Votre demande est enregistrée"
    waiting = client.get("liens.suivre")
    assert "Votre compte n’a encore le droit de saisir pour aucun employeur" in waiting.texte
    page = gestionnaire.get("gestion_acces.lister").cliquer(referentiels.etablissement(siret).denomination)
    page.soumettre("Accepter")


def completer(page):
    """From « Reprendre » to the CERFA."""
    page = page.soumettre("Reprendre").suivre().soumettre("Suivant").suivre().soumettre("Suivant").suivre()
    page = page.soumettre("Suivant", {"formation-service_interne": "non", "formation-paiement_direct": "oui"}).suivre()
    page = page.soumettre("Suivant", {"contrat-salaire": "2 500", "tuteur-attestation": "oui"}).suivre()
    return page.soumettre("Suivant").suivre().soumettre("Générer le CERFA", SIGNATURE).suivre()


def test_an_employer_without_account_takes_the_contract_up_and_files_it(
    organisme, client, connecte, boite, dossier, siret, formateur
):
    gestionnaire = connecte(un_compte(une_structure("opco", "OPCO Fictif")))
    remettre(organisme, dossier, RH)
    masked = lire_le_contrat(client, boite)
    entrer(client, gestionnaire, boite, masked, siret)
    page = client.get("liens.suivre", 303).suivre()
    assert page.titre == "Détails du dossier"
    assert completer(page).titre == "Pièces"
    assert frais(dossier).etat == "soumis"
    path = recu(boite, formateur.courriel, r"http\S+/dossiers/\S+")
    followed = organisme.get(path, 303).suivre()
    assert followed.titre == "Suivi du dossier"
    assert "Soumis" in followed.texte
    assert "2 500" not in followed.texte
    bell = organisme.get("notifications.lister")
    assert "L’employeur a soumis le contrat à l’OPCO." in bell.texte
    client.get("liens.suivre", 303)
    stranger = type(client)(client.app)
    assert stranger.get(recu(boite, RH, r"http\S+/transmis/\S+"), 303).suivre(410).titre == "Ce lien ne fonctionne pas"
