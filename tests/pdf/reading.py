"""Reads a PDF back: what is written, where. Points, from the top left corner."""

from io import BytesIO
from typing import NamedTuple

from pypdf import PdfReader

from pdf.boxes import Box


class Fragment(NamedTuple):
    page: int
    x: float
    baseline: float
    size: float
    text: str


def texte(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def fragments(pdf: bytes) -> list[Fragment]:
    """Every piece of text in the order of the document, which is the order of reading."""
    found: list[Fragment] = []
    for number, page in enumerate(PdfReader(BytesIO(pdf)).pages, 1):
        height = float(page.mediabox.height)

        def visit(text, cm, tm, font, size, number=number, height=height):
            if text.strip():
                # pypdf counts the lines of a text from its first one: cm places the block, tm the line in it.
                found.append(Fragment(number, cm[4] + tm[4], height - cm[5] - tm[5], size, text.strip("\n")))

        page.extract_text(visitor_text=visit)
    return found


def inside(found: list[Fragment], box: Box) -> list[Fragment]:
    """What is written in a box."""
    return [
        fragment
        for fragment in found
        if fragment.page == box.page
        and box.x <= fragment.x < box.x + box.width
        and box.y < fragment.baseline <= box.y + box.height
    ]


def written(found: list[Fragment], box: Box) -> str:
    """The text of a box, its lines joined."""
    return " ".join(fragment.text.strip() for fragment in inside(found, box))
