"""The XML exports of the RNCP and of the RS (4.1, and 3.0 before it): record by record, so that 570 MB need no more
memory than a few.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from tasks.registres.chantier import Chantier, Ligne
from tasks.registres.lecture import BLOC, Contenu, FichierRefuse, contenu
from tasks.registres.rncp_fiche import Liens, fiche

FICHE_MAX = 20_000_000  # bytes between the ends of two records
OUI = {"OUI": "ACTIVE", "NON": "INACTIVE"}
# As 4.1 writes them, then as 3.0 did.
APRES = ("NOUVELLES_CERTIFICATIONS/NOUVELLE_CERTIFICATION/ID_FICHE_NOUVELLE_CERTIFICATION", "NOUVELLE_CERTIFICATION")
AVANT = ("ANCIENNES_CERTIFICATIONS/ANCIENNE_CERTIFICATION/ID_FICHE_ANCIENNE_CERTIFICATION", "ANCIENNE_CERTIFICATION")
EN_CONTRAT = ("SI_JURY_CQ/ACTIF", "SI_JURY_CQ")


def lire_xml(chantier: Chantier, paths: list[Path]) -> list[Ligne]:
    """The records of all files. A later one may name what it replaces: the links are complete at the end only."""
    liens = Liens()
    rows = [(path, number, row) for path in paths for number, row in _lire(chantier, path, liens)]
    return _uniques(chantier, rows, liens)


def _lire(chantier: Chantier, path: Path, liens: Liens) -> Iterator[tuple[int, Ligne]]:
    before = chantier.lus
    show = chantier.progression.etape("Certifications", path.stat().st_size)
    with contenu(path, lambda nom: nom.lower().endswith(".xml")) as content:
        for number, record in enumerate(_fiches(content), 1):
            chantier.lus += 1
            show(content.lu(), number)
            values = _valeurs(record, liens)
            found = fiche(values, liens)
            if isinstance(found, str):
                chantier.rejets.noter(path.name, number, f"{found} (numéro d’ordre de la fiche)")
            else:
                yield number, found
    if chantier.lus == before:
        raise FichierRefuse(f"{path.name} ne contient aucune FICHE : donnez l’export XML du RNCP tel que publié.")


def _uniques(chantier: Chantier, rows: list[tuple[Path, int, Ligne]], liens: Liens) -> list[Ligne]:
    once: dict[str, Ligne] = {}
    for path, number, row in rows:
        if once.setdefault(row["code"], row) is row:
            row["remplacee_par"] = " ".join(liens.apres.get(row["code"], ()))
        else:
            chantier.rejets.noter(path.name, number, "fiche déjà lue (numéro d’ordre de la fiche)")
    return list(once.values())


def _fiches(content: Contenu) -> Iterator[Element]:
    """Each FICHE, forgotten when the next one is asked for."""
    parser: Any = XMLPullParser(("start", "end"))
    root, size, tail = None, 0, b""
    try:
        while block := content.flux.read(BLOC):
            if b"<!DOCTYPE" in tail + block or b"<!ENTITY" in tail + block:
                raise FichierRefuse(f"{content.nom} déclare des entités : refusé, l’export officiel n’en a pas.")
            parser.feed(block)
            tail = block[-16:]
            size += len(block)
            for event, element in parser.read_events():
                root = element if root is None else root
                if event == "end" and element.tag == "FICHE":
                    yield element
                    root.clear()
                    size = 0
            if size > FICHE_MAX:
                raise FichierRefuse(f"{content.nom} contient une fiche démesurée, ou n’est pas l’export du RNCP.")
        parser.close()
    except ParseError as error:
        raise FichierRefuse(
            f"{content.nom} n’est pas un XML complet (ligne {error.position[0]}) : téléchargez-le de nouveau."
        ) from None


def _valeurs(record: Element, liens: Liens) -> list[str]:
    """The columns that the CSV export has under other names, and the links of the record."""
    code = _texte(record, "NUMERO_FICHE")
    for link in _textes(record, *APRES):
        liens.suit(code, link)
    for link in _textes(record, *AVANT):
        liens.suit(link, code)
    liens.nsf[code] = list(dict.fromkeys(_textes(record, "CODES_NSF/NSF/CODE")))
    liens.certificateurs[code] = _textes(record, "CERTIFICATEURS/CERTIFICATEUR/NOM_CERTIFICATEUR")
    ways = _textes(record, *EN_CONTRAT)
    if ways:
        liens.voies[code] = ways[0].upper() == "OUI"
    actif = _texte(record, "ACTIF").upper()
    return [
        code,
        _texte(record, "INTITULE"),
        _texte(record, "ABREGE/CODE"),
        _texte(record, "NOMENCLATURE_EUROPE/NIVEAU"),
        _texte(record, "DATE_DECISION"),
        _texte(record, "DATE_FIN_ENREGISTREMENT"),
        _texte(record, "DATE_EFFET"),
        _texte(record, "TYPE_ENREGISTREMENT"),
        OUI.get(actif, actif),
    ]


def _texte(record: Element, path: str) -> str:
    return (record.findtext(path) or "").strip()


def _textes(record: Element, *paths: str) -> list[str]:
    nodes = (node for path in paths for node in record.iterfind(path))
    return [text for node in nodes if (text := (node.text or "").strip())]
