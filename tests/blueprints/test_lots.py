"""An organisme hands several contracts over at once: each is checked, each says what became of it."""

import pytest

from models.courriels import Courriel
from models.dossier import Dossier
from models.sections import Contrat
from tests.fabriques import un_compte, un_dossier, une_structure

RESERVES = ("formation.service_interne", "formation.paiement_direct", "tuteur.attestation", "contrat.salaire")


@pytest.fixture
def ecole(base):
    return une_structure("organisme", "Organisme Fictif")


@pytest.fixture
def organisme(connecte, ecole):
    return connecte(un_compte(ecole))


def preentree(ecole, nom):
    changes = dict.fromkeys(RESERVES) | {"salarie.nom_naissance": nom}
    made = un_dossier(organisme=ecole, changements=changes)
    Dossier.update(structure=None).where(Dossier.id == made.id).execute()
    return made


def etats(*dossiers):
    return [Dossier.get_by_id(dossier.id).etat for dossier in dossiers]


def test_good_contracts_go_and_the_others_say_why(organisme, ecole):
    good, bad = preentree(ecole, "Abadie"), preentree(ecole, "Béranger")
    Contrat.update(date_fin=Contrat.date_debut).where(Contrat.dossier == bad.id).execute()
    listed = organisme.get("preentree.lister")
    ids = [box["value"] for box in listed.soup.select("input[name=d]")]
    assert set(ids) == {good.id, bad.id}
    page = organisme.get("lots.preparer_remise", d=ids)
    assert "Il reste des erreurs à corriger" in page.texte
    page = page.soumettre("Transmettre ce contrat", {f"d{good.id}-courriel": "rh@demo.fictif"}).suivre()
    assert "Transmis à l’employeur." in page.texte
    assert "Il reste des erreurs" in page.texte
    assert etats(good, bad) == ["a_valider_employeur", "brouillon"]
    assert [mail.destinataire for mail in Courriel.select()] == ["rh@demo.fictif"]


def test_a_wrong_address_holds_up_its_contract_only(organisme, ecole):
    one, two = preentree(ecole, "Abadie"), preentree(ecole, "Béranger")
    page = organisme.get("lots.preparer_remise", d=[one.id, two.id])
    typed = {f"d{one.id}-courriel": "rh@demo.fictif", f"d{two.id}-courriel": "pas une adresse"}
    page = page.soumettre("Transmettre ces 2 contrats", typed, 422)
    assert page.champ(f"d{two.id}-courriel")["value"] == "pas une adresse"
    assert page.champ(f"d{one.id}-courriel") is None
    assert etats(one, two) == ["a_valider_employeur", "brouillon"]
    page.soumettre("Transmettre ce contrat", {f"d{two.id}-courriel": "drh@demo.fictif"})
    assert etats(one, two) == ["a_valider_employeur"] * 2
    assert Courriel.select().count() == 2


def test_sending_twice_sends_once(organisme, ecole):
    one = preentree(ecole, "Abadie")
    data = {"d": one.id, f"d{one.id}-courriel": "rh@demo.fictif"}
    for _ in range(2):
        organisme.post("lots.remettre", data)
    assert Courriel.select().count() == 1


def test_nothing_checked_or_nothing_of_ones_own_changes_nothing(organisme, connecte, ecole):
    assert "Cochez d’abord" in organisme.get("lots.preparer_remise", 303).suivre().texte
    foreign = preentree(une_structure("organisme", "Autre organisme"), "Abadie")
    organisme.post("lots.remettre", {"d": foreign.id, f"d{foreign.id}-courriel": "rh@demo.fictif"})
    assert etats(foreign) == ["brouillon"]
    connecte(un_compte(une_structure())).get("lots.preparer_remise", 403)
