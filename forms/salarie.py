"""Page « Salarié(e) », first parts: identity, address, situation before the contract."""

from forms.base import Form
from forms.codes import CodePostal, Departement, Nir, Telephone
from forms.conditions import hors_ue, inscrit, sans_diplome, sans_rqth
from forms.fields import Boutons, Choix, Courriel, Entier, Jour, Nom, OuiNon, Texte
from models.listes import DIPLOME, MINIMUM_SOCIAL, NATIONALITE, RETIRES, SEXE, SITUATION


class Identite(Form):
    nom_naissance = Nom(
        "Nom de naissance",
        cerfa="S1",
        aide="Comme sur la carte Vitale. Attention au trait d’union ou à l’espace d’un nom composé.",
    )
    nom_usage = Nom("Nom d’usage", cerfa="S2", requis=False)
    prenom = Nom("Premier prénom, selon l’état civil", cerfa="S3")
    nir = Nir(
        "Numéro de sécurité sociale (NIR)",
        cerfa="S11",
        aide="15 caractères, sur la carte Vitale et sur le bulletin de salaire.",
    )
    sexe = Boutons("Sexe", SEXE, cerfa="S13")
    date_naissance = Jour("Date de naissance", cerfa="S12")
    departement_naissance = Departement(
        "Département de naissance", cerfa="S14", largeur="court", aide="Par exemple 75, 2A ou 974 ; 99 à l’étranger."
    )
    commune_naissance = Texte(
        "Commune de naissance", cerfa="S15", aide="À l’étranger : la ville et, entre parenthèses, le pays."
    )
    nationalite = Choix("Nationalité", NATIONALITE)
    autorisation_travail = OuiNon("Le salarié a-t-il un titre de séjour qui l’autorise à travailler ?", si=hors_ue)


class Adresse(Form):
    voie_numero = Texte("Numéro", cerfa="S4", requis=False, max=10, largeur="debut")
    voie = Texte("Voie", cerfa="S5", max=100)
    complement = Texte("Complément d’adresse", cerfa="S6", requis=False, max=100)
    code_postal = CodePostal("Code postal", cerfa="S7", largeur="debut")
    commune = Texte("Commune", cerfa="S8", suggestions="communes")
    telephone = Telephone("Téléphone", cerfa="S9")
    courriel = Courriel("Courriel", cerfa="S10")


class Situation(Form):
    situation = Choix("Situation avant ce contrat", SITUATION, cerfa="S22", retires=RETIRES["situation"])
    deja_salarie = OuiNon("Le salarié travaille-t-il déjà chez cet employeur ?")
    diplome = Choix("Diplôme ou titre le plus élevé obtenu", DIPLOME, cerfa="S24")
    second_cycle_valide = OuiNon("A-t-il validé un second cycle de l’enseignement secondaire ?", si=sans_diplome)
    inscrit_france_travail = OuiNon("Est-il inscrit à France Travail ?", cerfa="S19")
    numero_france_travail = Texte(
        "Numéro d’inscription à France Travail", cerfa="S20", si=inscrit, max=11, aide="8 caractères ou 11 chiffres."
    )
    duree_inscription = Entier("Durée de l’inscription", cerfa="S21", si=inscrit, unite="mois", plafond=600)
    minimum_social = Choix(
        "Minimum social perçu, s’il y en a un", MINIMUM_SOCIAL, cerfa="S23", requis=False, vide="Aucun"
    )
    ancien_contrat_aide = OuiNon("Sort-il d’un contrat unique d’insertion (CUI) ?", requis=False)


class Handicap(Form):
    rqth = OuiNon("Bénéficie-t-il de la reconnaissance de travailleur handicapé ?", cerfa="S16")
    equivalence_jeunes = OuiNon(
        "Équivalence jeunes de la RQTH",
        cerfa="S17",
        si=sans_rqth,
        aide="De 15 à 20 ans, avec une PCH, une AEEH ou un projet personnalisé de scolarisation.",
    )
    extension_boe = OuiNon("Extension aux bénéficiaires de l’obligation d’emploi", cerfa="S18", si=sans_rqth)
