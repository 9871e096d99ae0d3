"""Pay (REM-01 to REM-10). Decision 3: REM-01, 02, 08 are monthly and leave temporary work to REM-07."""

from datetime import date
from decimal import Decimal

from forms.controles.calculs import (
    Minimum,
    au_mois,
    centimes,
    colonne_majoree,
    heures_equivalentes,
    mensualise,
    mensuel,
    minimum_legal,
    smic_horaire,
    suffit,
)
from forms.controles.calendrier import age, age_remuneration, anniversaire, debut_du_nouveau_montant
from forms.controles.contexte import Contexte
from forms.controles.francais import NBSP, euros, jour, pourcents
from forms.controles.parametres import en_vigueur
from forms.controles.parametres.codes import DIPLOMES_A_VERIFIER
from forms.controles.registre import ALERTE, ERREUR, Alerte, Sections, controle

PERSONNE = ("salarie.date_naissance", "contrat.date_debut")
NATURE = ("contrat.nature", "contrat.vaut_avenant", "employeur.code_postal")
HORAIRE_INVRAISEMBLABLE = 100


def age_de_paie(d: Sections) -> int:
    return age_remuneration(d.salarie.date_naissance, d.contrat.date_debut)


def article_du_minimum(d: Sections) -> str:
    return "art. D. 6325-15" if age_de_paie(d) < 26 else "art. L. 6325-9"


def trop_bas(minimum: Minimum, d: Sections) -> str:
    a = f"à {age_de_paie(d)} ans : {minimum.calcul} ({article_du_minimum(d)})"
    return f"Le salaire est au moins de {euros(minimum.montant)} {a}."


def sous_le_minimum(d: Sections, contexte: Contexte) -> str | None:
    """Against the grid; the column of two diplomas is usage only: between the two columns, an alerte."""
    minimum = minimum_legal(d, contexte, d.contrat.date_debut)
    if minimum is None or suffit(d.contrat.salaire, minimum.montant):
        return None
    base = minimum_legal(d, contexte, d.contrat.date_debut, majoree=False)
    if d.salarie.diplome in DIPLOMES_A_VERIFIER and base and suffit(d.contrat.salaire, base.montant):
        return Alerte(
            f"À vérifier : ce diplôme donne droit à {pourcents(minimum.pct)} du SMIC, soit {euros(minimum.montant)}, "
            f"s'il est à finalité professionnelle ({article_du_minimum(d)})."
        )
    return trop_bas(minimum, d)


@controle(
    "REM-01",
    ERREUR,
    "contrat.salaire",
    "contrat.duree_hebdo",
    "salarie.diplome",
    *PERSONNE,
    facultatifs=NATURE,
    parfois=ALERTE,
    source="L6325-8 ; D6325-15 ; D6325-16",
)
def minimum_avant_26_ans(d: Sections, contexte: Contexte) -> str | None:
    """Avant 26 ans, le salaire atteint un pourcentage du SMIC selon l'âge et le diplôme.

    ✔ 20 ans, bac général, 35 h, 09/2026 : 1 026,86 €
    ✘ 1 020,00 €
    """
    if not mensualise(d) or age_de_paie(d) >= 26:
        return None
    return sous_le_minimum(d, contexte)


def minimum_de_branche(d: Sections, contexte: Contexte) -> Decimal | None:
    """Monthly branch minimum at 35 h: the one typed for this job, else that of the branch table."""
    if d.contrat.minimum_branche is not None:
        return d.contrat.minimum_branche
    branche = contexte.parametres.branche(d.employeur.idcc, d.contrat.date_debut)
    return branche.smc if branche else None


def part_de_branche(d: Sections, contexte: Contexte) -> tuple[Decimal, Decimal] | None:
    """Euros of the share of the branch minimum due from 26, and that share in percent; None when unknown."""
    smc, grille = minimum_de_branche(d, contexte), en_vigueur(contexte.parametres.grilles, d.contrat.date_debut)
    if smc is None or grille is None:
        return None
    part = smc * grille.part_branche_26 / 100
    return centimes(part * heures_equivalentes(d.contrat.duree_hebdo) / 35), grille.part_branche_26


