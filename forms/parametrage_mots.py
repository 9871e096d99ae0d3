"""A row of each dated table in one line of French."""

from datetime import date

from forms.controles.francais import NBSP, euros, jour, pourcents
from forms.controles.parametres import Aide, Branche, Experimentation, Forfait, Grille, Nomenclature, Smic


def mots_smic(ligne: Smic) -> str:
    return f"{euros(ligne.horaire)} de l’heure"


def mots_grille(ligne: Grille) -> str:
    columns = (ligne.moins_21_base, ligne.moins_21_majoree, ligne.des_21_base, ligne.des_21_majoree)
    return (
        f"{pourcents(*columns)} du SMIC (moins de 21 ans, puis de 21 à 25{NBSP}: base/majorée), "
        f"{pourcents(ligne.part_branche_26)} du minimum de branche dès 26 ans"
    )


def mots_forfait(ligne: Forfait) -> str:
    return (
        f"{euros(ligne.ordinaire)} de l’heure, {euros(ligne.majore)} pour un public prioritaire ou un GEIQ ; tutorat "
        f"{euros(ligne.tutorat_mensuel)} par mois, {ligne.tutorat_mois} mois au plus, majoré de "
        f"{ligne.tutorat_majoration_pct}{NBSP}%"
    )


def mots_experimentation(ligne: Experimentation) -> str:
    return f"type {ligne.type_qualification}, {jusqu_au(ligne.au)}"


def mots_naf(ligne: Nomenclature) -> str:
    return ligne.nom


def mots_aide(ligne: Aide) -> str:
    amount = f" de {euros(ligne.montant)}" if ligne.montant is not None else ""
    return f"{ligne.nom}{NBSP}: aide{amount} dès {ligne.age_minimum} ans, {jusqu_au(ligne.au)}"


def mots_branche(ligne: Branche) -> str:
    parts = (
        ligne.duree_max_mois and f"{ligne.duree_max_mois} mois au plus",
        ligne.publics_24 and f"publics au-delà de 12 mois{NBSP}: {ligne.publics_24}",
        ligne.part_max_pct is not None and f"{pourcents(ligne.part_max_pct)} de formation au plus",
        ligne.forfait_horaire is not None and f"forfait de {euros(ligne.forfait_horaire)} de l’heure",
        ligne.grille_pct and f"grille de {pourcents(*ligne.grille_pct)} du SMIC",
        ligne.smc is not None and f"minimum conventionnel de {euros(ligne.smc)}",
    )
    return ", ".join(str(part) for part in parts if part)


def jusqu_au(le: date | None) -> str:
    return f"contrats conclus jusqu’au {jour(le)}" if le else "sans terme connu"
