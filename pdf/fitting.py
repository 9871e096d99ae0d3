"""How a text is made to fit a box: smaller first, then on more lines."""

from typing import NamedTuple

from pdf.fonts import width

SIZES = (8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5, 4.5, 4, 3.5, 3, 2.5, 2)
"""Points, preferred first. A box of one row takes a second line from 6 points on, a third from 4."""
LEADING = 1.15
ELLIPSIS = "…"


class Fitted(NamedTuple):
    size: float
    lines: tuple[str, ...]


def fit(text: str, available: float, height: float) -> Fitted:
    """Set a printable text in a box of `available` by `height` points, as large as it can be.

    Only what does not fit in the smallest size is cut, and the cut shows as an ellipsis.
    """
    natural = width(text, 1)
    for size in SIZES:
        rows = max(1, int(height // (size * LEADING)))
        if natural * size <= rows * available:
            lines = wrap(text, size, available)
            if len(lines) <= rows:
                return Fitted(size, tuple(lines))
    # A glyph is at least 1/10 of its size wide on average: what lies far beyond needs no measuring.
    lines = wrap(text[: int(rows * available / (size * 0.1))], size, available - width(ELLIPSIS, size))[:rows]
    return Fitted(size, (*lines[:-1], lines[-1] + ELLIPSIS))


def wrap(text: str, size: float, available: float) -> list[str]:
    """Break at spaces and after hyphens, inside a word only when it is longer than a line."""
    lines = [""]
    for piece in _pieces(text):
        if width(lines[-1] + piece.rstrip(" "), size) <= available:
            lines[-1] += piece
        else:
            lines[-1:] = _broken(lines[-1].rstrip(" "), piece, size, available)
    lines[-1] = lines[-1].rstrip(" ")
    return lines


def _pieces(text: str) -> list[str]:
    return text.replace(" ", " \0").replace("-", "-\0").split("\0")


def _broken(line: str, piece: str, size: float, available: float) -> list[str]:
    """The line that is full and the piece that follows it, cut wherever it must be."""
    lines = [line] if line else []
    rest = piece
    while width(rest.rstrip(" "), size) > available:
        end = _longest(rest, size, available)
        lines.append(rest[:end])
        rest = rest[end:]
    return [*lines, rest]


def _longest(word: str, size: float, available: float) -> int:
    """How many characters of a word fit in a line, at least one."""
    end, used = 1, width(word[0], size)
    while end < len(word) and (used := used + width(word[end], size)) <= available:
        end += 1
    return end
