"""Page « Employeur »: the establishment that executes the contract."""

from forms.base import Form
from forms.codes import CodePostal, Idcc, Naf, Siret, Telephone
from forms.conditions import deux_employeurs, particulier, personne_morale
from forms.fields import Choix, Courriel, Duree, Entier, Jour, OuiNon, Texte
from models.listes import FORME_EMPLOYEUR


class Identite(Form):
    particulier_employeur = OuiNon("L’employeur est-il un particulier employeur ?", cerfa="E2")
    denomination = Texte("Nom et prénom ou dénomination", cerfa="E1", max=200)
    siret = Siret(
        "SIRET de l’établissement d’exécution du contrat",
        cerfa="E13",
        si=personne_morale,
        aide="14 chiffres. C’est l’établissement où le salarié travaille, pas toujours le siège.",
    )
    numero_urssaf = Texte("Numéro Urssaf du particulier employeur", cerfa="E3", si=particulier, max=30)
    naf = Naf(
        "Code d’activité (NAF)",
        cerfa="E14",
        si=personne_morale,
        aide="Par exemple 78.20Z.",
        largeur="court",
        suggestions="naf",
    )
    effectif = Entier(
        "Effectif total de l’entreprise",
        cerfa="E15",
        unite="salariés",
        aide="Tous établissements confondus.",
        plafond=5_000_000,
    )
    forme = Choix(
        "Forme de l’employeur",
        FORME_EMPLOYEUR,
        aide="Un groupement ou une association intermédiaire désigne un second tuteur dans l’entreprise utilisatrice.",
    )


class Adresse(Form):
    voie_numero = Texte("Numéro", cerfa="E4", requis=False, max=10, largeur="debut")
    voie = Texte("Voie", cerfa="E5", max=100)
    complement = Texte("Complément d’adresse", cerfa="E6", requis=False, max=100)
    code_postal = CodePostal("Code postal", cerfa="E7", largeur="debut")
    commune = Texte("Commune", cerfa="E8", suggestions="communes")
    telephone = Telephone("Téléphone", cerfa="E9")
    courriel = Courriel("Courriel", cerfa="E10")


class Social(Form):
    idcc = Idcc(
        "Code IDCC de la convention collective",
        cerfa="E16",
        largeur="court",
        suggestions="idcc",
        aide="4 chiffres. 9999 : aucune convention. 9998 : convention en cours de négociation.",
    )
    caisse_retraite = Texte("Caisse de retraite complémentaire", cerfa="E11")
    prevoyance = Texte("Organisme de prévoyance, s’il y en a un", cerfa="E12", requis=False)
    numero_adherent = Texte("Numéro d’adhérent à l’OPCO, s’il existe", cerfa="O2", requis=False, max=30)
    duree_hebdo = Duree(
        "Durée hebdomadaire du travail dans l’entreprise",
        aide="Par exemple 35 ou 37 h 30. Le salarié ne peut pas travailler plus, formation comprise.",
    )
    interdiction_jusqu_au = Jour(
        "Interdiction de recruter de jeunes alternants, jusqu’au",
        requis=False,
        aide="Seulement si l’inspection du travail en a prononcé une (art. L. 6225-6).",
    )


class SecondEmployeur(Form):
    second_denomination = Texte("Dénomination du second employeur", si=deux_employeurs, max=200)
    second_siret = Siret("SIRET du second employeur", si=deux_employeurs)
