"""Who is told of a dossier: its people, as long as they are there."""

import pytest

from models.comptes import Compte, Habilitation
from models.dossier import Dossier
from models.responsables import de_l_employeur, de_l_opco
from tests.fabriques import un_compte, un_dossier, une_structure


@pytest.fixture
def structure(base):
    return une_structure()


@pytest.fixture
def auteur(structure):
    return un_compte(structure)


@pytest.fixture
def collegue(structure):
    return un_compte(structure)


def employeurs(dossier):
    return [compte.id for compte in de_l_employeur(Dossier.get_by_id(dossier.id))]


def test_whoever_made_the_dossier_is_told_alone(structure, auteur, collegue):
    assert employeurs(un_dossier(structure, auteur)) == [auteur.id]


@pytest.mark.parametrize("depart", ["ferme", "sans_droit", "supprime"])
def test_the_others_of_the_structure_are_told_once_that_person_has_left(structure, auteur, collegue, depart):
    un_compte(structure, droits="consulter")
    un_compte(une_structure(nom="Autre employeur"))
    dossier = un_dossier(structure, auteur)
    if depart == "ferme":
        Compte.update(actif=False).where(Compte.id == auteur).execute()
    elif depart == "sans_droit":
        Habilitation.delete().where(Habilitation.compte == auteur).execute()
    else:
        Compte.delete().where(Compte.id == auteur).execute()
    assert employeurs(dossier) == [collegue.id]


def test_where_nobody_may_submit_who_gives_rights_is_told(structure, auteur):
    chief = un_compte(structure, droits="consulter saisir administrer")
    dossier = un_dossier(structure, auteur)
    Compte.update(actif=False).where(Compte.id == auteur).execute()
    assert employeurs(dossier) == [chief.id]


def test_a_dossier_that_only_its_organisme_has_concerns_no_employer(structure):
    formateur = un_compte(une_structure("organisme", "Organisme Fictif"))
    dossier = un_dossier(structure, formateur)
    Dossier.update(structure=None).execute()
    assert employeurs(dossier) == []


def test_the_gestionnaire_who_acted_last_is_told_else_all_of_them(structure, auteur):
    opco = une_structure("opco", "OPCO fictif")
    first, second = un_compte(opco), un_compte(opco)
    un_compte(opco, droits="consulter")
    dossier = un_dossier(structure, auteur, etat="en_instruction")
    assert {compte.id for compte in de_l_opco(dossier)} == {first.id, second.id}
    dossier.modifie_par = second
    assert [compte.id for compte in de_l_opco(dossier)] == [second.id]
    Compte.update(actif=False).where(Compte.id == second).execute()
    dossier.modifie_par = Compte.get_by_id(second.id)
    assert [compte.id for compte in de_l_opco(dossier)] == [first.id]
