"""One list of what is missing, for whom, by when; and who entered what."""

import pytest

from models.courriels import Courriel
from models.dossier import Dossier
from models.journal import Journal
from models.liens import Lien
from tests.fabriques import PERSONNE, un_compte, un_dossier, une_structure

MANQUE = {"salarie.nir": None, "formation.heures_total": None, "contrat.salaire": None}


@pytest.fixture
def dossier(structure):
    return un_dossier(structure, changements=MANQUE)


def groupes(soup):
    """Title of each group → what stands in it."""
    found = {}
    for liste in soup.select("ul.manques"):
        titre = liste.find_previous(["h2", "h3"]).get_text().split(" (")[0]
        found[titre] = [item.get_text().split(" – ")[0].strip() for item in liste.select("li")]
    return found


@pytest.mark.parametrize("endpoint", ["dossiers.detailler", "depot.relire", "manques.montrer"])
def test_each_thing_is_asked_of_who_can_provide_it(employeur, dossier, endpoint):
    page = employeur.get(endpoint, dossier_id=dossier.id)
    found = groupes(page.soup)
    assert "Salaire brut mensuel à l’embauche" in found["À fournir par l’employeur"]
    assert "CERFA signé par l’employeur et le salarié" in found["À fournir par l’employeur"]
    assert "Durée totale" in " ".join(found["À fournir par l’organisme de formation"])
    assert any("NIR" in label or "sécurité sociale" in label for label in found["À demander au salarié"])
    assert "au plus tard, cinq jours après son début" in page.texte


def test_an_answer_leads_to_its_field(employeur, dossier):
    page = employeur.get("manques.montrer", dossier_id=dossier.id)
    there = page.cliquer("Salaire brut mensuel à l’embauche")
    assert there.champ("contrat-salaire")


def test_a_synthesis_of_which_every_answer_is_there_says_that_nothing_lacks_yet(employeur, structure, dossier):
    """« 3 éléments à fournir » under « Ce qui manque » sent people looking for a page that they had forgotten."""
    whole = employeur.get("depot.relire", dossier_id=un_dossier(structure).id).soup.find(id="manques")
    assert whole.get_text() == "Pièces à préparer"
    assert "à charger à l’étape" in whole.find_next("summary").get_text()
    assert employeur.get("depot.relire", dossier_id=dossier.id).soup.find(id="manques").get_text() == "Ce qui manque"


def test_once_filed_only_the_pieces_are_missing(employeur, structure):
    dossier = un_dossier(structure, etat="soumis", changements=MANQUE)
    found = groupes(employeur.get("dossiers.detailler", dossier_id=dossier.id).soup)
    assert "Salaire brut mensuel à l’embauche" not in str(found)
    assert "CERFA signé par l’employeur et le salarié" in found["À fournir par l’employeur"]


def test_the_list_goes_to_the_other_party_without_an_answer_or_a_name(employeur, dossier):
    page = employeur.get("manques.montrer", dossier_id=dossier.id)
    done = page.soumettre("Envoyer la liste", {"courriel": "organisme@demo.example"}).suivre()
    assert "La liste part par courriel" in done.texte
    mail = Courriel.get()
    assert mail.destinataire == "organisme@demo.example"
    for text in (mail.texte, mail.html):
        assert "Salaire brut mensuel à l’embauche" in text
        assert "Camille" not in text
        assert not [word for word in (PERSONNE["nom_naissance"], PERSONNE["prenom"], "1 450") if word in text]
    lien = Lien.get()
    assert (lien.objet, lien.etape, lien.destinataire) == ("reprise", "manques", "organisme@demo.example")
    assert Journal.select().where(Journal.action == "manques_envoyes").count() == 1
    path = next(word for word in mail.texte.split() if "/reprise/" in word).split("://")[1].partition("/")[2]
    asked = employeur.get(f"/{path}", 303).suivre()
    assert asked.cliquer("Continuer avec ce compte").titre == "Ce qui manque au dossier"


def test_an_address_that_is_none_is_refused_and_nothing_goes(employeur, dossier):
    page = employeur.get("manques.montrer", dossier_id=dossier.id)
    page.soumettre("Envoyer la liste", {"courriel": "personne"}, status=422)
    assert Courriel.select().count() == 0


def test_an_organisme_is_not_asked_what_is_reserved_to_the_employer(connecte, structure):
    organisme = une_structure("organisme", "Organisme Fictif")
    dossier = un_dossier(structure, organisme=organisme, changements=MANQUE)
    Dossier.update(structure=None).execute()
    client = connecte(un_compte(organisme))
    assert "Salaire brut" not in client.get("manques.montrer", dossier_id=dossier.id).texte
    Dossier.update(structure=structure).execute()
    assert client.get("manques.montrer", 303, dossier_id=dossier.id).suivre(303).suivre().titre != ""


def test_who_entered_what_is_told_by_fieldset(connecte, structure):
    organisme = une_structure("organisme", "Organisme Fictif")
    dossier = un_dossier(structure, organisme=organisme, complet=False)
    Dossier.update(structure=None).execute()
    page = connecte(un_compte(organisme, prenom="Odile")).get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    page.soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    Dossier.update(structure=structure).execute()
    client = connecte(un_compte(structure, prenom="Zoé"))
    page = client.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    page.soumettre("Sauvegarder", {"salarie-commune": "Bordeaux"})
    for endpoint in ("dossiers.detailler", "depot.relire"):
        told = client.get(endpoint, dossier_id=dossier.id).texte
        assert "Saisi par l’organisme de formation, le" in told
        assert "Saisi par Zoé Démo-Fictif, le" in told
        assert "Odile" not in told
