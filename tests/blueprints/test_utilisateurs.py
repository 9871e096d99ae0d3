"""Who acts for an employer: rights, invitations, requests, mandates, handing over, by those who decide it."""

import re
from datetime import timedelta

import pytest
from freezegun import freeze_time

from models.acces import DemandeAcces, Invitation, JournalAcces
from models.comptes import Compte, Habilitation, Mandat, Structure, habilitations
from models.courriels import Courriel
from models.dossier import Dossier
from models.journal import Journal
from models.mandats import donner
from models.notifications import Notification
from models.preentree import structure_visee
from tests.client import MEME_SITE
from tests.fabriques import SAISIR, un_compte, un_dossier, une_habilitation, une_structure
from tests.maison.test_routes import adresse, regles
from tests.models.test_mandats import ANNEXE, SIEGE, etendue
from tests.test_hostile import PIEGES

TOUT = f"{SAISIR} administrer"
ADRESSE = "nouvelle@demo.fictif"
MOT = "quatre escargots verts"
ARRIVEE = {
    "prenom": "Alix",
    "nom": "Fictive",
    "nouveau_mot_de_passe": MOT,
    "confirmation_mot_de_passe": MOT,
}


@pytest.fixture
def hotel(base):
    return une_structure(siren=SIEGE[:9], siret=SIEGE)


@pytest.fixture
def chef(hotel):
    return un_compte(hotel, droits=TOUT, prenom="Claude")


@pytest.fixture
def collegue(hotel):
    return un_compte(hotel, prenom="Dominique")


@pytest.fixture
def bureau(connecte, chef):
    return connecte(chef)


def droits(compte, structure):
    found = Habilitation.get_or_none(Habilitation.compte == compte, Habilitation.structure == structure)
    return found and found.droits


def lien(motif):
    """The path of the newest mailed link that looks so."""
    for mail in Courriel.select().order_by(Courriel.id.desc()):
        if found := re.search(rf"https?://[^/\s]+(/{motif}/\S+)", mail.texte):
            return found[1]
    raise AssertionError(motif)


def liste(client, structure):
    return client.get("utilisateurs.lister", structure_id=structure.id)


def inviter(bureau, hotel, **valeurs):
    page = liste(bureau, hotel).cliquer("Inviter une personne")
    return page.soumettre("Envoyer l’invitation", {"courriel": ADRESSE} | valeurs).suivre()


def test_one_employer_leads_straight_to_its_people_and_the_word_structure_is_nowhere(bureau, hotel, chef):
    page = bureau.get("/compte").cliquer("Utilisateurs", status=303).suivre()
    assert chef.courriel in page.texte
    for where in ("/", "/compte", "/dossiers", "/dossiers/nouveau", page.url, f"{page.url}/invitations"):
        assert "structure" not in bureau.get(where).texte.lower()


def test_the_people_of_others_do_not_exist(connecte, bureau, hotel, collegue):
    other = une_structure(nom="Autre")
    stranger = connecte(un_compte(other, droits=TOUT))
    reader = connecte(collegue)
    for client in (stranger, reader):
        client.get("utilisateurs.lister", 404, structure_id=hotel.id)
    theirs = Habilitation.get(Habilitation.compte == collegue)
    stranger.get("utilisateurs.preparer_droits", 404, structure_id=other.id, habilitation_id=theirs.id)
    stranger.post("utilisateurs.ecarter", status=404, structure_id=other.id, habilitation_id=theirs.id)


def test_an_invited_person_without_account_makes_one_by_the_link(client, connecte, bureau, hotel):
    page = inviter(bureau, hotel, saisir="oui")
    assert ADRESSE in page.texte
    path = lien("invitation")
    for _ in range(2):
        client.get(path, 303)
    page = client.get("/invitation")
    page = page.soumettre("Créer mon compte", ARRIVEE | {"nouveau_mot_de_passe": "court"}, status=422)
    page = page.soumettre("Créer mon compte", ARRIVEE).suivre()
    assert page.titre == "Accueil"
    made = Compte.get(Compte.courriel == ADRESSE)
    assert droits(made, hotel) == "consulter saisir"
    assert client.get(path, 410).titre == "Ce lien ne s’ouvre plus"
    client.get("/invitation", 410)
    assert "Invitations sans réponse" not in liste(bureau, hotel).texte


