"""Nature, type, renewal, avenant, trial period (CTR-01 to CTR-13)."""

from forms.controles.calculs import a_l_envers, niveau
from forms.controles.calendrier import dure_au_plus, jours, plus_mois
from forms.controles.contexte import Contexte
from forms.controles.francais import jour, liste
from forms.controles.parametres.codes import (
    AVENANT,
    RENOUVELLEMENT_AUTRE_QUALIFICATION,
    RENOUVELLEMENTS,
    RENOUVELLEMENTS_MEME_QUALIFICATION,
    SAISONNIER_DEUX_EMPLOYEURS,
    TYPES_CONTRAT,
)
from forms.controles.registre import ALERTE, ERREUR, Alerte, Sections, absente, controle

NOTICE = "notice 51650#09"
TYPE = "contrat.type_contrat"
PERIODE = ("contrat.date_debut", "contrat.date_fin")
MOIS_D_ESSAI_CDI = {"ouvrier_employe": 2, "technicien_maitrise": 3, "cadre": 4}
NATURES = ("cdi", "cdd", "travail_temporaire")


@controle(
    "CTR-01", ERREUR, TYPE, facultatifs=("contrat.nature", "contrat.vaut_avenant"), sur="contrat.nature", source=NOTICE
)
def une_nature(d: Sections, contexte: Contexte) -> str | None:
    """Le contrat est un CDI, un CDD ou un contrat de travail temporaire ; rien si le contrat vaut avenant.

    ✔ CDD
    ✘ aucune nature, ou CDD alors que le contrat vaut avenant
    """
    nature = d.contrat.nature
    if d.contrat.vaut_avenant:
        return (
            None
            if absente(nature)
            else "Le contrat vaut avenant : ne cochez ni CDI, ni CDD, ni travail temporaire (notice)."
        )
    if nature in NATURES:
        return None
    return "Choisissez une nature, une seule : CDI, CDD ou travail temporaire (notice du CERFA)."


@controle("CTR-02", ERREUR, TYPE, source=NOTICE)
def type_connu(d: Sections, contexte: Contexte) -> str | None:
    """Le type de contrat est un code de la notice.

    ✔ 11
    ✘ 31
    """
    if d.contrat.type_contrat in TYPES_CONTRAT:
        return None
    return f"Ce type de contrat n'existe pas : choisissez {liste(sorted(TYPES_CONTRAT))} (notice du CERFA)."


@controle("CTR-03", ERREUR, TYPE, "contrat.nature", sur="contrat.nature", source="L6325-7 ; L6325-4-1 ; L6325-23")
def renouvellement_en_cdd(d: Sections, contexte: Contexte) -> str | None:
    """Seul un CDD se renouvelle (ou un contrat de travail temporaire) ; le contrat saisonnier est un CDD.

    ✔ type 21 en CDD
    ✘ type 24 en CDI
    """
    type_contrat, nature = d.contrat.type_contrat, d.contrat.nature
    if type_contrat == SAISONNIER_DEUX_EMPLOYEURS and nature != "cdd":
        return "Le contrat saisonnier à deux employeurs est à durée déterminée : choisissez CDD (art. L. 6325-4-1)."
    if type_contrat in RENOUVELLEMENTS and nature not in ("cdd", "travail_temporaire"):
        return "Seul un contrat à durée déterminée se renouvelle : changez la nature ou le type (art. L. 6325-7)."
    return None


@controle(
    "CTR-04", ERREUR, TYPE, facultatifs=("contrat.precedent_numero",), sur="contrat.precedent_numero", source="L6325-7"
)
def contrat_precedent(d: Sections, contexte: Contexte) -> str | None:
    """Un renouvellement cite le contrat précédent.

    ✔ premier renouvellement
    ✘ deuxième renouvellement
    """
    if d.contrat.type_contrat not in RENOUVELLEMENTS or d.contrat.precedent_numero:
        return None
    return "Un renouvellement suit un contrat : indiquez le numéro du contrat précédent (art. L. 6325-7)."


