"""How a plain value is written on paper: one function per kind, one text per box.

A value of the wrong type is a mistake of the caller: TypeError or ValueError, which never quote the value.
"""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Writer = Callable[[Any], tuple[str, ...]]

TICK = "X"
NBSP = "\N{NO-BREAK SPACE}"
CENT = Decimal("0.01")


def _expect(value: object, *kinds: type) -> None:
    # A bool is an int for Python, never for us.
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise TypeError(f"{type(value).__name__} given, {' or '.join(kind.__name__ for kind in kinds)} expected")


def text(value: str | int) -> tuple[str, ...]:
    """A name, a code, a number: as it is."""
    _expect(value, str, int)
    return (str(value),)


def rncp(value: str | int) -> tuple[str, ...]:
    """The digits alone: the box is too narrow for « RNCP » before them."""
    (code,) = text(value)
    return (code.strip().upper().removeprefix("RNCP").strip(),)


def nir(value: str) -> tuple[str, ...]:
    """13 characters and the key, in the groups of the carte Vitale. Another length is left as typed."""
    (number,) = text(value)
    if len(number) != 15:
        return (number,)
    cuts = (0, 1, 3, 5, 7, 10, 13, 15)
    return (NBSP.join(number[start:end] for start, end in zip(cuts, cuts[1:], strict=False)),)


def courriel(value: str) -> tuple[str, ...]:
    """What stands before the @ and what follows it; an address without one fills the first box."""
    (address,) = text(value)
    local, _, domain = address.rpartition("@")
    return (local, domain) if local else (address, "")


def day(value: date) -> tuple[str, ...]:
    """JJ, MM, AAAA."""
    _expect(value, date)
    return f"{value.day:02d}", f"{value.month:02d}", f"{value.year:04d}"


def hours_minutes(value: int) -> tuple[str, ...]:
    """Minutes, written as hours and minutes."""
    _expect(value, int)
    hours, minutes = divmod(value, 60)
    return str(hours), f"{minutes:02d}"


def euros(value: Decimal | int) -> tuple[str, ...]:
    """Euros, and the two digits of the centimes."""
    _expect(value, Decimal, int)
    whole, _, cents = f"{Decimal(value).quantize(CENT, ROUND_HALF_UP):f}".partition(".")
    return whole, cents


def oui_non(value: bool) -> tuple[str, ...]:
    """The first box for oui, the second for non."""
    _expect(value, bool)
    return (TICK, "") if value else ("", TICK)


def tick(value: bool) -> tuple[str, ...]:
    """One box, ticked or not."""
    _expect(value, bool)
    return (TICK if value else "",)


def one_of(*codes: str) -> Writer:
    """One box per code, in this order; only the box of the value is ticked."""

    def write(value: str) -> tuple[str, ...]:
        if value not in codes:
            raise ValueError(f"one of {', '.join(codes)} expected")
        return tuple(TICK if code == value else "" for code in codes)

    return write
