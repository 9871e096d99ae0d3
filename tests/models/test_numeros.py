"""Numbers of dossiers: readable, checked, never given twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import db
from models.dossier import Dossier
from models.numeros import composer, lire, numeroter
from tests.fabriques import un_dossier, une_structure

annees, rangs = st.integers(2020, 2199), st.integers(1, 9_999_999)


@pytest.fixture
def structure(base):
    return une_structure()


def vierge(structure):
    return un_dossier(structure, complet=False)


@given(annees, rangs)
def test_a_number_is_read_with_its_dashes_and_without(annee, rang):
    numero = composer(annee, rang)
    assert lire(numero) == numero
    assert lire(numero.replace("-", "")) == numero
    assert lire(f"  {numero.replace('-', ' ')} ") == numero


@given(annees, rangs, st.data())
def test_one_wrong_digit_is_found(annee, rang, data):
    digits = composer(annee, rang).replace("-", "")
    place = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))
    assert lire(digits[:place] + wrong + digits[place + 1 :]) is None


@given(annees, rangs, st.data())
def test_two_digits_changed_places_are_found(annee, rang, data):
    digits = composer(annee, rang).replace("-", "")
    place = data.draw(st.integers(0, len(digits) - 2))
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert (lire(swapped) is None) == (swapped != digits)


@given(st.text())
def test_any_text_is_a_number_or_none(text):
    found = lire(text)
    assert found is None or lire(found) == found


@pytest.mark.parametrize("text", ["", "2026", "2026-000001", "٢٠٢٦٠٠٠٠٠١", "\x00" * 12, "9" * 400])
def test_what_is_no_number_is_none(text):
    assert lire(text) is None


def test_a_year_counts_from_one_and_each_year_apart(structure):
    given = [numeroter(vierge(structure), annee) for annee in (2026, 2026, 2027)]
    assert [numero[:11] for numero in given] == ["2026-000001", "2026-000002", "2027-000001"]


def test_a_dossier_keeps_its_number(structure):
    dossier = vierge(structure)
    first = numeroter(dossier, 2026)
    assert numeroter(Dossier.get_by_id(dossier.id), 2027) == first
    assert Dossier.get().numero == first


def test_a_number_is_not_given_again_when_its_dossier_is_gone(structure):
    dossier = vierge(structure)
    first = numeroter(dossier, 2026)
    dossier.delete_instance()
    assert numeroter(vierge(structure), 2026) != first


def test_simultaneous_calls_give_one_number_to_each_dossier(structure):
    dossiers = [vierge(structure) for _ in range(4)] * 6

    def donner(dossier):
        try:
            return dossier.id, numeroter(Dossier.get_by_id(dossier.id), 2026)
        finally:
            db.close()

    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(donner, dossiers))
    assert len(found) == 4
    assert len({numero for _, numero in found}) == 4
