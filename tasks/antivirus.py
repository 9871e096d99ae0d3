"""The client of clamd, the ClamAV daemon: the INSTREAM command of its protocol, one connection a file.

What it cannot say within DELAI seconds is « not scanned », and a file that is not scanned is not kept.
"""

import logging
import socket
import struct
from typing import Any, BinaryIO
from urllib.parse import SplitResult, unquote, urlsplit

from forms import virus
from forms.virus import INDISPONIBLE, INFECTE, SAIN
from models.tour import dehors

DELAI = 60.0  # seconds between two signs of life; unpacking a large PDF takes clamd some seconds
MORCEAU = 64 * 1024
REPONSE_MAX = 4096
LONGUEUR = struct.Struct("!I")

log = logging.getLogger(__name__)


class Refus(Exception):
    """clamd answered, but not that it has looked at the file: too large for it, or a fault of its own."""


def brancher(reglages: dict[str, Any]) -> None:
    """Take the daemon from the settings. Raises ValueError when its address is none."""
    url = urlsplit(reglages["CLAMD_URL"])
    if reglages["CLAMD_URL"] and not (url.scheme == "unix" and url.path or url.scheme == "tcp" and url.hostname):
        raise ValueError("CLAMD_URL must be tcp://host:port or unix:///path")
    virus.brancher((lambda flux: analyser(url, flux)) if reglages["CLAMD_URL"] else None)


def analyser(url: SplitResult, flux: BinaryIO) -> str:
    """What clamd says of the file in `flux`; never raises. The name of a virus stays here: it helps nobody."""
    try:
        with dehors():
            answer = _demander(url, flux)
        if answer.endswith(b"FOUND"):
            log.warning("a file that carries a virus was refused")
            return INFECTE
        if answer != b"stream: OK":
            raise Refus
    except (OSError, Refus) as error:
        log.error("clamd did not scan a file: %s", type(error).__name__)
        return INDISPONIBLE
    return SAIN


def _demander(url: SplitResult, flux: BinaryIO) -> bytes:
    with _connexion(url) as server:
        server.sendall(b"zINSTREAM\0")
        while chunk := flux.read(MORCEAU):
            server.sendall(LONGUEUR.pack(len(chunk)) + chunk)
        server.sendall(LONGUEUR.pack(0))
        answer = b""
        while b"\0" not in answer and len(answer) < REPONSE_MAX and (part := server.recv(REPONSE_MAX)):
            answer += part
    return answer.partition(b"\0")[0].strip()


def _connexion(url: SplitResult) -> socket.socket:
    if url.scheme == "tcp":
        return socket.create_connection((url.hostname, url.port or 3310), DELAI)
    server = socket.socket(socket.AF_UNIX)
    server.settimeout(DELAI)
    server.connect(unquote(url.path))
    return server