def test_an_invited_person_with_account_adds_the_right_to_it(client, connecte, bureau, hotel):
    person = un_compte(une_structure(nom="Autre"), courriel=ADRESSE)
    inviter(bureau, hotel)
    client.get(lien("invitation"), 303)
    assert "/connexion" in client.get("/invitation", 303).suite
    mine = connecte(person)
    page = mine.get(lien("invitation"), 303).suivre()
    page.soumettre("Accepter l’invitation").suivre()
    assert droits(person, hotel) == "consulter"
    assert len(habilitations(person)) == 2


def test_an_invitation_is_for_one_address_whoever_opens_it(connecte, bureau, hotel):
    inviter(bureau, hotel)
    other = un_compte(une_structure(nom="Autre"))
    page = connecte(other).get(lien("invitation"), 303)
    page = page.client.get("/invitation", 403)
    assert page.titre == "Ce lien est pour une autre adresse"
    assert ADRESSE not in page.texte
    page.client.post("/invitation", status=403)
    assert droits(other, hotel) is None


def test_nothing_tells_whether_an_invited_address_has_an_account(bureau, hotel):
    un_compte(courriel="connue@demo.fictif")
    found = []
    for courriel in ("connue@demo.fictif", "inconnue@demo.fictif"):
        page = inviter(bureau, hotel, courriel=courriel)
        shown = page.texte.replace(courriel, "X")
        mail = Courriel.select().order_by(Courriel.id.desc()).get()
        found.append((shown.partition("Historique")[0], mail.sujet, re.sub(r"http\S+", "", mail.texte)))
        bureau.post("utilisateurs.relancer", structure_id=hotel.id, invitation_id=Invitation.get(reponse="").id)
    assert found[0] == found[1]


def test_a_new_link_takes_the_place_of_the_old_one_and_a_withdrawn_one_opens_nothing(client, bureau, hotel):
    page = inviter(bureau, hotel)
    first = lien("invitation")
    page = page.soumettre(f"Renvoyer l’invitation de {ADRESSE}").suivre()
    client.get(first, 410)
    second = lien("invitation")
    client.get(second, 303)
    page.soumettre(f"Retirer l’invitation de {ADRESSE}").suivre()
    client.get(second, 410)
    client.post("/invitation", ARRIVEE, status=410)
    assert not Compte.select().where(Compte.courriel == ADRESSE).exists()


def test_an_address_that_is_asked_in_again_has_one_invitation(client, bureau, hotel):
    inviter(bureau, hotel)
    first = lien("invitation")
    page = inviter(bureau, hotel, saisir="oui")
    assert page.texte.count(f"Renvoyer l’invitation de {ADRESSE}") == 1
    client.get(first, 410)
    client.get(lien("invitation"), 303)


def test_an_invitation_ends_after_two_weeks_even_when_opened_before(client, bureau, hotel):
    with freeze_time("2026-11-23 08:00") as clock:
        bureau = type(bureau)(bureau.app).connecter(Compte.get(Compte.prenom == "Claude"))
        inviter(bureau, hotel)
        client.get(lien("invitation"), 303)
        clock.tick(timedelta(days=14))
        client.get("/invitation", 410)
        client.post("/invitation", ARRIVEE, status=410)


def test_rights_that_are_changed_hold_at_the_next_request(connecte, bureau, hotel, collegue):
    dossier = un_dossier(hotel)
    desk = connecte(collegue)
    desk.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    page = liste(bureau, hotel).cliquer("Changer les droits de Dominique Démo-Fictif")
    assert page.champ("saisir").has_attr("checked")
    page.soumettre("Enregistrer les droits", {"saisir": False, "soumettre": False}).suivre()
    desk.get("saisie.montrer", 403, dossier_id=dossier.id, etape="salarie")
    desk.get("dossiers.detailler", dossier_id=dossier.id)


