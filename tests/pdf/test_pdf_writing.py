from datetime import date
from decimal import Decimal

import pytest

from pdf import writing
from pdf.cases import CASES


@pytest.mark.parametrize(
    ("write", "value", "texts"),
    [
        (writing.text, "0843", ("0843",)),
        (writing.text, 0, ("0",)),
        (writing.rncp, "RNCP37537", ("37537",)),
        (writing.rncp, "37537", ("37537",)),
        (writing.nir, "299052A00608436", ("2\u00a099\u00a005\u00a02A\u00a0006\u00a0084\u00a036",)),
        (writing.nir, "2990578006084", ("2990578006084",)),
        (writing.courriel, "zoe@example.fr", ("zoe", "example.fr")),
        (writing.courriel, '"a@b"@example.fr', ('"a@b"', "example.fr")),
        (writing.courriel, "sans arobase", ("sans arobase", "")),
        (writing.day, date(987, 3, 4), ("04", "03", "0987")),
        (writing.hours_minutes, 2100, ("35", "00")),
        (writing.hours_minutes, 1805, ("30", "05")),
        (writing.euros, Decimal("1801.8"), ("1801", "80")),
        (writing.euros, Decimal("12.345"), ("12", "35")),
        (writing.euros, 2000, ("2000", "00")),
        (writing.oui_non, True, ("X", "")),
        (writing.oui_non, False, ("", "X")),
        (writing.tick, False, ("",)),
        (writing.one_of("M", "F"), "F", ("", "X")),
    ],
)
def test_a_value_is_written_in_its_boxes(write, value, texts):
    assert write(value) == texts


@pytest.mark.parametrize(
    ("rubrique", "value"),
    [("S12", "1999-05-03"), ("E2", "oui"), ("C14", 1801.8), ("C12", True), ("E15", 1.5), ("T10", 1), ("S1", b"x")],
)
def test_a_value_of_another_kind_is_refused_without_quoting_it(rubrique, value):
    with pytest.raises(TypeError, match="expected") as caught:
        CASES[rubrique].write(value)
    assert str(value) not in str(caught.value)


def test_an_unknown_code_is_refused_without_quoting_it():
    with pytest.raises(ValueError, match="cdi, cdd, travail_temporaire") as caught:
        CASES["C1"].write("secret")
    assert "secret" not in str(caught.value)
