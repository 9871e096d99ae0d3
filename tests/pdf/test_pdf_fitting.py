import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdf.fitting import ELLIPSIS, LEADING, SIZES, fit, wrap
from pdf.fonts import printable, width

ROW = 13.9


def test_a_short_value_has_the_full_size():
    assert fit("Lyon", 100, ROW) == (SIZES[0], ("Lyon",))


def test_a_long_value_shrinks_before_it_wraps():
    text = "Conservatoire national des arts"
    shrunk = fit(text, width(text, 6.2), ROW)
    wrapped = fit(text, width(text, 5.9), ROW)
    assert shrunk == (6, (text,))
    assert len(wrapped.lines) == 2
    assert " ".join(wrapped.lines) == text


def test_an_empty_value_has_one_empty_line():
    assert fit("", 100, ROW).lines == ("",)


def test_what_fits_in_no_size_is_cut_visibly():
    fitted = fit("a" * 10_000, 50, ROW)
    assert fitted.size == SIZES[-1]
    assert fitted.lines[-1].endswith(ELLIPSIS)


@pytest.mark.parametrize("available", [20, 75, 260])
@given(text=st.text(alphabet=st.characters(), max_size=400).map(printable))
def test_a_value_never_leaves_its_box(available, text):
    fitted = fit(text, available, ROW)
    assert len(fitted.lines) == 1 or len(fitted.lines) * fitted.size * LEADING <= ROW
    assert all(width(line, fitted.size) <= available for line in fitted.lines)


@given(text=st.text(alphabet=st.characters(), max_size=200).map(printable))
def test_two_hundred_characters_lose_nothing_in_the_box_of_a_name(text):
    lines = fit(text, 255, ROW).lines
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_lines_break_at_spaces_and_after_hyphens():
    lines = wrap("Saint-Germain en Laye", 10, width("Saint-Germain", 10) - 1)
    assert lines == ["Saint-", "Germain en", "Laye"]
