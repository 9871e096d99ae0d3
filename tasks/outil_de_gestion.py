"""The outil de gestion, to which dossiers and pieces are handed over: what is asked of it, and the embedded one."""

import io
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Protocol

from models import coffre, gestion

LIMITE = 64 * 1024 * 1024


class OutilDeGestion(Protocol):
    """Whoever receives. The same `cle` again is the same thing again: it answers as before and keeps nothing twice.

    Anything that is raised means: not received, try again later.
    """

    def recevoir_dossier(self, cle: str, document: dict[str, Any], cerfa: Iterable[bytes]) -> str:
        """Take the data and the CERFA of a dossier; give the number under which it is managed."""

    def recevoir_piece(
        self, cle: str, numero_gestion: str, genre: str, nom: str, flux: Iterable[bytes], sha256: str
    ) -> None:
        """Take a piece of the dossier so numbered. `sha256` is that of the bytes of `flux`, in hexadecimal."""


class PieceAlteree(Exception):
    """The bytes that arrived are not those that were announced."""


class Embarque:
    """The outil de gestion that is part of the portal: tables, and copies in the file store.

    A copy whose row could not be written stays for `coffre.ramasser`: when a connection breaks at the commit,
    nobody knows whether the row is there.
    """

    def recevoir_dossier(self, cle: str, document: dict[str, Any], cerfa: Iterable[bytes]) -> str:
        known = gestion.dossier_recu(cle)
        if known is None:
            copy = coffre.ranger(flux_de(cerfa), LIMITE)
            known = gestion.inscrire_dossier(cle, document, copy.id)
            jeter_le_double(copy, known.cerfa)
        return known.numero_gestion or ""  # given in the transaction of the row: it is there

    def recevoir_piece(
        self, cle: str, numero_gestion: str, genre: str, nom: str, flux: Iterable[bytes], sha256: str
    ) -> None:
        if gestion.piece_recue(cle):
            return
        copy = coffre.ranger(flux_de(flux), LIMITE)
        if copy.sha256 != sha256:
            coffre.jeter(copy.id)
            raise PieceAlteree
        known = gestion.inscrire_piece(cle, numero_gestion, genre, nom, copy)
        jeter_le_double(copy, known.coffre_id)


def jeter_le_double(copy: coffre.Rangement, kept_id: str) -> None:
    """Throw `copy` when another worker was faster: the row keeps the other one's."""
    if copy.id != kept_id:
        coffre.jeter(copy.id)


def flux_de(chunks: Iterable[bytes]) -> BinaryIO:
    """A sequence of chunks, to be read as a file is."""
    return io.BufferedReader(Lecture(chunks))


class Lecture(io.RawIOBase):
    """The file under it."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks: Iterator[bytes] = iter(chunks)
        self.rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.rest:
            try:
                self.rest = next(self.chunks)
            except StopIteration:
                return 0
        part, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def outil() -> OutilDeGestion:
    """The outil de gestion in use."""
    return Embarque()
