"""For whom a contract is entered: nobody with one employer is asked, who acts for several says for which."""

import pytest

from models.dossier import Dossier
from models.journal import Journal
from models.mandats import donner
from tests.client import MEME_SITE
from tests.dossiers_types import JEUNE
from tests.fabriques import SAISIR, un_compte, un_dossier, une_habilitation, une_structure
from tests.models.test_mandats import ANNEXE, SIEGE, etendue
from tests.parcours import envoi, remplir


@pytest.fixture
def hotel(base):
    return une_structure(siren=SIEGE[:9], siret=SIEGE)


@pytest.fixture
def cabinet(base):
    return une_structure(nom="Cabinet Fictif")


@pytest.fixture
def comptable(hotel, cabinet):
    donner(hotel.id, cabinet.id, etendue(), un_compte(hotel).id)
    return un_compte(cabinet)


def limiter(compte, *sirets):
    compte.habilitations.model.update(etablissements=" ".join(sirets)).execute()


def test_who_enters_for_one_employer_is_asked_nothing(connecte, hotel):
    page = connecte(un_compte(hotel)).get("saisie.choisir_type")
    assert page.champ("pour") is None
    assert "pour=" not in page.soumettre("Suivant", {"contrat-type_contrat": "11"}).suite


def test_an_accountant_says_for_whom_and_the_journal_by_what_mandate(connecte, hotel, cabinet, comptable):
    client = connecte(comptable)
    page = client.get("saisie.choisir_type").soumettre("Suivant", {"contrat-type_contrat": "11"}, status=422)
    assert "pour qui" in page.message("pour")
    choice = {"contrat-type_contrat": "11", "pour": str(hotel.id)}
    page = page.soumettre("Suivant", choice).suivre()
    remplir(page, JEUNE["employeur"])
    (made,) = Dossier.select()
    assert made.structure == hotel
    assert Journal.get(Journal.action == "creation").mandataire == cabinet.id


def test_nobody_enters_for_an_employer_that_is_not_among_ones_own(connecte, hotel, cabinet, comptable):
    client, other = connecte(comptable), une_structure(nom="Autre")
    client.post("/dossiers/nouveau", {"contrat-type_contrat": "11", "pour": str(other.id)}, 422)
    for pour in (other.id, "x", ""):
        url = f"/dossiers/nouveau/employeur?type=11&pour={pour}"
        client.get(url, 303)
        assert client.post(url, {"action": "suivant"} | JEUNE["employeur"]).suite == "/dossiers/nouveau"
    assert not Dossier.select().exists()


def test_two_rights_at_one_employer_are_one_choice(connecte, hotel, cabinet, comptable):
    une_habilitation(comptable, hotel, SAISIR)
    page = connecte(comptable).get("saisie.choisir_type")
    assert len(page.soup.select("#pour option")) == 3


def test_a_person_limited_to_an_establishment_enters_for_no_other(connecte, hotel):
    compte = un_compte(hotel)
    limiter(compte, ANNEXE)
    url = "/dossiers/nouveau/employeur?type=11"
    page = connecte(compte).post(url, {"action": "suivant", "cle": "x"} | JEUNE["employeur"], 422)
    assert ANNEXE in page.message("employeur-siret")
    assert not Dossier.select().exists()


@pytest.mark.parametrize("action", ["suivant", "sauvegarder"])
@pytest.mark.parametrize(
    "valeurs", [{"employeur-siret": SIEGE}, {"employeur-siret": ""}, {"employeur-particulier_employeur": "oui"}]
)
def test_nor_does_it_move_a_contract_out_of_its_sight(connecte, hotel, action, valeurs):
    compte = un_compte(hotel)
    limiter(compte, ANNEXE)
    dossier = un_dossier(hotel, changements={"employeur.siret": ANNEXE})
    client = connecte(compte)
    page = client.get("saisie.montrer", dossier_id=dossier.id, etape="employeur")
    sent = {c["name"]: c.get("value", "") for c in page.soup.select("main input[name^=employeur-][type=text]")}
    sent |= {"employeur-particulier_employeur": "non"} | valeurs
    status = 422 if action == "suivant" else 303
    client.post(page.url, envoi(dossier, sent, action), status)
    assert Dossier.get_by_id(dossier.id).siret == ANNEXE
    client.get("dossiers.detailler", dossier_id=dossier.id)


def test_tutors_of_other_establishments_are_unknown(connecte, hotel):
    compte = un_compte(hotel)
    limiter(compte, ANNEXE)
    un_dossier(hotel, changements={"employeur.siret": SIEGE, "tuteur.nom": "Ailleurs"})
    un_dossier(hotel, changements={"employeur.siret": ANNEXE, "tuteur.nom": "Aici"})
    found = connecte(compte).http.post("/recherche/tuteurs", data={"q": "A"}, headers=MEME_SITE).text
    assert "Aici" in found
    assert "Ailleurs" not in found


def test_the_list_shows_one_employer_or_all(connecte, hotel, cabinet, comptable):
    cabinet.update(siret="55208131766522").where(type(cabinet).id == cabinet.id).execute()
    un_dossier(hotel, changements={"employeur.siret": SIEGE, "salarie.nom_naissance": "Duport"})
    un_dossier(cabinet, changements={"employeur.siret": "55208131766522", "salarie.nom_naissance": "Ducabinet"})
    page = connecte(comptable).get("/dossiers")
    assert {"Duport", "Ducabinet"} <= set(page.texte.split())
    page = page.soumettre("Afficher", {"etablissement": SIEGE[:9]}, status=200)
    assert "Duport" in page.texte
    assert "Ducabinet" not in page.texte
    assert connecte(un_compte(hotel)).get("/dossiers").soup.find(id="employeur") is None
