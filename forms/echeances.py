"""What is still to be done after a dossier was filed, each with its last day and the days left (DEP-02, 05 to 08)."""

from datetime import date, timedelta
from typing import NamedTuple

from forms.controles import aides
from forms.controles.contexte import Contexte
from forms.controles.depot import JOURS_DE_CARTE, a_droit_a_la_carte
from forms.controles.francais import typographie
from forms.helping import delai
from models.base import aujourdhui
from models.contenu import Contenu

OUBLI = timedelta(days=30)  # how long a day that has passed is still shown


class Ligne(NamedTuple):
    """One thing to do. le: its last day, None when something else begins the delay. reste: the days left, in words."""

    regle: str
    quoi: str
    le: date | None = None
    reste: str = ""


QUOI = {
    "DEP-02": "Réponse de l'OPCO ; sans réponse ce jour-là, le financement est accepté (art. D. 6325-2)",
    "DEP-05": "Examiner avec le salarié si le programme convient, sinon conclure un avenant (art. D. 6325-13)",
    "DEP-06": "Si le contrat est rompu avant son terme : prévenir la DREETS, l'OPCO et l'Urssaf dans les 30 jours "
    "(art. D. 6325-5)",
    "DEP-07": "Carte d'étudiant des métiers, que l'organisme remet au salarié (art. D. 6325-29)",
    "DEP-08": "Remettre le contrat au salarié (art. L. 1242-13 et R. 1221-35)",
}


def echeances(d: Contenu, complet_le: date | None = None) -> list[Ligne]:
    """By their day. complet_le: when the OPCO had the whole dossier, while it has not decided."""
    today, fin = aujourdhui(), d.contrat.date_fin
    if d.contrat.date_debut is None or (fin and fin < today):
        return []
    contexte = Contexte(jour=today)
    found = {
        "DEP-02": aides.decision_au_plus_tard(complet_le, contexte) if complet_le else None,
        "DEP-05": aides.examen_au_plus_tard(d, contexte),
        "DEP-07": carte(d, today),
        "DEP-08": aides.remise_au_salarie(d, contexte),
    }
    lignes = [
        Ligne(regle, typographie(QUOI[regle]), when.au_plus_tard, delai(when.jours_restants))
        for regle, when in found.items()
        if when and when.au_plus_tard >= today - OUBLI
    ]
    lignes.sort(key=lambda ligne: ligne.le or today)
    return [*lignes, Ligne("DEP-06", typographie(QUOI["DEP-06"]))]


def carte(d: Contenu, today: date) -> aides.Echeance | None:
    """The last day of the card of the trainee, for whoever has a right to it."""
    known = d.contrat.date_conclusion and d.contrat.date_fin and d.salarie.date_naissance
    if not known or not a_droit_a_la_carte(d):
        return None
    limite = d.contrat.date_conclusion + timedelta(days=JOURS_DE_CARTE)
    return aides.Echeance(limite, (limite - today).days)
