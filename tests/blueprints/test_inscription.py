"""Coming in by oneself: a SIRET, one's own mailbox, then somebody who vouches."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from models import referentiels
from models.acces import DemandeAcces, Inscription
from models.base import db
from models.comptes import Compte, Habilitation, Structure
from models.courriels import Courriel
from models.liens import Lien
from models.notifications import Notification
from models.structures import ouvrir_structure
from tasks.acces import accorder_le_premier
from tests.client import MEME_SITE
from tests.fabriques import SAISIR, un_compte, une_structure

ADRESSE = "alix@demo.fictif"
MOT = {"nouveau_mot_de_passe": "quatre escargots verts", "confirmation_mot_de_passe": "quatre escargots verts"}


@pytest.fixture
def siret(base):
    return referentiels.chercher_etablissements("démo")[0].siret


@pytest.fixture
def organisme(base):
    return next(o for o in referentiels.chercher_organismes("démo") if o.siret)


@pytest.fixture
def gestionnaire(connecte):
    return connecte(un_compte(une_structure("opco", "OPCO Fictif")))


def lien(motif):
    """The path of the newest mailed link that looks so."""
    mails = [mail.texte for mail in Courriel.select().order_by(Courriel.id.desc())]
    return next(found[1] for texte in mails if (found := re.search(rf"https?://[^/\s]+(/{motif}/\S+)", texte)))


def chercher(client, siret, genre="employeur"):
    page = client.get("/connexion").cliquer("Demander un accès")
    return page.soumettre("Continuer", {"genre": genre, "siret": siret}).suivre()


def demander(client, siret, courriel=ADRESSE):
    page = chercher(client, siret)
    return page.soumettre("Recevoir le lien", {"prenom": "Alix", "nom": "Fictive", "courriel": courriel}).suivre()


def confirmer(client):
    page = client.get(lien("inscription/lien"), 303).suivre()
    return page.soumettre("Créer mon compte", MOT).suivre()


def droits(compte):
    found = Habilitation.get_or_none(Habilitation.compte == compte)
    return found and found.droits


def test_the_name_of_the_employer_is_shown_and_a_wrong_siret_refused(client, siret):
    page = client.get("/inscription")
    page = page.soumettre("Continuer", {"genre": "employeur", "siret": "12345678900012"}, status=422)
    assert "SIRET" in page.message("siret")
    page = chercher(client, siret)
    assert referentiels.etablissement(siret).denomination in page.texte
    assert page.champ("nda") is None


def test_a_siret_that_no_register_has_is_named_by_hand_and_the_gestionnaire_told(client, gestionnaire):
    page = chercher(client, "552 081 317 66522")
    assert "Nos registres n’ont pas ce SIRET" in page.texte
    asks = {"prenom": "Alix", "nom": "Fictive", "courriel": ADRESSE}
    page = page.soumettre("Recevoir le lien", asks, status=422)
    assert "obligatoire" in page.message("denomination")
    page.soumettre("Recevoir le lien", {"denomination": "Auberge toute neuve"}).suivre()
    confirmer(client)
    again = "/inscription/identite?genre=employeur&siret=55208131766522"
    assert client.get(again).champ("denomination")
    page = gestionnaire.get("/gestion/acces").cliquer("Auberge toute neuve")
    assert "celui que la personne a tapé" in page.texte
    page.soumettre("Accepter")
    assert "Auberge toute neuve" in client.get(again).texte


def test_an_organisme_also_gives_its_declaration_number(client, organisme):
    page = chercher(client, organisme.siret, "organisme")
    page = page.soumettre("Recevoir le lien", {"prenom": "A", "nom": "B", "courriel": ADRESSE}, status=422)
    assert page.message("nda")
    page.soumettre("Recevoir le lien", {"nda": organisme.nda}).suivre()
    assert Inscription.get().nda == organisme.nda


def test_nothing_exists_before_the_mailbox_is_proven(client, siret):
    assert demander(client, siret).titre == "Consultez votre messagerie"
    assert (Compte.select().count(), Structure.select().count(), DemandeAcces.select().count()) == (0, 0, 0)


def test_the_first_account_is_approved_by_a_gestionnaire(client, gestionnaire, siret):
    demander(client, siret)
    assert confirmer(client).titre == "Votre demande est enregistrée"
    compte = Compte.get(Compte.courriel == ADRESSE)
    assert droits(compte) is None
    assert "n’agissez encore pour personne" in client.get("/").texte
    page = gestionnaire.get("/gestion").cliquer("Demandes d’accès")
    page = page.cliquer(referentiels.etablissement(siret).denomination)
    page = page.soumettre("Accepter").suivre()
    assert "Aucune demande" in page.texte
    assert droits(compte) == f"{SAISIR} administrer"
    assert "Utilisateurs" in client.get("/compte").texte
    assert Notification.select().where(Notification.compte == compte).exists()


def test_a_gestionnaire_may_have_the_employer_itself_answer(client, gestionnaire, siret, app):
    demander(client, siret)
    confirmer(client)
    demande = DemandeAcces.get()
    page = gestionnaire.get("gestion_acces.preparer", demande_id=demande.id)
    page = page.soumettre("Envoyer le lien de vérification", {"contact": "pas une adresse"}, status=422)
    page.soumettre("Envoyer le lien de vérification", {"contact": "direction@demo.fictif"}).suivre()
    office = type(client)(app)
    path = lien("preuve")
    page = office.get(path, 303).suivre()
    assert ADRESSE in page.texte
    assert droits(demande.compte) is None
    page.soumettre("Oui, accepter", status=200)
    assert "administrer" in droits(demande.compte)
    office.get(path, 410)
    gestionnaire.post("gestion_acces.repondre", {"action": "refuser"}, 404, demande_id=demande.id)


def test_a_known_address_of_the_employer_is_asked_at_once_and_may_refuse(client, siret, app):
    structure = ouvrir_structure("employeur", siret, "Hôtel Fictif")
    Structure.update(contact="direction@demo.fictif").where(Structure.id == structure.id).execute()
    demander(client, siret)
    confirmer(client)
    (mail,) = [m for m in Courriel.select() if m.destinataire == "direction@demo.fictif"]
    assert ADRESSE not in mail.texte + mail.html + mail.sujet
    office = type(client)(app)
    office.get(lien("preuve"), 303).suivre().soumettre("Non, refuser", status=200)
    assert droits(Compte.get(Compte.courriel == ADRESSE)) is None
    assert DemandeAcces.get().reponse == "refusee"


def test_later_ones_are_asked_of_the_administrators_and_no_gestionnaire(client, gestionnaire, connecte, siret):
    structure = ouvrir_structure("employeur", siret, "Hôtel Fictif")
    chef = un_compte(structure, droits=f"{SAISIR} administrer")
    demander(client, siret)
    confirmer(client)
    assert "Aucune demande" in gestionnaire.get("/gestion/acces").texte
    assert Notification.get().compte == chef
    page = connecte(chef).get("utilisateurs.lister", structure_id=structure.id)
    page = page.cliquer("Accepter Alix Fictive").soumettre("Accepter", {"saisir": "oui"}).suivre()
    assert droits(Compte.get(Compte.courriel == ADRESSE)) == "consulter saisir"


def test_nothing_tells_whether_an_address_has_an_account(client, siret):
    un_compte(courriel=ADRESSE)
    answers = [demander(client, siret, courriel) for courriel in (ADRESSE, "inconnue@demo.fictif")]
    assert answers[0].html == answers[1].html
    mails = [re.sub(r"http\S+", "", mail.texte) for mail in Courriel.select()]
    assert len(mails) == 2
    assert len(set(mails)) == 1


def test_an_account_that_exists_logs_in_and_asks_with_it(client, connecte, siret):
    there = un_compte(courriel=ADRESSE)
    demander(client, siret)
    path = lien("inscription/lien")
    client.get(path, 303)
    assert "/connexion" in client.get("/inscription/confirmation", 303).suite
    client.post("/inscription/confirmation", MOT)
    assert not DemandeAcces.select().exists()
    mine = connecte(there)
    mine.get(path, 303).suivre().soumettre("Demander l’accès").suivre()
    assert DemandeAcces.get().compte == there
    mine.get(path, 410)


def test_somebody_who_is_logged_in_asks_without_a_mail(connecte, siret):
    compte = un_compte(une_structure(nom="Autre"))
    client = connecte(compte)
    page = client.get("/compte").cliquer("Agir pour un autre employeur ou organisme")
    page = page.soumettre("Continuer", {"genre": "employeur", "siret": siret}).suivre()
    for _ in range(2):
        page.soumettre("Demander l’accès").suivre()
    (demande,) = DemandeAcces.select()
    assert (demande.compte, demande.reponse, Lien.select().count()) == (compte, "", 0)


@pytest.mark.parametrize("genre", ["employeur", "organisme"])
def test_two_people_who_register_at_the_same_moment_ask_for_one_structure(connecte, siret, organisme, genre):
    number = siret if genre == "employeur" else organisme.siret
    people = [un_compte(), un_compte()]
    pages = [chercher_de(connecte(compte), number, genre) for compte in people]
    nda = {} if genre == "employeur" else {"nda": organisme.nda}
    titles = ensemble(*(lambda p=p: p.soumettre("Demander l’accès", nda).suivre().titre for p in pages))
    assert titles == ["Votre demande est enregistrée"] * 2
    assert Structure.select().where(Structure.genre == genre).count() == 1
    first, second = DemandeAcces.select().order_by(DemandeAcces.id)
    assert first.structure == second.structure


def chercher_de(client, siret, genre):
    page = client.get("/inscription").soumettre("Continuer", {"genre": genre, "siret": siret})
    return page.suivre()


def ensemble(*acts):
    """What these give, done at the same moment, each on a connection of its own."""
    start = threading.Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        finally:
            db.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_second_click_at_the_same_moment_asks_nothing_more(connecte, siret):
    compte = un_compte()
    pages = [chercher_de(connecte(compte), siret, "employeur") for _ in range(2)]
    ensemble(*(lambda p=p: p.soumettre("Demander l’accès").suivre() for p in pages))
    assert DemandeAcces.select().count() == 1


def test_who_is_accepted_second_is_for_the_first_to_decide(gestionnaire, connecte, siret, client):
    structure = ouvrir_structure("employeur", siret, "Hôtel Fictif")
    people = [un_compte(), un_compte()]
    first, second = (DemandeAcces.create(structure=structure, compte=compte) for compte in people)
    late = gestionnaire.get("gestion_acces.preparer", demande_id=second.id)
    late.soumettre("Envoyer le lien de vérification", {"contact": "direction@demo.fictif"}).suivre()
    office = client.get(lien("preuve"), 303).suivre()
    gestionnaire.get("gestion_acces.preparer", demande_id=first.id).soumettre("Accepter").suivre()
    late.soumettre("Accepter", status=404)
    assert office.soumettre("Oui, accepter", status=410).titre == "Ce lien ne s’ouvre plus"
    assert [droits(compte) for compte in people] == [f"{SAISIR} administrer", None]
    (told,) = Notification.select().where(Notification.cle == f"demande:{second.id}:{people[0].id}")
    page = connecte(people[0]).get(told.chemin)
    page.cliquer(f"Accepter {people[1].nom_complet}").soumettre("Accepter", {"saisir": "oui"}).suivre()
    assert droits(people[1]) == "consulter saisir"


def test_two_gestionnaires_who_accept_two_people_at_once_make_one_administrator(app, siret):
    for _ in range(3):
        structure = ouvrir_structure("employeur", siret, "Hôtel Fictif")
        people = [un_compte(), un_compte()]
        asked = [DemandeAcces.create(structure=structure, compte=compte) for compte in people]
        done = ensemble(*(partial(accorder_le_premier, one, None) for one in asked))
        assert sorted(done) == [False, True]
        assert sorted(map(str, map(droits, people))) == ["None", f"{SAISIR} administrer"]
        Structure.delete().execute()


def test_nobody_floods_a_mailbox(client, siret):
    url = f"/inscription/identite?genre=employeur&siret={siret}"
    data = {"prenom": "Alix", "nom": "Fictive", "courriel": ADRESSE}
    codes = [client.http.post(url, data=data, headers=MEME_SITE).status_code for _ in range(6)]
    assert codes == [303] * 5 + [429]


@pytest.mark.parametrize(
    "query", ["", "?genre=x&siret=1", "?genre=employeur&siret=%00", "?genre=opco&siret=55208131766522"]
)
def test_garbage_in_the_address_is_no_page(client, query):
    client.get(f"/inscription/identite{query}", 404)
    client.post(f"/inscription/identite{query}", status=404)


@pytest.mark.parametrize("path", ["inscription/lien/x", "invitation/x.y", "preuve/x"])
def test_a_link_that_never_was_one_helps_on(client, path):
    assert client.get(f"/{path}", 404).titre == "Ce lien ne s’ouvre plus"


@pytest.mark.parametrize("path", ["/inscription/confirmation", "/invitation", "/preuve"])
def test_without_a_link_there_is_nothing(client, path):
    client.get(path, 404)
    client.post(path, MOT, 404)
