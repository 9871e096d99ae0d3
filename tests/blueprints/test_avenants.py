"""An avenant as people do it: the employer proposes from Détails, the gestionnaire decides, both read what became."""

from datetime import date

import pytest

from models.avenants import Avenant
from models.contenu import contenu
from models.relances import AVENANT, ouvrir_relance, relance_de
from tests.fabriques import un_compte, un_dossier, une_structure

INACTIVE, ACTIVE = "RNCP34031", "RNCP38362"
LIEN = "Remplacer la certification par un avenant"


@pytest.fixture
def employeur(structure):
    return un_compte(structure)


@pytest.fixture
def dossier(structure, employeur):
    dossier = un_dossier(structure, employeur, etat="soumis", changements={"formation.rncp": INACTIVE})
    ouvrir_relance(dossier.id, INACTIVE, employeur.id)
    return dossier


@pytest.fixture
def bureau(connecte, structure):
    return connecte(un_compte(une_structure("opco", "OPCO fictif")))


@pytest.fixture
def proposee(connecte, employeur, dossier):
    """The page Détails once the avenant is proposed."""
    page = connecte(employeur).get("dossiers.detailler", dossier_id=dossier.id).cliquer(LIEN)
    return page.soumettre("Transmettre l’avenant", {"date_effet": "2027-01-04"}).suivre()


def test_the_only_successor_is_proposed_with_its_title(connecte, employeur, dossier):
    page = connecte(employeur).get("avenants.preparer", dossier_id=dossier.id)
    assert page.champ("rncp")["value"] == ACTIVE
    assert f"Choisir {ACTIVE}" in page.texte


def test_it_is_transmitted_and_told_in_details(proposee, dossier):
    assert "en attente de l’OPCO" in proposee.texte
    assert "Les relances s’arrêtent" in proposee.texte
    assert LIEN not in proposee.texte
    assert "Avenant au contrat (CERFA, type 30)" in proposee.texte
    assert Avenant.get().date_effet == date(2027, 1, 4)


def test_the_second_of_two_clicks_finds_it_done(connecte, employeur, dossier, proposee):
    values = {"rncp": ACTIVE, "date_effet": "2027-01-04"}
    connecte(employeur).post("avenants.proposer", values, 303, dossier_id=dossier.id)
    assert Avenant.select().count() == 1


@pytest.mark.parametrize(
    ("values", "champ", "message"),
    [
        ({"rncp": INACTIVE}, "rncp", "indiquez celle qui la remplace"),
        ({"rncp": "RNCP99999"}, "rncp", "n’est pas dans nos données"),
        ({"rncp": "RS5550"}, "rncp", "répertoire spécifique"),
        ({"rncp": ""}, "rncp", "obligatoire"),
        ({"date_effet": "2028-01-01"}, "date_effet", "pendant le contrat"),
        ({"date_effet": "31/02/2027"}, "date_effet", "n’existe pas"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(connecte, employeur, dossier, values, champ, message):
    typed = {"rncp": ACTIVE, "date_effet": "2027-01-04"} | values
    page = connecte(employeur).post("avenants.proposer", typed, 422, dossier_id=dossier.id)
    assert message in page.message(champ)
    assert page.champ(champ)["value"] == typed[champ]
    assert Avenant.select().count() == 0


def test_the_opco_accepts_it_and_the_data_change(connecte, employeur, bureau, dossier, proposee):
    page = bureau.get("gestion.detailler", dossier_id=dossier.id).cliquer("Étudier l’avenant")
    assert ACTIVE in page.texte
    after = page.soumettre("Accepter l’avenant").suivre()
    assert "Avenant accepté" in after.texte
    assert relance_de(dossier.id).fin == AVENANT
    assert contenu(dossier.id).formation.rncp == ACTIVE
    details = connecte(employeur).get("dossiers.detailler", dossier_id=dossier.id)
    assert "un avenant a remplacé la certification" in details.texte
    assert bureau.post("avenants.decider", {"action": "refuser", "motif": "Non"}, dossier_id=dossier.id)
    assert Avenant.get().etat == "accepte"


def test_the_opco_refuses_it_and_says_why(connecte, employeur, bureau, dossier, proposee):
    page = bureau.get("avenants.examiner", dossier_id=dossier.id)
    again = page.soumettre("Refuser l’avenant", status=422)
    assert "Dites pourquoi" in again.message("motif")
    again.soumettre("Refuser l’avenant", {"motif": "Joignez le programme."})
    details = connecte(employeur).get("dossiers.detailler", dossier_id=dossier.id)
    assert "Joignez le programme." in details.texte
    assert LIEN in details.texte
    assert contenu(dossier.id).formation.rncp == INACTIVE


def test_nobody_else_proposes_or_decides(connecte, structure, employeur, bureau, dossier):
    reader = connecte(un_compte(structure, "consulter"))
    reader.get("avenants.preparer", 403, dossier_id=dossier.id)
    connecte(un_compte(une_structure(nom="Autre"))).get("avenants.preparer", 404, dossier_id=dossier.id)
    connecte(employeur).post("avenants.decider", {"action": "accepter"}, 403, dossier_id=dossier.id)
    bureau.get("avenants.examiner", 303, dossier_id=dossier.id)
