"""Importing official files: one register is replaced, the others stay, searches go on meanwhile with the old ones."""

import errno
import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from models.base import aujourdhui, maintenant
from models.referentiels.ecriture import Occupe, construire, inscrire, lisible, reprendre
from models.referentiels.schema import REGISTRES, TABLES, cles
from tasks.imports import charger_donnees_embarquees
from tasks.registres import chantier as outils
from tasks.registres.catalogue import CATALOGUE, Registre
from tasks.registres.chantier import Chantier, nombre
from tasks.registres.lecture import FichierRefuse, empreinte, membres

JOUR = re.compile(r"(?<!\d)(20\d\d)(?:[-_]?(0[1-9]|1[0-2])(?:[-_]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)")
REJETS_TOLERES = 0.1  # of the rows: with more, it is another file than the one expected
RECUL_TOLERE = 0.5  # of the rows in service: with fewer, the file was cut
PLEIN = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}


class Differences(NamedTuple):
    """Rows of the new version that the one before did not have, had otherwise, and rows that left."""

    nouvelles: int
    modifiees: int
    disparues: int


class Rapport(NamedTuple):
    """What an import did. ignores: rows left out by rule (closed, not to be shown), which is no fault."""

    registre: str
    le: date
    lus: int
    lignes: int
    ignores: int
    rejets: int
    motifs: dict[str, int]
    liste: Path
    differences: Differences | None
    secondes: float

    def __str__(self) -> str:
        parts = [f"{nombre(self.lignes)} lignes en service, données du {self.le:%d/%m/%Y}"]
        parts.append(f"{nombre(self.lus)} lues en {outils.duree(self.secondes)}")
        if self.ignores:
            parts.append(f"{nombre(self.ignores)} hors périmètre ou non diffusibles")
        if self.differences:
            n, m, d = map(nombre, self.differences)
            parts.append(f"{n} nouvelles, {m} modifiées, {d} disparues")
        if self.rejets:
            parts.append(f"{nombre(self.rejets)} rejetées (liste : {self.liste.name})")
            parts += [f"  {nombre(count)} × {motif}" for motif, count in list(self.motifs.items())[:10]]
        return "\n".join(parts)


def importer(
    chemin: Path,
    genre: str,
    fichiers: list[Path],
    *,
    le: date | None = None,
    perimetre: str = "actifs",
    forcer: bool = False,
    dire: Callable[[str], None] = outils.muet,
) -> Rapport:
    """Replace one register of the search file `chemin` by what `fichiers` hold, or change nothing.

    le: day of the data, by default the one in the names of the files. forcer: take a file although many of its rows
    are rejected or missing. Raises `FichierRefuse`, whose text is for people.
    """
    known = CATALOGUE[genre]
    chemin = chemin.absolute()
    if not lisible(chemin):
        charger_donnees_embarquees(chemin, demo=False)
    mark = str(empreinte(fichiers, hashlib.sha256).hexdigest()) if all(map(Path.is_file, fichiers)) else ""
    day = le or jour_des_donnees(fichiers)
    start = maintenant()
    kept = [registre for registre in REGISTRES if registre != known.registre]
    tables = [table for registre in kept for table in REGISTRES[registre]]
    with (
        _refus_lisibles(),
        construire(chemin, garder=tables, attendre=False) as connexion,
        outils.rejets(chemin.with_name(f"rejets-{genre}.csv")) as rejets,
    ):
        work = Chantier(connexion, rejets, outils.Progression(dire), day, perimetre)
        total = known.charger(work, fichiers)
        _verifier(work, known, total, forcer)
        differences = comparer(connexion, known)
        reprendre(connexion, kept)
        when, data = start.isoformat(sep=" "), day.isoformat()
        inscrire(connexion, known.registre, known.libelle, known.source, data, known.licence, total, 0, mark, when)
    spent = (maintenant() - start).total_seconds()
    motifs = dict(rejets.motifs.most_common())
    return Rapport(genre, day, work.lus, total, work.ignores, rejets.total, motifs, rejets.path, differences, spent)


