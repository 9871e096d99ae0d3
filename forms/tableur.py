"""A list as a spreadsheet: CSV as French programs open it, and XLSX, both written line by line.

XLSX is a ZIP of XML: forty lines here, where a package would bring megabytes for one sheet of texts.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from forms.controles.francais import NBSP
from forms.fields import HORS_HTML

Lignes = Iterable[Iterable[str]]
FORMULES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PAQUET = "http://schemas.openxmlformats.org/package/2006"
FEUILLE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ENTETE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
FIXES = {
    "[Content_Types].xml": f'<Types xmlns="{PAQUET}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PAQUET}/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{FEUILLE}" xmlns:r="{RELATIONS}">'
    '<sheets><sheet name="Dossiers" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PAQUET}/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


class Sortie(io.RawIOBase):
    """Takes what the ZIP writes and gives it up as it comes: no export stands in memory as a whole."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.parts.append(bytes(data))
        return len(data)

    def prendre(self) -> bytes:
        data, self.parts = b"".join(self.parts), []
        return data


def inoffensif(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    return f"'{text}" if text.lstrip(f" {NBSP}").startswith(FORMULES) or text.startswith(FORMULES) else text


def en_csv(lignes: Lignes) -> Iterator[bytes]:
    """Semicolons and a byte order mark: what French spreadsheets open by a double click."""
    yield b"\xef\xbb\xbf"
    for ligne in lignes:
        out = io.StringIO()
        csv.writer(out, delimiter=";").writerow([inoffensif(text) for text in ligne])
        yield out.getvalue().encode("utf-8", "replace")


def en_xlsx(lignes: Lignes) -> Iterator[bytes]:
    """One sheet of texts: an inline string is never read as a formula."""
    out = Sortie()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in FIXES.items():
            archive.writestr(name, ENTETE + text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'{ENTETE}<worksheet xmlns="{FEUILLE}"><sheetData>'.encode())
            for ligne in lignes:
                sheet.write(rangee(ligne).encode("utf-8", "replace"))
                yield out.prendre()
            sheet.write(b"</sheetData></worksheet>")
    yield out.prendre()


def rangee(ligne: Iterable[str]) -> str:
    cells = (escape(HORS_HTML.sub("", text)) for text in ligne)
    return "<row>" + "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{c}</t></is></c>' for c in cells) + "</row>"
