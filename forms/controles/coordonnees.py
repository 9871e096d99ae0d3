"""Shapes of what is typed as text (FMT-01 to FMT-09): formats.py on each field, and a few neighbours."""

import re
from collections.abc import Callable

from forms.controles import formats
from forms.controles.contexte import Contexte
from forms.controles.francais import commune_normalisee
from forms.controles.registre import ALERTE, ERREUR, Sections, controle

TEXTES: tuple[tuple[str, Callable[[str], str | None], str, str, tuple[str, ...]], ...] = (
    (
        "FMT-01",
        formats.refus_courriel,
        "Une adresse électronique est complète et tient dans les 80 caractères du CERFA.\n\n✔ a.b@exemple.fr\n✘ a@b",
        "CERFA 12434",
        ("employeur.courriel", "salarie.courriel"),
    ),
    (
        "FMT-03",
        formats.refus_telephone,
        "Un numéro de téléphone compte 10 chiffres, ou commence par l'indicatif du pays.\n\n✔ 0612345678\n✘ 012345",
        "usage",
        ("employeur.telephone", "salarie.telephone"),
    ),
    (
        "FMT-04",
        formats.refus_code_postal,
        "Le code postal compte 5 chiffres.",
        "CERFA 12434",
        ("employeur.code_postal", "salarie.code_postal"),
    ),
    (
        "FMT-05",
        formats.refus_nom,
        "Un nom s'écrit en lettres, espaces, tirets et apostrophes.\n\n✔ LE GALL-ROUX\n✘ M4RTIN",
        "usage",
        (
            "salarie.nom_naissance",
            "salarie.nom_usage",
            "salarie.prenom",
            "tuteur.nom",
            "tuteur.prenom",
            "tuteur_utilisatrice.nom",
            "tuteur_utilisatrice.prenom",
        ),
    ),
    (
        "FMT-06",
        formats.refus_departement,
        "Le département de naissance est un code officiel, 99 pour l'étranger.\n\n✔ 2A\n✘ 96",
        "code officiel géographique",
        ("salarie.departement_naissance",),
    ),
)
# capacity of the boxes of the CERFA, in capitals at 8 points
CAPACITES = {
    "employeur.denomination": 49,
    "employeur.numero_urssaf": 37,
    "employeur.voie": 32,
    "employeur.complement": 35,
    "employeur.commune": 37,
    "employeur.caisse_retraite": 49,
    "employeur.prevoyance": 49,
    "employeur.numero_adherent": 49,
    "salarie.nom_naissance": 71,
    "salarie.prenom": 54,
    "salarie.voie": 32,
    "salarie.commune_naissance": 24,
    "tuteur.nom": 43,
    "tuteur.emploi": 33,
    "contrat.emploi": 54,
    "contrat.classification": 49,
    "contrat.niveau": 6,
    "contrat.coefficient": 6,
    "formation.numero_projet": 30,
    "formation.organisme_denomination": 49,
    "formation.intitule": 174,
    "signature.lieu": 42,
}
ADRESSES = ("employeur", "salarie")


def texte_bien_forme(id: str, refus: Callable[[str], str | None], doc: str, source: str, champ: str) -> None:
    """Register one refusal on one field."""
    section, nom = champ.split(".")

    def bien_forme(d: Sections, contexte: Contexte) -> str | None:
        return refus(getattr(getattr(d, section), nom))

    bien_forme.__doc__ = doc
    controle(id, ERREUR, champ, source=source)(bien_forme)


def commune_du_code_postal(section: str) -> None:
    """Register FMT-04 on one address."""

    @controle("FMT-04", ALERTE, f"{section}.commune", f"{section}.code_postal", source="La Poste ; Insee")
    def commune_et_code_postal(d: Sections, contexte: Contexte) -> str | None:
        """La commune est l'une de celles du code postal.

        ✔ 97400
        ✘ 7500
        """
        adresse = getattr(d, section)
        communes = contexte.communes_du_code_postal.get(adresse.code_postal)
        if not communes or commune_normalisee(adresse.commune) in {commune_normalisee(nom) for nom in communes}:
            return None
        return (
            f"Le code postal {adresse.code_postal} est celui de {communes[0]}, par exemple : vérifiez la commune ou "
            "le code."
        )


def tient_dans_la_case(champ: str, capacite: int) -> None:
    """Register FMT-08 on one field."""
    section, nom = champ.split(".")

    @controle("FMT-08", ALERTE, champ, source="CERFA 12434, largeur des cases")
    def largeur(d: Sections, contexte: Contexte) -> str | None:
        """Un texte plus large que sa case du CERFA y est imprimé en plus petit, jamais coupé.

        ✔ prénom de 30 lettres
        ✘ dénomination de 60 lettres
        """
        longueur = len(getattr(getattr(d, section), nom))
        if longueur <= capacite:
            return None
        return (
            f"{longueur} caractères pour une case d'environ {capacite} : le texte sera imprimé plus petit, "
            "abrégez-le si possible."
        )


for _id, _refus, _doc, _source, _champs in TEXTES:
    for _champ in _champs:
        texte_bien_forme(_id, _refus, _doc, _source, _champ)
for _section in ADRESSES:
    commune_du_code_postal(_section)
for _champ, _capacite in CAPACITES.items():
    tient_dans_la_case(_champ, _capacite)


@controle("FMT-02", ALERTE, "salarie.courriel", "employeur.courriel", source="usage")
def courriels_differents(d: Sections, contexte: Contexte) -> str | None:
    """L'employeur et le salarié ont chacun leur adresse électronique.

    ✔ rh@x.fr et lea@y.fr
    ✘ rh@x.fr deux fois
    """
    if d.salarie.courriel.lower() != d.employeur.courriel.lower():
        return None
    return "Cette adresse est aussi celle de l'employeur : par usage, indiquez celle du salarié."


@controle("FMT-09", ALERTE, "salarie.numero_france_travail", source="à vérifier")
def numero_france_travail(d: Sections, contexte: Contexte) -> str | None:
    """Le numéro France Travail compte 8 caractères (7 chiffres et un signe) ou 11 chiffres.

    ✔ 1234567A
    ✘ 12
    """
    if re.fullmatch(r"[0-9]{7}[0-9A-Z]|[0-9]{11}", d.salarie.numero_france_travail):
        return None
    return "Un numéro France Travail compte 7 chiffres et un signe, ou 11 chiffres : à vérifier sur un courrier."
