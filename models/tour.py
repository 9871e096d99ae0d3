"""Requests take turns in a process, except while they wait for somebody else.

Python runs one thread at a time. Sixteen that compute together only take the interpreter from each other, and the one
that holds the database's lock waits longest: taking turns doubles what a busy server answers and halves its slowest
answers.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_tour = threading.Lock()
_mien = threading.local()


@contextmanager
def tour() -> Iterator[None]:
    """Have the turn of this process."""
    with _tour:
        _mien.tenu = True
        try:
            yield
        finally:
            _mien.tenu = False


@contextmanager
def dehors() -> Iterator[None]:
    """Give the turn up for something long: another machine's answer, a document to draw. Not within a transaction."""
    if not getattr(_mien, "tenu", False):
        yield
        return
    _tour.release()
    try:
        yield
    finally:
        _tour.acquire()
