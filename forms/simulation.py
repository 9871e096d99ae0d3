"""The simulator: a few answers that name nobody, and what the law makes of them, by the functions of the entry."""

from dataclasses import replace
from typing import Any

from forms.base import Form
from forms.codes import CodePostal, Idcc
from forms.controles.contexte import Contexte
from forms.controles.registre import ERREUR, Constat, controler
from forms.fields import Boutons, Choix, Duree, Entier, Euros, Jour, OuiNon
from forms.helping import aides_de
from forms.parametres_en_vigueur import parametres
from models.base import aujourdhui
from models.contenu import Contenu, vide
from models.listes import DIPLOME, FORME_EMPLOYEUR, MINIMUM_SOCIAL, NATURE, SITUATION

# Field of the simulator → field of the dossier.
CHAMPS = {
    "naissance": "salarie.date_naissance",
    "diplome": "salarie.diplome",
    "second_cycle": "salarie.second_cycle_valide",
    "situation": "salarie.situation",
    "inscrit": "salarie.inscrit_france_travail",
    "mois_inscription": "salarie.duree_inscription",
    "minimum_social": "salarie.minimum_social",
    "contrat_aide": "salarie.ancien_contrat_aide",
    "nature": "contrat.nature",
    "debut": "contrat.date_debut",
    "fin": "contrat.date_fin",
    "duree_hebdo": "contrat.duree_hebdo",
    "minimum_branche": "contrat.minimum_branche",
    "idcc": "employeur.idcc",
    "forme": "employeur.forme",
    "code_postal": "employeur.code_postal",
    "heures": "formation.heures_total",
    "cout": "formation.cout_pedagogique",
    "naissance_tuteur": "tuteur.date_naissance",
}
CONCLUSION = "contrat.date_conclusion"
NOMS = {champ: nom for nom, champ in CHAMPS.items()}
# Helper of a field of the dossier → what it answers here.
RESULTATS = {
    "contrat.salaire": "Salaire minimum",
    "contrat.date_fin": "Fin au plus tard",
    "contrat.date_debut": "Envoi à l’OPCO",
    "formation.heures_total": "Heures de formation",
    "formation.cout_pedagogique": "Financement",
    "salarie.situation": "Aides à l’embauche",
    "tuteur.date_naissance": "Aide au tutorat",
}


class Simulation(Form):
    """Everything is optional: what is answered decides what can be told."""

    naissance = Jour("Date de naissance du salarié", requis=False)
    diplome = Choix("Diplôme ou titre le plus élevé", DIPLOME, requis=False)
    second_cycle = OuiNon(
        "A-t-il validé la fin du lycée ?",
        requis=False,
        aide="Le second cycle du secondaire.",
    )
    situation = Choix("Situation avant le contrat", SITUATION, requis=False)
    inscrit = OuiNon("Est-il inscrit à France Travail ?", requis=False)
    mois_inscription = Entier("Durée de l’inscription", unite="mois", plafond=600, requis=False)
    minimum_social = Choix("Minimum social perçu", MINIMUM_SOCIAL, requis=False, vide="Aucun")
    contrat_aide = OuiNon("Sort-il d’un contrat aidé ?", requis=False)
    nature = Boutons("Nature du contrat", NATURE, requis=False)
    debut = Jour("Date de début du contrat", requis=False)
    fin = Jour("Date de fin", requis=False, aide="En CDI : fin de l’action de professionnalisation.")
    duree_hebdo = Duree("Durée hebdomadaire du travail", requis=False, aide="Par exemple 35 ou 35 h 30.")
    minimum_branche = Euros("Salaire minimum de la branche pour cet emploi", requis=False, aide="Brut mensuel.")
    idcc = Idcc("IDCC de la convention collective", requis=False, largeur="court", aide="Quatre chiffres.")
    forme = Choix("Forme de l’employeur", FORME_EMPLOYEUR, requis=False)
    code_postal = CodePostal("Code postal du lieu de travail", requis=False, largeur="court")
    heures = Entier("Heures de formation", unite="heures", plafond=9_999, requis=False)
    cout = Euros("Coût pédagogique total", requis=False)
    naissance_tuteur = Jour("Date de naissance du tuteur", requis=False)


def sections(form: Simulation) -> Contenu:
    """The answers as a dossier that would be concluded on its first day."""
    d = vide()
    for name, champ in CHAMPS.items():
        section, _, column = champ.partition(".")
        field = form[name]
        setattr(getattr(d, section), column, None if field.process_errors else field.data)
    d.contrat.date_conclusion = d.contrat.date_debut
    d.contrat.nature = d.contrat.nature or "cdd"  # paid by the month, unless told otherwise
    return d


def resultats(form: Simulation, opco: str) -> dict[str, str]:
    """What can be told so far: title → sentence."""
    contexte: Any = Contexte(jour=aujourdhui(), parametres=parametres(), opco=opco)
    said = aides_de(RESULTATS, sections(form), contexte)
    return {title: said[champ] for champ, title in RESULTATS.items() if said[champ]}


def erreurs(form: Simulation) -> list[Constat]:
    """What the law refuses in these answers, each beside its field; what it only warns of, the results tell."""
    found = controler(sections(form), Contexte(jour=aujourdhui(), parametres=parametres()), NOMS)
    asked = {*NOMS, CONCLUSION}
    return [
        replace(c, champ=NOMS[c.champ])
        for c in found
        if c.niveau == ERREUR and c.champ in NOMS and not c.manque and asked.issuperset(c.champs)
    ]
