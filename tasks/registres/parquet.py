"""SIRENE in Parquet: by columns and in batches, so that 44 million rows need no more memory than a few.

pyarrow reads it. It is large and only the machine that imports needs it: who wants it installs it.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tasks.registres.lecture import PETIT, RATIO_MAX, FichierRefuse, bombe, manquantes, ouvert

MAGIE = b"PAR1"
LOT = 10_000  # rows
TAMPON = 1 << 16  # bytes of a column that are read at once: by default all of a million rows is
COMMANDE = ".venv/bin/python -m pip install --require-hashes -r requirements-parquet.lock"


def est_parquet(path: Path) -> bool:
    with ouvert(path) as raw:
        return raw.read(4) == MAGIE


class Parquet:
    """A Parquet being read, as `Tableau` reads a CSV: its rows are the texts that the CSV would have.

    `places` chooses the columns: the others are not read at all. Rows are numbered from 1: there is no header.
    """

    def __init__(self, path: Path, file: Any) -> None:
        self.nom, self.entetes = path.name, list(file.schema_arrow.names)
        self._file, self._size = file, path.stat().st_size
        self._choisies: tuple[str, ...] = ()
        self._done = 0

    @property
    def largeur(self) -> int:
        return len(self._choisies)

    def a(self, *noms: str) -> bool:
        return set(noms) <= set(self.entetes)

    def places(self, *noms: str) -> list[int]:
        if absent := [nom for nom in noms if nom not in self.entetes]:
            raise FichierRefuse(manquantes(self.nom, absent))
        self._choisies = noms
        return list(range(len(noms)))

    def lu(self) -> int:
        return self._size * self._done // max(1, self._file.metadata.num_rows)

    def __iter__(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        with _dit_en_francais(self.nom):
            for batch in self._file.iter_batches(LOT, columns=list(self._choisies), use_threads=False):
                texts = [_textes(batch.column(nom)) for nom in self._choisies]
                yield from enumerate(zip(*texts, strict=True), self._done + 1)
                self._done += batch.num_rows


@contextlib.contextmanager
def parquet(path: Path) -> Iterator[Parquet]:
    """The file `path`. Raises `FichierRefuse` when it is damaged, or when pyarrow is not installed."""
    try:
        import pyarrow.parquet
    except ImportError:
        raise FichierRefuse(
            f"{path.name} est au format Parquet, que le portail lit avec pyarrow : installez-le par « {COMMANDE} », ou "
            "prenez le fichier CSV de la même page."
        ) from None
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())  # its own one keeps what it was given
    with _dit_en_francais(path.name):
        file = pyarrow.parquet.ParquetFile(path, buffer_size=TAMPON, pre_buffer=False)
    with file:
        _verifier(path, file.metadata)
        yield Parquet(path, file)


def _verifier(path: Path, metadata: Any) -> None:
    groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
    for column in (group.column(i) for group in groups for i in range(group.num_columns)):
        size, packed = column.total_uncompressed_size, column.total_compressed_size
        if size > PETIT and size > RATIO_MAX * max(packed, 1):
            raise FichierRefuse(bombe(path.name))


def _textes(column: Any) -> list[str]:
    """The values as the CSV writes them: nothing for null, true and false, ISO days."""
    import pyarrow

    texts: list[str] = column.cast(pyarrow.string()).fill_null("").to_pylist()
    return texts


@contextlib.contextmanager
def _dit_en_francais(nom: str) -> Iterator[None]:
    import pyarrow

    try:
        yield
    except (pyarrow.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise  # the disk, not the file
        raise FichierRefuse(f"{nom} est un fichier Parquet tronqué ou abîmé : téléchargez-le de nouveau.") from None
