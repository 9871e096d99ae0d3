"""Reads a dossier through its fields: the synthesis, the rubriques of the CERFA, the document that is sent."""

import json
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from forms.fields import EMPLOYEUR
from forms.steps import CHAMPS, Declaration
from models.contenu import Contenu
from models.dossier import Dossier


class Ligne(NamedTuple):
    """One answer as people read it."""

    champ: str
    label: str
    valeur: str


class Bloc(NamedTuple):
    """The answers of one fieldset, and the page where they are changed."""

    etape: str
    titre: str
    lignes: list[Ligne]


def demandes(contenu: Contenu, pour: str = EMPLOYEUR) -> list[Declaration]:
    """The fields that this party is asked for this dossier, in the order of the pages."""
    return [d for d in CHAMPS.values() if d.field.reserve in (None, pour) and d.demande(contenu)]


def synthese(contenu: Contenu, pour: str = EMPLOYEUR) -> list[Bloc]:
    """Every field that the party is asked, with its answer, by fieldset."""
    blocks = []
    for (etape, partie), group in groupby(demandes(contenu, pour), key=lambda d: (d.etape, d.partie)):
        lines = [Ligne(d.champ, d.field.label.text, d.field.lisible(contenu.valeur(d.champ))) for d in group]
        blocks.append(Bloc(etape.slug, partie.titre, lines))
    return blocks


def rubriques(contenu: Contenu, opco: str) -> dict[str, Any]:
    """Rubrique of the CERFA 12434*05 → value, for what has one."""
    values = {d.field.cerfa: contenu.valeur(d.champ) for d in demandes(contenu) if d.field.cerfa}
    return {rubrique: value for rubrique, value in values.items() if value is not None} | {"O1": opco}


def document(dossier: Dossier, contenu: Contenu) -> dict[str, Any]:
    """What is sent to the outil de gestion: number, dates and every answer, as JSON types."""
    sections: dict[str, dict[str, Any]] = {}
    for declaration in demandes(contenu):
        section, _, column = declaration.champ.partition(".")
        value = contenu.valeur(declaration.champ)
        if value is not None:
            sections.setdefault(section, {})[column] = en_json(value)
    return {
        "numero": dossier.numero,
        "dispositif": "contrat_de_professionnalisation",
        "soumis_le": dossier.soumis_le and dossier.soumis_le.isoformat() + "Z",
        "commentaire": dossier.commentaire,
        "sections": sections,
    }


def en_octets(document: dict[str, Any]) -> bytes:
    """The document as it is written in a file: the same values are always the same bytes."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8", "replace")


def en_json(value: Any) -> Any:
    """Dates as ISO 8601, amounts as text with two decimals; the rest is JSON already."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else value
