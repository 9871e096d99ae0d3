"""Who sees that a mail was lost, and what can be done about it from the page of the dossier."""

import pytest

from models.comptes import Compte
from models.contenu import contenu
from models.courriels import Courriel, poster
from models.dossier import Dossier
from models.journal import Journal
from models.liens import Lien
from models.preentree import Preentree
from tasks import preentree
from tests.fabriques import un_compte, un_dossier, une_structure

FAUSSE, BONNE = "rh@demo.fictiff", "rh@demo.fictif"


@pytest.fixture
def ecole(base):
    return un_compte(une_structure("organisme", "Organisme Fictif"))


@pytest.fixture
def dossier(app, ecole):
    """A contract that was handed over to an address that does not exist."""
    made = un_dossier(compte=ecole, organisme=ecole.habilitations.get().structure)
    Dossier.update(structure=None).where(Dossier.id == made.id).execute()
    made = Dossier.get_by_id(made.id)
    preentree.remettre(made, contenu(made.id), ecole, FAUSSE, 30)
    perdre()
    return Dossier.get_by_id(made.id)


def perdre():
    Courriel.update(etat="echoue").execute()


def corriger(client, dossier, adresse=BONNE):
    page = client.get("preentree.suivre", dossier_id=dossier.id)
    return page.cliquer("Corriger l’adresse et envoyer à nouveau").soumettre("Envoyer à nouveau", {"courriel": adresse})


def test_the_organisme_corrects_the_address_and_the_mail_leaves_again(connecte, ecole, dossier):
    client = connecte(ecole)
    page = client.get("preentree.suivre", dossier_id=dossier.id)
    assert "Un courriel n’a pas pu être remis" in page.texte
    assert FAUSSE in page.texte
    after = corriger(client, dossier).suivre()
    assert "n’a pas pu être remis" not in after.texte
    assert BONNE in after.texte
    mail = Courriel.select().order_by(Courriel.id.desc()).get()
    assert (mail.destinataire, mail.etat, mail.auteur_id) == (BONNE, "a_envoyer", ecole.id)
    assert "/transmis/" in mail.texte
    assert Preentree.get().destinataire == BONNE
    assert Dossier.get_by_id(dossier.id).etat == "a_valider_employeur"
    links = {lien.destinataire: lien.revoque_le for lien in Lien.select()}
    assert links[FAUSSE] is not None
    assert links[BONNE] is None


def test_the_employer_behind_the_right_address_sees_the_contract_at_once(connecte, ecole, dossier):
    rh = un_compte(une_structure(), courriel=BONNE)
    corriger(connecte(ecole), dossier)
    bell = connecte(rh).get("notifications.lister")
    details = bell.client.get(bell.soup.select_one(".notifications a")["href"], 303).suivre()
    assert "Un organisme de formation a saisi ce contrat" in details.texte
    assert Dossier.get_by_id(dossier.id).structure_id == rh.habilitations.get().structure_id


def test_an_address_that_is_none_is_shown_again(connecte, ecole, dossier):
    client = connecte(ecole)
    page = client.get("non_remis.corriger", dossier_id=dossier.id)
    assert page.champ("courriel")["value"] == FAUSSE
    page = page.soumettre("Envoyer à nouveau", {"courriel": "rh chez demo"}, status=422)
    assert page.champ("courriel")["value"] == "rh chez demo"
    assert Preentree.get().destinataire == FAUSSE


def test_once_the_employer_has_begun_no_address_is_corrected(connecte, ecole, dossier):
    Dossier.update(etat="brouillon", structure=une_structure()).where(Dossier.id == dossier.id).execute()
    client = connecte(ecole)
    client.get("non_remis.corriger", 403, dossier_id=dossier.id)
    client.post("non_remis.envoyer", {"courriel": BONNE}, 403, dossier_id=dossier.id)


def test_the_lost_link_of_an_employer_is_shown_until_another_one_is_sent(connecte, base):
    structure = une_structure()
    camille = un_compte(structure)
    dossier = un_dossier(structure, camille)
    client = connecte(camille)
    client.get("reprise.sauvegarde", dossier_id=dossier.id).soumettre(
        "Envoyer le lien par courriel", {"courriel": FAUSSE}
    )
    details = client.get("dossiers.detailler", dossier_id=dossier.id)
    assert "pas pu être remis" not in details.texte
    perdre()
    details = client.get("dossiers.detailler", dossier_id=dossier.id)
    assert FAUSSE in details.texte
    page = details.cliquer("Corriger l’adresse et envoyer à nouveau")
    assert page.champ("courriel")["value"] == FAUSSE
    page.soumettre("Envoyer le lien par courriel", {"courriel": BONNE})
    assert {lien.destinataire: bool(lien.revoque_le) for lien in Lien.select()} == {FAUSSE: True, BONNE: False}
    assert Journal.select().where(Journal.action == "lien_revoque").count() == 1
    assert "pas pu être remis" not in client.get("dossiers.detailler", dossier_id=dossier.id).texte


def test_a_mailbox_that_was_full_gets_a_link_that_opens(connecte, base):
    structure = une_structure()
    camille = un_compte(structure)
    dossier = un_dossier(structure, camille)
    for _ in range(2):
        page = connecte(camille).get("reprise.sauvegarde", dossier_id=dossier.id)
        page.soumettre("Envoyer le lien par courriel", {"courriel": BONNE})
        perdre()
    assert [bool(lien.revoque_le) for lien in Lien.select().order_by(Lien.cree_le)] == [True, False]


def test_a_gestionnaire_has_a_list_and_tries_again(connecte, base):
    structure, desk = une_structure(), un_compte(une_structure("opco", "OPCO fictif"))
    camille = un_compte(structure)
    dossier = un_dossier(structure, camille, etat="pieces_demandees")
    poster(
        "x", camille.courriel, "Mon Espace\u00a0: une pièce", "T", "<p>T</p>", genre="piece_demandee", dossier=dossier
    )
    client = connecte(desk)
    page = client.get("gestion.lister").cliquer("Courriels non remis")
    assert "Tous les courriels ont été remis." in page.texte
    perdre()
    page = client.get("non_remis.lister").cliquer(dossier.numero)
    assert camille.courriel in page.texte
    page = page.soumettre(f"Envoyer à nouveau à {camille.courriel}").suivre()
    assert "Courriel envoyé à nouveau" in page.texte
    assert Courriel.get().etat == "a_envoyer"
    assert "Tous les courriels ont été remis." in client.get("non_remis.lister").texte


def test_each_party_sees_its_own_mails_only(connecte, ecole, dossier):
    structure = une_structure()
    Dossier.update(structure=structure).where(Dossier.id == dossier.id).execute()
    assert "pas pu être remis" not in connecte(un_compte(structure)).get(f"/dossiers/{dossier.id}").texte


def test_the_mail_of_another_dossier_is_not_sent_again(connecte, base):
    desk = un_compte(une_structure("opco", "OPCO fictif"))
    mine, other = un_dossier(etat="soumis"), un_dossier(etat="soumis")
    mail = poster("x", BONNE, "Sujet", "T", "<p>T</p>", genre="decision", dossier=other)
    perdre()
    connecte(desk).post("non_remis.reessayer", {}, 303, dossier_id=mine.id, courriel_id=mail)
    assert Courriel.get().etat == "echoue"
    assert Compte.select().count() == 1
