"""What was typed and is not valid yet, kept beside the dossier."""

import pytest

from models.base import db
from models.dossier import Dossier
from models.etats import Conflit
from models.saisie import Saisie, frappe, oublier, retenir
from tests.fabriques import un_compte, un_dossier, une_structure

TEXTE = {"salarie-nom_naissance": ["Nom-Très-Reconnaissable\x00 🍽️"]}


@pytest.fixture
def structure(base):
    return une_structure()


@pytest.fixture
def dossier(structure):
    return un_dossier(structure, complet=False)


@pytest.fixture
def camille(structure):
    return un_compte(structure).id


@pytest.fixture
def dominique(structure):
    return un_compte(structure).id


def test_what_is_typed_comes_back_as_it_was(dossier, camille):
    retenir(dossier, "salarie", camille, TEXTE)
    assert frappe(dossier, "salarie", camille) == (camille, dossier.version, TEXTE)


def test_typing_again_replaces(dossier, camille):
    retenir(dossier, "salarie", camille, TEXTE)
    retenir(dossier, "salarie", camille, {"a": ["b"]})
    assert Saisie.select().count() == 1
    assert frappe(dossier, "salarie", camille).valeurs == {"a": ["b"]}


def test_pages_and_dossiers_are_kept_apart(dossier, camille, structure):
    retenir(dossier, "salarie", camille, TEXTE)
    assert frappe(dossier, "formation", camille) is None
    assert frappe(un_dossier(structure, complet=False), "salarie", camille) is None


def test_ones_own_text_comes_before_that_of_others(dossier, camille, dominique):
    retenir(dossier, "salarie", camille, {"a": ["camille"]})
    retenir(dossier, "salarie", dominique, {"a": ["dominique"]})
    assert frappe(dossier, "salarie", camille).valeurs == {"a": ["camille"]}
    assert frappe(dossier, "salarie", dominique).valeurs == {"a": ["dominique"]}
    oublier(dossier, "salarie", camille)
    assert frappe(dossier, "salarie", camille) == (dominique, dossier.version, {"a": ["dominique"]})


def test_what_was_typed_is_unreadable_in_the_database(dossier, camille):
    retenir(dossier, "salarie", camille, TEXTE)
    (stored,) = db.execute_sql("select valeurs from saisie").fetchone()
    assert "Reconnaissable" not in stored


def test_nothing_is_kept_of_a_dossier_that_has_left_its_state(dossier, camille):
    Dossier.update(etat="soumis").where(Dossier.id == dossier.id).execute()
    with pytest.raises(Conflit):
        retenir(dossier, "salarie", camille, TEXTE)
    assert Saisie.select().count() == 0


def test_it_is_kept_over_the_version_that_it_was_typed_on(dossier, camille):
    retenir(dossier, "salarie", camille, TEXTE, 1)
    assert frappe(dossier, "salarie", camille).version == 1


def test_it_goes_with_the_dossier(dossier, camille):
    retenir(dossier, "salarie", camille, TEXTE)
    dossier.delete_instance()
    assert Saisie.select().count() == 0
