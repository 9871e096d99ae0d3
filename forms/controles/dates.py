"""Dates and durations (DAT-01 to DAT-15)."""

from decimal import Decimal

from forms.controles.calculs import (
    PRIORITAIRE,
    a_l_envers,
    base_brute,
    du_contrat,
    jour_de_conclusion,
    prioritaire,
    public_ordinaire,
)
from forms.controles.calendrier import (
    dernier_jour,
    dure_au_moins,
    dure_au_plus,
    plus_jours_ouvrables,
    plus_mois,
    plus_mois_de_fin_a_fin,
)
from forms.controles.contexte import Contexte
from forms.controles.francais import heures_au_plus, jour
from forms.controles.parametres.codes import AVENANT, EXPERIMENTATION_VAE
from forms.controles.registre import ALERTE, ERREUR, Alerte, Erreur, Sections, controle

PERIODE = ("contrat.date_debut", "contrat.date_fin")
FORMATION = ("formation.date_debut", "formation.date_fin")
PERSONNE = ("contrat.date_conclusion", "salarie.date_naissance")
CIRCULAIRE = "circulaire DGEFP 2012-15"
ACTION = "L'action de professionnalisation"
MOIS_ETRANGER_MAX, MOIS_AVEC_MOBILITE = 12, 24


@controle(
    "DAT-01",
    ERREUR,
    "contrat.date_conclusion",
    "contrat.date_debut",
    facultatifs=("contrat.type_contrat", "contrat.date_effet_avenant"),
    parfois=ALERTE,
    source="usage ; L1242-13",
)
def conclusion_avant_le_debut(d: Sections, contexte: Contexte) -> str | None:
    """Le contrat est conclu au plus tard le jour où il commence (un avenant : le jour où il prend effet).

    ✔ conclu le 28/08 pour le 01/09/2026
    ✘ conclu le 10/09 pour le 01/09
    """
    avenant = d.contrat.type_contrat == AVENANT
    debut = d.contrat.date_effet_avenant if avenant else d.contrat.date_debut
    conclusion = d.contrat.date_conclusion
    if debut is None or conclusion <= debut:
        return None
    if conclusion <= plus_jours_ouvrables(debut, 2):
        return Alerte(
            f"Usage : le contrat se conclut au plus tard le {jour(debut)} ; deux jours ouvrables de plus ne valent que "
            "pour sa remise au salarié (art. L. 1242-13)."
        )
    return (
        f"La date de conclusion ({jour(conclusion)}) suit le début du contrat : elle est au plus tard le {jour(debut)} "
        "(usage ; cf. art. L. 1242-13)."
    )


@controle("DAT-02", ERREUR, *PERIODE, sur="contrat.date_fin", source="cohérence des dates")
def fin_apres_le_debut(d: Sections, contexte: Contexte) -> str | None:
    """Le contrat finit après avoir commencé.

    ✔ 01/09/2026 au 31/08/2027
    ✘ 01/09/2026 au 01/09/2026
    """
    if not a_l_envers(d):
        return None
    return f"La date de fin doit suivre celle de début ({jour(d.contrat.date_debut)}) : corrigez l'une des deux."


def sans_minimum(d: Sections) -> bool:
    """Experiments of type 8 have no least duration; an avenant does not tell the whole contract."""
    return d.formation.type_qualification == EXPERIMENTATION_VAE or d.contrat.type_contrat == AVENANT


def trop_court(d: Sections, quoi: str) -> str | None:
    if a_l_envers(d) or sans_minimum(d) or dure_au_moins(d.contrat.date_debut, d.contrat.date_fin, 6):
        return None
    limite = dernier_jour(d.contrat.date_debut, 6)
    return f"{quoi} dure moins de 6 mois : reculez la date de fin au {jour(limite)} au moins (art. L. 6325-11)."


@controle(
    "DAT-03",
    ERREUR,
    *PERIODE,
    facultatifs=("contrat.nature", "contrat.type_contrat", "formation.type_qualification"),
    sur="contrat.date_fin",
    source="L6325-11 ; décret 2023-408",
)
def duree_minimale(d: Sections, contexte: Contexte) -> str | None:
    """Le contrat dure au moins 6 mois, de date à date ; l'expérimentation VAE n'a pas de minimum.

    ✔ 01/09/2026 au 28/02/2027
    ✘ 01/09/2026 au 27/02/2027
    """
    return None if d.contrat.nature == "cdi" else trop_court(d, "Le contrat")


