"""The dated parameters as a spreadsheet: what leaves comes back unchanged; every wrong line is told, none is taken."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import zip_longest
from typing import Any, NamedTuple

from forms.controles.parametres import Parametres
from forms.page import Tape
from forms.parametrage import GENRES, PAR_GENRE, Ligne, dispenser, ligne_de
from forms.parametrage_tables import construire, en_place, lire, par_genre, reproche
from forms.tableur import inoffensif
from models.parametres import Parametre

COMMUNES = ("depuis", "source")
PROPRES = tuple(dict.fromkeys(name for genre in GENRES for name in genre.ligne._fields if name not in COMMUNES))
COLONNES = ("table", "idcc", "depuis", *(name for name in PROPRES if name != "idcc"), "source", "retire")
EN_TROP = ""
LIGNES_MAX = 5000
OUI = ("oui", "1", "vrai", "x")


class Refusee(NamedTuple):
    """A line that cannot be taken, and why. Line 1 is the heading."""

    ligne: int
    message: str


class Lecture(NamedTuple):
    """Rows to add, refused lines, number of lines that change nothing."""

    lignes: list[dict[str, Any]]
    refusees: list[Refusee]
    inchangees: int


def exporter(tables: Parametres) -> str:
    """All rows in force, shipped ones included; semicolons, and the mark by which a spreadsheet knows UTF-8."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLONNES, restval="", delimiter=";")
    writer.writeheader()
    writer.writerows({name: inoffensif(text) for name, text in row.items()} for row in _lignes(tables))
    return f"\ufeff{out.getvalue()}"


def _lignes(tables: Parametres) -> Iterator[dict[str, str]]:
    for slug, rows in par_genre(tables).items():
        for ligne in rows:
            yield {"table": slug, "depuis": f"{ligne.depuis:%d/%m/%Y}", "source": ligne.source} | _cellules(ligne)


def _cellules(ligne: Any) -> dict[str, str]:
    own = {name: getattr(ligne, name) for name in PROPRES if hasattr(ligne, name)}
    return {name: _nombre(value) for name, value in own.items() if value not in (None, "", ())}


def _nombre(value: Any) -> str:
    if isinstance(value, tuple):
        return "/".join(_nombre(part) for part in value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return value if isinstance(value, str) else str(value).replace(".", ",")


def importer(content: bytes, connus: Iterable[Parametre]) -> Lecture:
    """Read a file; `connus` are the rows that are there already."""
    reader = csv.reader(io.StringIO(_texte(content)), delimiter=_separateur(content))
    try:
        rows = [row for _, row in zip(range(LIGNES_MAX + 2), reader, strict=False)]
    except csv.Error:
        return _refus("Ce fichier n’est pas un CSV : enregistrez le tableau en CSV (UTF-8), puis recommencez.")
    heading = [cell.strip().lower() for cell in rows[0]] if rows else []
    if unknown := [rank for rank, name in enumerate(heading, start=1) if name not in COLONNES]:
        return _refus(f"La colonne {unknown[0]} a un titre inconnu. Partez du fichier exporté.")
    if not {"table", "depuis", "source"} <= set(heading):
        return _refus("Il manque une colonne : « table », « depuis » et « source » sont nécessaires.")
    if len(rows) > LIGNES_MAX + 1:
        return _refus(f"Ce fichier a plus de {LIGNES_MAX} lignes : coupez-le en plusieurs.")
    return _lire([_nommees(heading, row) for row in rows[1:]], connus)


def _nommees(heading: list[str], row: list[str]) -> dict[str, str]:
    """The cells of a line by column; under EN_TROP what stands beyond the last one."""
    own, more = row[: len(heading)], row[len(heading) :]
    return dict(zip_longest(heading, own, fillvalue="")) | {EN_TROP: "".join(more)}


def _refus(message: str) -> Lecture:
    return Lecture([], [Refusee(1, message)], 0)


def _lire(cells: list[dict[str, str]], connus: Iterable[Parametre]) -> Lecture:
    connus = list(connus)
    there = en_place(construire(connus))
    found, refused, seen, same = {}, [], set(), 0
    for number, row in enumerate(cells, start=2):
        if not any(cell.strip() for cell in row.values()):
            continue
        ligne = _ligne(row)
        if isinstance(ligne, str):
            refused.append(Refusee(number, ligne))
            continue
        key = (ligne["genre"], ligne["objet"], ligne["depuis"])
        if key in seen:
            refused.append(Refusee(number, "Cette ligne est deux fois dans le fichier : gardez-en une."))
        seen.add(key)
        if there.get(key) == (None if ligne["retire"] else lire(Parametre(**ligne))):
            same += 1
        else:
            found[number] = ligne
    refused += _impossibles(found, connus)
    return Lecture(list(found.values()), sorted(refused), same)


def _impossibles(lignes: dict[int, dict[str, Any]], connus: list[Parametre]) -> list[Refusee]:
    """Lines that cannot stand among the others: those of the file and those that are there."""
    first = max((row.id for row in connus), default=0) + 1
    added = {number: Parametre(id=first + number, **ligne) for number, ligne in lignes.items()}
    together = [*connus, *added.values()]
    judged = ((number, reproche(row, together)) for number, row in added.items())
    return [Refusee(number, f"{found.champ} : {found.message}") for number, found in judged if found]


def _ligne(row: dict[str, str]) -> dict[str, Any] | str:
    """The row of a line, or what is wrong with it."""
    if row.pop(EN_TROP).strip():
        return "Cette ligne a plus de cellules que la première : entourez de guillemets un texte à séparateur."
    genre = PAR_GENRE.get(row["table"].strip())
    if genre is None:
        return f"Table inconnue. Écrivez dans la colonne « table » : {', '.join(PAR_GENRE)}."
    typed = {name: [text.strip().removeprefix("'")] for name, text in row.items() if name != "retire" and text.strip()}
    if row.get("retire", "").strip().lower() in OUI:
        typed["retire"] = ["oui"]
    form = genre.form(Tape(typed))
    if typed.get("retire"):
        dispenser(genre.slug, form)
    return ligne_de(genre.slug, form) if form.validate() else _reproches(form)


def _reproches(form: Ligne) -> str:
    return " ".join(f"{f.short_name} : {f.errors[0]}" for f in form.champs() if f.errors)


def _texte(content: bytes) -> str:
    """What spreadsheets write: UTF-8, else the old Windows encoding."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _separateur(content: bytes) -> str:
    heading = content.split(b"\n", 1)[0]
    return max(";,\t", key=lambda mark: heading.count(mark.encode()))
