"""Sentences beside the fields: what the law makes of the answers so far, computed by the functions of the rules."""

from collections.abc import Callable
from typing import Any

from forms.controles import aides
from forms.controles.contexte import Contexte
from forms.controles.francais import euros, jour, typographie


def salaire(d: Any, contexte: Contexte) -> str:
    found = aides.salaire_minimum(d, contexte)
    if found is None:
        return ""
    par = "par heure" if d.contrat.nature == "travail_temporaire" else "par mois"
    rises = [f"À partir du {jour(le)} : {euros(m)}." for le, m, _ in aides.hausses_du_minimum(d, contexte)]
    return " ".join([f"Minimum légal à l’embauche : {euros(found[0])} {par} ({found[1]}).", *rises])


def date_debut(d: Any, contexte: Contexte) -> str:
    found = aides.echeance_depot(d, contexte)
    return f"Contrat à envoyer à l’OPCO au plus tard le {jour(found.au_plus_tard)}." if found else ""


def date_fin(d: Any, contexte: Contexte) -> str:
    found = aides.fin_au_plus_tard(d, contexte)
    return f"Au plus tard le {jour(found[0])} : {found[1]}." if found else ""


def heures_total(d: Any, contexte: Contexte) -> str:
    found = aides.heures_15_25(d, contexte)
    return f"Pour ce contrat : {found.en_mots}." if found else ""


def cout_pedagogique(d: Any, contexte: Contexte) -> str:
    found = aides.financement_previsible(d, contexte)
    if found is None:
        return ""
    left = f" Reste à la charge de l’employeur : {euros(found.reste)}." if found.reste else ""
    return f"Financement prévisible : {found.calcul}.{left}"


AIDES: dict[str, Callable[[Any, Contexte], str]] = {
    "contrat.salaire": salaire,
    "contrat.date_debut": date_debut,
    "contrat.date_fin": date_fin,
    "formation.heures_total": heures_total,
    "formation.cout_pedagogique": cout_pedagogique,
}


def aides_de(demandes: Any, d: Any, contexte: Contexte) -> dict[str, str]:
    """For each field of the page that has a helper: its sentence, empty while an answer is missing."""
    return {champ: typographie(aide(d, contexte)) for champ, aide in AIDES.items() if champ in demandes}
