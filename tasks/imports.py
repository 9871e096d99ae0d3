"""Loads the registers into the search file: those that come with the portal, and fictional ones to try it with.

A register is a function that yields its rows in rank order, each with the words that find it; whatever it reads,
`inserer` takes millions of rows as well as ten.
"""

import contextlib
import csv
import gzip
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import models
from models.base import aujourdhui
from models.listes import SPECIALITE
from models.referentiels import schema, texte
from models.referentiels.ecriture import construire, inscrire, inserer, lisible, reprendre
from models.referentiels.schema import REGISTRES as TABLES_DE
from models.referentiels.schema import TABLES
from models.referentiels.texte import plier
from tasks import fictifs

DONNEES = Path(models.__file__).parent / "donnees"
LICENCE = "Licence Ouverte 2.0"
SPECIAUX = (
    {"code": "9999", "titre": "Aucune convention collective"},
    {"code": "9998", "titre": "Convention collective en cours de négociation, pas encore en vigueur"},
)
Ligne = dict[str, Any]
Lignes = Iterable[tuple[Ligne, str]]


class Bilan(NamedTuple):
    """What a register has become. le: day of its data."""

    registre: str
    source: str
    le: date
    lignes: int
    fictif: bool = False

    def __str__(self) -> str:
        return f"{self.registre}: {self.lignes} rows ({self.source}, {self.le:%d/%m/%Y})"


class Registre(NamedTuple):
    """Where the rows of a register come from, and the function that reads them. table: where they go."""

    registre: str
    libelle: str
    source: str
    le: date
    lire: Callable[[], Lignes]
    fictif: bool = False
    table: str = ""


def charger_donnees_embarquees(chemin: str | os.PathLike[str], demo: bool = True) -> list[Bilan]:
    """Build the search file `chemin` from what comes with the portal; searches go on with the old one meanwhile.

    Official registers that were imported stay. When nothing would change nothing is built.
    demo: with the fictional employers and organismes.
    """
    mark = empreinte(demo)
    while True:
        imported, marks = _en_service(Path(chemin))
        wanted = [r for r in REGISTRES + (DEMONSTRATION if demo else ()) if r.registre not in imported]
        if {r.registre: mark for r in wanted} == marks:
            return []
        with contextlib.suppress(_Change):
            return _construire(Path(chemin), wanted, imported, mark)


class _Change(Exception):
    """While the lock was waited for, an import has put another register into service."""


def _construire(chemin: Path, wanted: list[Registre], imported: list[str], mark: str) -> list[Bilan]:
    tables = [table for registre in imported for table in TABLES_DE[registre]]
    with construire(chemin, garder=tables) as connexion:
        if _en_service(chemin)[0] != imported:
            raise _Change
        bilans = [_charger(connexion, registre, mark) for registre in wanted]
        if "commune" not in imported:
            rattacher_codes_postaux(connexion)
        reprendre(connexion, imported)
    return bilans


def empreinte(demo: bool) -> str:
    """Changes with the data that come with the portal and with the functions that read them."""
    code = (Path(__file__), Path(fictifs.__file__), Path(schema.__file__), Path(texte.__file__))
    digest = hashlib.sha256(str(demo).encode())
    for path in (*sorted(DONNEES.iterdir()), *code):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _en_service(chemin: Path) -> tuple[list[str], dict[str, str]]:
    """The registers of the file in service: those that were imported; the others and their mark."""
    if not lisible(chemin):
        return [], {}
    with contextlib.closing(sqlite3.connect(chemin)) as connexion:
        rows = connexion.execute("select registre, sha256, importe_le from source").fetchall()
    return [name for name, _, when in rows if when], {name: mark for name, mark, when in rows if not when}


def _charger(connexion: sqlite3.Connection, registre: Registre, mark: str) -> Bilan:
    table = registre.table or registre.registre
    columns = TABLES[table].colonnes
    rows = ((tuple(ligne.get(column) for column in columns), text) for ligne, text in registre.lire())
    total = inserer(connexion, table, rows)
    licence = "" if registre.fictif else LICENCE
    day = registre.le.isoformat()
    values = (registre.libelle, registre.source, day, licence, total, registre.fictif, mark, None)
    inscrire(connexion, registre.registre, *values)
    return Bilan(registre.registre, registre.source, registre.le, total, registre.fictif)


def rattacher_codes_postaux(connexion: sqlite3.Connection) -> None:
    """Fill the table that leads from a postal code to its communes."""
    communes = connexion.execute("select rang, codes_postaux from commune order by rang")
    pairs = [((code, rang), "") for rang, codes in communes for code in codes.split()]
    inserer(connexion, "code_postal", pairs)


