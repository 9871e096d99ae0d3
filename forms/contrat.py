"""Page « Salarié(e) », the contract: job, dates, working time and pay."""

from forms.base import Form
from forms.codes import Rncp
from forms.conditions import (
    avenant,
    experimentation_vae,
    nature_demandee,
    renouvellement,
    suite_de_contrat,
)
from forms.fields import Boutons, Case, Choix, Duree, Entier, Euros, Jour, OuiNon, Texte
from models.listes import CATEGORIE, DIPLOME, NATURE, TYPE_CONTRAT


class Precedent(Form):
    precedent_numero = Texte("Numéro ou référence du contrat précédent", si=suite_de_contrat, max=40)
    precedent_type = Choix("Type du contrat précédent", TYPE_CONTRAT, si=renouvellement)
    precedent_meme_employeur = OuiNon("A-t-il été conclu avec le même employeur ?", si=renouvellement)
    precedent_rncp = Rncp("Code RNCP du contrat précédent", si=renouvellement, requis=False, largeur="court")
    precedent_diplome = Choix("Diplôme ou titre visé par le contrat précédent", DIPLOME, si=renouvellement)
    precedent_obtenu = OuiNon("La qualification précédente a-t-elle été obtenue ?", si=renouvellement)


class Nature(Form):
    vaut_avenant = Case(
        "Le présent contrat vaut avenant au contrat de travail initial",
        cerfa="C2",
        si=experimentation_vae,
        requis=False,
    )
    nature = Boutons("Nature du contrat", NATURE, cerfa="C1", si=nature_demandee)


class Emploi(Form):
    emploi = Texte("Emploi occupé pendant le contrat", cerfa="C4", max=120, aide="L’intitulé précis.")
    categorie = Choix("Catégorie professionnelle", CATEGORIE)
    classification = Texte(
        "Classification dans la convention collective",
        cerfa="C5",
        max=120,
        aide="Exemple de saisie : Employé, agent de maîtrise…",
    )
    niveau = Texte("Niveau", cerfa="C6", requis=False, max=20, largeur="court")
    coefficient = Texte("Coefficient hiérarchique", cerfa="C7", requis=False, max=20, largeur="court")


class Dates(Form):
    date_conclusion = Jour("Date de conclusion du contrat", cerfa="C13", aide="Le jour où les deux parties signent.")
    date_debut = Jour("Date de début d’exécution", cerfa="C9")
    date_effet_avenant = Jour("Date d’effet de l’avenant", cerfa="C10", si=avenant)
    date_fin = Jour(
        "Date de fin", cerfa="C11", aide="CDD : fin du contrat. CDI : fin de l’action de professionnalisation."
    )
    essai_jours = Entier("Période d’essai", cerfa="C8", unite="jours", plafond=366, aide="0 s’il n’y en a pas.")


class Remuneration(Form):
    duree_hebdo = Duree(
        "Durée hebdomadaire du travail", cerfa="C12", aide="Formation comprise. Par exemple 35 ou 35 h 30."
    )
    salaire = Euros(
        "Salaire brut mensuel à l’embauche",
        cerfa="C14",
        reserve="employeur",
        aide="Primes comprises. Travail temporaire : le salaire brut horaire.",
    )
    minimum_branche = Euros(
        "Salaire minimum de la branche pour cet emploi",
        requis=False,
        aide="Brut mensuel. Sert à vérifier le minimum légal à partir de 26 ans.",
    )
    avantages_nature = Euros("Déduction pour avantages en nature", requis=False, aide="Par mois.")
    avantages_nature_ordinaires = Euros(
        "Déduction ordinaire pour les mêmes avantages",
        requis=False,
        aide="Celle d’un autre salarié : la déduction du contrat ne peut dépasser 75 % de ce montant.",
    )
