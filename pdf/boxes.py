"""Where the boxes of a printed form are, and what is written in them. Points, from the top left corner."""

from typing import NamedTuple

from pdf.writing import Writer, day

ROW = 13.9
SQUARE = 8.0
DAY_WIDTHS = (19.9, 19.9, 39.8)
DAY_STEP = 29.2
"""From the left of one box of a date to the left of the next: the box, and the slash."""


class Box(NamedTuple):
    """One grey box, or one square to tick; `after` is printed on its right."""

    page: int
    x: float
    y: float
    width: float
    height: float = ROW
    after: str = ""
    square: bool = False


class Case(NamedTuple):
    """A rubrique: how its value is written, and one box per text written."""

    write: Writer
    boxes: tuple[Box, ...]


def case(write: Writer, *boxes: Box) -> Case:
    return Case(write, boxes)


def square(page: int, x: float, y: float, after: str = "") -> Box:
    return Box(page, x, y, SQUARE, SQUARE, after, square=True)


def date_case(page: int, x: float, y: float) -> Case:
    """Three boxes, JJ / MM / AAAA."""
    boxes = (
        Box(page, x + rank * DAY_STEP, y, width, after="/" if rank < 2 else "") for rank, width in enumerate(DAY_WIDTHS)
    )
    return Case(day, tuple(boxes))