def test_a_person_limited_to_an_establishment_finds_no_other(connecte, bureau, hotel, collegue):
    mine = un_dossier(hotel, changements={"employeur.siret": ANNEXE, "salarie.nom_naissance": "Visible"})
    other = un_dossier(hotel, changements={"employeur.siret": SIEGE, "salarie.nom_naissance": "Cachée"})
    page = liste(bureau, hotel).cliquer("Changer les droits de Dominique Démo-Fictif")
    page = page.soumettre("Enregistrer les droits", {"etablissements": "12345678900012"}, status=422)
    page = page.soumettre("Enregistrer les droits", {"etablissements": ANNEXE, "administrer": "oui"}, status=422)
    assert "tous les établissements" in page.message("etablissements")
    page.soumettre("Enregistrer les droits", {"etablissements": ANNEXE, "administrer": False}).suivre()
    desk = connecte(collegue)
    desk.get("dossiers.detailler", dossier_id=mine.id)
    desk.get("dossiers.detailler", 404, dossier_id=other.id)
    found = desk.get("/dossiers").texte
    assert "Visible" in found
    assert "Cachée" not in found
    csv = desk.http.get("/dossiers/listes/dossiers.csv", headers=MEME_SITE).get_data(as_text=True)
    assert "Visible" in csv
    assert "Cachée" not in csv


def test_a_person_who_is_withdrawn_loses_access_at_once_and_the_dossiers_stay(connecte, bureau, hotel, chef, collegue):
    dossier = un_dossier(hotel, collegue)
    desk = connecte(collegue)
    desk.get("dossiers.detailler", dossier_id=dossier.id)
    page = liste(bureau, hotel).cliquer("Retirer l’accès de Dominique Démo-Fictif")
    page.soumettre("Retirer l’accès").suivre()
    desk.get("dossiers.detailler", 404, dossier_id=dossier.id)
    desk.get("/dossiers")
    assert Dossier.get_by_id(dossier.id).cree_par == chef
    assert "confie" in [act.action for act in Journal.select().where(Journal.dossier == dossier.id)]
    assert JournalAcces.select().where(JournalAcces.action == "retrait", JournalAcces.personne == collegue).exists()


def test_the_last_administrator_neither_leaves_nor_loses_the_right(bureau, hotel, chef, collegue):
    mine = Habilitation.get(Habilitation.compte == chef)
    page = bureau.get("utilisateurs.preparer_droits", structure_id=hotel.id, habilitation_id=mine.id)
    page = page.soumettre("Enregistrer les droits", {"administrer": False}, status=422)
    assert "toujours quelqu’un" in page.texte
    page = bureau.get("utilisateurs.preparer_retrait", structure_id=hotel.id, habilitation_id=mine.id)
    page.soumettre("Retirer l’accès", {"personne": str(collegue.id)}, status=422)
    assert droits(chef, hotel) == TOUT


def test_all_dossiers_of_a_colleague_or_one_go_to_another_hand(bureau, hotel, chef, collegue):
    dossiers = [un_dossier(hotel, collegue) for _ in range(2)]
    other = un_compte(hotel, prenom="Maxime")
    elsewhere = un_dossier(une_structure(nom="Autre"), collegue)
    page = liste(bureau, hotel).cliquer("Confier ses dossiers (Dominique Démo-Fictif)")
    page = page.soumettre("Confier", {"personne": str(other.id)}).suivre()
    assert "Dossiers confiés : 2." in page.texte
    assert {Dossier.get_by_id(d.id).cree_par for d in dossiers} == {other}
    assert Dossier.get_by_id(elsewhere.id).cree_par == collegue
    page = bureau.get("dossiers.detailler", dossier_id=dossiers[0].id).cliquer(
        "Confier ce dossier à une autre personne"
    )
    page.soumettre("Confier", {"personne": str(chef.id)}).suivre()
    assert [Dossier.get_by_id(d.id).cree_par for d in dossiers] == [chef, other]


