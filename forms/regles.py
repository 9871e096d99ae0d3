"""The rules as people read them: one line per id, made of the register, its examples and the pages that ask."""

import csv
import io
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from forms.controles import REGISTRE, SANS_CONTROLE
from forms.controles.francais import typographie
from forms.controles.registre import Controle, Exemple
from forms.steps import CHAMPS

THEMES = {
    "PUB": "Personnes éligibles",
    "NIR": "Numéro de sécurité sociale",
    "EMP": "Employeur",
    "TUT": "Tuteur",
    "CTR": "Nature et type du contrat",
    "DAT": "Dates et durées",
    "REM": "Rémunération",
    "TPS": "Temps de travail",
    "FOR": "Formation et certification",
    "OF": "Organisme de formation",
    "FIN": "Financement",
    "FMT": "Forme des réponses",
    "DEP": "Dépôt et délais",
}
SEPARATEUR = "\u00a0; "  # of the sources of one rule, after typographie()
COLONNES = ("id", "thème", "règle", "niveau", "champs", "source", "exemple accepté", "exemple signalé")


class Regle(NamedTuple):
    """One rule. dit: what it asks, one sentence per control. champs: labels of the fields that it reads."""

    id: str
    theme: str
    dit: tuple[str, ...]
    niveau: str
    champs: tuple[str, ...]
    source: str
    exemple: Exemple


@cache
def regles() -> tuple[Regle, ...]:
    """All rules that are checked, theme by theme."""
    ids = sorted({ligne.id for ligne in REGISTRE}, key=_rang)
    return tuple(_regle(id, [ligne for ligne in REGISTRE if ligne.id == id]) for id in ids)


@cache
def par_theme() -> dict[str, list[Regle]]:
    return {theme: [r for r in regles() if r.theme == theme] for theme in THEMES.values()}


@cache
def sans_controle() -> dict[str, str]:
    """Rules of the law that no check applies: id → where they live instead."""
    return {id: typographie(SANS_CONTROLE[id]) for id in sorted(SANS_CONTROLE, key=_rang)}


def en_csv() -> str:
    """The same table for a spreadsheet: semicolons, and the mark by which it recognises UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLONNES)
    writer.writerows(_lignes_csv())
    return f"\ufeff{out.getvalue()}"


def _lignes_csv() -> Iterator[tuple[str, ...]]:
    for r in regles():
        says, fields = " ".join(r.dit), ", ".join(r.champs)
        yield r.id, r.theme, says, r.niveau, fields, r.source, r.exemple.passe, r.exemple.declenche
    for id, reason in sans_controle().items():
        yield id, _theme(id), reason, "sans contrôle", "", "", "", ""


def _regle(id: str, lignes: list[Controle]) -> Regle:
    champs = dict.fromkeys(champ for ligne in lignes for champ in (*ligne.champs, *ligne.facultatifs))
    return Regle(
        id,
        _theme(id),
        _uniques(ligne.doc for ligne in lignes),
        " ou ".join(sorted({niveau for ligne in lignes for niveau in ligne.niveaux}, reverse=True)),
        _uniques(CHAMPS[champ].field.label.text for champ in champs),
        SEPARATEUR.join(_uniques(part for ligne in lignes for part in ligne.source.split(SEPARATEUR))),
        next(ligne.exemple for ligne in lignes if ligne.exemple),
    )


def _uniques(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _theme(id: str) -> str:
    return THEMES[id.partition("-")[0]]


def _rang(id: str) -> tuple[int, str]:
    return list(THEMES).index(id.partition("-")[0]), id
