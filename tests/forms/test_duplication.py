"""Dupliquer: every field of the sections is either copied or left behind, and nothing of the person is copied."""

import pytest

from forms.duplication import COPIES, dupliquer
from forms.fields import EMPLOYEUR, ORGANISME
from forms.steps import RESERVES
from models.contenu import COLONNES, contenu
from models.dossier import Dossier
from models.pieces import pieces_de
from models.saisie import Saisie
from tests.fabriques import un_compte, un_dossier, une_structure

CHAMPS = [f"{section}.{column}" for section, columns in COLONNES.items() for column in columns]
REPRIS = {f"{section}.{column}" for section, columns in COPIES.items() for column in columns}
PERSONNE = ("salarie.", "tuteur.", "tuteur_utilisatrice.", "signature.", "contrat.precedent_")
PAIE = {"contrat.salaire", "contrat.minimum_branche", "contrat.avantages_nature", "contrat.avantages_nature_ordinaires"}


@pytest.fixture
def compte(base):
    return un_compte(une_structure())


@pytest.fixture
def source(compte):
    structure = compte.habilitations.get().structure
    return un_dossier(structure, compte, faites="type-contrat employeur formation salarie", commentaire="À rappeler")


def test_what_is_copied_exists_and_names_nothing_of_the_person():
    assert REPRIS <= set(CHAMPS)
    assert [champ for champ in REPRIS if champ.startswith(PERSONNE) or champ in PAIE] == []


def test_each_field_is_copied_or_left_empty(source, compte):
    before, after = contenu(source.id), contenu(dupliquer(source, EMPLOYEUR, compte.id).id)
    expected = {champ: before.valeur(champ) if champ in REPRIS else None for champ in CHAMPS}
    assert {champ: after.valeur(champ) for champ in CHAMPS} == expected
    assert sum(value is not None for value in expected.values()) > 30


def test_the_copy_is_a_draft_of_its_own(source, compte):
    copy = Dossier.get_by_id(dupliquer(source, EMPLOYEUR, compte.id).id)
    assert (copy.etat, copy.structure_id, copy.organisme_id) == ("brouillon", source.structure_id, None)
    assert (copy.etape, copy.faites) == ("salarie", "type-contrat employeur formation")
    assert (copy.numero, copy.cerfa, copy.commentaire, copy.cree_par_id) == (None, None, "", compte.id)
    assert not pieces_de(copy.id)
    assert not Saisie.select().where(Saisie.dossier == copy.id).exists()


def test_the_same_key_makes_one_copy_and_another_key_another(source, compte):
    made = [dupliquer(source, EMPLOYEUR, compte.id, cle).id for cle in ("a", "a", "b", "", "")]
    assert made[0] == made[1]
    assert len(set(made)) == 4


def test_an_organisme_copies_nothing_that_is_reserved_to_the_employer(base):
    organisme = une_structure("organisme", "Organisme Fictif")
    compte = un_compte(organisme)
    source = un_dossier(une_structure(), etat="a_valider_employeur", organisme=organisme)
    copy = dupliquer(source, ORGANISME, compte.id)
    copied = contenu(copy.id)
    assert (copy.structure_id, copy.organisme_id) == (None, organisme.id)
    assert [champ for champ in RESERVES if copied.valeur(champ) is not None] == []
    assert copied.formation.intitule == contenu(source.id).formation.intitule
