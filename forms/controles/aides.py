"""Figures shown beside the fields, by the functions of the rules. Each answers None while a field is missing."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from forms.controles.calculs import base_brute, base_nette, jour_de_conclusion, minimum_legal, prioritaire
from forms.controles.calendrier import age, debut_du_nouveau_montant, dernier_jour, plus_jours, plus_mois
from forms.controles.contexte import Contexte
from forms.controles.depot import depot_au_plus_tard, remise_au_plus_tard
from forms.controles.financement import prevision
from forms.controles.formation import PLAFOND_PCT, PLANCHER_HEURES, PLANCHER_PCT, hors_etranger
from forms.controles.francais import euros, heures, heures_au_moins, heures_au_plus, nombre, pourcents, typographie
from forms.controles.parametres import Aide, en_vigueur
from forms.controles.registre import Sections, absente
from forms.controles.remuneration import minimum_de_branche, minimum_de_grille, part_de_branche

AGE_MAJORATION_TUTORAT = 45
JOURS_DE_DECISION, MOIS_D_EXAMEN = 20, 2
DUREE = ("contrat.duree_hebdo", "contrat.date_debut", "contrat.date_fin")
PERSONNE = ("salarie.date_naissance", "contrat.date_conclusion")


class Echeance(NamedTuple):
    """A last day, and the days left (negative when late)."""

    au_plus_tard: date
    jours_restants: int


class Financement(NamedTuple):
    """Euros: rate per hour, funding, cost left to the employer (None without a cost); how it is computed."""

    taux: Decimal
    montant: Decimal
    reste: Decimal | None
    calcul: str


class Heures(NamedTuple):
    """Hours of training: floor (15 %, at least 150), the same on leave included, ceiling (25 % or the branch's)."""

    plancher: Decimal
    plancher_brut: Decimal
    plafond: Decimal
    en_mots: str


def _renseignes(d: Sections, *champs: str) -> bool:
    return not any(
        absente(getattr(getattr(d, section), nom)) for section, nom in (champ.split(".") for champ in champs)
    )


def _minimum(d: Sections, contexte: Contexte, le: date) -> tuple[Decimal, str] | None:
    """The highest of SMIC, branch grid before 26 and share of the branch minimum from 26 on."""
    legal = minimum_legal(d, contexte, le)
    if legal is None:
        return None
    montant, calcul = legal.montant, legal.calcul
    grille = minimum_de_grille(d, contexte, le)
    if grille and grille.montant > montant:
        montant, calcul = grille.montant, f"grille de branche : {grille.calcul}"
    part = part_de_branche(d, contexte) if legal.pct == 100 and d.contrat.nature != "travail_temporaire" else None
    if part and part[0] > montant:
        smc = minimum_de_branche(d, contexte) or Decimal(0)
        calcul = f"{pourcents(part[1])} du minimum de branche ({euros(smc)} à 35 h) = {euros(part[0])}"
        montant = part[0]
    return montant, typographie(calcul)


def _paie_calculable(d: Sections) -> bool:
    """Without hours there is no monthly pay to tell; TPS-01 says that there must be some."""
    sans_heures = d.contrat.nature != "travail_temporaire" and not d.contrat.duree_hebdo
    return not sans_heures and _renseignes(d, "salarie.date_naissance", "contrat.date_debut")


def salaire_minimum(d: Sections, contexte: Contexte) -> tuple[Decimal, str] | None:
    """Least gross pay at the start, euros per month (per hour for temporary work), with the calculation in words."""
    return _minimum(d, contexte, d.contrat.date_debut) if _paie_calculable(d) else None


class Hausse(NamedTuple):
    """A day on which the least pay changes, the amount from then on, how it comes.

    usage: the person has turned 26 during the contract, and no national text says that the pay follows (REM-04).
    """

    le: date
    montant: Decimal
    calcul: str
    usage: bool


def hausses_du_minimum(d: Sections, contexte: Contexte) -> list[Hausse]:
    """Days of the contract on which the least pay changes: the 21st and 26th birthdays, the SMIC as far as known."""
    if not _paie_calculable(d) or not _renseignes(d, "contrat.date_fin"):
        return []
    debut, fin = d.contrat.date_debut, d.contrat.date_fin
    jours = {ligne.depuis for ligne in (*contexte.parametres.smic, *contexte.parametres.smic_mayotte)}
    majorite, terme = (debut_du_nouveau_montant(d.salarie.date_naissance, ans) for ans in (21, 26))
    jours |= {majorite, terme}
    hausses, actuel = [], _minimum(d, contexte, debut)
    for le in sorted(le for le in jours if debut < le <= fin):
        nouveau = _minimum(d, contexte, le)
        if nouveau and actuel and nouveau[0] != actuel[0]:
            hausses.append(Hausse(le, *nouveau, usage=debut < terme <= le))
            actuel = nouveau
    return hausses


def fin_au_plus_tard(d: Sections, contexte: Contexte) -> tuple[date, str] | None:
    """Latest end of the contract (of the action of a CDI) for this person, and why."""
    if not _renseignes(d, "contrat.date_debut", *PERSONNE):
        return None
    branche = contexte.parametres.branche(d.employeur.idcc, d.contrat.date_conclusion)
    if prioritaire(d):
        mois, raison = 36, "36 mois pour un public prioritaire (art. L. 6325-11)"
    elif d.formation.mois_etranger:
        mois, raison = 24, "24 mois avec une période à l'étranger (art. L. 6325-25)"
    elif branche and branche.duree_max_mois:
        mois = min(branche.duree_max_mois, 24)
        publics = f", au-delà de 12 pour : {branche.publics_24}" if mois > 12 and branche.publics_24 else ""
        raison = f"{mois} mois dans votre branche{publics}"
    else:
        mois, raison = 12, "12 mois, jusqu'à 24 par accord de branche (art. L. 6325-12)"
    return dernier_jour(d.contrat.date_debut, mois), typographie(raison)


def heures_15_25(d: Sections, contexte: Contexte) -> Heures | None:
    """The hours that are 15 % and 25 % of the contract (FOR-01 to 03)."""
    if not _renseignes(d, *DUREE) or not d.contrat.duree_hebdo or d.contrat.date_fin < d.contrat.date_debut:
        return None
    nette, brute = base_nette(d), base_brute(d)
    part = hors_etranger(d) * PLANCHER_PCT / 100
    plancher = max(nette * part, Decimal(PLANCHER_HEURES))
    plancher_brut = max(brute * part, Decimal(PLANCHER_HEURES))
    branche = contexte.parametres.branche(d.employeur.idcc, jour_de_conclusion(d))
    connu = branche.part_max_pct if branche else None
    plafond = nette * (PLAFOND_PCT if connu is None else connu) / 100
    pct = f"{PLAFOND_PCT} %" if connu is None else f"{pourcents(connu)}, votre branche"
    return Heures(plancher, plancher_brut, plafond, typographie(_fourchette(plancher, plancher_brut, plafond, pct)))


def _fourchette(plancher: Decimal, brut: Decimal, plafond: Decimal, pct: str) -> str:
    """In words; in a short or part-time contract the 150 hours are more than the ceiling."""
    moins, plus = heures_au_moins(plancher), heures_au_plus(plafond)
    if plancher > plafond:
        return f"{moins} au moins (art. L. 6325-13), plus que {plus} ({pct}) : à vérifier dans l'accord de branche"
    conges = f"{heures_au_moins(brut)} si l'OPCO compte les congés"
    return f"de {moins} (15 %, 150 h au moins) à {plus} ({pct}), hors congés ; {conges} (art. L. 6325-13)"


def _echeance(au_plus_tard: date, contexte: Contexte) -> Echeance:
    return Echeance(au_plus_tard, (au_plus_tard - contexte.jour).days)


def echeance_depot(d: Sections, contexte: Contexte) -> Echeance | None:
    """Last day to send the contract to the OPCO: five days after the start (D6325-1)."""
    return (
        _echeance(depot_au_plus_tard(d.contrat.date_debut), contexte) if _renseignes(d, "contrat.date_debut") else None
    )


def remise_au_salarie(d: Sections, contexte: Contexte) -> Echeance | None:
    """Last day to hand the contract to the employee (L1242-13, R1221-35)."""
    if not _renseignes(d, "contrat.date_debut"):
        return None
    return _echeance(remise_au_plus_tard(d.contrat.nature, d.contrat.date_debut), contexte)


def examen_au_plus_tard(d: Sections, contexte: Contexte) -> Echeance | None:
    """DEP-05: last day of the review of the programme with the employee (D6325-13)."""
    if not _renseignes(d, "contrat.date_debut"):
        return None
    return _echeance(plus_mois(d.contrat.date_debut, MOIS_D_EXAMEN), contexte)


def decision_au_plus_tard(complet_le: date, contexte: Contexte) -> Echeance:
    """DEP-02: last day of the decision of the OPCO; silence then counts as acceptance (D6325-2)."""
    return _echeance(plus_jours(complet_le, JOURS_DE_DECISION), contexte)


def financement_previsible(d: Sections, contexte: Contexte) -> Financement | None:
    """FIN-01 and FIN-02: what the OPCO would pay, what would be left to the employer."""
    if not _renseignes(d, "formation.heures_total", *PERSONNE) or (prevu := prevision(d, contexte)) is None:
        return None
    cout = d.formation.cout_pedagogique
    reste = max(cout - prevu.montant, Decimal(0)) if cout is not None else None
    qui = (
        "forfait de branche" if prevu.de_branche else "public prioritaire ou GEIQ" if prevu.majore else "taux ordinaire"
    )
    calcul = f"{heures(d.formation.heures_total)} × {euros(prevu.taux)} ({qui}) = {euros(prevu.montant)}"
    return Financement(prevu.taux, prevu.montant, reste, calcul)


def plafond_tutorat(d: Sections, contexte: Contexte) -> tuple[Decimal, int] | None:
    """FIN-05: ceiling of the tutor aid, euros per month and number of months (D6332-93)."""
    if not _renseignes(d, *PERSONNE, "contrat.date_debut", "tuteur.date_naissance"):
        return None
    forfait = en_vigueur(contexte.parametres.forfaits, d.contrat.date_debut)
    if forfait is None:
        return None
    ancien = age(d.tuteur.date_naissance, d.contrat.date_debut) >= AGE_MAJORATION_TUTORAT
    majoration = forfait.tutorat_majoration_pct if ancien or prioritaire(d) else 0
    return forfait.tutorat_mensuel * (100 + majoration) / 100, forfait.tutorat_mois


def aides_possibles(d: Sections, contexte: Contexte) -> list[str]:
    """FIN-08: aids worth asking for on the day of the conclusion, each a French sentence."""
    if not _renseignes(d, *PERSONNE) or d.salarie.situation != "9":
        return []
    conclusion = d.contrat.date_conclusion
    ans = age(d.salarie.date_naissance, conclusion)
    ouvertes = (aide for aide in contexte.parametres.aides if aide.ouverte(conclusion, ans))
    return [typographie(aide_en_mots(aide)) for aide in ouvertes]


def aide_en_mots(aide: Aide) -> str:
    """What it is worth and where it comes from."""
    montant = f" : {nombre(aide.montant, 2).removesuffix(',00')} €" if aide.montant is not None else ""
    return f"{aide.nom}{montant}, à demander et à vérifier ({aide.source})."