def au_dela_de_12_mois(d: Sections, contexte: Contexte, quoi: str) -> str | None:
    """Between 12 and 24 months without public prioritaire: the branch agreement decides (decision 6)."""
    debut, fin = d.contrat.date_debut, d.contrat.date_fin
    if dure_au_plus(debut, fin, 12) or not dure_au_plus(debut, fin, 24) or prioritaire(d) or d.formation.mois_etranger:
        return None
    branche = contexte.parametres.branche(d.employeur.idcc, jour_de_conclusion(d))
    connu = branche.duree_max_mois if branche else None
    if connu is None or branche is None:
        return Alerte(
            f"{quoi} dépasse 12 mois (au {jour(dernier_jour(debut, 12))}) : à vérifier, il faut un accord de branche "
            "pour ce public ou cette qualification (art. L. 6325-12)."
        )
    if not dure_au_plus(debut, fin, connu):
        return Erreur(
            f"{quoi} dépasse les {connu} mois que permet votre branche pour ce public : terminez au plus tard le "
            f"{jour(dernier_jour(debut, connu))} (art. L. 6325-12)."
        )
    if branche.publics_24:
        return Alerte(f"Au-delà de 12 mois, votre branche réserve le contrat à : {branche.publics_24}. À vérifier ici.")
    return None


def au_dela_de_24_mois(d: Sections, contexte: Contexte, quoi: str) -> str | None:
    debut = d.contrat.date_debut
    if dure_au_plus(debut, d.contrat.date_fin, 24) or prioritaire(d):
        return None
    branche = contexte.parametres.branche(d.employeur.idcc, jour_de_conclusion(d))
    connu = branche.duree_max_mois if branche and not d.formation.mois_etranger else None
    mois, pour = (connu, f", {connu} mois dans votre branche") if connu and connu < 24 else (24, "")
    return (
        f"{quoi} dépasse 24 mois, ce qui est réservé aux publics prioritaires : terminez au plus tard le "
        f"{jour(dernier_jour(debut, mois))}{pour} (art. L. 6325-11 et L. 6325-12)."
    )


def au_dela_de_36_mois(d: Sections, quoi: str) -> str | None:
    debut = d.contrat.date_debut
    if dure_au_plus(debut, d.contrat.date_fin, 36) or public_ordinaire(d):
        return None
    limite = jour(dernier_jour(debut, 36))
    return f"{quoi} dépasse 36 mois, la durée maximale : terminez au plus tard le {limite} (art. L. 6325-11)."


@controle(
    "DAT-04",
    ALERTE,
    *PERIODE,
    *PERSONNE,
    facultatifs=(*PRIORITAIRE, "contrat.nature", "employeur.idcc", "formation.mois_etranger"),
    sur="contrat.date_fin",
    parfois=ERREUR,
    source="L6325-12",
)
def plus_de_12_mois(d: Sections, contexte: Contexte) -> str | None:
    """Au-delà de 12 mois, hors public prioritaire, il faut un accord de branche.

    ✔ 12 mois
    ✘ 18 mois, public ordinaire
    """
    return None if d.contrat.nature == "cdi" else au_dela_de_12_mois(d, contexte, "Le contrat")


@controle(
    "DAT-05",
    ERREUR,
    *PERIODE,
    *PERSONNE,
    facultatifs=(*PRIORITAIRE, "contrat.nature", "employeur.idcc", "formation.mois_etranger"),
    sur="contrat.date_fin",
    source="L6325-11 ; L6325-12",
)
def plus_de_24_mois(d: Sections, contexte: Contexte) -> str | None:
    """Hors public prioritaire, le contrat ne dépasse jamais 24 mois.

    ✔ 24 mois
    ✘ 30 mois, public ordinaire
    """
    return None if d.contrat.nature == "cdi" else au_dela_de_24_mois(d, contexte, "Le contrat")


@controle(
    "DAT-06",
    ERREUR,
    *PERIODE,
    facultatifs=(*PRIORITAIRE, *PERSONNE, "contrat.nature"),
    sur="contrat.date_fin",
    source="L6325-11",
)
def plus_de_36_mois(d: Sections, contexte: Contexte) -> str | None:
    """Le contrat ne dépasse 36 mois pour personne (24 hors public prioritaire : DAT-05).

    ✔ 36 mois, public prioritaire
    ✘ 37 mois, public prioritaire
    """
    return None if d.contrat.nature == "cdi" else au_dela_de_36_mois(d, "Le contrat")