@controle(
    "REM-02",
    ERREUR,
    "contrat.salaire",
    "contrat.duree_hebdo",
    *PERSONNE,
    facultatifs=(*NATURE, "contrat.minimum_branche", "employeur.idcc", "salarie.diplome"),
    parfois=ALERTE,
    source="L6325-9 ; D6325-18",
)
def minimum_des_26_ans(d: Sections, contexte: Contexte) -> str | None:
    """Dès 26 ans, le salaire atteint le SMIC et 85 % du minimum de la branche.

    ✔ minimum de branche 2 300 € : 1 955,00 €
    ✘ 1 900,00 €
    """
    if not mensualise(d) or age_de_paie(d) < 26:
        return None
    minimum, branche = minimum_legal(d, contexte, d.contrat.date_debut), part_de_branche(d, contexte)
    highest = branche is None or (minimum is not None and branche[0] <= minimum.montant)
    if minimum and highest and not suffit(d.contrat.salaire, minimum.montant):
        return trop_bas(minimum, d)
    if branche is None:
        return Alerte(
            "Le minimum de branche n'est pas connu : vérifiez que le salaire atteint 85 % de celui de l'emploi "
            "(art. D. 6325-18)."
        )
    montant, pct = branche
    if suffit(d.contrat.salaire, montant):
        return None
    part = f"{pourcents(pct)} du minimum de branche (art. D. 6325-18)"
    return f"Le salaire est au moins de {euros(montant)}, soit {part}."


def nouveau_minimum(d: Sections, contexte: Contexte, le: date) -> str:
    minimum = minimum_legal(d, contexte, le)
    unite = " par heure" if d.contrat.nature == "travail_temporaire" else ""
    return f"{euros(minimum.montant)}{unite} au moins ({minimum.calcul})" if minimum else "un nouveau minimum"


@controle(
    "REM-03",
    ALERTE,
    *PERSONNE,
    "contrat.date_fin",
    "contrat.duree_hebdo",
    "salarie.diplome",
    facultatifs=NATURE,
    sur="contrat.salaire",
    source="D6325-16",
)
def vingt_et_un_ans_pendant_le_contrat(d: Sections, contexte: Contexte) -> str | None:
    """Le salaire minimum augmente le premier jour du mois qui suit les 21 ans.

    ✔ aucun anniversaire des 21 ans
    ✘ né le 12/01/2006 : au 01/02/2027
    """
    fete = anniversaire(d.salarie.date_naissance, 21)
    hausse = debut_du_nouveau_montant(d.salarie.date_naissance, 21)
    if fete < d.contrat.date_debut or hausse > d.contrat.date_fin:
        return None
    return (
        f"21 ans en cours de contrat : dès le {jour(hausse)}, {nouveau_minimum(d, contexte, hausse)} (art. D. 6325-16)."
    )


@controle("REM-04", ALERTE, *PERSONNE, "contrat.date_fin", sur="contrat.salaire", source="usage")
def vingt_six_ans_pendant_le_contrat(d: Sections, contexte: Contexte) -> str | None:
    """Les 26 ans pendant le contrat : aucun texte national ne tranche, l'accord de branche peut le faire.

    ✔ aucun anniversaire des 26 ans
    ✘ né le 12/01/2001
    """
    fete = anniversaire(d.salarie.date_naissance, 26)
    if not d.contrat.date_debut <= fete <= d.contrat.date_fin:
        return None
    return (
        f"26 ans le {jour(fete)}, pendant le contrat : l'usage varie, à vérifier dans l'accord de branche (maintien "
        "des conditions ou passage au SMIC)."
    )


@controle("REM-05", ALERTE, *PERSONNE, sur="contrat.salaire", source="D6325-16")
def anniversaire_au_mois_d_embauche(d: Sections, contexte: Contexte) -> str | None:
    """L'anniversaire du mois d'embauche ne compte qu'au mois suivant.

    ✔ né le 05/03/2005
    ✘ né le 05/09/2005, début le 15/09/2026
    """
    naissance, debut = d.salarie.date_naissance, d.contrat.date_debut
    seuil = next((ans for ans in (21, 26) if age_remuneration(naissance, debut) < ans <= age(naissance, debut)), None)
    if seuil is None:
        return None
    return (
        f"{seuil} ans au mois d'embauche : le minimum de la tranche inférieure vaut jusqu'à la fin du mois, le nouveau "
        f"dès le {jour(debut_du_nouveau_montant(naissance, seuil))} (art. D. 6325-16)."
    )


def minimum_de_grille(d: Sections, contexte: Contexte, le: date) -> Minimum | None:
    """Monthly minimum of the branch grid on that day, before 26; None without grid."""
    branche, ans = contexte.parametres.branche(d.employeur.idcc, le), age_remuneration(d.salarie.date_naissance, le)
    smic, colonne = smic_horaire(d, contexte, le), colonne_majoree(d.salarie.diplome)
    if not branche or not branche.grille_pct or smic is None or colonne is None or ans >= 26 or not mensualise(d):
        return None
    return au_mois(d, smic, branche.grille_pct[2 * (ans >= 21) + colonne])


