"""What the search file holds: one table per register, and beside it the index of its words.

`rang` is the order in which results are shown; rows are inserted in that order, so that a search stops at the
first ones it meets and never sorts.
"""

from typing import NamedTuple

VERSION = 1


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
        ),
        uniques=("code",),
    ),
    "commune": Table(("code", "libelle", "genre", "departement", "parente", "codes_postaux"), indexes=("code",)),
    "code_postal": Table(("code", "commune"), indexes=("code",), mots=False),
    "departement": Table(("code", "libelle", "region"), uniques=("code",), mots=False),
    "naf": Table(("code", "libelle", "nomenclature", "cle"), indexes=("cle",)),
    "idcc": Table(("code", "titre", "titre_court", "kali", "opco", "ambigu"), uniques=("code",)),
    "source": Table(("registre", "libelle", "source", "date", "licence", "lignes", "fictif"), mots=False),
}

FTS = "fts5(texte, content='', columnsize=0, prefix='1 2 3 4', tokenize='unicode61 remove_diacritics 2')"


def creation(nom: str) -> list[str]:
    """The statements that make the empty table `nom`."""
    table = TABLES[nom]
    made = [f"create table {nom} (rang integer primary key, {', '.join(table.colonnes)})"]
    return [*made, f"create virtual table {nom}_mots using {FTS}"] if table.mots else made


def finition(nom: str) -> list[str]:
    """The statements to run once the rows are in: an index is built faster at once than row by row."""
    table = TABLES[nom]
    made = [f"create index {nom}_{column} on {nom} ({column})" for column in table.indexes]
    made += [f"create unique index {nom}_{column} on {nom} ({column})" for column in table.uniques]
    merge = f"insert into {nom}_mots ({nom}_mots) values ('optimize')"  # noqa: S608 (names of this file)
    return [*made, merge] if table.mots else made
