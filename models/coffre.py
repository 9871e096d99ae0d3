"""The file store: pieces and generated PDFs, encrypted, whole or not there at all.

A file is a sequence of lines, each the encrypted token of one chunk. The clear chunk begins with the id of its
file, its rank and whether it is the last one, so that a line cut off, moved or taken from another file is found.
"""

import contextlib
import hashlib
import os
import re
import secrets
import struct
import time
from collections.abc import Container, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from models.crypto import Indechiffrable, chiffrer, dechiffrer

MORCEAU = 1024 * 1024
ENTETE = struct.Struct(">16sI?")
FORME_ID = re.compile(r"[0-9a-f]{32}")
PARTIEL = ".partiel"
DELAI_RAMASSAGE = 24 * 3600

_lieu: dict[str, Path] = {}


class Rangement(NamedTuple):
    """What the store says of a file it took in: where it is, its size in bytes, its SHA-256 in hexadecimal."""

    id: str
    taille: int
    sha256: str


class TropLourd(Exception):
    """The stream is longer than the limit; nothing of it was kept."""


class Altere(Exception):
    """This file is missing, cut off, or not what was put in."""


def installer(dossier: Path) -> None:
    """Take `dossier` as the place of the files, made if needed and closed to other users of the machine."""
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    _lieu["dossier"] = dossier


def ranger(flux: BinaryIO, limite: int) -> Rangement:
    """Keep all that `flux` gives, at most `limite` bytes.

    Raises `TropLourd`, or whatever `flux` raises when it is cut; nothing is left of it then.
    """
    file_id = secrets.token_hex(16)
    partial = _lieu["dossier"] / (file_id + PARTIEL)
    try:
        with partial.open("xb") as out:
            size, digest = _ecrire(flux, out, bytes.fromhex(file_id), limite)
            out.flush()
            os.fsync(out.fileno())
        partial.rename(_chemin(file_id))
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _fixer_le_nom()
    return Rangement(file_id, size, digest)


def lire(id: str) -> Iterator[bytes]:
    """The clear bytes of a file, chunk by chunk. Raises `Altere`, at once when it is missing."""
    path = _chemin(id)
    if not path.is_file():
        raise Altere(f"file {id} is missing")
    return _morceaux(path, bytes.fromhex(id))


def jeter(id: str) -> None:
    """Remove a file; one that is gone already is no error, so that a removal can be repeated."""
    _chemin(id).unlink(missing_ok=True)


def ramasser(ids_connus: Container[str]) -> int:
    """Remove what no row knows and what a dead process left half written; give the number of files removed.

    A younger file than a day may belong to a transaction that is not over yet, so it stays.
    """
    limit = time.time() - DELAI_RAMASSAGE
    removed = 0
    for path in _lieu["dossier"].iterdir():
        with contextlib.suppress(FileNotFoundError):
            if path.name not in ids_connus and _est_a_nous(path) and path.stat().st_mtime < limit:
                path.unlink()
                removed += 1
    return removed


def _chemin(file_id: str) -> Path:
    if not FORME_ID.fullmatch(file_id):
        raise Altere("this is no id of a stored file")
    return _lieu["dossier"] / file_id


def _est_a_nous(path: Path) -> bool:
    return bool(FORME_ID.fullmatch(path.name.removesuffix(PARTIEL)))


def _ecrire(flux: BinaryIO, out: BinaryIO, key: bytes, limite: int) -> tuple[int, str]:
    """Encrypt `flux` into `out`; give size and hash. One chunk is read ahead, to know the last one."""
    digest, size, rank = hashlib.sha256(), 0, 0
    chunk = _plein(flux)
    while True:
        size += len(chunk)
        if size > limite:
            raise TropLourd
        digest.update(chunk)
        following = _plein(flux) if len(chunk) == MORCEAU else b""
        out.write(chiffrer(ENTETE.pack(key, rank, not following) + chunk) + b"\n")
        if not following:
            return size, digest.hexdigest()
        chunk, rank = following, rank + 1


def _plein(flux: BinaryIO) -> bytes:
    """The next chunk, full unless the stream ends: a stream may give less than it is asked for."""
    parts, missing = [], MORCEAU
    while missing and (part := flux.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _morceaux(path: Path, key: bytes) -> Iterator[bytes]:
    last = False
    with path.open("rb") as lines:
        for rank, line in enumerate(lines):
            try:
                clear = dechiffrer(line.rstrip(b"\n"))
            except Indechiffrable:
                raise Altere(f"file {path.name} cannot be decrypted at chunk {rank}") from None
            header = clear[: ENTETE.size]
            if last or header not in (ENTETE.pack(key, rank, False), ENTETE.pack(key, rank, True)):
                raise Altere(f"file {path.name} has a foreign chunk at {rank}")
            last = header[-1] == 1
            yield clear[ENTETE.size :]
    if not last:
        raise Altere(f"file {path.name} is cut off")


def _fixer_le_nom() -> None:
    """Make the rename itself survive a power loss."""
    handle = os.open(_lieu["dossier"], os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