@controle(
    "REM-06",
    ALERTE,
    "contrat.salaire",
    "contrat.duree_hebdo",
    "salarie.diplome",
    "employeur.idcc",
    *PERSONNE,
    facultatifs=NATURE,
    source="notice 51650#09 ; accord de branche",
)
def grille_de_branche(d: Sections, contexte: Contexte) -> str | None:
    """Une grille de branche plus favorable s'impose.

    ✔ grille à 60 % : 1 120,21 €
    ✘ grille à 60 % : 1 026,86 €
    """
    minimum = minimum_de_grille(d, contexte, d.contrat.date_debut)
    if minimum is None or suffit(d.contrat.salaire, minimum.montant):
        return None
    return (
        f"Votre branche prévoit {pourcents(minimum.pct)} du SMIC, soit {euros(minimum.montant)} : à vérifier (accord "
        "de branche)."
    )


@controle(
    "REM-07",
    ERREUR,
    "contrat.salaire",
    "contrat.nature",
    "salarie.diplome",
    *PERSONNE,
    facultatifs=("employeur.code_postal", "contrat.duree_hebdo"),
    parfois=ALERTE,
    source="notice 51650#09 ; D6325-15 ; vraisemblance : usage",
)
def salaire_horaire_de_travail_temporaire(d: Sections, contexte: Contexte) -> str | None:
    """En travail temporaire, le salaire est horaire et atteint le pourcentage du SMIC.

    ✔ 12,50 € de l'heure
    ✘ 1 867,02 €
    """
    if d.contrat.nature != "travail_temporaire":
        return None
    if d.contrat.salaire > HORAIRE_INVRAISEMBLABLE:
        return (
            "En travail temporaire, indiquez le salaire brut de l'heure (notice) : plus de "
            f"{HORAIRE_INVRAISEMBLABLE} € semblent un montant mensuel (usage)."
        )
    if constat := sous_le_minimum(d, contexte):
        return constat
    smic = smic_horaire(d, contexte, d.contrat.date_debut)
    if smic is None or suffit(d.contrat.salaire, smic):
        return None
    return Alerte(
        f"Ce salaire est inférieur au SMIC ({euros(smic)} par heure) : vérifiez celui d'un salarié de même emploi chez "
        "l'utilisateur, que la mission doit égaler (notice)."
    )


@controle("REM-08", ALERTE, "contrat.salaire", "contrat.date_debut", facultatifs=NATURE, source="usage")
def salaire_vraisemblable(d: Sections, contexte: Contexte) -> str | None:
    """Le salaire mensuel dépasse rarement trois fois le SMIC.

    ✔ 2 100 €
    ✘ 21 000 €
    """
    smic = smic_horaire(d, contexte, d.contrat.date_debut)
    if not mensualise(d) or smic is None:
        return None
    plafond = 3 * centimes(mensuel(smic, Decimal(35)))
    if d.contrat.salaire <= plafond:
        return None
    return f"Ce salaire dépasse 3 fois le SMIC ({euros(plafond)}), ce qui sort de l'usage : vérifiez les décimales."


@controle("REM-09", ALERTE, "contrat.date_debut", sur="contrat.salaire", source="usage ; L3231-6")
def smic_pas_encore_connu(d: Sections, contexte: Contexte) -> str | None:
    """Le SMIC change chaque 1er janvier : celui d'une année à venir n'est pas encore connu.

    ✔ début en 11/2026
    ✘ début en 02/2027
    """
    dernier = max(ligne.depuis for ligne in contexte.parametres.smic)
    if d.contrat.date_debut.year <= dernier.year:
        return None
    return (
        f"Le SMIC de {d.contrat.date_debut.year} n'est pas connu ici (dernier : {jour(dernier)}) : à vérifier, le "
        "minimum affiché peut être trop bas (art. L. 3231-6)."
    )


@controle(
    "REM-10",
    ERREUR,
    "contrat.avantages_nature",
    "contrat.avantages_nature_ordinaires",
    source="D6325-17",
)
def avantages_en_nature_reduits(d: Sections, contexte: Contexte) -> str | None:
    """Les avantages en nature se déduisent à 75 % au plus de la déduction ordinaire.

    ✔ 70 %
    ✘ 80 %
    """
    plafond = centimes(d.contrat.avantages_nature_ordinaires * 75 / 100)
    if d.contrat.avantages_nature <= plafond:
        return None
    return f"La déduction est au plus de 75{NBSP}% de la déduction ordinaire, soit {euros(plafond)} (art. D. 6325-17)."


@controle("REM-10", ERREUR, "contrat.avantages_nature", "contrat.salaire", facultatifs=NATURE, source="D6325-17")
def avantages_en_nature_et_salaire(d: Sections, contexte: Contexte) -> str | None:
    """Les avantages en nature ne dépassent pas les trois quarts du salaire mensuel."""
    plafond = centimes(d.contrat.salaire * 3 / 4)
    if not mensualise(d) or d.contrat.avantages_nature <= plafond:
        return None
    return f"La déduction est au plus des trois quarts du salaire, soit {euros(plafond)} par mois (art. D. 6325-17)."