def test_an_employer_with_one_user_is_not_asked_to_whom_a_dossier_goes(bureau, hotel, chef):
    dossier = un_dossier(hotel, chef)
    assert "Confier" not in bureau.get("dossiers.detailler", dossier_id=dossier.id).texte


def test_nobody_but_an_administrator_hands_a_dossier_over(connecte, hotel, collegue):
    dossier = un_dossier(hotel)
    connecte(collegue).get("utilisateurs.preparer_contact", 403, dossier_id=dossier.id)
    page = connecte(collegue).get("dossiers.detailler", dossier_id=dossier.id)
    assert "Confier" not in page.texte


def test_an_administrator_answers_a_request_and_the_person_is_told(bureau, hotel):
    people = [un_compte(prenom="Alix"), un_compte(prenom="Sasha")]
    asked = [DemandeAcces.create(structure=hotel, compte=person) for person in people]
    page = liste(bureau, hotel).cliquer("Accepter Alix Démo-Fictif")
    page.soumettre("Accepter", {"saisir": "oui"}).suivre()
    page = liste(bureau, hotel).soumettre("Refuser Sasha Démo-Fictif").suivre()
    assert [droits(person, hotel) for person in people] == ["consulter saisir", None]
    assert "Demandes d’accès" not in page.texte
    assert Notification.select().where(Notification.compte.in_(people)).count() == 2
    bureau.post("utilisateurs.repondre", status=404, structure_id=hotel.id, demande_id=asked[1].id)


@pytest.fixture
def cabinet(base):
    return une_structure(nom="Cabinet Fictif", siret="55208131766522", siren="552081317")


@pytest.fixture
def comptable(cabinet):
    return un_compte(cabinet, droits=TOUT, prenom="Nour")


def test_a_mandate_is_given_seen_by_both_and_revoked_while_in_use(connecte, bureau, hotel, chef, cabinet, comptable):
    dossier = un_dossier(hotel, chef)
    desk = connecte(comptable)
    desk.get("dossiers.detailler", 404, dossier_id=dossier.id)
    page = liste(bureau, hotel).cliquer("Donner un mandat")
    page = page.soumettre("Donner le mandat", {"siret": SIEGE}, status=422)
    page = page.soumettre("Donner le mandat", {"siret": cabinet.siret, "fin": "2020-01-01"}, status=422)
    assert "après le début" in page.message("fin")
    page = page.soumettre("Donner le mandat", {"siret": cabinet.siret, "fin": "2099-01-01"}).suivre()
    assert "En cours" in page.texte
    assert hotel.nom in liste(desk, cabinet).texte
    assert Notification.select().where(Notification.compte == comptable).exists()
    desk.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    desk.get("utilisateurs.lister", 404, structure_id=hotel.id)
    liste(bureau, hotel).soumettre("Révoquer (Cabinet Fictif)").suivre()
    desk.get("saisie.montrer", 404, dossier_id=dossier.id, etape="salarie")
    assert "Révoqué" in liste(desk, cabinet).texte


def test_a_mandate_that_was_asked_waits_for_the_employer_alone(connecte, bureau, hotel, chef, cabinet, comptable):
    dossier = un_dossier(hotel)
    desk = connecte(comptable)
    page = liste(desk, cabinet).cliquer("Demander un mandat")
    page.soumettre("Demander le mandat", {"siret": SIEGE}).suivre()
    (mandat,) = Mandat.select()
    desk.post("mandats.repondre", {"action": "accepter"}, 403, structure_id=cabinet.id, mandat_id=mandat.id)
    desk.get("dossiers.detailler", 404, dossier_id=dossier.id)
    liste(bureau, hotel).soumettre("Accepter (Cabinet Fictif)").suivre()
    desk.get("dossiers.detailler", dossier_id=dossier.id)


