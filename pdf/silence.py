"""The libraries that draw say where they stumbled, never over what.

xhtml2pdf and reportlab quote the text they dislike in their messages: that text is somebody's dossier. A filter on
a parent logger does not see the records of its children, and a handler that stops them here is passed by whatever
listens elsewhere. So their records are made without text in the first place.
"""

import logging
from collections.abc import Callable

FAMILIES = ("xhtml2pdf", "reportlab")


class WithoutText:
    """A factory of log records: those of the two families keep level, module and line, and lose everything else."""

    def __init__(self, ordinary: Callable[..., logging.LogRecord]) -> None:
        self.ordinary = ordinary

    def __call__(self, name, level, path, line, message, arguments, error, *more, **kwargs) -> logging.LogRecord:
        if name.partition(".")[0] not in FAMILIES:
            return self.ordinary(name, level, path, line, message, arguments, error, *more, **kwargs)
        return self.ordinary(name, level, path, line, "line %d, text withheld", (line,), None)


def silence() -> None:
    """Make both families speak without text. Doing it twice changes nothing."""
    ordinary = logging.getLogRecordFactory()
    if not isinstance(ordinary, WithoutText):
        logging.setLogRecordFactory(WithoutText(ordinary))
