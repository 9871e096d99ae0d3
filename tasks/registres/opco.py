"""Which OPCO and which agreement an employer has: Table SIRET-OPCO of France compétences, SIRET → IDCC of the DSN."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from tasks.registres.chantier import Chantier
from tasks.registres.lecture import FichierRefuse, tableau

LOT = 20_000
SANS_CONVENTION = {"", "9999", "9998"}
PART = 0.9  # of an agreement's establishments: below, several OPCO share it
# As the portal and its rules write them.
OPCO = {
    "AFDAS": "Afdas",
    "AKTO": "AKTO",
    "ATLAS": "Atlas",
    "CONSTRUCTYS": "Constructys",
    "L'OPCOMMERCE": "L’Opcommerce",
    "OPCOMMERCE": "L’Opcommerce",
    "OCAPIAT": "Ocapiat",
    "OPCO2I": "OPCO 2i",
    "OPCO EP": "OPCO EP",
    "OPCO MOBILITES": "OPCO Mobilités",
    "OPCO SANTE": "OPCO Santé",
    "UNIFORMATION COHESION SOCIALE": "Uniformation",
    "UNIFORMATION": "Uniformation",
}


def charger(chantier: Chantier, paths: list[Path]) -> int:
    """The OPCO of each SIRET and, counted over them, that of each agreement."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    total = _inserer(chantier, "siret_opco", _opco(chantier, _seul(paths), counts))
    rows = []
    for idcc, seen in sorted(counts.items()):
        name, most = seen.most_common(1)[0]
        rows.append(({"code": idcc, "opco": name, "ambigu": int(most < PART * seen.total())}, ""))
    chantier.inserer("idcc_opco", rows)
    return total


def charger_idcc(chantier: Chantier, paths: list[Path]) -> int:
    """The agreement of each SIRET; one that declares several keeps its first one other than « none »."""
    return _inserer(chantier, "siret_idcc", _idcc(chantier, _seul(paths)))


def _seul(paths: list[Path]) -> Path:
    if len(paths) != 1:
        raise FichierRefuse("Donnez un seul fichier.")
    return paths[0]


def _opco(chantier: Chantier, path: Path, counts: dict[str, Counter[str]]) -> Iterator[tuple[int, str, str | None]]:
    for line, siret, (idcc, name) in _lignes(chantier, path, "IDCC", "OPCO_PROPRIETAIRE"):
        known = OPCO.get(name.upper().replace("’", "'"))
        if known is None:
            chantier.rejets.noter(path.name, line, "sans OPCO" if not name else "OPCO inconnu")
            continue
        number = idcc.lstrip("0").zfill(4) if idcc else ""
        if number not in SANS_CONVENTION:
            counts[number][known] += 1
        yield siret, known, number or None


def _idcc(chantier: Chantier, path: Path) -> Iterator[tuple[int, str]]:
    for line, siret, (idcc,) in _lignes(chantier, path, "idcc"):
        if idcc.isdecimal() and len(idcc.lstrip("0")) <= 4:
            yield siret, idcc.lstrip("0").zfill(4)
        else:
            chantier.rejets.noter(path.name, line, "IDCC : quatre chiffres attendus")


def _lignes(chantier: Chantier, path: Path, *columns: str) -> Iterator[tuple[int, int, list[str]]]:
    with tableau(path) as (table, content):
        place, *places = table.places("siret", *columns)
        show = chantier.progression.etape(path.name, path.stat().st_size)
        for line, row in table:
            chantier.lus += 1
            if not line % LOT:
                show(content.lu(), chantier.lus)
            siret = row[place].strip() if len(row) == table.largeur else ""
            if len(siret) == 14 and siret.isdecimal():
                yield line, int(siret), [row[p].strip() for p in places]
            else:
                chantier.rejets.noter(path.name, line, "SIRET : 14 chiffres attendus")


def _inserer(chantier: Chantier, table: str, rows: Iterator[tuple[Any, ...]]) -> int:
    """A SIRET that comes again keeps what it had, unless that was « no agreement »."""
    better = " on conflict (rang) do update set idcc = excluded.idcc where idcc in ('9999', '9998')"
    width = 3 if table == "siret_opco" else 2
    places = ", ".join("?" * width)
    insert = f"insert into {table} values ({places}){better}"  # noqa: S608 (our own names)
    while lot := list(islice(rows, LOT)):
        chantier.connexion.executemany(insert, lot)
    total: int = chantier.connexion.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608
    return total
