"""The CERFA 12434*05 « Contrat de professionnalisation », two A4 pages drawn from a plain mapping."""

from collections.abc import Mapping
from typing import NamedTuple

from reportlab.lib.pagesizes import A4

from pdf.boxes import Box, Case
from pdf.cases import CASES
from pdf.fitting import LEADING, Fitted, fit
from pdf.fonts import printable
from pdf.rendering import convert, gabarits

MARGIN = 2.0
"""Between the side of a box and its text, in points."""
ASCENT = 0.76
"""From the top of a line to its baseline, as a share of the size: the font's own, which xhtml2pdf uses."""
BESIDE_RUBRIQUES = frozenset({"numero", "brouillon"})


class Drawn(NamedTuple):
    """A box and what stands in it; `padding` lowers the first line to the middle of the box."""

    box: Box
    text: Fitted
    padding: float


def remplir(rubriques: Mapping[str, object]) -> bytes:
    """Fill the form: ids of the official sheet ("E1"… "O2") to plain values; missing, None or "" leaves the box empty.

    "numero" (str) is printed at the top and bottom of both pages; "brouillon" (bool) forbids to sign in print.
    Threads may call it.

    :raises ValueError: unknown rubrique or code (no value is quoted).
    :raises TypeError: a value that is not of its rubrique's kind.
    :raises pdf.rendering.RenduImpossible: the renderer failed.
    """
    if unknown := sorted(rubriques.keys() - CASES.keys() - BESIDE_RUBRIQUES):
        raise ValueError(f"unknown rubriques: {', '.join(unknown)}")
    html = gabarits.get_template("cerfa.html").render(
        cases={rubrique: _drawn(rubrique, case, rubriques.get(rubrique)) for rubrique, case in CASES.items()},
        numero=printable(str(rubriques.get("numero") or "")),
        brouillon=bool(rubriques.get("brouillon")),
        page_height=A4[1],
        ascent=ASCENT,
        leading=LEADING,
    )
    return convert(html)


def _drawn(rubrique: str, case: Case, value: object) -> list[Drawn]:
    texts = ("",) * len(case.boxes) if value in (None, "") else _written(rubrique, case, value)
    return [_set(box, printable(text)) for box, text in zip(case.boxes, texts, strict=True)]


def _written(rubrique: str, case: Case, value: object) -> tuple[str, ...]:
    try:
        return case.write(value)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{rubrique}: {error}") from None


def _set(box: Box, text: str) -> Drawn:
    if box.square:
        return Drawn(box, Fitted(box.height, (text,)), 0)
    fitted = fit(text, box.width - 2 * MARGIN, box.height)
    # Capitals look centred a little lower than the line is: hence the 7 %.
    block = fitted.size * (LEADING * (len(fitted.lines) - 1) + 1)
    return Drawn(box, fitted, max(0.0, (box.height - block) / 2 + 0.07 * fitted.size))
