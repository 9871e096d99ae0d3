"""The lists of dossiers: whose they are, in which order, page by page."""

from datetime import timedelta

import pytest

from models.base import maintenant
from models.dossier import Dossier
from models.listes_dossiers import PAR_PAGE, Criteres, compter_par_etat, lister
from models.numeros import composer
from tests.fabriques import un_dossier, une_structure


@pytest.fixture
def structure(base):
    return une_structure()


def un(structure, age=0, **columns):
    """A dossier changed `age` hours ago."""
    dossier = un_dossier(structure, complet=False, **columns)
    Dossier.update(modifie_le=maintenant() - timedelta(hours=age)).where(Dossier.id == dossier.id).execute()
    return dossier.id


def ids(structures, **criteres):
    return [apercu.id for apercu in lister(dict.fromkeys(structures, frozenset()), Criteres(**criteres))[0]]


def test_nobodys_structures_have_nothing(structure):
    un(structure)
    assert lister({}) == ([], False)


def test_the_latest_change_comes_first_whatever_the_structure(structure):
    other = une_structure(nom="Autre")
    expected = [un(structure, 1), un(other, 2), un(structure, 3)]
    un(une_structure(nom="Étrangère"), 0)
    assert ids([other.id, structure.id]) == expected


def test_pages_share_no_dossier_even_of_the_same_second(structure):
    made = {un(structure, 5) for _ in range(2 * PAR_PAGE + 1)}
    pages = [lister({structure.id: frozenset()}, rang=rank) for rank in (1, 2, 3, 4)]
    assert [(len(rows), more) for rows, more in pages] == [(PAR_PAGE, True), (PAR_PAGE, True), (1, False), (0, False)]
    listed = [row.id for rows, _ in pages for row in rows]
    assert (len(listed), set(listed)) == (len(made), made)


def test_the_filters_add_up(structure):
    wanted = un(structure, etat="soumis", numero=composer(2026, 7))
    un(structure, etat="accepte", numero=composer(2026, 8))
    un(structure)
    assert ids([structure.id], etat="soumis") == [wanted]
    assert ids([structure.id], numero=composer(2026, 7)) == [wanted]
    assert ids([structure.id], numero="2026-000007") == [wanted]
    assert ids([structure.id], numero=composer(2026, 8), etat="soumis") == []


@pytest.mark.parametrize("numero", ["%", "_", "\\", "'", "2026%", "\x00", "T-_"])
def test_no_character_stands_for_others(structure, numero):
    un(structure, etat="soumis", numero="T-12345678")
    assert ids([structure.id], numero=numero) == []


def test_a_line_says_who_where_and_what(structure):
    un_dossier(structure, etat="soumis")
    (line,), _ = lister({structure.id: frozenset()})
    assert (line.prenom, line.nom, line.employeur) == ("Yann", "LE GALL-ROUX", "Hôtel Fictif du Port")
    assert (line.etat, line.intitule) == ("soumis", "BTS Management en hôtellerie restauration")


def test_a_longer_list_takes_no_more_queries(structure, requetes):
    counts = []
    for _ in range(2):
        un(structure)
        requetes.clear()
        lister({structure.id: frozenset()})
        counts.append(len(requetes))
    assert counts[0] == counts[1]


def test_the_states_are_counted_for_ones_structures_only(structure):
    for etat in ("brouillon", "brouillon", "soumis", "accepte"):
        un(structure, etat=etat)
    un(une_structure(nom="Autre"))
    assert compter_par_etat({structure.id: frozenset()}, ["brouillon", "soumis", "refuse"]) == {
        "brouillon": 2,
        "soumis": 1,
    }
    assert compter_par_etat({}, ["brouillon"]) == {}
