"""Deadlines around the deposit (DEP-01, DEP-07, DEP-08)."""

from datetime import date

from forms.controles.calendrier import age, dure_au_moins, plus_jours, plus_jours_ouvrables
from forms.controles.contexte import Contexte
from forms.controles.francais import jour
from forms.controles.parametres.codes import AVENANT
from forms.controles.registre import ALERTE, Sections, absente, controle

ARTICLES_DE_LA_REMISE = {"cdi": "R. 1221-35", "travail_temporaire": "L. 1251-17"}
JOURS_DE_DEPOT, JOURS_DE_CARTE, JOURS_D_INFORMATION_CDI = 5, 30, 7


def depot_au_plus_tard(debut: date) -> date:
    """Last day to send the contract to the OPCO (D6325-1)."""
    return plus_jours(debut, JOURS_DE_DEPOT)


def remise_au_plus_tard(nature: str | None, debut: date) -> date:
    """Last day to hand the contract to the employee: two working days (L1242-13), a week for a CDI (R1221-35)."""
    return plus_jours(debut, JOURS_D_INFORMATION_CDI) if nature == "cdi" else plus_jours_ouvrables(debut, 2)


@controle("DEP-01", ALERTE, "contrat.date_debut", facultatifs=("contrat.type_contrat",), source="D6325-1")
def depot_dans_les_cinq_jours(d: Sections, contexte: Contexte) -> str | None:
    """Le contrat est adressé à l'OPCO dans les 5 jours de son début.

    ✔ le 06/09 pour le 01/09
    ✘ le 07/09 pour le 01/09
    """
    limite = depot_au_plus_tard(d.contrat.date_debut)
    if d.contrat.type_contrat == AVENANT or (contexte.transmis_le or contexte.jour) <= limite:
        return None
    return (
        f"Le contrat devait être envoyé à l'OPCO le {jour(limite)} au plus tard : envoyez-le sans attendre (art. D. "
        "6325-1)."
    )


def a_droit_a_la_carte(d: Sections) -> bool:
    """Under 26, RNCP, action of 12 months or more (L6325-6-2)."""
    jeune = age(d.salarie.date_naissance, d.contrat.date_conclusion) < 26
    return jeune and dure_au_moins(d.contrat.date_debut, d.contrat.date_fin, 12) and not absente(d.formation.rncp)


@controle(
    "DEP-07",
    ALERTE,
    "contrat.date_conclusion",
    "contrat.date_debut",
    "contrat.date_fin",
    "salarie.date_naissance",
    "formation.rncp",
    facultatifs=("contrat.type_contrat",),
    source="L6325-6-2 ; D6325-29",
)
def carte_d_etudiant_des_metiers(d: Sections, contexte: Contexte) -> str | None:
    """L'organisme remet la carte d'étudiant des métiers dans les 30 jours de la conclusion.

    ✔ 20 jours après la conclusion
    ✘ 40 jours après
    """
    limite = plus_jours(d.contrat.date_conclusion, JOURS_DE_CARTE)
    if d.contrat.type_contrat == AVENANT or not a_droit_a_la_carte(d) or contexte.jour <= limite:
        return None
    return (
        f"L'organisme devait remettre la carte d'étudiant des métiers le {jour(limite)} au plus tard : vérifiez "
        "(art. D. 6325-29)."
    )


@controle(
    "DEP-08",
    ALERTE,
    "contrat.date_debut",
    "contrat.nature",
    facultatifs=("contrat.type_contrat",),
    source="L1242-13 ; L1251-17 ; R1221-35",
)
def remise_au_salarie(d: Sections, contexte: Contexte) -> str | None:
    """Le salarié reçoit son contrat dans les deux jours ouvrables de l'embauche (CDI : sous 7 jours).

    ✔ le mardi pour un début lundi
    ✘ le vendredi
    """
    limite = remise_au_plus_tard(d.contrat.nature, d.contrat.date_debut)
    if d.contrat.type_contrat == AVENANT or (contexte.transmis_le or contexte.jour) <= limite:
        return None
    article = ARTICLES_DE_LA_REMISE.get(d.contrat.nature, "L. 1242-13")
    return (
        f"Le salarié devait recevoir son contrat le {jour(limite)} au plus tard : vérifiez que c'est fait (art. "
        f"{article})."
    )
