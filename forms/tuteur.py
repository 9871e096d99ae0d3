"""Page « Salarié(e) », the tutor or tutors."""

from forms.base import Form
from forms.codes import Naf
from forms.conditions import entreprise_utilisatrice, experimentation_vae
from forms.fields import Boutons, Case, Entier, Jour, Nom, OuiNon, Texte
from models.listes import QUALITE_TUTEUR


class Tuteur(Form):
    nom = Nom("Nom", cerfa="T1")
    prenom = Nom("Prénom", cerfa="T2")
    emploi = Texte("Emploi occupé", cerfa="T3")
    date_naissance = Jour("Date de naissance", cerfa="T4")
    qualite = Boutons("Le tuteur est", QUALITE_TUTEUR)
    experience = Entier("Expérience dans une qualification en rapport avec l’objectif", unite="années", plafond=70)
    tutorats = Entier("Nombre de personnes suivies en même temps, celle-ci comprise", plafond=99)
    volontaire = OuiNon("Le tuteur est-il volontaire ?")
    attestation = Case(
        "L’employeur atteste sur l’honneur que le ou les tuteurs répondent aux critères d’éligibilité à cette fonction",
        cerfa="T10",
        reserve="employeur",
    )


class TuteurUtilisatrice(Form):
    nom = Nom("Nom", cerfa="T5", si=entreprise_utilisatrice)
    prenom = Nom("Prénom", cerfa="T6", si=entreprise_utilisatrice)
    emploi = Texte("Emploi occupé", cerfa="T7", si=entreprise_utilisatrice)
    date_naissance = Jour("Date de naissance", cerfa="T8", si=entreprise_utilisatrice)
    qualite = Boutons("Le tuteur est", QUALITE_TUTEUR, si=entreprise_utilisatrice)
    experience = Entier(
        "Expérience dans une qualification en rapport avec l’objectif",
        si=entreprise_utilisatrice,
        unite="années",
        plafond=70,
    )
    tutorats = Entier(
        "Nombre de personnes suivies en même temps, celle-ci comprise", si=entreprise_utilisatrice, plafond=99
    )
    volontaire = OuiNon("Le tuteur est-il volontaire ?", si=entreprise_utilisatrice)
    naf = Naf(
        "Code d’activité (NAF) de l’entreprise utilisatrice",
        cerfa="T9",
        si=lambda d: entreprise_utilisatrice(d) and experimentation_vae(d),
        largeur="court",
        suggestions="naf",
    )
