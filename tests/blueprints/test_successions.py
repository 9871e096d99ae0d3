"""FOR-09 as one meets it: what replaces an inactive certification, whatever the register says, on every page."""

import re

import pytest

from models import referentiels
from models.contenu import contenu
from tests.fabriques import un_compte, un_dossier, une_structure
from tests.models.test_referentiels_fichier import un_fichier, une_certification

ANCIENNE = "RNCP1001"
CHAINES = {
    "none": ({}, []),
    "one": ({"RNCP1001": "RNCP1004"}, ["RNCP1004"]),
    "several": ({"RNCP1001": "RNCP1004 RNCP1005"}, ["RNCP1004", "RNCP1005"]),
    "through inactive ones": ({"RNCP1001": "RNCP1002", "RNCP1002": "RNCP1003", "RNCP1003": "RNCP1005"}, ["RNCP1005"]),
    "missing": ({"RNCP1001": "RNCP1999"}, []),
    "missing, then one": ({"RNCP1001": "RNCP1999 RNCP1004"}, ["RNCP1004"]),
    "itself": ({"RNCP1001": "RNCP1001"}, []),
    "cycle": ({"RNCP1001": "RNCP1002", "RNCP1002": "RNCP1003", "RNCP1003": "RNCP1001"}, []),
    "cycle with a way out": ({"RNCP1001": "RNCP1002", "RNCP1002": "RNCP1001 RNCP1004"}, ["RNCP1004"]),
}


@pytest.fixture(params=CHAINES)
def chaine(request, base, reglages, tmp_path):
    """A register with this chain; answers the codes that it leads to."""
    links, after = CHAINES[request.param]
    ended = [une_certification(c, links.get(c, ""), 0, "2025-12-31") for c in ("RNCP1001", "RNCP1002", "RNCP1003")]
    un_fichier(tmp_path / "r.db", *ended, une_certification("RNCP1004"), une_certification("RNCP1005"))
    yield after
    referentiels.ouvrir(reglages["REFERENTIELS"])


@pytest.fixture
def employeur(chaine):
    return un_compte(une_structure())


@pytest.fixture
def dossier(employeur):
    structure = employeur.habilitations[0].structure
    return un_dossier(structure, employeur, changements={"formation.rncp": ANCIENNE})


def test_the_step_the_message_and_one_click(connecte, employeur, dossier, chaine):
    browser = connecte(employeur)
    beside = browser.get("saisie.montrer", dossier_id=dossier.id, etape="salarie").message("contrat-date_conclusion")
    assert f"{ANCIENNE} n’est pas active le 28\u00a0août\u00a02026" in beside
    assert re.findall(r"RNCP100[2-9](?= \()", beside) == chaine
    assert ("aucune certification active ne la remplace" in beside) == (not chaine)
    page = browser.get("depot.conclure", dossier_id=dossier.id)
    offered = [button["value"] for button in page.soup.select("button[name=action]")]
    assert offered == [f"prendre:{code}" for code in chaine] + ["continuer", "precedent", "sauvegarder"]
    taken = page.soumettre(offered[0]).suivre()
    assert taken.titre == "Synthèse"
    assert contenu(dossier.id).formation.rncp == (chaine[0] if chaine else ANCIENNE)


def test_the_avenant_proposes_the_same(connecte, employeur, chaine):
    structure = employeur.habilitations[0].structure
    filed = un_dossier(structure, employeur, etat="accepte", changements={"formation.rncp": ANCIENNE})
    page = connecte(employeur).get("avenants.preparer", dossier_id=filed.id)
    assert re.findall(r"Choisir (RNCP\d+)", page.texte) == chaine
    assert page.champ("rncp").get("value", "") == (chaine[0] if len(chaine) == 1 else "")
