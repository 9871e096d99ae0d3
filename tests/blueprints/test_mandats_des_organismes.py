"""Mandates of organismes: a group or an accountant acts for them, and nobody by them for an employer."""

import pytest

from models import referentiels
from models.comptes import Mandat
from models.contenu import contenu
from models.dossier import Dossier
from models.journal import Journal
from models.mandats import donner, revoquer
from models.notifications import Notification
from tasks.preentree import prendre, remettre
from tests.blueprints.test_utilisateurs import TOUT, liste
from tests.dossiers_types import JEUNE
from tests.fabriques import un_compte, un_dossier, une_structure
from tests.models.test_mandats import SIEGE, etendue
from tests.parcours import remplir


@pytest.fixture
def hotel(base):
    return une_structure(siren=SIEGE[:9], siret=SIEGE)


@pytest.fixture
def chef(hotel):
    return un_compte(hotel, droits=TOUT, prenom="Claude")


@pytest.fixture
def cabinet(base):
    return une_structure(nom="Cabinet Fictif", siret="55208131766522", siren="552081317")


@pytest.fixture
def comptable(cabinet):
    return un_compte(cabinet, droits=TOUT, prenom="Nour")


@pytest.fixture
def ecole(base):
    number = referentiels.chercher_organismes("démo")[0]
    return une_structure("organisme", "Organisme Fictif", siret=number.siret, siren=number.siret[:9])


@pytest.fixture
def directrice(ecole):
    return un_compte(ecole, "consulter saisir administrer", prenom="Andrea")


def preentree(ecole, compte):
    made = un_dossier(organisme=ecole, compte=compte, changements={"contrat.salaire": None})
    Dossier.update(structure=None).where(Dossier.id == made.id).execute()
    return Dossier.get_by_id(made.id)


@pytest.mark.parametrize("genre", ["organisme", "employeur"])
def test_an_organisme_gives_a_mandate_and_takes_it_back(connecte, ecole, directrice, cabinet, comptable, genre):
    if genre == "organisme":
        cabinet.genre = "organisme"
        cabinet.save()
    dossier, foreign = preentree(ecole, directrice), preentree(une_structure("organisme", "Autre"), None)
    desk, school = connecte(comptable), connecte(directrice)
    desk.get("preentree.suivre", 404, dossier_id=dossier.id)
    page = liste(school, ecole).cliquer("Donner un mandat")
    assert (page.champ("soumettre"), page.champ("etablissements")) == (None, None)
    page = page.soumettre("Donner le mandat", {"genre": genre, "siret": cabinet.siret}).suivre()
    assert Mandat.get().droits == "consulter saisir"
    assert "En cours" in page.texte
    told = Notification.get(Notification.compte == comptable)
    assert told.texte == "Un organisme de formation vous donne mandat (consulter, saisir)."
    desk.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    lines = desk.get("preentree.lister").soup.select("#resultats tbody tr")
    assert len(lines) == 1
    desk.get("preentree.suivre", 404, dossier_id=foreign.id)
    desk.get("utilisateurs.lister", 404, structure_id=ecole.id)
    liste(school, ecole).soumettre("Révoquer (Cabinet Fictif)").suivre()
    desk.get("saisie.montrer", 404, dossier_id=dossier.id, etape="salarie")


def test_an_accountant_asks_an_organisme_for_its_mandate(connecte, ecole, directrice, cabinet, comptable):
    dossier = preentree(ecole, directrice)
    desk = connecte(comptable)
    page = liste(desk, cabinet).cliquer("Demander un mandat")
    asked = {"genre": "organisme", "siret": ecole.siret, "soumettre": "oui"}
    refused = page.soumettre("Demander le mandat", asked | {"etablissements": ecole.siret}, status=422)
    assert "vaut pour tous ses contrats" in refused.message("etablissements")
    page.soumettre("Demander le mandat", asked).suivre()
    assert (Mandat.get().mandant, Mandat.get().droits) == (ecole, "consulter saisir")
    desk.get("preentree.suivre", 404, dossier_id=dossier.id)
    liste(connecte(directrice), ecole).soumettre("Accepter (Cabinet Fictif)").suivre()
    desk.get("preentree.suivre", dossier_id=dossier.id)
    assert "Le mandat que vous demandiez est accepté" in desk.get("notifications.lister").texte


def test_no_organisme_acts_for_an_employer(connecte, hotel, chef, ecole, directrice):
    """It would read what the employer keeps from it (DEP-09)."""
    bureau = connecte(chef)
    page = bureau.get("mandats.preparer", structure_id=hotel.id, sens="donner")
    assert page.champ("genre") is None
    days = {"debut": "2099-01-01", "fin": "2099-01-02"}
    bureau.post(page.url, days | {"siret": ecole.siret, "genre": "organisme"}, 422)
    school = connecte(directrice)
    page = school.get("mandats.preparer", structure_id=ecole.id, sens="demander")
    assert page.champ("genre") is None
    page = school.post(page.url, days | {"siret": SIEGE, "genre": "employeur"}, 422)
    assert "registres" in page.message("siret")
    assert not Mandat.select().exists()


def test_who_acts_for_both_sides_says_for_which_it_enters(connecte, hotel, chef, ecole, directrice, cabinet, comptable):
    for mandant in (hotel, ecole):
        donner(mandant.id, cabinet.id, etendue(), chef.id)
    client = connecte(comptable)
    page = client.get("saisie.choisir_type")
    page = page.soumettre("Suivant", {"contrat-type_contrat": "11", "pour": str(ecole.id)}).suivre()
    remplir(page, JEUNE["employeur"])
    (made,) = Dossier.select()
    assert (made.organisme, made.structure) == (ecole, None)
    assert Journal.get(Journal.action == "creation").mandataire == cabinet.id
    page = client.get("saisie.montrer", dossier_id=made.id, etape="formation")
    assert page.champ("formation-paiement_direct") is None


def test_who_acts_for_several_organismes_reads_whose_each_contract_is(connecte, ecole, directrice, cabinet, comptable):
    preentree(ecole, directrice)
    donner(ecole.id, cabinet.id, etendue(), directrice.id)
    client = connecte(comptable)
    assert "Organisme" not in [cell.get_text() for cell in client.get("preentree.lister").soup.select("th")]
    second = une_structure("organisme", "Second organisme fictif")
    donner(second.id, cabinet.id, etendue(), directrice.id)
    preentree(second, directrice)
    cells = client.get("preentree.lister").soup.select("td[data-titre=Organisme]")
    assert {cell.get_text() for cell in cells} == {ecole.nom, second.nom}


def test_after_its_mandate_the_accountant_hears_nothing_and_the_organisme_does(
    connecte, ecole, directrice, hotel, chef, cabinet, comptable
):
    mandat = donner(ecole.id, cabinet.id, etendue(), directrice.id)
    dossier = preentree(ecole, comptable)
    remettre(dossier, contenu(dossier.id), comptable, chef.courriel, 30)
    revoquer(mandat, directrice.id)
    prendre(Dossier.get_by_id(dossier.id), chef.id)
    told = Notification.select().where(Notification.genre == "contrat_repris")
    assert [bell.compte for bell in told] == [directrice]
