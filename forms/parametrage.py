"""The dated parameters as an administrator types them, imports them and leaves with them; the tables that result.

What the portal ships is always there: a row of the administrator with the same key counts before it, a withdrawn one
no more.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from forms.base import Form
from forms.codes import Idcc
from forms.controles.francais import NBSP, euros, nombre
from forms.controles.parametres import Branche, Parametres, en_vigueur
from forms.controles.parametres.smic import Smic
from forms.fields import Case, Champ, Entier, Euros, Invalide, Jour, Texte
from models.parametres import Parametre

HORAIRE_MIN, HORAIRE_MAX = Decimal(5), Decimal(100)
ANS_COLONNES = "moins de 21 ans (base, majorée), puis dès 21 ans (base, majorée)"


class Horaire(Euros):
    """A SMIC per hour."""

    def parse(self, text: str) -> Decimal:
        amount = super().parse(text)
        if not HORAIRE_MIN <= amount <= HORAIRE_MAX:
            raise Invalide("Vérifiez ce montant : le SMIC horaire se compte en euros par heure, par exemple 12,31.")
        return amount


class Pourcentages(Champ):
    """Four percentages of the SMIC: « 55/65/70/80 »."""

    def parse(self, text: str) -> tuple[Decimal, ...]:
        parts = text.replace("%", "").replace(",", ".").split("/")
        try:
            values = tuple(Decimal(part.strip()) for part in parts)
        except ArithmeticError:
            values = ()
        if len(values) != 4 or not all(value.is_finite() and 0 < value <= 200 for value in values):
            raise Invalide(f"Tapez quatre pourcentages séparés par « / » : {ANS_COLONNES}. Par exemple 60/70/75/85.")
        return values

    def texte(self, value: tuple[Decimal, ...]) -> str:
        return "/".join(f"{part.normalize():f}".replace(".", ",") for part in value)


class Ligne(Form):
    """What every row has."""

    depuis = Jour("En vigueur à partir du")
    source = Texte("Source", max=200, aide="L’arrêté, le décret ou l’accord, avec sa date.")
    retire = Case("Retirer la ligne saisie pour cette date", requis=False)

    def valeurs(self) -> dict[str, Any]:
        """What the row says, ready for JSON."""
        own = [f for f in self.champs() if f.short_name not in ("depuis", "source", "retire", "idcc")]
        return {f.short_name: _en_json(f.data) for f in own if f.data is not None}


class LigneSmic(Ligne):
    horaire = Horaire("SMIC horaire brut", aide="Par exemple 12,31.")


class LigneBranche(Ligne):
    idcc = Idcc("IDCC", largeur="court", aide="Quatre chiffres.")
    duree_max_mois = Entier("Durée la plus longue", unite="mois", plafond=36, requis=False)
    publics_24 = Texte("Publics pouvant dépasser 12 mois", requis=False, max=200, aide="Vide : tous.")
    part_max_pct = Entier("Part de formation la plus grande", unite="% de la durée", plafond=100, requis=False)
    forfait_horaire = Euros("Forfait payé par l’OPCO, par heure de formation", requis=False)
    grille_pct = Pourcentages("Grille, en % du SMIC", requis=False, aide=f"{ANS_COLONNES}. Par exemple 60/70/75/85.")
    smc = Euros("Salaire minimum conventionnel mensuel à 35 h", requis=False)

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and not self.retire.data and not self.valeurs():
            self.idcc.errors = ["Indiquez au moins une valeur de l’accord."]
            return False
        return good


class Genre(NamedTuple):
    """A table: its title and the form of a row."""

    slug: str
    titre: str
    form: type[Ligne]


GENRES = (
    Genre("smic", "SMIC", LigneSmic),
    Genre("smic_mayotte", "SMIC de Mayotte", LigneSmic),
    Genre("branche", "Accords de branche", LigneBranche),
)
PAR_GENRE = {genre.slug: genre for genre in GENRES}


def ligne_de(genre: str, form: Ligne) -> dict[str, Any]:
    """The row that a valid form makes."""
    data = form.data
    return {
        "genre": genre,
        "idcc": data.get("idcc") or "",
        "depuis": data["depuis"],
        "valeurs": json.dumps({} if data["retire"] else form.valeurs(), ensure_ascii=False),
        "source": data["source"],
        "retire": bool(data["retire"]),
    }


@dataclass(frozen=True)
class Tables(Parametres):
    """The tables in force; a branch is found by its IDCC at once."""

    par_idcc: dict[str, list[Branche]] = field(default_factory=dict)

    def branche(self, idcc: str | None, le: date) -> Branche | None:
        rows = self.par_idcc.get(idcc or "")
        return en_vigueur(rows, le) if rows else None


def construire(rows: Iterable[Parametre]) -> Tables:
    """What is shipped, then the rows of the administrator, oldest first."""
    shipped = Parametres()
    tables: dict[str, dict[Any, Any]] = {
        "smic": {ligne.depuis: ligne for ligne in shipped.smic},
        "smic_mayotte": {ligne.depuis: ligne for ligne in shipped.smic_mayotte},
        "branche": {(ligne.idcc, ligne.depuis): ligne for ligne in shipped.branches},
    }
    for (genre, idcc, depuis), row in derniers(rows).items():
        if not row.retire:
            tables[genre][(idcc, depuis) if genre == "branche" else depuis] = lire(row)
    branches = tuple(tables["branche"].values())
    par_idcc: dict[str, list[Branche]] = {}
    for ligne in branches:
        par_idcc.setdefault(ligne.idcc, []).append(ligne)
    smic, mayotte = (tuple(tables[name].values()) for name in ("smic", "smic_mayotte"))
    return Tables(smic=smic, smic_mayotte=mayotte, branches=branches, par_idcc=par_idcc)


def par_genre(tables: Parametres) -> dict[str, list[Any]]:
    """The rows of each table, by branch and date."""
    rows: dict[str, Iterable[Any]] = {
        "smic": tables.smic,
        "smic_mayotte": tables.smic_mayotte,
        "branche": tables.branches,
    }
    return {
        genre: sorted(found, key=lambda row: (getattr(row, "idcc", ""), row.depuis)) for genre, found in rows.items()
    }


def derniers(rows: Iterable[Parametre]) -> dict[tuple[str, str, date], Parametre]:
    """The last row of each key."""
    return {(row.genre, row.idcc, row.depuis): row for row in sorted(rows, key=lambda row: row.id)}


def lire(row: Parametre) -> Smic | Branche:
    """The row as the law reads it."""
    values = json.loads(row.valeurs)
    if row.genre != "branche":
        return Smic(row.depuis, Decimal(values["horaire"]), row.source)
    for name in ("part_max_pct", "forfait_horaire", "smc"):
        if name in values:
            values[name] = Decimal(values[name])
    if "grille_pct" in values:
        values["grille_pct"] = tuple(Decimal(part) for part in values["grille_pct"])
    return Branche(row.idcc, row.depuis, row.source, **values)


def en_mots(ligne: Smic | Branche) -> str:
    """What a row says, in one line."""
    if isinstance(ligne, Smic):
        return f"{euros(ligne.horaire)} de l’heure"
    parts = (
        ligne.duree_max_mois and f"{ligne.duree_max_mois} mois au plus",
        ligne.publics_24 and f"publics au-delà de 12 mois{NBSP}: {ligne.publics_24}",
        ligne.part_max_pct is not None and f"{nombre(ligne.part_max_pct)}{NBSP}% de formation au plus",
        ligne.forfait_horaire is not None and f"forfait de {euros(ligne.forfait_horaire)} de l’heure",
        ligne.grille_pct and f"grille de {'/'.join(nombre(part) for part in ligne.grille_pct)}{NBSP}% du SMIC",
        ligne.smc is not None and f"minimum conventionnel de {euros(ligne.smc)}",
    )
    return ", ".join(str(part) for part in parts if part)


def _en_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [str(part) for part in value]
    return str(value) if isinstance(value, Decimal) else value
