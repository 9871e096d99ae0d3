"""Reading official files as they are published: CSV, plain, in zip or gzip; whatever is wrong is said in French.

Nothing is believed: not the encoding, the columns, the length of a line or what an archive says of its size.
"""

import codecs
import contextlib
import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

BLOC = 1 << 20
LIGNE_MAX = 1_000_000  # characters between two line breaks
CHAMP_MAX = 400_000
RATIO_MAX, PETIT = 200, 10_000_000  # text shrinks 5 to 20 times; a bomb 1,000 times. Small ones do no harm
SEPARATEURS = ";,|\t"
T = TypeVar("T")


class FichierRefuse(Exception):
    """The file cannot be taken; the text, in French, says what and where, and names no person."""


class Contenu(NamedTuple):
    """One readable content: a file, or a member of an archive. lu: how many bytes of the file were read so far."""

    nom: str
    flux: IO[bytes]
    lu: Callable[[], int]


@contextlib.contextmanager
def contenu(path: Path, veut: Callable[[str], bool] = lambda nom: True) -> Iterator[Contenu]:
    """The bytes of `path`; of an archive, the member whose name `veut` accepts."""
    with _dit_en_francais(path.name), contextlib.ExitStack() as stack:
        raw = stack.enter_context(ouvert(path))
        start = raw.read(4)
        raw.seek(0)
        if start == b"PAR1":
            raise FichierRefuse(f"{path.name} est au format Parquet : prenez le fichier CSV de la même page.")
        if start.startswith(b"PK"):
            archive = stack.enter_context(zipfile.ZipFile(raw))
            member = _membre(archive, path, veut)
            yield Contenu(member.filename, stack.enter_context(archive.open(member)), raw.tell)
        elif start.startswith(b"\x1f\x8b"):
            unpacked = stack.enter_context(gzip.open(raw))
            yield Contenu(path.name, _Borne(unpacked, raw, path.name), raw.tell)  # type: ignore[arg-type]
        else:
            yield Contenu(path.name, raw, raw.tell)


def membres(path: Path) -> list[str]:
    """The names of an archive's members; the file itself when it is none."""
    with _dit_en_francais(path.name), ouvert(path) as raw:
        begun = raw.read(4) == b"PK\x03\x04"
        if not zipfile.is_zipfile(raw) and not begun:
            return [path.name]
        with zipfile.ZipFile(raw) as archive:
            return archive.namelist()


class Tableau:
    """A CSV being read: its columns, and its rows with the number of the line on which each ends."""

    def __init__(self, nom: str, lines: "Lignes", entetes: list[str], separateur: str) -> None:
        self.nom, self.entetes, self.largeur = nom, entetes, len(entetes)
        self._lines = lines
        self._rows = csv.reader(lines, delimiter=separateur)

    def places(self, *noms: str) -> list[int]:
        """Where the columns stand. Raises `FichierRefuse` naming those that are not there."""
        there = {_nu(entete): place for place, entete in reversed(list(enumerate(self.entetes)))}
        absent = [nom for nom in noms if _nu(nom) not in there]
        if absent:
            raise FichierRefuse(manquantes(self.nom, absent))
        return [there[_nu(nom)] for nom in noms]

    def a(self, *noms: str) -> bool:
        return {_nu(nom) for nom in noms} <= {_nu(entete) for entete in self.entetes}

    def place(self, nom: str) -> int | None:
        return self.places(nom)[0] if self.a(nom) else None

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        csv.field_size_limit(CHAMP_MAX)
        line, row = 0, None
        with _dit_en_francais(self.nom):
            for row in self._rows:
                if row:
                    line = self._rows.line_num + 1
                    yield line, row
        if row is not None and len(row) < self.largeur - 1 and self._lines.coupe:
            raise FichierRefuse(f"{self.nom} s’arrête au milieu de la ligne {line} : téléchargez-le de nouveau.")


@contextlib.contextmanager
def tableau(
    path: Path, veut: Callable[[str], bool] = lambda nom: True, latin: bool = False
) -> Iterator[tuple[Tableau, Contenu]]:
    """A CSV with its header, whatever separates its columns. latin: ISO-8859-1 is possible when it is not UTF-8."""
    with contenu(path, veut) as content:
        with _dit_en_francais(path.name):
            lines = Lignes(content, latin)
            header = next(lines, "").removeprefix("\ufeff").strip()
            separator = max(SEPARATEURS, key=header.count)
            csv.field_size_limit(CHAMP_MAX)
            names = next(csv.reader([header], delimiter=separator), [])
        if not header:
            raise FichierRefuse(f"{path.name} est vide : téléchargez-le de nouveau.")
        yield Tableau(path.name, lines, names, separator), content


