"""The typed sections of a dossier, one row each, named as the blocks of the CERFA 12434*05.

Every value may be NULL while the dossier is a draft. Identity and birth are encrypted.
"""

import peewee

from models.base import Base
from models.crypto import Chiffre, JourChiffre, OuiNonChiffre
from models.dossier import Dossier


def texte(length: int = 80) -> peewee.CharField:
    return peewee.CharField(max_length=length, null=True)


def code(length: int = 20) -> peewee.CharField:
    return peewee.CharField(max_length=length, null=True)


def euros() -> peewee.DecimalField:
    return peewee.DecimalField(max_digits=10, decimal_places=2, auto_round=True, null=True)


def entier() -> peewee.IntegerField:
    return peewee.IntegerField(null=True)


def jour() -> peewee.DateField:
    return peewee.DateField(null=True)


def oui_non() -> peewee.BooleanField:
    return peewee.BooleanField(null=True)


class Section(Base):
    """One block of one dossier."""

    dossier = peewee.ForeignKeyField(Dossier, primary_key=True, on_delete="CASCADE")


class Employeur(Section):
    siret = code(14)
    denomination = texte(200)
    particulier_employeur = oui_non()
    numero_urssaf = code(30)
    forme = code(30)
    voie_numero = code(10)
    voie = texte(100)
    complement = texte(100)
    code_postal = code(5)
    commune = texte()
    telephone = code(20)
    courriel = texte()
    caisse_retraite = texte()
    prevoyance = texte()
    naf = code(6)
    effectif = entier()
    idcc = code(4)
    numero_adherent = code(30)
    duree_hebdo = entier()
    interdiction_jusqu_au = jour()
    second_denomination = texte(200)
    second_siret = code(14)


class Formation(Section):
    type_qualification = code(1)
    diplome_vise = code(2)
    rncp = code(9)
    intitule = texte(300)
    specialite = code(3)
    numero_projet = code(40)
    service_interne = oui_non()
    moyens_attestes = oui_non()
    organisme_denomination = texte(200)
    organisme_siret = code(14)
    organisme_nda = code(11)
    nombre_organismes = entier()
    date_debut = jour()
    date_fin = jour()
    heures_total = entier()
    heures_enseignement = entier()
    cout_pedagogique = euros()
    frais_annexes = euros()
    part_salarie = euros()
    paiement_direct = oui_non()
    mois_etranger = entier()
    heures_accueil = entier()


class Salarie(Section):
    nom_naissance = texte()
    nom_usage = texte()
    prenom = texte()
    nir = Chiffre(null=True)
    nir_empreinte = peewee.CharField(max_length=64, null=True, index=True)
    date_naissance = JourChiffre(null=True)
    sexe = code(1)
    departement_naissance = Chiffre(null=True)
    commune_naissance = Chiffre(null=True)
    nationalite = code(10)
    autorisation_travail = oui_non()
    voie_numero = code(10)
    voie = texte(100)
    complement = texte(100)
    code_postal = code(5)
    commune = texte()
    telephone = code(20)
    courriel = texte()
    situation = code(2)
    deja_salarie = oui_non()
    inscrit_france_travail = oui_non()
    numero_france_travail = Chiffre(null=True)
    duree_inscription = entier()
    minimum_social = Chiffre(null=True)
    ancien_contrat_aide = oui_non()
    diplome = code(2)
    second_cycle_valide = oui_non()
    rqth = OuiNonChiffre(null=True)
    equivalence_jeunes = OuiNonChiffre(null=True)
    extension_boe = OuiNonChiffre(null=True)


class Tuteur(Section):
    """The tutor within the employer's establishment."""

    nom = texte()
    prenom = texte()
    emploi = texte()
    date_naissance = JourChiffre(null=True)
    qualite = code(10)
    experience = entier()
    tutorats = entier()
    volontaire = oui_non()
    attestation = oui_non()


class TuteurUtilisatrice(Section):
    """The tutor within the user company (temporary work, groupement d'employeurs, association intermédiaire)."""

    nom = texte()
    prenom = texte()
    emploi = texte()
    date_naissance = JourChiffre(null=True)
    qualite = code(10)
    experience = entier()
    tutorats = entier()
    volontaire = oui_non()
    naf = code(6)


class Contrat(Section):
    type_contrat = code(2)
    precedent_numero = code(40)
    precedent_type = code(2)
    precedent_meme_employeur = oui_non()
    precedent_rncp = code(9)
    precedent_diplome = code(2)
    precedent_obtenu = oui_non()
    vaut_avenant = oui_non()
    nature = code(20)
    emploi = texte(120)
    categorie = code(20)
    classification = texte(120)
    niveau = code(20)
    coefficient = code(20)
    date_conclusion = jour()
    date_debut = jour()
    date_effet_avenant = jour()
    date_fin = jour()
    essai_jours = entier()
    duree_hebdo = entier()
    salaire = euros()
    minimum_branche = euros()
    avantages_nature = euros()
    avantages_nature_ordinaires = euros()


class Signature(Section):
    lieu = texte()
    date = jour()
    exactitude = oui_non()
    information_salarie = oui_non()
    donnees_figees = oui_non()


SECTIONS: dict[str, type[Section]] = {
    "employeur": Employeur,
    "formation": Formation,
    "salarie": Salarie,
    "tuteur": Tuteur,
    "tuteur_utilisatrice": TuteurUtilisatrice,
    "contrat": Contrat,
    "signature": Signature,
}