def test_the_mandates_of_others_do_not_exist(connecte, bureau, hotel, chef, cabinet):
    mandat = donner(hotel.id, cabinet.id, etendue(), chef.id)
    other = une_structure(nom="Autre")
    stranger = connecte(un_compte(other, droits=TOUT))
    for owner in (hotel, other):
        stranger.post("mandats.repondre", {"action": "revoquer"}, 404, structure_id=owner.id, mandat_id=mandat.id)
    assert Mandat.get().revoque_le is None


def test_the_history_says_by_whose_mandate_something_was_done(connecte, bureau, hotel, chef, cabinet, comptable):
    donner(hotel.id, cabinet.id, etendue(), chef.id)
    dossier = un_dossier(hotel, etat="soumis")
    page = connecte(comptable).get("dossiers.confirmer_annulation", dossier_id=dossier.id)
    page.soumettre("Annuler le dossier").suivre()
    assert "par mandat de Cabinet Fictif" in bureau.get("dossiers.detailler", dossier_id=dossier.id).texte
    act = Journal.get(Journal.vers == "annule")
    assert (act.compte, act.mandataire) == (comptable, cabinet.id)
    un_dossier(hotel, chef)
    assert Journal.select().order_by(Journal.id.desc()).get().mandataire is None


def test_the_opco_asks_its_gestionnaires_in(client, connecte):
    opco = une_structure("opco", "OPCO Fictif")
    chef = connecte(un_compte(opco, "consulter instruire administrer"))
    page = inviter(chef, opco, instruire="oui")
    assert page.champ("saisir") is None
    assert "Mandats" not in page.texte
    client.get(lien("invitation"), 303)
    client.get("/invitation").soumettre("Créer mon compte", ARRIVEE)
    assert droits(Compte.get(Compte.courriel == ADRESSE), opco) == "consulter instruire"
    client.get("/gestion")


def test_a_contract_handed_over_to_an_accountant_is_for_the_employer_that_it_names(hotel, chef, cabinet, comptable):
    donner(hotel.id, cabinet.id, etendue(), chef.id)
    assert structure_visee(SIEGE, comptable) == hotel.id
    assert structure_visee(cabinet.siret, comptable) == cabinet.id
    assert structure_visee("12345678200010", comptable) is None


def test_who_administers_several_chooses(connecte, hotel, chef):
    other = une_structure(nom="Autre employeur")
    une_habilitation(chef, other, TOUT)
    page = connecte(chef).get("/utilisateurs")
    assert page.cliquer("Autre employeur").titre == "Utilisateurs"


def test_a_structure_that_is_not_here_yet_may_be_mandated(bureau, hotel):
    known = "Structure inconnue"
    page = bureau.get("mandats.preparer", structure_id=hotel.id, sens="donner")
    page = page.soumettre("Donner le mandat", {"siret": "55208131766522"}, status=422)
    assert "registres" in page.message("siret")
    assert not Structure.select().where(Structure.nom == known).exists()


def test_no_page_about_people_opens_without_the_second_factor_that_is_asked_for(app, bureau, hotel):
    app.config["SECOND_FACTEUR_OBLIGATOIRE"] = True
    page = bureau.get("utilisateurs.lister", 303, structure_id=hotel.id)
    assert "second-facteur" in page.suite
    bureau.post("utilisateurs.inviter", {"courriel": ADRESSE}, 403, structure_id=hotel.id)
    assert not Invitation.select().exists()


@pytest.mark.parametrize("texte", PIEGES)
def test_garbage_from_an_administrator_breaks_nothing(app, bureau, hotel, chef, collegue, texte):
    names = ("courriel", "etablissements", "siret", "debut", "fin", "personne", "droits", "saisir", "action")
    for rule, method, acces in regles(app):
        if acces == "administre":
            url = adresse(app, rule, "").replace("/utilisateurs/1", f"/utilisateurs/{hotel.id}")
            sent = dict.fromkeys(names, texte)
            response = bureau.http.open(url, method=method, headers=MEME_SITE, data=sent)
            assert response.status_code < 500, url
    assert "administrer" in droits(chef, hotel)