def empreinte(paths: list[Path], algorithme: Callable[[], T]) -> T:
    """The digest of the files, one after the other."""
    digest = algorithme()
    for path in paths:
        with path.open("rb") as raw:
            while block := raw.read(BLOC):
                digest.update(block)  # type: ignore[attr-defined]
    return digest


class Lignes:
    """The lines of a text, each with its line break. coupe: the last one had none."""

    def __init__(self, content: Contenu, latin: bool) -> None:
        self.coupe = False
        self._lines = self._lire(content, latin)

    def __iter__(self) -> Iterator[str]:
        return self._lines

    def __next__(self) -> str:
        return next(self._lines)

    def _lire(self, content: Contenu, latin: bool) -> Iterator[str]:
        block = content.flux.read(BLOC)
        decoder = codecs.getincrementaldecoder(_encodage(block, latin))()
        rest = ""
        while block:
            *lines, rest = (rest + decoder.decode(block)).split("\n")
            _verifier(content.nom, block, rest)
            for line in lines:
                yield line + "\n"
            block = content.flux.read(BLOC)
        rest += decoder.decode(b"", final=True)
        if rest:
            self.coupe = True
            yield rest


def _encodage(first: bytes, latin: bool) -> str:
    if latin:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(first)
        except UnicodeDecodeError:
            return "latin-1"
    return "utf-8"


def _verifier(nom: str, block: bytes, rest: str) -> None:
    if b"\0" in block:
        raise FichierRefuse(f"{nom} contient des octets nuls : ce n’est pas un fichier CSV.")
    if len(rest) > LIGNE_MAX:
        raise FichierRefuse(f"{nom} contient une ligne de plus d’un million de caractères : refusé.")


class _Borne(io.RawIOBase):
    """A gzip that may not grow beyond measure."""

    def __init__(self, flux: IO[bytes], raw: IO[bytes], nom: str) -> None:
        self.flux, self.raw, self.nom, self.total = flux, raw, nom, 0

    def read(self, size: int = -1) -> bytes:
        block = self.flux.read(size)
        self.total += len(block)
        if self.total > PETIT and self.total > RATIO_MAX * self.raw.tell():
            raise FichierRefuse(bombe(self.nom))
        return block


def _membre(archive: zipfile.ZipFile, path: Path, veut: Callable[[str], bool]) -> zipfile.ZipInfo:
    found = [member for member in archive.infolist() if not member.is_dir() and veut(member.filename)]
    if len(found) != 1:
        several = "plusieurs fichiers" if found else "aucun fichier"
        raise FichierRefuse(f"{path.name} contient {several} du genre attendu : prenez l’archive telle que publiée.")
    member = found[0]
    if member.flag_bits & 0x1:
        raise FichierRefuse(f"{path.name} est protégé par un mot de passe : prenez l’archive telle que publiée.")
    if member.file_size > PETIT and member.file_size > RATIO_MAX * max(member.compress_size, 1):
        raise FichierRefuse(bombe(path.name))
    return member


def bombe(nom: str) -> str:
    return f"{nom} se décompresse plus de {RATIO_MAX} fois : refusé, ce n’est pas une archive officielle."


def ouvert(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except (OSError, ValueError):
        raise FichierRefuse(
            f"{path.name} : fichier introuvable ou illisible. Vérifiez son chemin et ses droits."
        ) from None


@contextlib.contextmanager
def _dit_en_francais(nom: str) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:
        raise FichierRefuse(
            f"{nom} n’est pas en {error.encoding.upper()} : prenez-le tel que publié, sans l’ouvrir dans un tableur."
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, RuntimeError):
        raise FichierRefuse(f"{nom} est une archive tronquée ou abîmée : téléchargez-la de nouveau.") from None
    except csv.Error:
        raise FichierRefuse(
            f"{nom} : un guillemet n’est pas refermé ou un champ est démesuré ; prenez le fichier tel que publié."
        ) from None


def _nu(nom: str) -> str:
    return nom.strip().lstrip("#").casefold()


def manquantes(nom: str, absent: list[str]) -> str:
    shown = ", ".join(f"« {column} »" for column in absent[:5])
    columns = f"la colonne {shown}" if len(absent) == 1 else f"les colonnes {shown}"
    return f"{nom} : il manque {columns}. Vérifiez que c’est bien le fichier attendu, tel que publié."