@controle(
    "DAT-07",
    ERREUR,
    *PERIODE,
    "contrat.nature",
    facultatifs=(*PRIORITAIRE, *PERSONNE, "contrat.type_contrat", "formation.type_qualification"),
    sur="contrat.date_fin",
    source="L6325-11",
)
def action_d_un_cdi_minimale(d: Sections, contexte: Contexte) -> str | None:
    """En CDI, l'action de professionnalisation, qui commence avec le contrat, dure au moins 6 mois et 36 au plus.

    ✔ action de 12 mois
    ✘ action de 5 mois
    """
    if d.contrat.nature != "cdi":
        return None
    return trop_court(d, ACTION) or au_dela_de_36_mois(d, ACTION)


@controle(
    "DAT-07",
    ERREUR,
    *PERIODE,
    "contrat.nature",
    *PERSONNE,
    facultatifs=(*PRIORITAIRE, "employeur.idcc", "formation.mois_etranger"),
    sur="contrat.date_fin",
    parfois=ALERTE,
    source="L6325-11 ; L6325-12",
)
def action_d_un_cdi_longue(d: Sections, contexte: Contexte) -> str | None:
    """En CDI, au-delà de 12 mois d'action, il faut un accord de branche ; 24 mois au plus hors prioritaires."""
    if d.contrat.nature != "cdi":
        return None
    return au_dela_de_12_mois(d, contexte, ACTION) or au_dela_de_24_mois(d, contexte, ACTION)


def formation_a_l_envers(d: Sections) -> bool:
    """The exams end before the training begins: DAT-08 says so, and DAT-10 adds nothing to it."""
    return d.formation.date_debut is not None and d.formation.date_debut > d.formation.date_fin


@controle("DAT-08", ERREUR, *FORMATION, sur="formation.date_fin", source="cohérence des dates")
def formation_dans_l_ordre(d: Sections, contexte: Contexte) -> str | None:
    """La formation commence avant la fin des épreuves.

    ✔ 05/09/2026 au 30/06/2027
    ✘ 05/09/2026 au 30/06/2026
    """
    if not formation_a_l_envers(d):
        return None
    return f"La fin des épreuves précède le début de la formation ({jour(d.formation.date_debut)}) : corrigez une date."


@controle(
    "DAT-09",
    ERREUR,
    "contrat.date_fin",
    "formation.date_fin",
    facultatifs=("contrat.date_debut", "contrat.nature"),
    source=CIRCULAIRE,
)
def epreuves_dans_le_contrat(d: Sections, contexte: Contexte) -> str | None:
    """Les épreuves ont lieu pendant le contrat.

    ✔ épreuves le 30/06, fin le 31/08
    ✘ épreuves le 15/09, fin le 31/08
    """
    if d.formation.date_fin <= d.contrat.date_fin or a_l_envers(d):
        return None
    return (
        f"Les épreuves finissent le {jour(d.formation.date_fin)}, après la fin {du_contrat(d)} : reculez celle-ci "
        f"({CIRCULAIRE})."
    )


@controle(
    "DAT-10",
    ALERTE,
    "contrat.date_fin",
    "formation.date_fin",
    "formation.type_qualification",
    facultatifs=("formation.date_debut", "contrat.nature"),
    source=CIRCULAIRE,
)
def fin_proche_des_epreuves(d: Sections, contexte: Contexte) -> str | None:
    """Le contrat finit au plus 2 mois après les épreuves pour une certification du RNCP, 1 mois après sinon.

    ✔ épreuves le 30/06, fin le 31/08
    ✘ épreuves le 30/06, fin le 30/09
    """
    mois = {"1": 2, "2": 1, "3": 1}.get(d.formation.type_qualification)
    limite = plus_mois_de_fin_a_fin(d.formation.date_fin, mois or 0)
    if mois is None or d.contrat.date_fin <= limite or formation_a_l_envers(d):
        return None
    return (
        f"La fin {du_contrat(d)} est à plus {'de 2' if mois == 2 else 'd’un'} mois des épreuves : ramenez-la au "
        f"{jour(limite)} au plus tard, ou justifiez l'écart ({CIRCULAIRE})."
    )


