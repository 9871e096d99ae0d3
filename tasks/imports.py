"""Loads the registers into the search file: those that come with the portal, and fictional ones to try it with.

A register is a function that yields its rows in rank order, each with the words that find it; whatever it reads,
`inserer` takes millions of rows as well as ten.
"""

import csv
import gzip
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import models
from models.base import aujourdhui
from models.referentiels.ecriture import construire, inserer
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
    """Where the rows of a table come from, and the function that reads them."""

    table: str
    libelle: str
    source: str
    le: date
    lire: Callable[[], Lignes]
    fictif: bool = False


def charger_donnees_embarquees(chemin: str | os.PathLike[str], demo: bool = True) -> list[Bilan]:
    """Build the search file `chemin` from what comes with the portal; searches go on with the old one meanwhile.

    demo: with the fictional employers and organismes.
    """
    with construire(chemin) as connexion:
        bilans = [_charger(connexion, registre) for registre in REGISTRES + (DEMONSTRATION if demo else ())]
        _rattacher_codes_postaux(connexion)
    return bilans


def _charger(connexion: sqlite3.Connection, registre: Registre) -> Bilan:
    columns = TABLES[registre.table].colonnes
    rows = ((tuple(ligne.get(column) for column in columns), text) for ligne, text in registre.lire())
    total = inserer(connexion, registre.table, rows)
    licence = "" if registre.fictif else LICENCE
    connexion.execute(
        "insert into source (registre, libelle, source, date, licence, lignes, fictif) values (?, ?, ?, ?, ?, ?, ?)",
        (registre.table, registre.libelle, registre.source, registre.le.isoformat(), licence, total, registre.fictif),
    )
    return Bilan(registre.table, registre.source, registre.le, total, registre.fictif)


def _rattacher_codes_postaux(connexion: sqlite3.Connection) -> None:
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
        yield i | {"ambigu": int(i.get("ambigu") == "oui")}, " ".join(word for word in words if word)


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
        yield row, f"RNCP {number} {c['code']} {c['abrege'] or ''} {c['intitule']}"


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
    Registre("idcc", "Conventions collectives et OPCO", "DILA (KALI), France compétences", date(2026, 8, 11), idcc),
    Registre(
        "certification", "Certifications (extrait)", "RNCP, France compétences", date(2025, 1, 31), certifications
    ),
)
DEMONSTRATION = (
    Registre("etablissement", "Employeurs", "Portail", FICTIF_LE, etablissements, fictif=True),
    Registre("organisme", "Organismes de formation", "Portail", FICTIF_LE, organismes, fictif=True),
)
