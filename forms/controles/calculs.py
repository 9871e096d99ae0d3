"""Figures of the law over the sections: public prioritaire, hours, least pay. Used by the rules and by the helpers."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from forms.controles.calendrier import age, age_remuneration, jours
from forms.controles.contexte import Contexte
from forms.controles.francais import NBSP, duree_hebdo, euros, nombre, pourcents
from forms.controles.parametres import en_vigueur
from forms.controles.parametres.codes import (
    AUCUN_DIPLOME,
    BAC_GENERAL,
    FORMES_A_DEUX_TUTEURS,
    NIVEAU_DU_DIPLOME,
)
from forms.controles.parametres.grille import Grille
from forms.controles.registre import Sections

PRIORITAIRE = (
    "salarie.diplome",
    "salarie.second_cycle_valide",
    "salarie.inscrit_france_travail",
    "salarie.duree_inscription",
    "salarie.minimum_social",
    "salarie.situation",
    "salarie.ancien_contrat_aide",
)
DEUX_TUTEURS = ("contrat.nature", "employeur.forme")
CENTIME = Decimal("0.01")
HEURES_ANNUELLES_NETTES = Decimal(1607) / Decimal(1820)  # after leave and public holidays (L3121-41)


def niveau(code: str | None) -> int | None:
    """Level of a diploma code in the national frame, 0 without diploma, None for an unknown code."""
    return NIVEAU_DU_DIPLOME.get(code or "")


def prioritaire(d: Sections) -> bool:
    """Public prioritaire (L6325-1-1). Reads PRIORITAIRE, the birth and the conclusion; unanswered counts as no."""
    salarie = d.salarie
    if salarie.minimum_social in ("1", "2", "3") or salarie.situation == "6" or salarie.ancien_contrat_aide:
        return True
    if salarie.inscrit_france_travail and (salarie.duree_inscription or 0) > 12:
        return True
    jeune = 16 <= age(salarie.date_naissance, d.contrat.date_conclusion) <= 25
    return jeune and salarie.diplome == AUCUN_DIPLOME and not salarie.second_cycle_valide


def public_ordinaire(d: Sections) -> bool:
    """Known not to be prioritaire: 24 months are then the limit, and 36 would be the wrong one to tell."""
    known = d.salarie.date_naissance is not None and d.contrat.date_conclusion is not None
    return known and not prioritaire(d)


def mis_a_disposition(d: Sections) -> bool:
    """Temporary work, groupement d'employeurs or association intermédiaire: two tutors (D6325-10)."""
    return d.contrat.nature == "travail_temporaire" or d.employeur.forme in FORMES_A_DEUX_TUTEURS


def mensualise(d: Sections) -> bool:
    """Whether the pay typed is a monthly one: known, and not temporary work."""
    return d.contrat.nature in ("cdi", "cdd") or (d.contrat.nature in (None, "") and d.contrat.vaut_avenant is True)


def a_l_envers(d: Sections) -> bool:
    """The contract ends before it has begun: DAT-02 says so, and rules that measure the period add nothing to it."""
    debut, fin = d.contrat.date_debut, d.contrat.date_fin
    return debut is not None and fin is not None and fin <= debut


def du_contrat(d: Sections) -> str:
    """What ends on `contrat.date_fin`: a CDI goes on after its action."""
    return "de l'action de professionnalisation" if d.contrat.nature == "cdi" else "du contrat"


def jour_de_conclusion(d: Sections) -> date:
    """The day whose branch agreement judges the duration and the hours: conclusion, else start."""
    return d.contrat.date_conclusion or d.contrat.date_debut


def base_brute(d: Sections) -> Decimal:
    """Hours of the contract, or of the action of a CDI: weekly hours × weeks (1)."""
    return Decimal(d.contrat.duree_hebdo) / 60 * jours(d.contrat.date_debut, d.contrat.date_fin) / 7


def base_nette(d: Sections) -> Decimal:
    """The same after leave and public holidays. Which base an OPCO takes is usage: rules use both bounds."""
    return base_brute(d) * HEURES_ANNUELLES_NETTES