@controle("DAT-11", ALERTE, "formation.date_debut", "contrat.date_debut", source="usage")
def formation_pas_avant_le_contrat(d: Sections, contexte: Contexte) -> str | None:
    """La formation ne commence pas avant le contrat : les heures antérieures ne sont pas financées.

    ✔ formation le 05/09, contrat le 01/09
    ✘ formation le 15/08
    """
    if d.formation.date_debut >= d.contrat.date_debut:
        return None
    return (
        f"La formation commence avant le contrat ({jour(d.contrat.date_debut)}) : par usage, les heures suivies avant "
        "ne sont pas financées."
    )


@controle("DAT-12", ALERTE, "formation.date_debut", "contrat.date_debut", source="usage ; D6325-13")
def formation_bientot(d: Sections, contexte: Contexte) -> str | None:
    """La formation commence dans les 2 mois du début du contrat.

    ✔ formation le 15/10
    ✘ formation le 15/12
    """
    limite = plus_mois(d.contrat.date_debut, 2)
    if d.formation.date_debut <= limite:
        return None
    return (
        f"La formation commence plus de 2 mois après le contrat : usage, au plus tard le {jour(limite)}, "
        "pour l'examen du programme (art. D. 6325-13)."
    )


@controle("DAT-13", ALERTE, "contrat.date_conclusion", source="usage")
def conclusion_passee(d: Sections, contexte: Contexte) -> str | None:
    """La date de conclusion n'est pas dans l'avenir au moment de la soumission.

    ✔ conclu aujourd'hui
    ✘ conclu demain
    """
    if d.contrat.date_conclusion <= contexte.jour:
        return None
    return "La date de conclusion est à venir : par usage, le dossier se soumet une fois le contrat signé."


@controle("DAT-13", ALERTE, "contrat.date_conclusion", "contrat.date_debut", source="usage")
def conclusion_pas_trop_tot(d: Sections, contexte: Contexte) -> str | None:
    """Le contrat commence dans les 6 mois de sa conclusion."""
    if d.contrat.date_debut <= plus_mois(d.contrat.date_conclusion, 6):
        return None
    return "Le contrat commence plus de 6 mois après sa conclusion : à vérifier, ce n'est pas l'usage."


@controle("DAT-14", ALERTE, "formation.mois_etranger", *PERIODE, source="L6325-25")
def part_a_l_etranger(d: Sections, contexte: Contexte) -> str | None:
    """La période à l'étranger ne dépasse ni un an ni la moitié du contrat.

    ✔ 4 mois sur 12
    ✘ 7 mois sur 12
    """
    mois = min(d.formation.mois_etranger, MOIS_ETRANGER_MAX + 1)
    trop = mois > MOIS_ETRANGER_MAX or not dure_au_moins(d.contrat.date_debut, d.contrat.date_fin, 2 * mois)
    if mois <= 0 or not trop or a_l_envers(d):
        return None
    return (
        "La période à l'étranger ne peut dépasser 12 mois ni la moitié du contrat (art. L. 6325-25) : réduisez-la, ou "
        f"allongez le contrat, qui peut alors atteindre {MOIS_AVEC_MOBILITE} mois."
    )


@controle(
    "DAT-15",
    ALERTE,
    "formation.heures_accueil",
    "formation.heures_total",
    "contrat.duree_hebdo",
    *PERIODE,
    source="D6325-30 à D6325-32",
)
def accueil_dans_d_autres_structures(d: Sections, contexte: Contexte) -> str | None:
    """L'accueil ailleurs ne dépasse pas la moitié du temps de formation passé chez l'employeur, avec convention.

    ✔ 300 h sur 900
    ✘ 600 h sur 900
    """
    en_poste = base_brute(d) - d.formation.heures_total
    if d.formation.heures_accueil > 0 and d.formation.heures_accueil * 2 > en_poste and not a_l_envers(d):
        return (
            f"L'accueil hors de chez l'employeur ne peut dépasser la moitié du temps passé en poste, soit "
            f"{heures_au_plus(max(en_poste / 2, Decimal(0)))} (art. D. 6325-30) : réduisez-le."
        )
    if d.formation.heures_accueil > 0 and contexte.pieces is not None and "convention_accueil" not in contexte.pieces:
        return "Accueil hors de chez l'employeur : joignez la convention entre toutes les parties (art. D. 6325-31)."
    return None