@controle(
    "CTR-04", ERREUR, TYPE, "contrat.precedent_meme_employeur", sur="contrat.precedent_meme_employeur", source="L6325-7"
)
def meme_employeur(d: Sections, contexte: Contexte) -> str | None:
    """Un renouvellement se fait chez le même employeur."""
    if d.contrat.type_contrat not in RENOUVELLEMENTS or d.contrat.precedent_meme_employeur:
        return None
    return (
        "Un renouvellement se conclut avec le même employeur : sinon, choisissez un contrat initial, type 11 (art. "
        "L. 6325-7)."
    )


@controle(
    "CTR-04", ERREUR, TYPE, "contrat.precedent_type", sur="contrat.precedent_type", parfois=ALERTE, source="L6325-7"
)
def renouvele_une_fois(d: Sections, contexte: Contexte) -> str | None:
    """Le contrat se renouvelle une seule fois."""
    actuel, precedent = d.contrat.type_contrat, d.contrat.precedent_type
    if actuel not in RENOUVELLEMENTS or precedent not in RENOUVELLEMENTS:
        return None
    if actuel == RENOUVELLEMENT_AUTRE_QUALIFICATION and precedent in RENOUVELLEMENTS_MEME_QUALIFICATION:
        return Alerte(
            "Le contrat précédent est déjà un renouvellement, pour un autre motif : à vérifier, la loi dit « une "
            "fois » (art. L. 6325-7)."
        )
    return (
        "Le contrat précédent est déjà un renouvellement, et il n'y en a qu'un : choisissez le type 11 (art. L. "
        "6325-7)."
    )


@controle("CTR-05", ERREUR, TYPE, "contrat.precedent_rncp", "formation.rncp", sur="formation.rncp", source="L6325-7")
def certification_du_renouvellement(d: Sections, contexte: Contexte) -> str | None:
    """Types 21 à 23 : la même certification ou celle qui la remplace ; type 24 : une autre.

    ✔ type 24, du bac pro au BTS
    ✘ type 24, même code RNCP
    """
    precedent, visee = d.contrat.precedent_rncp, d.formation.rncp
    if d.contrat.type_contrat == RENOUVELLEMENT_AUTRE_QUALIFICATION and visee == precedent:
        return (
            "Le type 24 prépare une autre certification que celle déjà obtenue : changez le code RNCP (art. L. 6325-7)."
        )
    if d.contrat.type_contrat not in RENOUVELLEMENTS_MEME_QUALIFICATION:
        return None
    if visee == precedent or visee in contexte.codes_successeurs_precedente:
        return None
    return (
        f"Les types 21 à 23 reprennent la même certification, {precedent} ou celle qui la remplace : changez le code "
        "RNCP ou le type (art. L. 6325-7)."
    )


@controle(
    "CTR-05", ERREUR, TYPE, facultatifs=("contrat.precedent_obtenu",), sur="contrat.precedent_obtenu", source="L6325-7"
)
def qualification_precedente_obtenue(d: Sections, contexte: Contexte) -> str | None:
    """Le type 24 suppose la qualification précédente obtenue."""
    if d.contrat.type_contrat != RENOUVELLEMENT_AUTRE_QUALIFICATION or d.contrat.precedent_obtenu:
        return None
    return "Le type 24 suppose la qualification précédente obtenue : sinon, choisissez 21, 22 ou 23 (art. L. 6325-7)."


@controle(
    "CTR-05",
    ALERTE,
    TYPE,
    "contrat.precedent_diplome",
    "formation.diplome_vise",
    sur="formation.diplome_vise",
    source="L6325-7",
)
def qualification_superieure(d: Sections, contexte: Contexte) -> str | None:
    """Le type 24 prépare une qualification supérieure, ou complémentaire."""
    avant, apres = niveau(d.contrat.precedent_diplome), niveau(d.formation.diplome_vise)
    if d.contrat.type_contrat != RENOUVELLEMENT_AUTRE_QUALIFICATION or avant is None or apres is None or apres >= avant:
        return None
    return (
        f"Le niveau visé ({apres}) est sous celui déjà obtenu ({avant}) : vérifiez qu'il est complémentaire (art. L. "
        "6325-7)."
    )


