"""The sheet CERFA 12434*05 as one reads it: the control that each rubrique asks for, and how its answer is written."""

RUBRIQUES = {
    "E1": "employeur-denomination",
    "E2": "employeur-particulier_employeur",
    "E3": "employeur-numero_urssaf",
    "E4": "employeur-voie_numero",
    "E5": "employeur-voie",
    "E6": "employeur-complement",
    "E7": "employeur-code_postal",
    "E8": "employeur-commune",
    "E9": "employeur-telephone",
    "E10": "employeur-courriel",
    "E11": "employeur-caisse_retraite",
    "E12": "employeur-prevoyance",
    "E13": "employeur-siret",
    "E14": "employeur-naf",
    "E15": "employeur-effectif",
    "E16": "employeur-idcc",
    "E17": "formation-numero_projet",
    "S1": "salarie-nom_naissance",
    "S2": "salarie-nom_usage",
    "S3": "salarie-prenom",
    "S4": "salarie-voie_numero",
    "S5": "salarie-voie",
    "S6": "salarie-complement",
    "S7": "salarie-code_postal",
    "S8": "salarie-commune",
    "S9": "salarie-telephone",
    "S10": "salarie-courriel",
    "S11": "salarie-nir",
    "S12": "salarie-date_naissance",
    "S13": "salarie-sexe",
    "S14": "salarie-departement_naissance",
    "S15": "salarie-commune_naissance",
    "S16": "salarie-rqth",
    "S17": "salarie-equivalence_jeunes",
    "S18": "salarie-extension_boe",
    "S19": "salarie-inscrit_france_travail",
    "S20": "salarie-numero_france_travail",
    "S21": "salarie-duree_inscription",
    "S22": "salarie-situation",
    "S23": "salarie-minimum_social",
    "S24": "salarie-diplome",
    "T1": "tuteur-nom",
    "T2": "tuteur-prenom",
    "T3": "tuteur-emploi",
    "T4": "tuteur-date_naissance",
    "T5": "tuteur_utilisatrice-nom",
    "T6": "tuteur_utilisatrice-prenom",
    "T7": "tuteur_utilisatrice-emploi",
    "T8": "tuteur_utilisatrice-date_naissance",
    "T9": "tuteur_utilisatrice-naf",
    "T10": "tuteur-attestation",
    "C1": "contrat-nature",
    "C2": "contrat-vaut_avenant",
    "C3": "contrat-type_contrat",
    "C4": "contrat-emploi",
    "C5": "contrat-classification",
    "C6": "contrat-niveau",
    "C7": "contrat-coefficient",
    "C8": "contrat-essai_jours",
    "C9": "contrat-date_debut",
    "C10": "contrat-date_effet_avenant",
    "C11": "contrat-date_fin",
    "C12": "contrat-duree_hebdo",
    "C13": "contrat-date_conclusion",
    "C14": "contrat-salaire",
    "F1": "formation-organisme_denomination",
    "F2": "formation-organisme_siret",
    "F3": "formation-organisme_nda",
    "F4": "formation-nombre_organismes",
    "F5": "formation-service_interne",
    "F6": "formation-moyens_attestes",
    "F7": "formation-type_qualification",
    "F8": "formation-diplome_vise",
    "F9": "formation-rncp",
    "F10": "formation-intitule",
    "F11": "formation-specialite",
    "F12": "formation-heures_total",
    "F13": "formation-heures_enseignement",
    "F14": "formation-date_debut",
    "F15": "formation-date_fin",
    "G1": "signature-lieu",
    "O2": "employeur-numero_adherent",
}
JOURS = {"S12", "T4", "T8", "C9", "C10", "C11", "C13", "F14", "F15"}
OUI_NON = {"E2", "S16", "S17", "S18", "S19", "F5"}
COCHES = {"C2", "F6", "T10"}
COLLES = {"E9", "E13", "E14", "F2", "F3", "S9"}  # written without the spaces and dots that people type
CASES = {"C1": ("cdi", "cdd", "travail_temporaire"), "S13": ("M", "F")}


def ecrit(rubrique, tape):
    """What stands in the boxes of `rubrique` once `tape` was typed."""
    if rubrique in JOURS:
        return tuple(reversed(tape.split("-")))
    if rubrique in OUI_NON:
        return ("X", "") if tape == "oui" else ("", "X")
    if rubrique in COCHES:
        return ("X",)
    if rubrique in CASES:
        return tuple("X" if code == tape else "" for code in CASES[rubrique])
    if rubrique in ("E10", "S10"):
        return tuple(tape.split("@"))
    return nombre(rubrique, "".join(tape.split())) or (tape,)


def nombre(rubrique, serre):
    """The same for numbers and codes, without their spaces."""
    if rubrique == "S11":
        cuts = (0, 1, 3, 5, 7, 10, 13, 15)
        return (" ".join(serre[a:b] for a, b in zip(cuts, cuts[1:], strict=False)),)
    if rubrique == "C12":
        hours, _, minutes = serre.partition("h")
        return hours, minutes or "00"
    if rubrique == "C14":
        euros, _, cents = serre.partition(",")
        return euros, cents or "00"
    if rubrique == "F9":
        return (serre.removeprefix("RNCP"),)
    return (serre.replace(".", ""),) if rubrique in COLLES else None
