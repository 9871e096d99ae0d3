"""The graph of the states, and the only function that walks it."""

import pytest

from models.dossier import Dossier
from models.etats import GRAPHE, LIBELLES, Conflit, Refus, passer
from models.journal import Journal
from tests.fabriques import un_compte, un_dossier, une_structure

# As the specification draws it; « annule » from any state before a decision.
FLECHES = {
    ("brouillon", "a_valider_employeur"),
    ("a_valider_employeur", "brouillon"),
    ("brouillon", "soumis"),
    ("soumis", "pieces_envoyees"),
    ("pieces_envoyees", "en_instruction"),
    ("en_instruction", "pieces_demandees"),
    ("pieces_demandees", "en_instruction"),
    ("en_instruction", "accepte"),
    ("en_instruction", "refuse"),
} | {(etat, "annule") for etat in LIBELLES if etat not in ("accepte", "refuse", "annule")}
COUPLES = [(de, vers) for de in LIBELLES for vers in LIBELLES]


@pytest.fixture
def structure(base):
    return une_structure()


def test_the_graph_is_that_of_the_specification():
    assert {(de, vers) for de, after in GRAPHE.items() for vers in after} == FLECHES
    assert GRAPHE.keys() == LIBELLES.keys()


def test_each_arrow_can_be_walked_and_nothing_else(structure):
    compte = un_compte(structure)
    for de, vers in COUPLES:
        dossier = un_dossier(structure, etat=de, complet=False)
        if (de, vers) in FLECHES:
            passer(dossier, vers, compte.id, "raison")
            row = Journal.get((Journal.dossier == dossier.id) & (Journal.action == "etat"))
            assert (row.de, row.vers, row.compte_id, row.details) == (de, vers, compte.id, "raison")
        else:
            with pytest.raises(Refus, match="ne peut pas devenir"):
                passer(dossier, vers, compte.id)
        assert Dossier.get_by_id(dossier.id).etat == (vers if (de, vers) in FLECHES else de)


def test_moving_makes_a_new_version_on_both_sides(structure):
    dossier = un_dossier(structure)
    before = dossier.version
    passer(dossier, "soumis", None)
    assert (dossier.etat, dossier.version) == ("soumis", before + 1)
    assert Dossier.get().version == before + 1


@pytest.mark.parametrize("changed", [{"version": 99}, {"etat": "annule"}])
def test_whoever_read_an_older_dossier_moves_nothing(structure, changed):
    dossier = un_dossier(structure)
    Dossier.update(changed).execute()
    with pytest.raises(Conflit):
        passer(dossier, "soumis", None)
    assert Journal.select().where(Journal.action == "etat").count() == 0


def test_a_refusal_names_the_states_in_french(structure):
    with pytest.raises(Refus) as caught:
        passer(un_dossier(structure, etat="accepte"), "brouillon", None)
    assert str(caught.value) == "Un dossier « Accepté » ne peut pas devenir « Brouillon »."
