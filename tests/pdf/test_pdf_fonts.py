import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdf.fonts import MISSING, WIDTHS, printable, width


@pytest.mark.parametrize("text", ["é œ Œ € ’ « » –", "ŽIŽEK Łukasz Ğülşen Nguyễn", "1\u00a0234,56\u00a0€"])
def test_french_and_european_texts_stay_as_they_are(text):
    assert printable(text) == text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x00b\x1b\x7fc", "abc"),
        ("ligne\r\nligne\tfin", "ligne ligne fin"),
        ("  deux   blancs ", "deux blancs"),
        ("1\u202f234\u2009€\u3000net", "1\u00a0234 € net"),
        ("par\u00adtout", "partout"),
        ("Dupont\u202egnikcah", "Dupontgnikcah"),
        ("e\u0301te\u0301", "été"),
        ("渡辺", MISSING * 2),
        ("😀 𝐀", f"{MISSING} {MISSING}"),
        ("\ud800", MISSING),
        ("\ue000", MISSING),
    ],
)
def test_what_cannot_be_shown_goes_or_is_replaced_visibly(typed, shown):
    assert printable(typed) == shown


@given(st.text(alphabet=st.characters()))
def test_a_printable_text_has_a_glyph_for_each_character(text):
    shown = printable(text)
    assert all(ord(character) in WIDTHS and unicodedata.category(character) != "Cc" for character in shown)
    assert printable(shown) == shown


def test_width_follows_size_and_letters():
    assert width("iii", 8) < width("WWW", 8)
    assert width("WWW", 16) == pytest.approx(2 * width("WWW", 8))
