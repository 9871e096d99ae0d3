"""Sentences beside the fields: what the law makes of the answers so far, computed by the functions of the rules."""

from collections.abc import Callable
from datetime import date
from typing import Any

from forms.controles import aides
from forms.controles.certification import active
from forms.controles.contexte import Contexte
from forms.controles.francais import euros, jour, liste, typographie
from forms.controles.remuneration import smic_pas_encore_connu
from models.listes import SPECIALITE


def salaire(d: Any, contexte: Contexte) -> str:
    found = aides.salaire_minimum(d, contexte)
    if found is None:
        return ""
    par = "par heure" if d.contrat.nature == "travail_temporaire" else "par mois"
    rises = [hausse(h) for h in aides.hausses_du_minimum(d, contexte)]
    unknown = smic_pas_encore_connu(d, contexte)
    said = [f"Minimum légal à l’embauche : {euros(found[0])} {par} ({found[1]}).", *rises, unknown or ""]
    return " ".join(said).strip()


def hausse(h: aides.Hausse) -> str:
    said = f"À partir du {jour(h.le)} : {euros(h.montant)}"
    return f"{said}, si les 26 ans changent le minimum (usage, à vérifier)." if h.usage else f"{said} ({h.calcul})."


def date_debut(d: Any, contexte: Contexte) -> str:
    found = aides.echeance_depot(d, contexte)
    if found is None:
        return ""
    return f"Contrat à envoyer à l’OPCO au plus tard le {jour(found.au_plus_tard)} ({delai(found.jours_restants)})."


def delai(jours: int) -> str:
    """How far a last day is, in words."""
    if jours < 0:
        return f"dépassé de {-jours} jour{'s' if jours < -1 else ''}"
    return {0: "c’est aujourd’hui", 1: "c’est demain"}.get(jours, f"il reste {jours} jours")


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


def situation(d: Any, contexte: Contexte) -> str:
    return " ".join(aides.aides_possibles(d, contexte))


def tutorat(d: Any, contexte: Contexte) -> str:
    found = aides.plafond_tutorat(d, contexte)
    if found is None:
        return ""
    return f"Aide de l’OPCO au tutorat : {euros(found[0])} par mois au plus, {found[1]} mois au plus (art. D. 6332-93)."


def qualiopi(d: Any, contexte: Contexte) -> str:
    """For which actions the organisme is certified, as far as the public list tells."""
    if not (d.formation.organisme_nda or d.formation.organisme_siret):
        return ""
    record = contexte.organisme
    if record is None:
        return "Certification Qualiopi : non renseignée, cet organisme n’est pas dans la liste publique."
    parts = [
        f"{words} pour {', '.join(names)}"
        for answer, words in CERTIFIE.items()
        if (names := [label for key, label in ACTIONS.items() if record.qualiopi.get(key) is answer])
    ]
    return f"Qualiopi, liste publique du {jour(record.donnees_du)} : {' ; '.join(parts)}."


def certification(d: Any, contexte: Contexte) -> str:
    """What the record says, with the days between which it was registered (FOR-09 asks for the day of conclusion)."""
    record = contexte.certification
    if record is None or not d.formation.rncp:
        return ""
    specialites = [f"{code} ({SPECIALITE[code[:3]]})" for code in record.nsf if code[:3] in SPECIALITE]
    parts = (
        f"niveau {record.niveau}" if record.niveau else "sans niveau",
        f"spécialité {', '.join(specialites)}" if specialites else "",
        f"certificateur : {record.certificateur}" if record.certificateur else "",
        enregistrement(record.date_effet, record.date_fin),
        "non ouverte au contrat de professionnalisation" if record.professionnalisation is False else "",
    )
    return f"Fiche {record.code} : {' ; '.join(part for part in parts if part)}.{inactive(d, contexte)}"


def inactive(d: Any, contexte: Contexte) -> str:
    """That a certification has ended, while the day that FOR-09 judges by is not typed yet."""
    if d.contrat.date_conclusion or active(contexte.certification, contexte.jour, contexte.jour):
        return ""
    after = liste(record.code for record in contexte.successeurs)
    return f" Elle est inactive aujourd’hui, {f'remplacée par {after}' if after else 'sans remplaçante connue'}."


def enregistrement(debut: date | None, fin: date | None) -> str:
    if debut and fin:
        return f"enregistrée du {jour(debut)} au {jour(fin)}"
    return f"enregistrée jusqu’au {jour(fin)}" if fin else f"enregistrée depuis le {jour(debut)}" if debut else ""


def idcc(d: Any, contexte: Contexte) -> str:
    opco = getattr(contexte.etablissement, "opco", None)  # the table by SIRET knows better than the agreement
    if opco:
        return f"OPCO compétent pour cet établissement : {opco}."
    return f"OPCO de cette convention : {' ou '.join(contexte.opco_idcc)}." if contexte.opco_idcc else ""


def effectif(d: Any, contexte: Contexte) -> str:
    band = contexte.etablissement.effectif if contexte.etablissement else ""
    return f"Selon Sirene, cet établissement compte {band}." if band else ""


ACTIONS = {
    "actions_de_formation": "les actions de formation",
    "apprentissage": "l’apprentissage",
    "vae": "la VAE",
    "bilans_de_competences": "les bilans de compétences",
}
CERTIFIE = {True: "certifié", False: "non certifié", None: "non renseigné"}
AIDES: dict[str, Callable[[Any, Contexte], str]] = {
    "contrat.salaire": salaire,
    "contrat.date_debut": date_debut,
    "contrat.date_fin": date_fin,
    "formation.heures_total": heures_total,
    "formation.cout_pedagogique": cout_pedagogique,
    "formation.organisme_nda": qualiopi,
    "formation.rncp": certification,
    "employeur.idcc": idcc,
    "employeur.effectif": effectif,
    "salarie.situation": situation,
    "tuteur.date_naissance": tutorat,
}


def aides_de(demandes: Any, d: Any, contexte: Contexte) -> dict[str, str]:
    """For each field of the page that has a helper: its sentence, empty while an answer is missing."""
    return {champ: typographie(aide(d, contexte)) for champ, aide in AIDES.items() if champ in demandes}
