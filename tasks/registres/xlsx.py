"""The rows of a small spreadsheet (xlsx), whose format is XML in a zip: the agreements are published so."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring

from tasks.registres.lecture import FichierRefuse

TAILLE_MAX = 60_000_000  # bytes of one sheet
NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
COLONNE = re.compile("[A-Z]+")


def feuilles(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Name and rows of each sheet; cells are texts, missing ones empty."""
    try:
        with zipfile.ZipFile(path) as archive:
            shared = [_texte(node) for node in _xml(archive, "xl/sharedStrings.xml", path) if node.tag == f"{NS}si"]
            targets = {
                node.get("Id"): node.get("Target", "") for node in _xml(archive, "xl/_rels/workbook.xml.rels", path)
            }
            for sheet in _xml(archive, "xl/workbook.xml", path).iterfind(f"{NS}sheets/{NS}sheet"):
                member = "xl/" + targets.get(sheet.get(RELATION), "").removeprefix("/xl/")
                yield sheet.get("name", ""), list(_lignes(_xml(archive, member, path), shared))
    except (zipfile.BadZipFile, KeyError, ParseError, IndexError, ValueError, EOFError):
        raise FichierRefuse(f"{path.name} n’est pas un classeur xlsx entier : téléchargez-le de nouveau.") from None


def _xml(archive: zipfile.ZipFile, name: str, path: Path) -> Element:
    if name == "xl/sharedStrings.xml" and name not in archive.namelist():
        return Element("none")
    if archive.getinfo(name).file_size > TAILLE_MAX:
        raise FichierRefuse(f"{path.name} se décompresse démesurément : refusé.")
    content = archive.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise FichierRefuse(f"{path.name} déclare des entités : refusé, un classeur n’en a pas.")
    return fromstring(content)  # noqa: S314 (no entity is left to expand)


def _lignes(sheet: Element, shared: list[str]) -> Iterator[list[str]]:
    for row in sheet.iterfind(f"{NS}sheetData/{NS}row"):
        cells: list[str] = []
        for cell in row.iterfind(f"{NS}c"):
            place = _place(cell.get("r", ""), len(cells))
            cells += [""] * (place - len(cells))
            cells.append(_valeur(cell, shared))
        yield cells


def _place(reference: str, default: int) -> int:
    letters = COLONNE.match(reference)
    if letters is None:
        return default
    place = 0
    for letter in letters[0]:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _valeur(cell: Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _texte(cell)
    text = cell.findtext(f"{NS}v") or ""
    return shared[int(text)] if cell.get("t") == "s" else text


def _texte(node: Element) -> str:
    return "".join(part.text or "" for part in node.iter(f"{NS}t"))
