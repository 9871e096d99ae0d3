"""Costs and funding (FIN-01 to FIN-04)."""

from decimal import Decimal
from typing import NamedTuple

from forms.controles.calculs import PRIORITAIRE, centimes, jour_de_conclusion, prioritaire
from forms.controles.contexte import Contexte
from forms.controles.francais import euros
from forms.controles.parametres import en_vigueur
from forms.controles.registre import ALERTE, ERREUR, Sections, controle

COUT = "formation.cout_pedagogique"
HEURES = "formation.heures_total"
BENEFICIAIRE = ("salarie.date_naissance", "contrat.date_conclusion")
BRANCHE = (*PRIORITAIRE, "employeur.forme", "employeur.idcc")
TAUX_USUELS = (3, 60)
PETIT_EFFECTIF = 50


class Prevision(NamedTuple):
    """Foreseeable funding: euros per hour, euros in all, whether the rate is raised, whether a branch fixed it."""

    taux: Decimal
    montant: Decimal
    majore: bool
    de_branche: bool


def prevision(d: Sections, contexte: Contexte) -> Prevision | None:
    """Branch rate, else 9,15 € an hour, 15 € for public prioritaire and GEIQ (D6332-85, D6332-86)."""
    le = jour_de_conclusion(d)
    branche, forfait = contexte.parametres.branche(d.employeur.idcc, le), en_vigueur(contexte.parametres.forfaits, le)
    if branche and branche.forfait_horaire is not None:
        return Prevision(
            branche.forfait_horaire, centimes(d.formation.heures_total * branche.forfait_horaire), False, True
        )
    if forfait is None:
        return None
    majore = prioritaire(d) or d.employeur.forme == "geiq"
    taux = forfait.majore if majore else forfait.ordinaire
    return Prevision(taux, centimes(d.formation.heures_total * taux), majore, False)


@controle("FIN-01", ALERTE, HEURES, *BENEFICIAIRE, facultatifs=BRANCHE, sur=COUT, source="D6332-85 ; D6332-86")
def financement_majore(d: Sections, contexte: Contexte) -> str | None:
    """Sans forfait de branche, l'OPCO finance 9,15 € de l'heure, 15 € pour un public prioritaire ou un GEIQ.

    ✔ 400 h : 3 660 €
    ✘ public prioritaire, 400 h : 6 000 €
    """
    prevu = prevision(d, contexte)
    if prevu is None or not prevu.majore:
        return None
    return (
        f"Financement prévisible : {euros(prevu.taux)} de l'heure (public prioritaire ou GEIQ), soit "
        f"{euros(prevu.montant)}, sauf "
        "forfait de branche (art. D. 6332-86)."
    )


@controle(
    "FIN-02",
    ALERTE,
    COUT,
    HEURES,
    *BENEFICIAIRE,
    facultatifs=(*BRANCHE, "employeur.effectif"),
    source="D6332-86 ; D6332-88",
)
def reste_a_charge(d: Sections, contexte: Contexte) -> str | None:
    """Le coût pédagogique au-delà du financement reste à la charge de l'employeur.

    ✔ coût de 3 600 €
    ✘ coût de 4 800 € : reste 1 140 €
    """
    prevu = prevision(d, contexte)
    if prevu is None or d.formation.cout_pedagogique <= prevu.montant:
        return None
    reste = d.formation.cout_pedagogique - prevu.montant
    petit = d.employeur.effectif is not None and 0 <= d.employeur.effectif < PETIT_EFFECTIF
    aide = " ; le plan des moins de 50 salariés peut en financer une part (art. D. 6332-88)" if petit else ""
    return (
        f"Le financement prévisible est de {euros(prevu.montant)} (art. D. 6332-86) : il resterait {euros(reste)} à "
        f"l'employeur{aide}."
    )


@controle("FIN-03", ERREUR, "formation.part_salarie", source="L6325-2-1 ; L6325-15")
def rien_a_la_charge_du_salarie(d: Sections, contexte: Contexte) -> str | None:
    """Rien n'est demandé au salarié pour sa formation.

    ✔ 0 €
    ✘ 500 €
    """
    if d.formation.part_salarie == 0:
        return None
    return "Rien ne peut être demandé au salarié : indiquez 0,00 € (art. L. 6325-2-1)."


@controle("FIN-04", ALERTE, COUT, HEURES, source="usage")
def cout_horaire_vraisemblable(d: Sections, contexte: Contexte) -> str | None:
    """Le coût pédagogique va d'ordinaire de 3 à 60 € de l'heure.

    ✔ 12 € de l'heure
    ✘ 120 € de l'heure
    """
    bas, haut = TAUX_USUELS
    if d.formation.heures_total <= 0 or d.formation.cout_pedagogique < 0:
        return None
    taux = d.formation.cout_pedagogique / d.formation.heures_total
    if bas <= taux <= haut:
        return None
    return (
        f"Ce coût fait {euros(taux)} de l'heure, hors de l'usage ({bas} à {haut} €) : vérifiez le coût et les heures."
    )


def montant_positif(champ: str, quoi: str) -> None:
    """Register FIN-04 on one amount."""
    section, nom = champ.split(".")

    @controle("FIN-04", ERREUR, champ, source="cohérence des montants")
    def positif(d: Sections, contexte: Contexte) -> str | None:
        """Les coûts sont positifs ou nuls."""
        return None if getattr(getattr(d, section), nom) >= 0 else f"{quoi} ne peut être négatif : corrigez le montant."


montant_positif("formation.cout_pedagogique", "Le coût pédagogique")
montant_positif("formation.frais_annexes", "Le montant des frais annexes")
