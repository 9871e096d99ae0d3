"""The first page: what awaits each kind of person."""

from tests.fabriques import un_compte, un_dossier, une_structure


def attentes(page):
    return [" ".join(item.get_text().split()) for item in page.soup.select("ul.attentes li")]


def test_a_new_account_is_told_that_nothing_awaits_it(employeur):
    page = employeur.get("accueil.montrer")
    assert "Rien ne vous attend" in page.texte
    assert page.cliquer("Créer un contrat de professionnalisation").titre == "Sélection du type de contrat"


def test_what_awaits_is_counted_and_leads_to_the_filtered_list(employeur, structure):
    for etat in ("brouillon", "brouillon", "soumis", "pieces_demandees", "accepte"):
        un_dossier(structure, etat=etat, complet=False)
    un_dossier(une_structure(nom="Autre"))
    page = employeur.get("accueil.montrer")
    assert attentes(page) == [
        "2 dossiers à terminer",
        "1 dossier dont les pièces restent à envoyer",
        "1 dossier où l’OPCO demande une pièce",
    ]
    drafts = page.client.get(page.soup.select_one("ul.attentes a")["href"])
    assert len(drafts.soup.select("main tbody tr")) == 2


def test_the_last_dossiers_are_shown_with_what_they_are(employeur, structure):
    for rank in range(7):
        un_dossier(structure, changements={"salarie.prenom": f"Prénom{rank}"})
    page = employeur.get("accueil.montrer")
    assert len(page.soup.select("main tbody tr")) == 5
    assert page.cliquer("Voir tous mes dossiers").titre == "Mes dossiers"


def test_a_gestionnaire_begins_with_what_is_to_be_examined(connecte, base):
    client = connecte(un_compte(une_structure("opco", "OPCO")))
    assert client.get("accueil.montrer", 303).suite == "/gestion"


def test_an_organisme_begins_with_the_list_of_what_it_entered(connecte, base):
    page = connecte(un_compte(une_structure("organisme", "Organisme Fictif"))).get("accueil.montrer", 303).suivre()
    assert page.titre == "Mes dossiers"
    assert "Créer un contrat" in page.texte
    assert "Vous n’avez pas encore de dossier." in page.texte


def test_an_account_without_any_right_gets_a_page(connecte, base):
    page = connecte(un_compte()).get("accueil.montrer")
    assert "Rien ne vous attend" in page.texte


def test_nobody_is_sent_to_the_login(client):
    assert client.get("accueil.montrer", 303).suite.startswith("/connexion")
