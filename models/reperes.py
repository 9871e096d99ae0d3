"""What lists search and sort by, kept beside each dossier without accents or case, so that one index answers.

The words of a column begin with a space: « every word typed begins a word of the name » is then one comparison.
"""

import unicodedata
from collections.abc import Mapping
from typing import Any

import peewee

from models.base import modifier
from models.dossier import Dossier
from models.sections import Contrat, Employeur, Formation, Salarie

LONGUEUR = 160
MOTS = 6
# column of the dossier → where its words come from
SOURCES: dict[str, tuple[str, tuple[peewee.Field, ...]]] = {
    "salarie_plie": ("salarie", (Salarie.nom_naissance, Salarie.nom_usage, Salarie.prenom)),
    "employeur_plie": ("employeur", (Employeur.siret, Employeur.denomination)),
    "formation_plie": ("formation", (Formation.rncp, Formation.intitule)),
}
MARQUES = {"salarie_plie": "s·", "employeur_plie": "e·", "formation_plie": "f·"}

COPIES: dict[str, tuple[str, peewee.Field]] = {
    "debut": ("contrat", Contrat.date_debut),
    "siret": ("employeur", Employeur.siret),
}


def mots(text: str) -> list[str]:
    """The words of a text without accents or case: « Le Gall-Roux » → le, gall, roux."""
    flat = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe")).casefold()
    letters = (c if c.isalnum() else " " for c in flat if not unicodedata.combining(c))
    return "".join(letters).split()


def plier(*texts: str | None) -> str:
    """The words of several texts, each after a space."""
    return "".join(f" {word}" for text in texts for word in mots(text or ""))[:LONGUEUR]


def cherche(column: peewee.Field, text: str, marque: str = "") -> peewee.Expression | None:
    """That each word of `text` begins a word of the column; None when there is no word to look for.

    marque: which of the words marked by `marquer` are meant.
    """
    found: Any = None
    for word in mots(text)[:MOTS]:
        # Not `contains`: ILIKE folds what is folded already, and takes PostgreSQL three times as long. No word has a
        # character that LIKE knows.
        test = peewee.NodeList((column, peewee.SQL("like"), peewee.Value(f"% {marque}{word}%")))
        found = test if found is None else found & test
    return found


def marquer(textes: Mapping[str, str]) -> str:
    """The words of the three columns in one, each with the mark of where it comes from."""
    return "".join(f" {MARQUES[column]}{word}" for column in SOURCES for word in textes[column].split())


def retenir(dossier: Dossier, changes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Bring the columns up to date after `changes` were written, in the caller's transaction; answers what changed.

    Those of the organisme change while it holds the dossier alone.
    """
    values: dict[str, Any] = {}
    for column, (section, fields) in SOURCES.items():
        if any(field.name in changes.get(section, ()) for field in fields):
            row = fields[0].model.select(*fields).where(fields[0].model.dossier == dossier.id).tuples().get()
            values[column] = plier(*row)
    if values and dossier.organisme_id and dossier.structure_id is None:
        known: Any = Dossier.select(*(getattr(Dossier, c) for c in SOURCES)).where(Dossier.id == dossier.id).dicts()
        values["organisme_plie"] = marquer(known.get() | values)
    for column, (section, field) in COPIES.items():
        if field.name in changes.get(section, ()):
            values[column] = changes[section][field.name]
    if values:
        modifier(Dossier, values, id=dossier.id)
    return values