def jour_des_donnees(fichiers: list[Path]) -> date:
    """The newest day that the names of the files tell, else the day on which the file was written."""
    names = [name for path in fichiers if path.is_file() for name in (path.name, *membres(path))]
    found = [
        date(int(y), int(m or 1), int(d or 1)) for name in names for y, m, d in JOUR.findall(name) if _existe(y, m, d)
    ]
    past = [day for day in found if day <= aujourdhui()]
    if past:
        return max(past)
    times = [path.stat().st_mtime for path in fichiers if path.is_file()]
    return datetime.fromtimestamp(max(times), UTC).date() if times else aujourdhui()


def _existe(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def comparer(connexion: Connection, known: Registre) -> Differences | None:
    """How the new version of the register differs from the official one that was in service; None without one."""
    if not _anciennes(connexion, known):
        return None
    table, key = REGISTRES[known.registre][0], known.cle
    for statement in cles(table):
        connexion.execute(statement)  # both sides by key: else each row would look through all of the other side
    columns = [column for column in TABLES[table].colonnes if column not in (key, "donnees_du")]
    new, old = (", ".join(f"{side}.{column}" for column in columns) for side in "no")
    here, there = f"from main.{table} n where", f"from ancien.{table} o where o.{key} = n.{key}"
    sql = (
        f"select count(*) {here} not exists (select 1 {there})",
        f"select count(*) {here} exists (select 1 {there}) and not exists (select 1 {there} and ({new}) is ({old}))",
        f"select count(*) from ancien.{table} o where not exists (select 1 {here} n.{key} = o.{key})",  # noqa: S608
    )
    return Differences(*(connexion.execute(query).fetchone()[0] for query in sql))


def _anciennes(connexion: Connection, known: Registre) -> int:
    """How many rows the register in service has; 0 unless it was imported."""
    if not connexion.execute("select 1 from pragma_database_list where name = 'ancien'").fetchone():
        return 0
    sql = "select lignes from ancien.source where registre = ? and importe_le is not null"
    found = connexion.execute(sql, (known.registre,)).fetchone()
    return found[0] if found else 0


def _verifier(work: Chantier, known: Registre, total: int, forcer: bool) -> None:
    """Stop before a register is replaced by what cannot be it."""
    if not total:
        raise FichierRefuse(
            f"Aucune ligne à prendre dans ces fichiers (rejetées : {nombre(work.rejets.total)}, hors périmètre : "
            f"{nombre(work.ignores)}). Fichiers attendus : {known.fichiers}."
        )
    before = _anciennes(work.connexion, known)
    if forcer:
        return
    if work.rejets.total > REJETS_TOLERES * work.lus:
        worst = work.rejets.motifs.most_common(1)[0][0]
        raise FichierRefuse(
            f"{nombre(work.rejets.total)} lignes rejetées sur {nombre(work.lus)} (« {worst} ») : est-ce le bon "
            f"fichier ? La liste est dans {work.rejets.path.name}. « --forcer » le prend quand même."
        )
    if total < RECUL_TOLERE * before:
        raise FichierRefuse(
            f"{nombre(total)} lignes seulement, contre {nombre(before)} en service : le fichier est sans doute "
            "incomplet. « --forcer » le prend quand même."
        )


@contextmanager
def _refus_lisibles() -> Iterator[None]:
    """What stops an import from outside, in French."""
    try:
        yield
    except Occupe:
        raise FichierRefuse("Un autre import est en cours sur cette machine : attendez qu’il finisse.") from None
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in PLEIN:
            raise FichierRefuse(_plein()) from None
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise FichierRefuse(_plein()) from None
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise FichierRefuse(
                "Le dossier des registres n’est pas accessible en écriture : vérifiez ses droits."
            ) from None
        raise


def _plein() -> str:
    return (
        "L’écriture a échoué, sans doute faute de place sur le disque : libérez-en, puis recommencez. Rien n’a changé."
    )
