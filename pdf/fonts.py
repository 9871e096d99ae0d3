"""The embedded font and what is known of it: which characters it has and how wide they are."""

import unicodedata

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pdf.policy import FOLDER

# The names that xhtml2pdf gives to the @font-face rules of cerfa.css (family, bold, italic): a face registered
# under its name is parsed once per process instead of once per document.
FACES = {
    "cerfa_00": "DejaVuSansCondensed.ttf",
    "cerfa_10": "DejaVuSansCondensed-Bold.ttf",
    "cerfa_01": "DejaVuSansCondensed-Oblique.ttf",
    "cerfa_11": "DejaVuSansCondensed-BoldOblique.ttf",
}
MISSING = "\N{REPLACEMENT CHARACTER}"
NBSP = "\N{NO-BREAK SPACE}"
NARROW_NBSP = "\N{NARROW NO-BREAK SPACE}"


def register() -> dict[int, float]:
    """Register the faces and answer the widths of the upright one (code point -> 1/1000 of the size)."""
    for name, file in FACES.items():
        pdfmetrics.registerFont(TTFont(name, FOLDER / "polices" / file))
    # reportlab opens each page by selecting this font: left alone, Helvetica would be listed, not embedded.
    rl_config.canvas_basefontname = "cerfa_00"
    return pdfmetrics.getFont("cerfa_00").face.charWidths


WIDTHS = register()


def width(text: str, size: float) -> float:
    """The length in points of a printable text set in `size` points."""
    return sum(WIDTHS[ord(character)] for character in text) * size / 1000


def printable(text: str) -> str:
    """The text as the font can show it, on one line.

    Line breaks and tabs become spaces, control and invisible formatting characters go (a reversal of direction
    would make a contract read otherwise than it is stored), a character without a glyph shows as U+FFFD.
    xhtml2pdf draws every kind of space as the plain one: so they are here, but for the one that holds a line together.
    """
    shown = "".join(map(_shown, unicodedata.normalize("NFC", text)))
    return " ".join(part for part in shown.split(" ") if part)


def _shown(character: str) -> str:
    if character in (NBSP, NARROW_NBSP):
        return NBSP
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category in ("Cc", "Cf"):
        return ""
    # Above U+FFFF reportlab writes a table from which no reader gets the character back; private use has no meaning.
    drawable = ord(character) in WIDTHS and ord(character) <= 0xFFFF and category != "Co"
    return character if drawable else MISSING
