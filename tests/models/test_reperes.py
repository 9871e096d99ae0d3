"""What lists search by: folded words that follow the sections."""

import importlib

import pytest

from models.contenu import ecrire
from models.dossier import Dossier
from models.reperes import cherche, mots, plier
from tests.fabriques import un_dossier

migration = importlib.import_module("models.migrations.0004_reperes_des_listes")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Le Gall-Roux", ["le", "gall", "roux"]),
        ("  ÉLÉONORE d’Œuvre ", ["eleonore", "d", "oeuvre"]),
        ("Straße %_\\", ["strasse"]),
        ("", []),
    ],
)
def test_words_have_no_accent_and_no_case(text, words):
    assert mots(text) == words
    assert plier(text) == migration.plier(text) == "".join(f" {word}" for word in words)


def trouves(text):
    return Dossier.select().where(cherche(Dossier.salarie_plie, text)).count()


def test_the_dossier_follows_its_sections(base):
    dossier = un_dossier(changements={"salarie.nom_naissance": "Béranger", "salarie.prenom": "Zoé"})
    assert (trouves("beran"), trouves("zoe BÉR"), trouves("eranger"), trouves("zoe x")) == (1, 1, 0, 0)
    dossier = Dossier.get_by_id(dossier.id)
    ecrire(dossier, {"salarie": {"nom_naissance": None}, "contrat": {"date_debut": None}}, None, "saisie")
    again = Dossier.get_by_id(dossier.id)
    assert (trouves("beran"), trouves("zoe"), again.debut) == (0, 1, None)


def test_the_migration_fills_what_was_there_before(base):
    ids = [un_dossier().id for _ in range(2)]
    kept = [Dossier.get_by_id(key) for key in ids]
    Dossier.update(salarie_plie="", employeur_plie="", formation_plie="", debut=None).execute()
    migration.remplir(base)
    for before, after in zip(kept, [Dossier.get_by_id(key) for key in ids], strict=True):
        for column in ("salarie_plie", "employeur_plie", "formation_plie", "debut"):
            assert getattr(after, column) == getattr(before, column) not in ("", None)
