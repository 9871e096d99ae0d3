"""A complete dossier that breaks no rule, and what one change makes of it."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from forms.controles import Contexte, controler

VALEURS = {
    "employeur": {
        "siret": "73282932000074",
        "denomination": "Hôtel Fictif du Port",
        "particulier_employeur": False,
        "numero_urssaf": None,
        "forme": "ordinaire",
        "voie_numero": "12",
        "voie": "quai du Port",
        "complement": None,
        "code_postal": "33000",
        "commune": "Bordeaux",
        "telephone": "0556000000",
        "courriel": "rh@exemple.fr",
        "caisse_retraite": "Caisse fictive",
        "prevoyance": None,
        "naf": "5510Z",
        "effectif": 42,
        "idcc": "1979",
        "numero_adherent": None,
        "duree_hebdo": 35 * 60,
        "interdiction_jusqu_au": None,
        "second_denomination": None,
        "second_siret": None,
    },
    "formation": {
        "type_qualification": "1",
        "diplome_vise": "31",
        "rncp": "RNCP38565",
        "intitule": "BTS Management en hôtellerie restauration",
        "specialite": "334",
        "numero_projet": None,
        "service_interne": False,
        "moyens_attestes": None,
        "organisme_denomination": "Formation Exemple",
        "organisme_siret": "35600000009075",
        "organisme_nda": "11751234567",
        "nombre_organismes": 1,
        "date_debut": date(2026, 9, 5),
        "date_fin": date(2027, 6, 30),
        "heures_total": 400,
        "heures_enseignement": 380,
        "cout_pedagogique": Decimal("3600.00"),
        "frais_annexes": Decimal("0.00"),
        "part_salarie": Decimal("0.00"),
        "paiement_direct": True,
        "mois_etranger": None,
        "heures_accueil": None,
    },
    "salarie": {
        "nom_naissance": "LE GALL-ROUX",
        "nom_usage": None,
        "prenom": "Yann",
        "nir": "105037511234537",
        "nir_empreinte": None,
        "date_naissance": date(2005, 3, 5),
        "sexe": "M",
        "departement_naissance": "75",
        "commune_naissance": "Paris",
        "nationalite": "francaise",
        "autorisation_travail": None,
        "voie_numero": "3",
        "voie": "rue des Essais",
        "complement": None,
        "code_postal": "33000",
        "commune": "Bordeaux",
        "telephone": "0612345678",
        "courriel": "yann@exemple.fr",
        "situation": "3",
        "deja_salarie": False,
        "inscrit_france_travail": False,
        "numero_france_travail": None,
        "duree_inscription": None,
        "minimum_social": None,
        "ancien_contrat_aide": False,
        "diplome": "42",
        "second_cycle_valide": True,
        "rqth": False,
        "equivalence_jeunes": False,
        "extension_boe": False,
    },
    "tuteur": {
        "nom": "DURAND",
        "prenom": "Anne",
        "emploi": "Directrice",
        "date_naissance": date(1985, 5, 17),
        "qualite": "salarie",
        "experience": 10,
        "tutorats": 1,
        "volontaire": True,
        "attestation": True,
    },
    "tuteur_utilisatrice": dict.fromkeys(
        ("nom", "prenom", "emploi", "date_naissance", "qualite", "experience", "tutorats", "volontaire", "naf")
    ),
    "contrat": {
        "type_contrat": "11",
        "precedent_numero": None,
        "precedent_type": None,
        "precedent_meme_employeur": None,
        "precedent_rncp": None,
        "precedent_diplome": None,
        "precedent_obtenu": None,
        "vaut_avenant": None,
        "nature": "cdd",
        "emploi": "Assistant de direction",
        "categorie": "ouvrier_employe",
        "classification": "Employé",
        "niveau": "II",
        "coefficient": None,
        "date_conclusion": date(2026, 8, 28),
        "date_debut": date(2026, 9, 1),
        "date_effet_avenant": None,
        "date_fin": date(2027, 8, 31),
        "essai_jours": 30,
        "duree_hebdo": 35 * 60,
        "salaire": Decimal("1500.00"),
        "minimum_branche": None,
        "avantages_nature": None,
        "avantages_nature_ordinaires": None,
    },
    "signature": {
        "lieu": "Bordeaux",
        "date": date(2026, 8, 28),
        "exactitude": True,
        "information_salarie": True,
        "donnees_figees": True,
    },
}
CHAMPS = [f"{section}.{champ}" for section, champs in VALEURS.items() for champ in champs]
JOUR = date(2026, 8, 28)
SECOND_TUTEUR = {
    "tuteur_utilisatrice.nom": "PETIT",
    "tuteur_utilisatrice.prenom": "Luc",
    "tuteur_utilisatrice.emploi": "Chef de rang",
    "tuteur_utilisatrice.date_naissance": date(1980, 1, 2),
    "tuteur_utilisatrice.qualite": "salarie",
    "tuteur_utilisatrice.experience": 4,
    "tuteur_utilisatrice.tutorats": 1,
    "tuteur_utilisatrice.volontaire": True,
}
ETABLISSEMENT = SimpleNamespace(siret="73282932000074", ferme_le=None, categorie_juridique="5499", naf="55.10Z")
ORGANISME = SimpleNamespace(siret="35600000009075", nda="11751234567", qualiopi={"actions_de_formation": True})
CERTIFICATION = SimpleNamespace(
    code="RNCP38565",
    intitule="Management en hôtellerie restauration",
    niveau=5,
    nsf=("334",),
    actif=True,
    date_effet=date(2024, 1, 1),
    date_fin=date(2028, 12, 31),
    certificateur="Certificateur Fictif",
    professionnalisation=True,
)


def autre(record, **changements):
    """A record of a register with some fields changed."""
    return SimpleNamespace(**{**vars(record), **changements})


def contexte_connu(**connu):
    """What the registers know of the valid dossier, with some answers changed."""
    registres = {"etablissement": ETABLISSEMENT, "organisme": ORGANISME, "certification": CERTIFICATION}
    return Contexte(**{"jour": JOUR, "opco": "AKTO", **registres, **connu})


def dossier(changements=None):
    """The valid dossier with some fields changed, `{"salarie.nir": "…"}`."""
    sections = {section: SimpleNamespace(**champs) for section, champs in VALEURS.items()}
    for chemin, valeur in (changements or {}).items():
        section, champ = chemin.split(".")
        assert hasattr(sections[section], champ), chemin
        setattr(sections[section], champ, valeur)
    return SimpleNamespace(**sections)


def constats(id, changements=None, **connu):
    """The constats of one rule on the valid dossier so changed, in a context so changed."""
    tous = controler(dossier(changements), contexte_connu(**connu))
    return [constat for constat in tous if constat.id == id]


def niveau(id, changements=None, **connu):
    """The highest level at which the rule speaks, None when it is silent."""
    niveaux = {constat.niveau for constat in constats(id, changements, **connu)}
    return max(niveaux, default=None)


def message(id, changements=None, **connu):
    """What the rule says, sentences joined."""
    return " ".join(constat.message for constat in constats(id, changements, **connu))
