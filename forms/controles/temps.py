"""Working time (TPS-01 to TPS-06; TPS-07 is the same inequality as FOR-05)."""

from forms.controles.calendrier import age
from forms.controles.contexte import Contexte
from forms.controles.francais import duree_hebdo
from forms.controles.registre import ALERTE, ERREUR, Alerte, Sections, controle

MAXIMUM, MOYENNE_MAXIMALE, LEGALE, PARTIEL_MINIMUM, MINEUR_MAXIMUM = (heures * 60 for heures in (48, 44, 35, 24, 40))


@controle("TPS-01", ERREUR, "contrat.duree_hebdo", source="L3121-20")
def duree_maximale(d: Sections, contexte: Contexte) -> str | None:
    """La durée hebdomadaire est positive et ne dépasse pas 48 heures.

    ✔ 35 h
    ✘ 50 h
    """
    if 0 < d.contrat.duree_hebdo <= MAXIMUM:
        return None
    return "La durée hebdomadaire du travail va de plus de 0 à 48 heures : corrigez-la (art. L. 3121-20)."


@controle("TPS-02", ERREUR, "contrat.duree_hebdo", "employeur.duree_hebdo", source="L6325-10")
def pas_plus_que_chez_l_employeur(d: Sections, contexte: Contexte) -> str | None:
    """La durée du travail, formation comprise, ne dépasse pas celle pratiquée chez l'employeur.

    ✔ 35 h pour 35 h pratiquées
    ✘ 39 h pour 35 h pratiquées
    """
    if d.contrat.duree_hebdo <= d.employeur.duree_hebdo:
        return None
    pratiquee = duree_hebdo(d.employeur.duree_hebdo)
    return f"La durée du travail, formation comprise, est au plus celle de l'employeur : {pratiquee} (art. L. 6325-10)."


@controle("TPS-03", ALERTE, "contrat.duree_hebdo", source="L3121-22 ; L3121-27 ; L3121-36")
def heures_supplementaires(d: Sections, contexte: Contexte) -> str | None:
    """Au-delà de 35 heures s'appliquent les majorations ; 44 heures sont le maximum en moyenne sur 12 semaines.

    ✔ 35 h
    ✘ 46 h
    """
    minutes = d.contrat.duree_hebdo
    if not LEGALE < minutes <= MAXIMUM:  # beyond, TPS-01 says what is wrong
        return None
    if minutes > MOYENNE_MAXIMALE:
        return "Plus de 44 heures en moyenne sur 12 semaines sont interdites : réduisez la durée (art. L. 3121-22)."
    return (
        f"Au-delà de 35 heures, les {duree_hebdo(minutes - LEGALE)} de plus sont des heures supplémentaires, payées "
        "25 % de plus, 50 % après la 43e (art. L. 3121-36)."
    )


@controle(
    "TPS-04",
    ALERTE,
    "contrat.duree_hebdo",
    facultatifs=("salarie.date_naissance", "contrat.date_debut"),
    source="L3123-7 ; L3123-27",
)
def temps_partiel(d: Sections, contexte: Contexte) -> str | None:
    """Un temps partiel de moins de 24 heures demande un accord de branche ou une demande écrite du salarié.

    ✔ 28 h
    ✘ 20 h
    """
    if not 0 < d.contrat.duree_hebdo < PARTIEL_MINIMUM:
        return None
    naissance, debut = d.salarie.date_naissance, d.contrat.date_debut
    jeune = naissance and debut and age(naissance, debut) < 26
    etudes = ", de droit avant 26 ans pendant ses études" if jeune else ""
    return (
        f"Moins de 24 heures : il faut un accord de branche ou une demande écrite du salarié{etudes} "
        "(art. L. 3123-7 et L. 3123-27)."
    )


def mineur_au_debut(d: Sections) -> bool:
    return age(d.salarie.date_naissance, d.contrat.date_debut) < 18


@controle(
    "TPS-05",
    ERREUR,
    "contrat.duree_hebdo",
    "salarie.date_naissance",
    "contrat.date_debut",
    parfois=ALERTE,
    source="L3162-1 ; R3162-1",
)
def duree_d_un_mineur(d: Sections, contexte: Contexte) -> str | None:
    """Un mineur travaille 35 heures au plus, 40 sur dérogation.

    ✔ 17 ans, 35 h
    ✘ 17 ans, 42 h
    """
    if not mineur_au_debut(d) or d.contrat.duree_hebdo <= LEGALE:
        return None
    if d.contrat.duree_hebdo > MINEUR_MAXIMUM:
        return "Un mineur travaille 35 heures au plus, 40 avec dérogation : réduisez la durée (art. L. 3162-1)."
    return Alerte(
        "Un mineur travaille 35 heures au plus : jusqu'à 40, seulement sur un chantier du bâtiment, de travaux publics "
        "ou d'espaces verts, ou sur dérogation de l'inspection (art. L. 3162-1 et R. 3162-1)."
    )


@controle(
    "TPS-06", ALERTE, "salarie.date_naissance", "contrat.date_debut", source="L3163-1 à L3164-6 ; L4153-8 ; R4153-40"
)
def travail_d_un_mineur(d: Sections, contexte: Contexte) -> str | None:
    """Un mineur a des repos plus longs, ne travaille ni la nuit ni les jours fériés ; ses travaux sont réglementés.

    ✔ adulte
    ✘ 17 ans
    """
    if not mineur_au_debut(d):
        return None
    return (
        "Salarié mineur : pas de travail de 22 h à 6 h ni les jours fériés, 12 heures de repos par jour et 2 jours par "
        "semaine ; les travaux réglementés se déclarent à l'inspection (art. L. 3163-1 à L. 3164-6, R. 4153-40)."
    )
