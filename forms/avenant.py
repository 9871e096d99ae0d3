"""The avenant of a filed dossier: another certification from a day on, and what the law says of it."""

from dataclasses import replace
from datetime import date
from typing import Any

from forms.base import Form
from forms.checking import contexte
from forms.codes import Rncp
from forms.controles import ERREUR, Constat, controler
from forms.controles.francais import typographie
from forms.controles.parametres.codes import AVENANT
from forms.fields import EMPLOYEUR, Jour, Zone
from forms.page import Page
from forms.remplissage import REMPLIR
from forms.steps import PAR_SLUG
from models import referentiels
from models.base import aujourdhui
from models.contenu import Changements, Contenu
from models.dossier import Dossier

# Fields of the dossier that the avenant sets: the rules that read them judge it.
JUGES = frozenset({"formation.rncp", "contrat.date_effet_avenant"})


class Remplacement(Form):
    rncp = Rncp("Code RNCP de la nouvelle certification", largeur="court", aide="Par exemple RNCP38362.")
    date_effet = Jour("Date d’effet de l’avenant", aide="Pendant le contrat.")


class Decision(Form):
    motif = Zone("Motif du refus", requis=False, aide="Nécessaire pour refuser ; l’employeur le lira tel quel.")


def remplacement(d: Contenu, code: str, pour: str = EMPLOYEUR) -> Changements:
    """What the page Formation changes when the certification `code` is chosen on it."""
    formation = Page(PAR_SLUG["formation"], d, pour=pour)
    texts = {name: [text] for name, text in REMPLIR["certifications"](code, {}).items()}
    return formation.relue(d, formation.saisies() | texts).changements()


def effet_propose(d: Contenu) -> date:
    """Today while the contract runs, else its first day."""
    return max(aujourdhui(), d.contrat.date_debut or aujourdhui())


def apres(dossier: Dossier, d: Contenu, code: str, date_effet: date) -> Contenu:
    """The sections as the CERFA of the avenant has them: type 30, concluded today, on the contract of `dossier`."""
    after = d.copie()
    for section, values in remplacement(d, code).items():
        vars(getattr(after, section)).update(values)
    vars(after.contrat).update(
        type_contrat=AVENANT,
        date_effet_avenant=date_effet,
        date_conclusion=aujourdhui(),
        precedent_numero=dossier.numero,
    )
    return after


def constats(dossier: Dossier, d: Contenu, form: Remplacement, opco: str) -> list[Constat]:
    """What stands against the avenant, or is to be looked at, beside its own two fields; erreurs first."""
    code, date_effet = form.data["rncp"], form.data["date_effet"]
    found = referentiels.certification(code)
    if code == d.formation.rncp:
        return [_refus("C’est la certification du dossier : indiquez celle qui la remplace.")]
    if found is None:
        return [_refus("Ce code n’est pas dans nos données du RNCP : cherchez la certification par son intitulé.")]
    if not found.active(aujourdhui()):
        return [_refus(f"{code} n’est pas active aujourd’hui non plus : choisissez une certification active.")]
    after = apres(dossier, d, code, date_effet)
    ctx: Any = contexte(after, None, opco)
    said = [c for c in controler(after, ctx, JUGES) if not c.manque]
    beside = [replace(c, champ="date_effet" if c.champ.startswith("contrat.") else "rncp") for c in said]
    return sorted(beside, key=lambda c: c.niveau != ERREUR)


def _refus(message: str) -> Constat:
    return Constat("FOR-09", ERREUR, "rncp", typographie(message), "L6113-5")
