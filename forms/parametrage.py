"""The dated parameters as an administrator types them: one form a table. What the rows make is read in
forms/parametrage_tables.py.
"""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from forms.base import Form
from forms.codes import Idcc
from forms.controles.parametres import Aide, Branche, Experimentation, Forfait, Grille, Nomenclature, Smic
from forms.fields import Case, Champ, Choix, Entier, Euros, Invalide, Jour, Texte
from forms.parametrage_mots import (
    mots_aide,
    mots_branche,
    mots_experimentation,
    mots_forfait,
    mots_grille,
    mots_naf,
    mots_smic,
)
from models.base import aujourdhui
from models.listes import TYPE_QUALIFICATION

ANS_COLONNES = "moins de 21 ans (base, majorée), puis dès 21 ans (base, majorée)"
PREMIERE_ANNEE, ANNEES_D_AVANCE = 2000, 3
TYPES_PERMANENTS = ("1", "2", "3")


class Mesure(Euros):
    """An amount between two bounds: outside of them it is a slip of the finger."""

    def __init__(self, label: str, *, de: int, a: int, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.de, self.a = de, a

    def parse(self, text: str) -> Decimal:
        value = super().parse(text)
        if not self.de <= value <= self.a:
            raise Invalide(f"Vérifiez ce nombre : il va de {self.de} à {self.a}.")
        return value


class Pourcentage(Mesure):
    """Percents, with two decimals at most."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, **{"unite": "%"} | kwargs)

    def parse(self, text: str) -> Decimal:
        return super().parse(text.replace("%", ""))


class Mois(Entier):
    """A number of months, from `de` on."""

    def __init__(self, label: str, *, de: int, **kwargs: Any) -> None:
        super().__init__(label, **{"unite": "mois"} | kwargs)
        self.de = de

    def parse(self, text: str) -> int:
        value = super().parse(text)
        if value < self.de:
            raise Invalide(f"Vérifiez ce nombre : il va de {self.de} à {self.plafond} mois.")
        return value


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


class Depuis(Jour):
    """The day from which a row counts: neither long ago nor in a far year."""

    def parse(self, text: str) -> date:
        value = super().parse(text)
        last = aujourdhui().year + ANNEES_D_AVANCE
        if not PREMIERE_ANNEE <= value.year <= last:
            raise Invalide(f"Vérifiez l’année : elle va de {PREMIERE_ANNEE} à {last}.")
        return value


class Ligne(Form):
    """What every row has."""

    depuis = Depuis("En vigueur à partir du")
    source = Texte("Source", max=200, aide="L’arrêté, le décret ou l’accord, avec sa date.")
    retire = Case("Retirer la ligne saisie pour cette date", requis=False)

    def valeurs(self, objet: str) -> dict[str, Any]:
        """What the row says, ready for JSON; `objet` names the field that is part of its key."""
        own = [f for f in self.champs() if f.short_name not in ("depuis", "source", "retire", objet)]
        return {f.short_name: en_json(f.data) for f in own if f.data is not None}


class LigneSmic(Ligne):
    horaire = Mesure("SMIC horaire brut", de=5, a=100, aide="Par exemple 12,31.")


class LigneGrille(Ligne):
    moins_21_base = Pourcentage("Moins de 21 ans, colonne de base", de=1, a=100, aide="En % du SMIC, par exemple 55.")
    moins_21_majoree = Pourcentage("Moins de 21 ans, colonne majorée", de=1, a=100)
    des_21_base = Pourcentage("De 21 à 25 ans, colonne de base", de=1, a=100)
    des_21_majoree = Pourcentage("De 21 à 25 ans, colonne majorée", de=1, a=100)
    part_branche_26 = Pourcentage("Dès 26 ans, part du minimum de branche", de=1, a=100, aide="Par exemple 85.")


class LigneForfait(Ligne):
    ordinaire = Mesure("Forfait par heure de formation", de=1, a=100, aide="Par exemple 9,15.")
    majore = Mesure("Forfait par heure, public prioritaire ou GEIQ", de=1, a=100)
    tutorat_mensuel = Mesure("Aide au tutorat, par mois", de=1, a=2000)
    tutorat_mois = Mois("Aide au tutorat, nombre de mois", de=1, plafond=36)
    tutorat_majoration_pct = Entier(
        "Majoration de l’aide au tutorat",
        unite="%",
        plafond=200,
        aide="Tuteur de 45 ans et plus, ou public prioritaire.",
    )


class LigneExperimentation(Ligne):
    type_qualification = Choix("Type de qualification", TYPE_QUALIFICATION, retires=TYPES_PERMANENTS)
    au = Jour("Dernier jour de conclusion", requis=False, aide="Vide : sans terme connu.")


class LigneNaf(Ligne):
    nom = Texte("Nom de la nomenclature", max=40, aide="Par exemple NAF 2025.")


class LigneAide(Ligne):
    nom = Texte("Nom de l’aide", max=80)
    age_minimum = Entier("Âge minimum à la conclusion", unite="ans", plafond=70)
    montant = Mesure("Montant", de=1, a=20_000, requis=False, aide="Vide : il dépend de la personne.")
    au = Jour("Dernier jour de conclusion", requis=False, aide="Vide : sans terme connu.")


class LigneBranche(Ligne):
    idcc = Idcc("IDCC", largeur="court", aide="Quatre chiffres.")
    duree_max_mois = Mois("Durée la plus longue", de=12, plafond=24, requis=False)
    publics_24 = Texte("Publics pouvant dépasser 12 mois", requis=False, max=200, aide="Vide : tous.")
    part_max_pct = Pourcentage("Part de formation la plus grande", de=25, a=100, requis=False)
    forfait_horaire = Mesure("Forfait payé par l’OPCO, par heure de formation", de=1, a=100, requis=False)
    grille_pct = Pourcentages("Grille, en % du SMIC", requis=False, aide=f"{ANS_COLONNES}. Par exemple 60/70/75/85.")
    smc = Mesure("Salaire minimum conventionnel mensuel à 35 h", de=500, a=20_000, requis=False)

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and not self.retire.data and not self.valeurs("idcc"):
            self.idcc.errors = ["Indiquez au moins une valeur de l’accord."]
            return False
        return good


class Genre(NamedTuple):
    """A table of the law: the form of a row, the row itself, and where Parametres holds them.

    objet: the field that tells rows of one day apart, "" where a day has one row. dit: a row in one line of French.
    """

    slug: str
    titre: str
    form: type[Ligne]
    ligne: Any
    attribut: str
    dit: Callable[[Any], str]
    objet: str = ""


GENRES = (
    Genre("smic", "SMIC", LigneSmic, Smic, "smic", mots_smic),
    Genre("smic_mayotte", "SMIC de Mayotte", LigneSmic, Smic, "smic_mayotte", mots_smic),
    Genre("grille", "Salaire minimum, en % du SMIC", LigneGrille, Grille, "grilles", mots_grille),
    Genre("forfait", "Financement par défaut et aide au tutorat", LigneForfait, Forfait, "forfaits", mots_forfait),
    Genre(
        "experimentation",
        "Expérimentations",
        LigneExperimentation,
        Experimentation,
        "experimentations",
        mots_experimentation,
        "type_qualification",
    ),
    Genre("naf", "Nomenclatures NAF", LigneNaf, Nomenclature, "nomenclatures", mots_naf),
    Genre("aide", "Aides à l’embauche", LigneAide, Aide, "aides", mots_aide, "nom"),
    Genre("branche", "Accords de branche", LigneBranche, Branche, "branches", mots_branche, "idcc"),
)
PAR_GENRE = {genre.slug: genre for genre in GENRES}


def objet_de(genre: Genre, ligne: Any) -> str:
    """What tells this row from the others of its table and its day."""
    return getattr(ligne, genre.objet) if genre.objet else ""


def ligne_de(slug: str, form: Ligne) -> dict[str, Any]:
    """The row that a valid form makes."""
    objet, data = PAR_GENRE[slug].objet, form.data
    return {
        "genre": slug,
        "objet": data[objet] if objet else "",
        "depuis": data["depuis"],
        "valeurs": json.dumps({} if data["retire"] else form.valeurs(objet), ensure_ascii=False),
        "source": data["source"],
        "retire": bool(data["retire"]),
    }


def dispenser(slug: str, form: Ligne) -> None:
    """A row that is withdrawn says which one it is and why it goes, no more."""
    for field in form.champs():
        field.requis = field.short_name in ("depuis", "source", PAR_GENRE[slug].objet)


def en_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [str(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
