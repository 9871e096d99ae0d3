"""Who may do what: the function that every view asks. The table by state is walked with the URL map."""

import pytest

from models.comptes import habilitations
from models.droits import EMPLOYEUR, OPCO, connait, peut, structures
from models.etats import LIBELLES
from tests.fabriques import un_compte, un_dossier, une_habilitation, une_structure

ACTIONS = EMPLOYEUR.keys() | OPCO.keys()
TOUS = "consulter saisir soumettre instruire administrer"


@pytest.fixture
def structure(base):
    return une_structure()


def droits(compte, dossier):
    return {action for action in ACTIONS if peut(habilitations(compte), action, dossier)}


def test_nobody_does_anything_without_a_right(structure):
    assert droits(un_compte(), un_dossier(structure)) == set()


@pytest.mark.parametrize("genre", ["employeur", "organisme"])
def test_every_right_elsewhere_gives_none_here(structure, genre):
    compte = un_compte(une_structure(genre, "Autre"), droits=TOUS)
    for etat in LIBELLES:
        dossier = un_dossier(structure, etat=etat, complet=False)
        assert droits(compte, dossier) == set()
        assert not connait(habilitations(compte), dossier)


@pytest.mark.parametrize("word", ["x", "consulte", "Consulter", "consultersaisir"])
def test_a_word_that_is_no_right_gives_none(structure, word):
    assert droits(un_compte(structure, droits=word), un_dossier(structure)) == set()


def test_the_rights_of_an_opco_do_not_come_from_being_an_employer(structure):
    compte = un_compte(structure, droits="instruire")
    assert droits(compte, un_dossier(structure, etat="soumis")) == set()


def test_the_opco_does_not_know_of_drafts(structure):
    compte = un_compte(une_structure("opco", "OPCO"), droits=TOUS)
    assert not connait(habilitations(compte), un_dossier(structure))
    assert connait(habilitations(compte), un_dossier(structure, etat="soumis"))


def test_rights_in_several_structures_add_up(structure):
    compte = un_compte(structure, droits="consulter")
    other = une_structure(nom="Autre")
    une_habilitation(compte, other, "consulter saisir")
    assert "modifier" not in droits(compte, un_dossier(structure))
    assert "modifier" in droits(compte, un_dossier(other))
    assert set(structures(habilitations(compte), "consulter")) == {structure.id, other.id}
    assert structures(habilitations(compte), "saisir") == [other.id]
    assert structures(habilitations(compte), "consulter", "organisme") == []


def test_an_action_that_does_not_exist_is_nobodys(structure):
    compte = un_compte(structure, droits=TOUS)
    assert not peut(habilitations(compte), "n’importe quoi", un_dossier(structure))


def test_to_file_needs_more_than_to_enter(structure):
    entering = un_compte(structure, droits="consulter saisir")
    filing = un_compte(structure, droits="consulter soumettre")
    dossier = un_dossier(structure)
    assert {"modifier", "supprimer"} <= droits(entering, dossier)
    assert "soumettre" not in droits(entering, dossier)
    assert "soumettre" in droits(filing, dossier)
    assert "modifier" not in droits(filing, dossier)
