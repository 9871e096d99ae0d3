"""The tables that the rows of the administrator make over what the portal ships, and what makes a row impossible.

What is shipped is always there: a row of the administrator with the same key counts before it, a withdrawn one no
more.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, get_args, get_type_hints

from forms.controles.employeur import IDCC_SANS_OPCO
from forms.controles.francais import euros, jour, pourcents, typographie
from forms.controles.parametres import Branche, Parametres, en_vigueur
from forms.parametrage import GENRES, PAR_GENRE, objet_de
from models import referentiels
from models.parametres import Parametre

HAUSSE_MAX = Decimal("1.2")  # no rise of the SMIC ever came near
MOIS_DU_SMIC = 12  # the decree of 1 January comes out in mid-December (L3231-6)
Cle = tuple[str, str, date]


@dataclass(frozen=True)
class Tables(Parametres):
    """The tables in force; a branch is found by its IDCC at once."""

    par_idcc: dict[str, list[Branche]] = field(default_factory=dict)

    def branche(self, idcc: str | None, le: date) -> Branche | None:
        rows = self.par_idcc.get(idcc or "")
        return en_vigueur(rows, le) if rows else None


def construire(rows: Iterable[Parametre]) -> Tables:
    """What is shipped, then the rows of the administrator, oldest first."""
    tables = en_place(Parametres())
    for key, row in derniers(rows).items():
        if not row.retire:
            tables[key] = lire(row)
    found: dict[str, list[Any]] = {genre.attribut: [] for genre in GENRES}
    for (slug, _, _), ligne in tables.items():
        found[PAR_GENRE[slug].attribut].append(ligne)
    par_idcc: dict[str, list[Branche]] = {}
    for branche in found["branches"]:
        par_idcc.setdefault(branche.idcc, []).append(branche)
    every: dict[str, Any] = {name: tuple(lignes) for name, lignes in found.items()}
    return Tables(**every, par_idcc=par_idcc)


def en_place(tables: Parametres) -> dict[Cle, Any]:
    """Every row of the tables by its key."""
    return {
        (genre.slug, objet_de(genre, ligne), ligne.depuis): ligne
        for genre in GENRES
        for ligne in getattr(tables, genre.attribut)
    }


def par_genre(tables: Parametres) -> dict[str, list[Any]]:
    """The rows of each table, by what they are about and date."""
    rows: dict[str, list[Any]] = {genre.slug: [] for genre in GENRES}
    there = en_place(tables)
    for key in sorted(there):
        rows[key[0]].append(there[key])
    return rows


def derniers(rows: Iterable[Parametre]) -> dict[Cle, Parametre]:
    """The last row of each key."""
    return {(row.genre, row.objet, row.depuis): row for row in sorted(rows, key=lambda row: row.id)}


def lire(row: Parametre) -> Any:
    """The row as the law reads it."""
    genre = PAR_GENRE[row.genre]
    hints = get_type_hints(genre.ligne)
    values = {name: du_json(value, hints[name]) for name, value in json.loads(row.valeurs).items()}
    if genre.objet:
        values[genre.objet] = row.objet
    return genre.ligne(**values, depuis=row.depuis, source=row.source)


def du_json(value: Any, hint: Any) -> Any:
    kinds = (hint, *get_args(hint))
    if isinstance(value, list):
        return tuple(Decimal(part) for part in value)
    if date in kinds:
        return date.fromisoformat(value)
    return Decimal(value) if Decimal in kinds else value


def en_mots(slug: str, ligne: Any) -> str:
    """What a row says, in one line."""
    return PAR_GENRE[slug].dit(ligne)


def smic_a_venir(tables: Parametres, le: date) -> int | None:
    """The year whose SMIC should be typed by now, None while the table goes far enough (REM-09)."""
    due = le.year + (le.month >= MOIS_DU_SMIC)
    return due if due > max(ligne.depuis for ligne in tables.smic).year else None


class Reproche(NamedTuple):
    """Why a row is impossible, and beside which field that is told."""

    champ: str
    message: str


def reproche(row: Parametre, rows: Iterable[Parametre]) -> Reproche | None:
    """Why this row cannot stand among the others, which it is one of; None when it can."""
    rows = list(rows)
    if row.retire:
        before = derniers(other for other in rows if other is not row).get((row.genre, row.objet, row.depuis))
        gone = before is None or before.retire
        said = "Aucune ligne n’a été saisie pour cette date : il n’y a rien à retirer." if gone else None
        found = ("retire", said)
    else:
        found = JUGES[row.genre](lire(row), construire(rows)) if row.genre in JUGES else ("", None)
    champ, said = found
    return Reproche(champ, typographie(said)) if said else None


Jugement = tuple[str, str | None]


def smic_impossible(ligne: Any, lignes: Iterable[Any]) -> Jugement:
    """The SMIC never falls (art. L. 3231-4 to L. 3231-9); a rise out of all proportion is a slip."""
    others = [autre for autre in lignes if autre.depuis != ligne.depuis]
    before = en_vigueur(others, ligne.depuis)
    after = min((a for a in others if a.depuis > ligne.depuis), key=lambda a: a.depuis, default=None)
    if before and ligne.horaire < before.horaire:
        return "horaire", _smic_a_verifier(before, "il ne baisse pas")
    if before and ligne.horaire > before.horaire * HAUSSE_MAX:
        return "horaire", _smic_a_verifier(before, "aucune hausse n’a approché 20 %")
    if after and ligne.horaire > after.horaire:
        return "horaire", _smic_a_verifier(after, "il ne baisse pas")
    return "horaire", None


def _smic_a_verifier(connu: Any, pourquoi: str) -> str:
    le, montant = jour(connu.depuis), euros(connu.horaire)
    return f"Vérifiez ce montant : au {le}, le SMIC est de {montant} de l’heure, et {pourquoi}."


def grille_impossible(ligne: Any, tables: Parametres) -> Jugement:
    young = ligne.moins_21_base <= ligne.moins_21_majoree <= ligne.des_21_majoree
    good = young and ligne.moins_21_base <= ligne.des_21_base <= ligne.des_21_majoree
    said = "Vérifiez la grille : elle augmente avec l’âge et d’une colonne à l’autre."
    return "moins_21_base", None if good else said


def forfait_impossible(ligne: Any, tables: Parametres) -> Jugement:
    good = ligne.majore >= ligne.ordinaire
    return "majore", None if good else "Le forfait majoré n’est pas inférieur au forfait ordinaire : vérifiez les deux."


def terme_impossible(ligne: Any, tables: Parametres) -> Jugement:
    good = ligne.au is None or ligne.au >= ligne.depuis
    return "au", None if good else "Le dernier jour ne précède pas le premier : corrigez l’une des deux dates."


def branche_impossible(ligne: Any, tables: Parametres) -> Jugement:
    """An agreement of a convention that exists, and never under the law (art. L. 6325-8)."""
    listed = referentiels.idcc("1979") is not None
    if ligne.idcc in IDCC_SANS_OPCO or (listed and referentiels.idcc(ligne.idcc) is None):
        return "idcc", "Cet IDCC n’est pas dans la liste des conventions collectives : vérifiez-le."
    grille = en_vigueur(tables.grilles, ligne.depuis)
    if not ligne.grille_pct or grille is None:
        return "grille_pct", None
    legale = (grille.moins_21_base, grille.moins_21_majoree, grille.des_21_base, grille.des_21_majoree)
    if all(part >= least for part, least in zip(ligne.grille_pct, legale, strict=True)):
        return "grille_pct", None
    said = f"Une branche ne descend pas sous la loi : {pourcents(*legale)} au moins (art. D. 6325-15)."
    return "grille_pct", said


JUGES: dict[str, Callable[[Any, Parametres], Jugement]] = {
    "smic": lambda ligne, tables: smic_impossible(ligne, tables.smic),
    "smic_mayotte": lambda ligne, tables: smic_impossible(ligne, tables.smic_mayotte),
    "grille": grille_impossible,
    "forfait": forfait_impossible,
    "experimentation": terme_impossible,
    "aide": terme_impossible,
    "branche": branche_impossible,
}
