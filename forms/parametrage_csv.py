"""The dated parameters as a spreadsheet: what leaves comes back unchanged; every wrong line is told, none is taken."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from forms.controles.parametres import Branche, Parametres
from forms.controles.parametres.smic import Smic
from forms.page import Tape
from forms.parametrage import PAR_GENRE, Ligne, construire, ligne_de, lire, par_genre
from models.parametres import Parametre

BRANCHE = ("duree_max_mois", "publics_24", "part_max_pct", "forfait_horaire", "grille_pct", "smc")
COLONNES = ("table", "idcc", "depuis", "horaire", *BRANCHE, "source", "retire")
LIGNES_MAX = 5000
FORMULES = ("=", "+", "-", "@", "\t")  # a spreadsheet would run a cell that begins so
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
    writer.writerows({name: _inerte(text) for name, text in row.items()} for row in _lignes(tables))
    return f"\ufeff{out.getvalue()}"


def _lignes(tables: Parametres) -> Iterator[dict[str, str]]:
    for genre, rows in par_genre(tables).items():
        for ligne in rows:
            yield {"table": genre, "depuis": f"{ligne.depuis:%d/%m/%Y}", "source": ligne.source} | _cellules(ligne)


def _cellules(ligne: Smic | Branche) -> dict[str, str]:
    if isinstance(ligne, Smic):
        return {"horaire": _nombre(ligne.horaire)}
    cells = {name: _nombre(value) for name in BRANCHE if (value := getattr(ligne, name)) not in (None, "", ())}
    return {"idcc": ligne.idcc} | cells


def _nombre(value: Any) -> str:
    if isinstance(value, tuple):
        return "/".join(_nombre(part) for part in value)
    return value if isinstance(value, str) else str(value).replace(".", ",")


def _inerte(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULES) else text


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
    return _lire([dict(zip(heading, row, strict=False)) for row in rows[1:]], connus)


def _refus(message: str) -> Lecture:
    return Lecture([], [Refusee(1, message)], 0)


def _lire(cells: list[dict[str, str]], connus: Iterable[Parametre]) -> Lecture:
    there = en_place(connus)
    found, refused, seen, same = [], [], set(), 0
    for number, row in enumerate(cells, start=2):
        if not any(cell.strip() for cell in row.values()):
            continue
        ligne = _ligne(row)
        if isinstance(ligne, str):
            refused.append(Refusee(number, ligne))
            continue
        key = (ligne["genre"], ligne["idcc"], ligne["depuis"])
        if key in seen:
            refused.append(Refusee(number, "Cette ligne est deux fois dans le fichier : gardez-en une."))
        seen.add(key)
        if there.get(key) == (None if ligne["retire"] else lire(Parametre(**ligne))):
            same += 1
        else:
            found.append(ligne)
    return Lecture(found, refused, same)


def en_place(connus: Iterable[Parametre]) -> dict[tuple[str, str, date], Any]:
    """The rows in force by their key."""
    return {
        (genre, getattr(ligne, "idcc", ""), ligne.depuis): ligne
        for genre, rows in par_genre(construire(connus)).items()
        for ligne in rows
    }


def _ligne(row: dict[str, str]) -> dict[str, Any] | str:
    """The row of a line, or what is wrong with it."""
    genre = PAR_GENRE.get(row["table"].strip())
    if genre is None:
        return f"Table inconnue. Écrivez dans la colonne « table » : {', '.join(PAR_GENRE)}."
    typed = {name: [text.strip().removeprefix("'")] for name, text in row.items() if name != "retire" and text.strip()}
    if row.get("retire", "").strip().lower() in OUI:
        typed["retire"] = ["oui"]
    form = genre.form(Tape(typed))
    if typed.get("retire"):
        dispenser(form)
    return ligne_de(genre.slug, form) if form.validate() else _reproches(form)


def dispenser(form: Ligne) -> None:
    """A row that is withdrawn says when it began and why it goes, no more."""
    for field in form.champs():
        field.requis = field.short_name in ("depuis", "source", "idcc")


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