@controle(
    "CTR-06",
    ERREUR,
    TYPE,
    facultatifs=("contrat.date_effet_avenant",),
    sur="contrat.date_effet_avenant",
    source="CERFA 12434",
)
def date_d_avenant(d: Sections, contexte: Contexte) -> str | None:
    """La date d'effet n'est remplie que pour un avenant, et l'est alors toujours.

    ✔ type 30, effet le 15/01/2027
    ✘ type 11 avec une date d'effet
    """
    avenant, date_effet = d.contrat.type_contrat == AVENANT, d.contrat.date_effet_avenant
    if avenant and date_effet is None:
        return "Un avenant (type 30) porte sa date d'effet : indiquez-la."
    if not avenant and date_effet is not None:
        return "La date d'effet ne concerne que les avenants (type 30) : effacez-la ou changez le type."
    return None


@controle("CTR-06", ERREUR, "contrat.date_effet_avenant", TYPE, *PERIODE, source="CERFA 12434")
def avenant_dans_le_contrat(d: Sections, contexte: Contexte) -> str | None:
    """L'avenant prend effet pendant le contrat."""
    debut, fin = d.contrat.date_debut, d.contrat.date_fin
    if d.contrat.type_contrat != AVENANT or debut <= d.contrat.date_effet_avenant <= fin or a_l_envers(d):
        return None
    return f"L'avenant prend effet pendant le contrat, du {jour(debut)} au {jour(fin)} : corrigez la date."


@controle(
    "CTR-07", ALERTE, TYPE, facultatifs=("contrat.precedent_numero",), sur="contrat.precedent_numero", source="D6325-13"
)
def reference_de_l_avenant(d: Sections, contexte: Contexte) -> str | None:
    """L'avenant cite le contrat initial.

    ✔ contrat initial cité
    ✘ contrat initial non cité
    """
    if d.contrat.type_contrat != AVENANT or d.contrat.precedent_numero:
        return None
    return "Un avenant se rattache au contrat initial : indiquez son numéro (art. D. 6325-13)."


@controle(
    "CTR-07",
    ALERTE,
    TYPE,
    "contrat.date_effet_avenant",
    "contrat.date_debut",
    sur="contrat.date_effet_avenant",
    source="D6325-13",
)
def avenant_des_deux_mois(d: Sections, contexte: Contexte) -> str | None:
    """La formation s'adapte par avenant après l'examen des deux premiers mois."""
    limite = plus_mois(d.contrat.date_debut, 2)
    if d.contrat.type_contrat != AVENANT or d.contrat.date_effet_avenant <= limite:
        return None
    return (
        f"Si l'avenant adapte la formation, son examen se fait dans les deux premiers mois, avant le {jour(limite)} : "
        "à vérifier (art. D. 6325-13)."
    )


@controle("CTR-08", ERREUR, "contrat.vaut_avenant", "formation.type_qualification", source=NOTICE)
def vaut_avenant(d: Sections, contexte: Contexte) -> str | None:
    """« Vaut avenant » est réservé à l'expérimentation VAE (type de qualification 8).

    ✔ type de qualification 8
    ✘ type de qualification 1
    """
    if not d.contrat.vaut_avenant or d.formation.type_qualification == "8":
        return None
    return "« Vaut avenant » est réservé à l'expérimentation VAE, type de qualification 8 : décochez la case (notice)."


