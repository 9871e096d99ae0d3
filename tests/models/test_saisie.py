"""What was typed and is not valid yet, kept beside the dossier."""

import pytest

from models.base import db
from models.saisie import Saisie, frappe, oublier, retenir, suivre
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


def test_only_ones_own_text_on_the_version_just_left_follows(dossier, camille, dominique):
    retenir(dossier, "salarie", camille, TEXTE)
    retenir(dossier, "salarie", dominique, TEXTE)
    Saisie.insert(dossier=dossier.id, etape="formation", compte=camille, version=0, valeurs=TEXTE).execute()
    dossier.version += 1
    suivre(dossier, camille)
    versions = {(row.etape, row.compte_id): row.version for row in Saisie.select()}
    assert versions == {
        ("salarie", camille): dossier.version,
        ("salarie", dominique): dossier.version - 1,
        ("formation", camille): 0,
    }


def test_it_goes_with_the_dossier(dossier, camille):
    retenir(dossier, "salarie", camille, TEXTE)
    dossier.delete_instance()
    assert Saisie.select().count() == 0
