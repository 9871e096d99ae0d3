"""What the search file holds: one table per register, and beside it the index of its words.

`rang` is the order in which results are shown; rows are inserted in that order, so that a search stops at the
first ones it meets and never sorts.
"""

from typing import NamedTuple

VERSION = 2


class Table(NamedTuple):
    """A register: its columns, its indexes, and whether people search it by words."""

    colonnes: tuple[str, ...]
    indexes: tuple[str, ...] = ()
    uniques: tuple[str, ...] = ()
    mots: bool = True


ADRESSE = ("voie_numero", "voie", "complement", "code_postal", "commune", "code_commune")
QUALIOPI = ("actions_de_formation", "bilans_de_competences", "vae", "apprentissage")

TABLES = {
    "etablissement": Table(
        (
            "siret",
            "denomination",
            "enseigne",
            "sigle",
            *ADRESSE,
            "naf",
            "effectif_tranche",
            "idcc",
            "siege",
            "ferme_le",
            "categorie_juridique",
            "opco",
        ),
        uniques=("siret",),
    ),
    "organisme": Table(
        ("siret", "nda", "nda_precedents", "denomination", "voie", "code_postal", "commune", *QUALIOPI, "donnees_du"),
        indexes=("siret", "nda"),
    ),
    "certification": Table(
        (
            "code",
            "intitule",
            "niveau",
            "abrege",
            "type_enregistrement",
            "certificateur",
            "nsf",
            "actif",
            "date_decision",
            "date_effet",
            "date_fin",
            "remplacee_par",
            "professionnalisation",
        ),
        uniques=("code",),
    ),
    "commune": Table(("code", "libelle", "genre", "departement", "parente", "codes_postaux"), indexes=("code",)),
    "code_postal": Table(("code", "commune"), indexes=("code",), mots=False),
    "departement": Table(("code", "libelle", "region"), uniques=("code",), mots=False),
    "naf": Table(("code", "libelle", "nomenclature", "cle"), indexes=("cle",)),
    "naf2025": Table(("code", "libelle", "nomenclature", "cle"), indexes=("cle",)),
    "nsf": Table(("code", "libelle"), uniques=("code",), mots=False),
    "idcc": Table(("code", "titre", "titre_court", "kali"), uniques=("code",)),
    "idcc_opco": Table(("code", "opco", "ambigu"), uniques=("code",), mots=False),
    # Millions of rows, found by their number alone: `rang` is the SIRET.
    "siret_opco": Table(("opco", "idcc"), mots=False),
    "siret_idcc": Table(("idcc",), mots=False),
    "source": Table(
        ("registre", "libelle", "source", "date", "licence", "lignes", "fictif", "sha256", "importe_le"), mots=False
    ),
}

# A register, which is replaced at once, and its tables; in the order in which people are shown them.
REGISTRES = {
    "etablissement": ("etablissement",),
    "organisme": ("organisme",),
    "certification": ("certification",),
    "opco": ("siret_opco", "idcc_opco"),
    "siret_idcc": ("siret_idcc",),
    "idcc": ("idcc",),
    "naf": ("naf",),
    "naf2025": ("naf2025",),
    "nsf": ("nsf",),
    "commune": ("commune", "code_postal"),
    "departement": ("departement",),
}

FTS = "fts5(texte, content='', columnsize=0, prefix='1 2 3 4', tokenize='unicode61 remove_diacritics 2')"


# How an index is filled: this many bytes of words are kept before they are written, and what is written is merged once,
# at the end. By default pieces of 1 MB are merged over and over: half of the time that millions of rows take.
REMPLISSAGE = {"hashsize": 16 * 1024 * 1024, "automerge": 0, "crisismerge": 1_000}


def creation(nom: str) -> list[str]:
    """The statements that make the empty table `nom`."""
    table = TABLES[nom]
    made = [f"create table {nom} (rang integer primary key, {', '.join(table.colonnes)})"]
    if not table.mots:
        return made
    return [
        *made,
        f"create virtual table {nom}_mots using {FTS}",
        *(f"insert into {nom}_mots ({nom}_mots, rank) values ('{option}', {n})" for option, n in REMPLISSAGE.items()),  # noqa: S608 (names of this file)
        f"create table {nom}_termes (mot text primary key, n) without rowid",
    ]


def finition(nom: str) -> list[str]:
    """The statements to run once the rows are in: an index is built faster at once than row by row."""
    if not TABLES[nom].mots:
        return cles(nom)
    return [
        *cles(nom),
        f"insert into {nom}_mots ({nom}_mots) values ('optimize')",  # noqa: S608 (names of this file)
        f"create virtual table temp.{nom}_vocabulaire using fts5vocab('main', '{nom}_mots', 'row')",
        # What people mistype are words: numbers are not corrected.
        f"insert into {nom}_termes select term, doc from temp.{nom}_vocabulaire where term >= 'a'",  # noqa: S608
        f"drop table temp.{nom}_vocabulaire",
    ]


def cles(nom: str) -> list[str]:
    """The statements that make the indexes of `nom`, unless they are there."""
    table = TABLES[nom]
    made = [f"create index if not exists {nom}_{column} on {nom} ({column})" for column in table.indexes]
    return made + [f"create unique index if not exists {nom}_{column} on {nom} ({column})" for column in table.uniques]


def copie(nom: str) -> list[str]:
    """The statements that copy the table `nom` as it is from the file attached as `ancien`, page by page.

    The words are copied as FTS5 stores them; whoever runs this opens the file anew before reading them.
    """
    made = creation(nom)[:2] if TABLES[nom].mots else creation(nom)
    made += [*cles(nom), f"insert into main.{nom} select * from ancien.{nom}"]  # noqa: S608 (names of this file)
    if not TABLES[nom].mots:
        return made
    for part in ("data", "idx", "config"):
        made.append(f"delete from main.{nom}_mots_{part}")  # noqa: S608 (names of this file)
        made.append(f"insert into main.{nom}_mots_{part} select * from ancien.{nom}_mots_{part}")  # noqa: S608
    made.append(f"create table main.{nom}_termes (mot text primary key, n) without rowid")
    return [*made, f"insert into main.{nom}_termes select * from ancien.{nom}_termes"]  # noqa: S608