def lire(nom: str) -> Iterator[Ligne]:
    """The rows of a file that comes with the portal; what is empty there is unknown."""
    path = DONNEES / nom
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            yield {column: value or None for column, value in row.items()}


def communes() -> Iterator[tuple[Ligne, str]]:
    """The most populated first, former communes last."""
    rows = sorted(
        lire("communes.csv.gz"),
        key=lambda c: (c["genre"] not in ("COM", "ARM"), -int(c["population"] or 0), plier(c["libelle"])),
    )
    for c in rows:
        codes = c["codes_postaux"] or ""
        yield c | {"codes_postaux": codes}, f"{c['libelle']} {codes}"


def departements() -> Iterator[tuple[Ligne, str]]:
    return ((d, "") for d in lire("departements.csv"))


def naf() -> Iterator[tuple[Ligne, str]]:
    for n in lire("naf.csv"):
        cle = n["code"].replace(".", "")
        yield n | {"cle": cle}, f"{n['code']} {cle} {n['libelle']}"


def idcc() -> Iterator[tuple[Ligne, str]]:
    """Agreements that have a title first: a bare number helps nobody who searches."""
    rows = sorted([*SPECIAUX, *lire("idcc.csv")], key=lambda i: (not i.get("titre"), i["code"]))
    for i in rows:
        words = (i["code"], i["code"].lstrip("0"), i.get("titre_court"), i.get("titre"))
        yield i, " ".join(word for word in words if word)


def opco() -> Iterator[tuple[Ligne, str]]:
    return ((i | {"ambigu": int(i["ambigu"] == "oui")}, "") for i in lire("idcc.csv") if i["opco"])


def nsf() -> Iterator[tuple[Ligne, str]]:
    return (({"code": code, "libelle": libelle}, "") for code, libelle in SPECIALITE.items())


def certifications() -> Iterator[tuple[Ligne, str]]:
    """Those registered today first, then by title."""
    today = aujourdhui().isoformat()

    def ended(c: Ligne) -> bool:
        return c["etat"] != "ACTIVE" or (c["date_fin"] or "9999") < today

    for c in sorted(lire("certifications.csv"), key=lambda c: (ended(c), plier(c["intitule"]))):
        row = c | {
            "niveau": int(c["niveau"]) if c["niveau"] else None,
            "type_enregistrement": c["enregistrement"],
            "actif": int(c["etat"] == "ACTIVE"),
            "remplacee_par": c["successeurs"],
        }
        number = c["code"].removeprefix("RNCP")
        level = f"niveau {c['niveau']}" if c["niveau"] else ""
        yield row, f"RNCP {number} {c['code']} {c['abrege'] or ''} {c['intitule']} {level}"


def etablissements() -> Iterator[tuple[Ligne, str]]:
    """Active before closed, head office before the others, then by name."""
    rows = sorted(fictifs.etablissements(), key=lambda e: (bool(e["ferme_le"]), -e["siege"], plier(e["denomination"])))
    for e in rows:
        yield e, f"{e['denomination']} {e['enseigne'] or ''} {e['commune']} {e['code_postal']}"


def organismes() -> Iterator[tuple[Ligne, str]]:
    for o in sorted(fictifs.organismes(), key=lambda o: plier(o["denomination"])):
        words = (o["denomination"], o["commune"], o["code_postal"], o["nda"], o["siret"])
        yield o | {"donnees_du": FICTIF_LE.isoformat()}, " ".join(words)


FICTIF_LE = date(2026, 11, 23)
COG = "Insee (code officiel géographique)"
REGISTRES = (
    Registre("commune", "Communes et codes postaux", f"{COG}, La Poste", date(2026, 1, 1), communes),
    Registre("departement", "Départements", COG, date(2026, 1, 1), departements),
    Registre("naf", "Activités (NAF rév. 2)", "Insee", date(2008, 1, 1), naf),
    Registre("nsf", "Spécialités de formation (NSF)", "Code de l’éducation, art. D. 311-4", date(2026, 1, 1), nsf),
    Registre("idcc", "Conventions collectives", "DILA (KALI)", date(2026, 5, 1), idcc),
    Registre(
        "opco", "OPCO des conventions collectives", "France compétences", date(2026, 8, 11), opco, table="idcc_opco"
    ),
    Registre(
        "certification", "Certifications (extrait)", "RNCP, France compétences", date(2025, 1, 31), certifications
    ),
)
DEMONSTRATION = (
    Registre("etablissement", "Employeurs", "Portail", FICTIF_LE, etablissements, fictif=True),
    Registre("organisme", "Organismes de formation", "Portail", FICTIF_LE, organismes, fictif=True),
)
