"""Values are text, however they look and however long they are."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from pdf.cases import CASES
from pdf.cerfa import remplir
from pdf.fonts import MISSING, printable, width
from pdf.writing import courriel, nir, rncp, text
from tests.pdf.reading import fragments, inside, texte, written

TEXTS = [rubrique for rubrique, case in CASES.items() if case.write in (text, rncp, nir, courriel)]
(E1,) = CASES["E1"].boxes


@pytest.mark.parametrize(
    "value",
    [
        "<b>gras</b>",
        "&amp; &lt;",
        "{{ 7*7 }} {% raw %}",
        "</td></div><pdf:nextpage/>",
        "<!-- <script>",
        "</style></title>",
        '"><img src=x>',
        "é œ € ’ « » –",
    ],
)
def test_markup_is_printed_as_typed(value):
    pdf = remplir({"E1": value, "numero": value})
    assert written(fragments(pdf), E1) == value
    assert len(PdfReader(BytesIO(pdf)).pages) == 2


def test_narrow_and_unbreakable_spaces_are_read_as_spaces():
    assert written(fragments(remplir({"E1": "1\u202f234,56\u00a0€"})), E1) == "1 234,56 €"


def test_a_name_of_two_hundred_characters_is_whole_and_inside_its_box():
    name = ("Société d’exploitation des établissements Lefèvre-Œuvrard & Fils, " * 4)[:200].strip()
    pieces = inside(fragments(remplir({"E1": name})), E1)
    assert " ".join(piece.text.strip() for piece in pieces) == name
    assert len(pieces) > 1
    assert all(piece.x + width(piece.text.strip(), piece.size) <= E1.x + E1.width for piece in pieces)


def test_a_value_slightly_too_long_is_smaller_on_one_line():
    name = "Association régionale pour la formation professionnelle en Île-de-France"
    (piece,) = inside(fragments(remplir({"E1": name})), E1)
    assert 6 <= piece.size < 8.5


def test_characters_without_glyph_are_replaced_visibly_and_controls_removed():
    assert written(fragments(remplir({"E1": "A\x00\x1b渡辺B"})), E1) == f"A{MISSING}{MISSING}B"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    values=st.lists(st.text(max_size=60), min_size=len(TEXTS), max_size=len(TEXTS)),
    long=st.text(alphabet=st.characters(), min_size=1, max_size=3000),
)
def test_any_unicode_makes_two_pages(values, long):
    rubriques = dict(zip(TEXTS, values, strict=True)) | {"F10": long, "numero": values[0]}
    assert len(PdfReader(BytesIO(remplir(rubriques))).pages) == 2


@settings(max_examples=12, deadline=None)
@given(value=st.text(alphabet=st.characters(max_codepoint=0x24F), min_size=1, max_size=200))
def test_any_latin_name_is_whole_in_the_text(value):
    assert "".join(printable(value).split()) in "".join(texte(remplir({"S1": value})).split())
