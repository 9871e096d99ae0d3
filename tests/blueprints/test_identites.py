"""The NIR and the birth name: compared with the people that the portal knows, in few tries that are written down."""

import pytest

from models.identites import ACTION, ESSAIS_COMPTE, ESSAIS_DOSSIER, autoriser
from models.journal import Journal
from tests.fabriques import PERSONNE, un_compte, un_dossier, une_structure

DIFFERE, NON_VERIFIE = "n’est pas celui connu", "n’a pas pu être vérifié"


@pytest.fixture
def employeur(base):
    """The person is known from a filed dossier of another employer."""
    un_dossier(une_structure(nom="Autre employeur"), etat="accepte", changements={"employeur.siret": "35600000000048"})
    return un_compte(une_structure())


@pytest.fixture
def ouvrir(connecte, employeur):
    """Opens the page of a new draft of this person under a birth name; answers what stands beside the name."""

    def message(nom, dossier=None):
        structure = employeur.habilitations[0].structure
        dossier = dossier or un_dossier(structure, employeur, changements={"salarie.nom_naissance": nom})
        page = connecte(employeur).get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
        return page.message("salarie-nom_naissance").replace("\u00a0", " ")

    return message


def essais():
    return Journal.select().where(Journal.action == ACTION).count()


def test_the_known_name_passes_and_its_spelling_is_told(ouvrir):
    assert ouvrir(PERSONNE["nom_naissance"]) == ""
    assert "« LE GALL-ROUX »" in ouvrir("Le Gall Roux")


def test_another_name_is_signalled_and_the_known_one_is_not_shown(ouvrir):
    message = ouvrir("MARTIN")
    assert DIFFERE in message
    assert "GALL" not in message


def test_a_pair_counts_once_and_is_in_the_journal_without_its_content(ouvrir, employeur):
    dossier = un_dossier(employeur.habilitations[0].structure, employeur)
    for _ in range(3):
        ouvrir("", dossier)
    (entry,) = Journal.select().where(Journal.action == ACTION)
    assert (entry.dossier_id, entry.compte_id) == (dossier.id, employeur.id)
    assert not {PERSONNE["nir"], PERSONNE["nom_naissance"]} & set(entry.details.split())
    assert len(entry.details) == 16


def test_whoever_searches_learns_nothing_any_more(ouvrir, employeur):
    dossier = un_dossier(
        employeur.habilitations[0].structure, employeur, changements={"salarie.nom_naissance": "MARTIN"}
    )
    for rank in range(ESSAIS_DOSSIER):
        assert autoriser(dossier.id, employeur.id, "1", f"NOM {rank}")
    message = ouvrir("", dossier)
    assert NON_VERIFIE in message
    assert DIFFERE not in message
    assert essais() == ESSAIS_DOSSIER


def test_other_dossiers_give_no_more_tries_to_the_same_account(ouvrir, employeur):
    structure = employeur.habilitations[0].structure
    drafts = [un_dossier(structure, employeur, complet=False) for _ in range(-(-ESSAIS_COMPTE // ESSAIS_DOSSIER))]
    for rank in range(ESSAIS_COMPTE):
        assert autoriser(drafts[rank // ESSAIS_DOSSIER].id, employeur.id, "1", f"NOM {rank}")
    assert NON_VERIFIE in ouvrir("MARTIN")


def test_a_nir_that_nobody_knows_costs_no_try(ouvrir, employeur):
    dossier = un_dossier(
        employeur.habilitations[0].structure, employeur, changements={"salarie.nir": "204079741102373"}
    )
    assert ouvrir("", dossier) == ""
    assert essais() == 0
