"""What an import works with: the new file, the rows that it rejects, how far it has come."""

import contextlib
import csv
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from models.referentiels.ecriture import inserer
from models.referentiels.schema import TABLES

REJETS_MAX = 100_000  # rows that are listed; the others are counted
RYTHME = 0.5  # seconds between two lines of progress
Ligne = dict[str, Any]


class Rejets:
    """Rows that were not taken: file, line, why. Never what stood in them."""

    def __init__(self, path: Path) -> None:
        self.path, self.total = path, 0
        self.motifs: Counter[str] = Counter()
        self._flux: Any = None

    def noter(self, fichier: str, ligne: int, motif: str) -> None:
        self.total += 1
        self.motifs[motif] += 1
        if self.total > REJETS_MAX:
            return
        if self._flux is None:
            self._flux = self.path.open("w", encoding="utf-8", newline="")
            self._ecrire = csv.writer(self._flux, delimiter=";").writerow
            self._ecrire(("fichier", "ligne", "motif"))
        self._ecrire((fichier, ligne, motif))

    def fermer(self) -> None:
        if self._flux:
            self._flux.close()


class Progression:
    """One line on the terminal: what is done, rows a second, time left."""

    def __init__(self, dire: Callable[[str], None]) -> None:
        self.dire = dire
        self.debut = self.dernier = time.monotonic()

    def etape(self, titre: str, total: int, unite: str = "lignes") -> Callable[[int, int], None]:
        """A new stretch of work; calling the answer with (done of total, rows) shows it from time to time."""
        start = time.monotonic()

        def avancer(fait: int, lignes: int) -> None:
            now = time.monotonic()
            if now - self.dernier < RYTHME:
                return
            self.dernier = now
            spent = now - start
            left = f", reste {duree(spent * (total - fait) / fait)}" if fait and total > fait else ""
            share = min(100, 100 * fait // total) if total else 100
            self.dire(f"{titre} : {share} %, {nombre(lignes)} {unite}, {nombre(int(lignes / spent))}/s{left}")

        return avancer


@dataclass
class Chantier:
    """One import under way. perimetre: which establishments are taken. le: day of the data."""

    connexion: Connection
    rejets: Rejets
    progression: Progression
    le: date
    perimetre: str = "actifs"
    lus: int = 0
    ignores: int = 0

    def inserer(self, table: str, rows: Iterable[tuple[Ligne, str]]) -> int:
        """Rows, already in rank order, each with the words that find it, into the new file."""
        columns = TABLES[table].colonnes
        return inserer(self.connexion, table, ((tuple(map(row.get, columns)), text) for row, text in rows))


def terminal(text: str) -> None:
    """On a terminal the line is written over the one before; elsewhere nothing is shown."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def muet(text: str) -> None:
    """Nobody looks."""


def nombre(n: int) -> str:
    return f"{n:,}".replace(",", "\u202f")


def duree(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def jour(text: str | None) -> str | None:
    """An ISO day of « 31/01/2025 », of an ISO day or instant; None when there is none. Raises ValueError."""
    day = (text or "").strip()[:10]
    if not day:
        return None
    if "/" in day:
        day = "-".join(reversed(day.split("/")))
    return date.fromisoformat(day).isoformat()


@contextlib.contextmanager
def rejets(path: Path) -> Iterator[Rejets]:
    path.unlink(missing_ok=True)
    found = Rejets(path)
    try:
        yield found
    finally:
        found.fermer()
