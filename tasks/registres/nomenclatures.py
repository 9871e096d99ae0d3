"""Code lists: NAF rév. 2 and NAF 2025, NSF, collective agreements."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tasks.imports import SPECIAUX
from tasks.registres.chantier import Chantier, Ligne, jour
from tasks.registres.lecture import FichierRefuse, tableau
from tasks.registres.xlsx import feuilles

NAF = re.compile(r"\d\d\.\d\d[A-Z]")  # a sous-classe; the other levels of the file are not codes of activity
LETTRES_NAF = {"naf": "ABCDEFZ", "naf2025": "GHJKLY"}  # Insee took other ones, so that no code is of both
LIBELLES_NAF = ("Libelle", "Libellé", "Intitulés de la NAF rév. 2, version finale", "Intitulés NAF 2025")
TITRES = ("TITRE", "Libellé", "Libelle", "TITRE DE LA CONVENTION", "Intitulé")


def charger_naf(chantier: Chantier, paths: list[Path]) -> int:
    return _charger_naf(chantier, paths, "naf", "NAFRev2")


def charger_naf_2025(chantier: Chantier, paths: list[Path]) -> int:
    return _charger_naf(chantier, paths, "naf2025", "NAF2025")


def _charger_naf(chantier: Chantier, paths: list[Path], table: str, nomenclature: str) -> int:
    rows = {}
    for name, line, (code, libelle) in _colonnes(chantier, paths, ("Code",), LIBELLES_NAF):
        if NAF.fullmatch(code) and code[-1] not in LETTRES_NAF[table]:
            chantier.rejets.noter(name, line, "code de l’autre nomenclature")
        elif NAF.fullmatch(code) and libelle:
            rows[code] = {"code": code, "libelle": libelle, "nomenclature": nomenclature, "cle": code.replace(".", "")}
        elif NAF.fullmatch(code):
            chantier.rejets.noter(name, line, "code sans libellé")
    return chantier.inserer(table, ((row, f"{row['code']} {row['cle']} {row['libelle']}") for row in rows.values()))


def charger_nsf(chantier: Chantier, paths: list[Path]) -> int:
    """Groups of three digits; of « 326 : Informatique » the label alone."""
    rows = {}
    labels = ("LIBELLE_LONG", "Nsf_Intitule", "Libelle", "Libellé")
    for name, line, (code, libelle) in _colonnes(chantier, paths, ("GROUPE_SPECIALITE", "Nsf_Code", "Code"), labels):
        label = libelle.removeprefix(code).lstrip(" :")
        if len(code) == 3 and code.isdecimal() and label:
            rows[code] = {"code": code, "libelle": label}
        elif not code[:3].isdecimal() or not label:
            chantier.rejets.noter(name, line, "groupe de trois chiffres et libellé attendus")
    return chantier.inserer("nsf", ((row, "") for row in rows.values()))


def charger_idcc(chantier: Chantier, paths: list[Path]) -> int:
    """Of several rows of an agreement (KALI) the one that begins last; the special codes are always there."""
    best: dict[str, tuple[str, Ligne]] = {}
    for name, line, (code, titre, court, kali, debut) in _colonnes(
        chantier, paths, ("IDCC",), TITRES, ("TITRE_COURT",), ("ID_KALI", "ID"), ("DEBUT",), facultatives=3
    ):
        if not code and not titre:
            continue
        if not code.isdecimal() or len(code.lstrip("0")) > 4 or not titre:
            chantier.rejets.noter(name, line, "IDCC de quatre chiffres et titre attendus")
            continue
        number, since = code.lstrip("0").zfill(4), _debut(debut)
        row = {"code": number, "titre": titre, "titre_court": court or None, "kali": kali or None}
        if number not in best or since > best[number][0]:
            best[number] = (since, row)
    if not best:
        return 0
    rows = {code: row for code, (_, row) in sorted(best.items())} | {row["code"]: dict(row) for row in SPECIAUX}
    return chantier.inserer("idcc", ((row, _mots(row)) for row in rows.values()))


def _debut(text: str) -> str:
    """Spreadsheets hold a day as a number of days: enough to compare; what cannot be read is the oldest."""
    try:
        return jour(text) or ""
    except ValueError:
        return text if text.isdecimal() else ""


def _mots(row: Ligne) -> str:
    words = (row["code"], row["code"].lstrip("0"), row.get("titre_court"), row["titre"])
    return " ".join(word for word in words if word)


def _colonnes(
    chantier: Chantier, paths: list[Path], *alternatives: tuple[str, ...], facultatives: int = 0
) -> Iterator[tuple[str, int, list[str]]]:
    """File, line and columns of each row; a column is the first of its possible names that is there."""
    for path in paths:
        for entetes, rows in _tables(path):
            there = {name.strip().casefold(): place for place, name in reversed(list(enumerate(entetes)))}
            places = [
                next((there[n.casefold()] for n in names if n.casefold() in there), None) for names in alternatives
            ]
            needed = places[: len(places) - facultatives]
            if None in needed:
                names = alternatives[needed.index(None)]
                raise FichierRefuse(
                    f"{path.name} : il manque la colonne « {names[0]} ». Vérifiez que c’est bien le fichier attendu."
                )
            for line, row in rows:
                chantier.lus += 1
                yield path.name, line, [row[p].strip() if p is not None and p < len(row) else "" for p in places]


def _tables(path: Path) -> Iterator[tuple[list[str], Iterable[tuple[int, list[str]]]]]:
    """Header and rows of a CSV, or of the sheet of a spreadsheet that has a header with a code."""
    if path.suffix.lower() != ".xlsx":
        with tableau(path, latin=True) as (table, _):
            yield table.entetes, table
        return
    for _, rows in feuilles(path):
        for first, row in enumerate(rows[:10]):
            if {"IDCC", "CODE"} & {cell.strip().upper() for cell in row}:
                yield row, list(enumerate(rows[first + 1 :], first + 2))
                return
    raise FichierRefuse(
        f"{path.name} : aucune feuille n’a de colonne « IDCC » ou « Code » dans ses dix premières lignes."
    )