def heures_equivalentes(minutes: int) -> Decimal:
    """Paid weekly hours: 25 % more from 35 to 43 h, 50 % beyond (L3121-36, without agreement)."""
    heures = Decimal(minutes) / 60
    majorees = min(heures, Decimal(43)) - 35
    au_dela = heures - 43
    return min(heures, Decimal(35)) + max(majorees, Decimal(0)) * 5 / 4 + max(au_dela, Decimal(0)) * 3 / 2


def smic_horaire(d: Sections, contexte: Contexte, le: date) -> Decimal | None:
    """SMIC per hour on that day at the place of work (976xx: Mayotte), None before the tables."""
    mayotte = (d.employeur.code_postal or "").startswith("976")
    ligne = en_vigueur(contexte.parametres.smic_mayotte if mayotte else contexte.parametres.smic, le)
    return ligne.horaire if ligne else None


def mensuel(horaire: Decimal, heures: Decimal) -> Decimal:
    """Monthly euros of that many weekly hours."""
    return horaire * heures * 52 / 12


def centimes(montant: Decimal) -> Decimal:
    """Rounded to the cent."""
    return montant.quantize(CENTIME, ROUND_HALF_UP)


def suffit(salaire: Decimal, minimum: Decimal) -> bool:
    """Whether the pay reaches the minimum rounded to the cent, one cent of tolerance (public sheets round)."""
    return salaire >= centimes(minimum) - CENTIME


def colonne_majoree(diplome: str) -> bool | None:
    """Pay column: professional title of bac level or more, or higher education (D6325-15); None: unknown code."""
    rang = niveau(diplome)
    return None if rang is None else rang >= 4 and diplome != BAC_GENERAL


def pourcentage(grille: Grille, ans: int, majoree: bool) -> Decimal:
    """Percent of the SMIC at that age of pay."""
    if ans >= 26:
        return Decimal(100)
    if ans >= 21:
        return grille.des_21_majoree if majoree else grille.des_21_base
    return grille.moins_21_majoree if majoree else grille.moins_21_base


class Minimum(NamedTuple):
    """Least pay on a day: euros per month (per hour for temporary work), its percent of the SMIC, how it comes."""

    montant: Decimal
    pct: Decimal
    smic: Decimal
    calcul: str


def minimum_legal(d: Sections, contexte: Contexte, le: date, majoree: bool | None = None) -> Minimum | None:
    """Least pay by the SMIC on that day (L6325-8, L6325-9), branch left out; None: no table or unknown code."""
    smic, grille = smic_horaire(d, contexte, le), en_vigueur(contexte.parametres.grilles, le)
    colonne = colonne_majoree(d.salarie.diplome) if majoree is None else majoree
    ans = age_remuneration(d.salarie.date_naissance, le)
    if smic is None or grille is None or (colonne is None and ans < 26):
        return None
    pct = pourcentage(grille, ans, bool(colonne))
    return _a_l_heure(smic, pct) if d.contrat.nature == "travail_temporaire" else au_mois(d, smic, pct)


def _a_l_heure(smic: Decimal, pct: Decimal) -> Minimum:
    montant = centimes(smic * pct / 100)
    return Minimum(montant, pct, smic, f"{euros(smic)} × {pourcents(pct)} = {euros(montant)} par heure")


def au_mois(d: Sections, smic: Decimal, pct: Decimal) -> Minimum:
    """Monthly euros of that percent of the SMIC at the weekly hours of the contract."""
    equivalent = heures_equivalentes(d.contrat.duree_hebdo)
    montant = centimes(mensuel(smic, equivalent) * pct / 100)
    majorees = "" if equivalent <= 35 else f" payées {nombre(equivalent, 2)}{NBSP}h"
    semaine = f"{duree_hebdo(d.contrat.duree_hebdo)}{majorees}"
    return Minimum(montant, pct, smic, f"{euros(smic)} × {semaine} × 52 / 12 × {pourcents(pct)} = {euros(montant)}")
