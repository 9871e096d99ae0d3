"""The turn of a request: a thread waits for its client outside, then computes alone in its process."""

import io
from collections.abc import Callable, Iterable
from typing import Any

from models.tour import tour

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PETIT = 1_000_000  # bytes; a larger body is a file, which is mostly waited for


class Tour:
    """Reading from a slow client and sending the answer happen outside of the turn."""

    def __init__(self, app: Wsgi) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > PETIT or "HTTP_TRANSFER_ENCODING" in environ:
            return self.app(environ, start_response)
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(int(length)))
        with tour():
            return self.app(environ, start_response)