def essai_maximal_cdd(d: Sections) -> int:
    """Days: one a week, 14 at most up to 6 months, one month beyond (L1242-10)."""
    debut, fin = d.contrat.date_debut, d.contrat.date_fin
    plafond = 14 if dure_au_plus(debut, fin, 6) else (plus_mois(debut, 1) - debut).days
    return min(jours(debut, fin) // 7, plafond)


@controle("CTR-09", ERREUR, "contrat.essai_jours", "contrat.nature", *PERIODE, source="L1242-10")
def essai_d_un_cdd(d: Sections, contexte: Contexte) -> str | None:
    """L'essai d'un CDD : un jour par semaine, 14 jours au plus jusqu'à 6 mois, un mois au-delà.

    ✔ 12 mois, 30 jours
    ✘ 6 mois, 30 jours (14 au plus)
    """
    if d.contrat.nature != "cdd" or a_l_envers(d) or d.contrat.essai_jours <= (limite := essai_maximal_cdd(d)):
        return None
    return (
        f"La période d'essai est au plus de {limite} jours ici : un par semaine, dans la limite de deux semaines "
        "jusqu'à 6 mois de contrat, d'un mois au-delà (art. L. 1242-10)."
    )


@controle(
    "CTR-10",
    ERREUR,
    "contrat.essai_jours",
    "contrat.nature",
    "contrat.date_debut",
    facultatifs=("contrat.categorie",),
    parfois=ALERTE,
    source="L1221-19",
)
def essai_d_un_cdi(d: Sections, contexte: Contexte) -> str | None:
    """L'essai d'un CDI : 2 mois (ouvrier, employé), 3 (technicien, agent de maîtrise) ou 4 (cadre).

    ✔ employé, 60 jours
    ✘ employé, 90 jours
    """
    if d.contrat.nature != "cdi":
        return None
    mois = MOIS_D_ESSAI_CDI.get(d.contrat.categorie or "")
    essai, debut = d.contrat.essai_jours, d.contrat.date_debut
    limite = (plus_mois(debut, mois or 4) - debut).days
    if essai > limite:
        quoi = f"{mois} mois pour cette catégorie" if mois else "4 mois"
        return f"La période d'essai est au plus de {limite} jours ici ({quoi}, art. L. 1221-19) : réduisez-la."
    if mois is None and essai > (plus_mois(debut, 2) - debut).days:
        return Alerte(
            "Plus de 2 mois d'essai sont réservés aux techniciens, agents de maîtrise et cadres : vérifiez la "
            "catégorie (art. L. 1221-19)."
        )
    return None


@controle("CTR-11", ALERTE, "contrat.essai_jours", "contrat.nature", *PERIODE, source="L1251-14")
def essai_de_travail_temporaire(d: Sections, contexte: Contexte) -> str | None:
    """En travail temporaire, sans accord de branche : 2, 3 ou 5 jours d'essai selon la durée.

    ✔ 5 jours
    ✘ 15 jours
    """
    debut, fin = d.contrat.date_debut, d.contrat.date_fin
    limite = 2 if dure_au_plus(debut, fin, 1) else 3 if dure_au_plus(debut, fin, 2) else 5
    if d.contrat.nature != "travail_temporaire" or a_l_envers(d) or d.contrat.essai_jours <= limite:
        return None
    return f"Sans accord de branche, l'essai est au plus de {limite} jours : vérifiez l'accord (art. L. 1251-14)."


@controle("CTR-13", ERREUR, TYPE, source="L6325-4-1")
def convention_tripartite(d: Sections, contexte: Contexte) -> str | None:
    """Le contrat saisonnier à deux employeurs est accompagné d'une convention tripartite.

    ✔ convention jointe
    ✘ convention absente
    """
    saisonnier = d.contrat.type_contrat == SAISONNIER_DEUX_EMPLOYEURS
    if not saisonnier or contexte.pieces is None or "convention_tripartite" in contexte.pieces:
        return None
    return "Joignez la convention signée par les deux employeurs et le salarié (art. L. 6325-4-1)."
