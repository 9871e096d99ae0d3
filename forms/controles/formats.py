"""Shapes of numbers, codes and names: each `refus_…` answers the French sentence to show, or None if good.

The text is already normalised (no separators, upper case where letters count). Fields call these while parsing, the
rules of the register call the same functions on what is stored, so that no shape is written twice.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from stdnum.fr import nir as stdnum_nir
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from forms.controles.francais import typographique

SIREN_LA_POSTE = "356000000"
IDCC_AUCUNE, IDCC_EN_NEGOCIATION = "9999", "9998"
_LIEU_NIR = (
    r"(?:(?:0[1-9]|[1-8]\d|9[0-6]|2[AB])(?:00[1-9]|0[1-9]\d|[1-9]\d{2})"
    r"|9[78]\d(?:0[1-9]|[1-9]\d)|99(?:00[1-9]|0[1-9]\d|[1-9]\d{2}))"
)
_NIR_ET_CLE = re.compile(
    rf"[1-4]\d{{2}}(?:0[1-9]|1[0-2]|[23]\d|4[0-2]|[5-9]\d){_LIEU_NIR}(?:00[1-9]|0[1-9]\d|[1-9]\d{{2}})(?:\d{{2}})?",
    re.ASCII,
)
_DEPARTEMENT = re.compile(r"0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-8]|98[4678]|99", re.ASCII)
_COURRIEL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}")
_TELEPHONE = re.compile(r"0[1-9]\d{8}|\+[1-9]\d{6,14}", re.ASCII)


def _chiffres(text: str, nombre: int) -> bool:
    return re.fullmatch(rf"[0-9]{{{nombre}}}", text) is not None


@typographique
def refus_siret(text: str) -> str | None:
    """EMP-01 and EMP-02: 14 digits, Luhn keys of SIRET and SIREN; the digit sum for La Poste (Insee)."""
    if not _chiffres(text, 14):
        return "Un numéro SIRET compte 14 chiffres : les 9 du SIREN puis les 5 de l'établissement."
    if stdnum_siret.is_valid(text):
        return None
    if text.startswith(SIREN_LA_POSTE):
        return "Ce SIRET de La Poste est faux : la somme de ses 14 chiffres doit être un multiple de 5."
    if not stdnum_siren.is_valid(text[:9]):
        return "Les 9 premiers chiffres ne forment pas un SIREN : vérifiez chaque chiffre du SIRET."
    return "La clé de ce SIRET est fausse : vérifiez chaque chiffre, sur l'avis de situation Sirene par exemple."


def nir_provisoire(nir: str) -> bool:
    """True for a provisional number (first digit 7 or 8): it tells neither date nor place of birth (NIR-08)."""
    return nir[:1] in ("7", "8")


def cle_nir(nir: str) -> str:
    """The two-digit key of the 13 first characters of a well-formed NIR (2A counts as 19, 2B as 18; CNAM)."""
    return stdnum_nir.calc_check_digits(nir[:13])


@typographique
def refus_nir_genre(nir: str) -> str | None:
    """NIR-08: the first digit says what kind of number it is."""
    if nir[:1] in ("5", "6"):
        return "Ce numéro commence par 5 ou 6 (personne de passage) : demandez au salarié son NIR définitif."
    if nir[:1] in ("9", "0"):
        return "Aucun NIR ne commence par 9 ou 0 : recopiez celui de la carte Vitale ou du bulletin de salaire."
    if nir_provisoire(nir) and not (_chiffres(nir, 13) or _chiffres(nir, 15)):
        return "Un numéro provisoire (commençant par 7 ou 8) compte 13 chiffres : vérifiez-le."
    return None


@typographique
def refus_nir_longueur(nir: str) -> str | None:
    """NIR-01: 15 characters; 13 are kept and the rule proposes the missing key."""
    if nir_provisoire(nir) or len(nir) in (13, 15):
        return None
    return f"Le NIR compte 15 caractères, clé comprise (ici {len(nir)}) : recopiez celui de la carte Vitale."


@typographique
def refus_nir_structure(nir: str) -> str | None:
    """NIR-02: sex, year, month, department, commune, order, on the 13 first characters (decision 8)."""
    if nir_provisoire(nir) or len(nir) not in (13, 15) or _NIR_ET_CLE.fullmatch(nir):
        return None
    if not re.fullmatch(r"[0-9]{5}(?:[0-9]{2}|2[AB])[0-9]+", nir):
        return "Le NIR ne contient que des chiffres, sauf 2A ou 2B pour une naissance en Corse."
    return (
        "Ce NIR n'a pas la bonne forme : sexe (1 chiffre), année (2), mois (2), département et commune (5), "
        "ordre (3), clé (2). Vérifiez le mois et le lieu."
    )


@typographique
def refus_nir_cle(nir: str) -> str | None:
    """NIR-03: key = 97 − (13 digits mod 97); only where the structure is right and the key is there."""
    if nir_provisoire(nir) or len(nir) != 15 or refus_nir_structure(nir) or nir[13:] == cle_nir(nir):
        return None
    return f"La clé {nir[13:]} ne va pas avec le reste du numéro (clé attendue : {cle_nir(nir)}) : vérifiez-les."


# All that the number alone can tell, by rule. 13 characters pass: rule NIR-01 then proposes the key as an alerte.
REFUS_NIR: dict[str, Callable[[str], str | None]] = {
    "NIR-08": refus_nir_genre,
    "NIR-01": refus_nir_longueur,
    "NIR-02": refus_nir_structure,
    "NIR-03": refus_nir_cle,
}


@typographique
def refus_nda(text: str) -> str | None:
    """OF-01: 11 characters (usage, no article says so); the rule alerts on a letter, as old public numbers have."""
    if re.fullmatch(r"[0-9A-Z]{11}", text):
        return None
    return "Le numéro de déclaration d'activité compte 11 chiffres, sans espace : vérifiez-le."


@typographique
def refus_naf(text: str) -> str | None:
    """EMP-06: the shape only; whether the code is in the list is asked of the register of codes."""
    if re.fullmatch(r"[0-9]{2}\.?[0-9]{2}[A-Z]", text):
        return None
    return "Le code NAF compte 4 chiffres et une lettre, par exemple 78.20Z : recopiez celui de l'avis Sirene."


@typographique
def refus_idcc(text: str) -> str | None:
    """EMP-08: the shape only; 0000 is no convention (notice 51650#09)."""
    if _chiffres(text, 4) and text != "0000":
        return None
    return "Le code IDCC compte 4 chiffres, par exemple 1979 ; 9999 sans convention, 9998 si elle est en négociation."


@typographique
def refus_rncp(text: str) -> str | None:
    """FOR-08: 2 to 5 digits, with or without « RNCP »; a code of the répertoire spécifique is no qualification here."""
    if re.fullmatch(r"(?:RNCP)?[0-9]{2,5}", text):
        return None
    if text.startswith("RS"):
        return "Un code RS relève du répertoire spécifique, qui n'ouvre pas droit à ce contrat : indiquez un code RNCP."
    return "Le code RNCP compte 2 à 5 chiffres, par exemple RNCP38565 : cherchez la certification par son intitulé."


@typographique
def refus_code_postal(text: str) -> str | None:
    """FMT-04: five digits; whether the commune matches is an alerte of the register."""
    return None if _chiffres(text, 5) else "Le code postal compte 5 chiffres, par exemple 75012."


@typographique
def refus_telephone(text: str) -> str | None:
    """FMT-03: French number of ten digits, or international form."""
    if _TELEPHONE.fullmatch(text):
        return None
    return "Indiquez un numéro à 10 chiffres (0612345678) ou international (+ suivi de l'indicatif du pays)."


@typographique
def refus_courriel(text: str) -> str | None:
    """FMT-01: one @, a domain with a dot, 80 characters at most."""
    if len(text) > 80:
        return "L'adresse électronique est limitée à 80 caractères sur le CERFA : indiquez-en une plus courte."
    if _COURRIEL.fullmatch(text) and ".." not in text and not text.startswith(".") and ".@" not in text:
        return None
    return "Cette adresse électronique n'est pas complète : elle s'écrit nom@domaine.fr."


@typographique
def refus_departement(text: str) -> str | None:
    """FMT-06 and decision 9: 01-19, 2A, 2B, 21-95, 971-978, 984, 986-988, 99."""
    if _DEPARTEMENT.fullmatch(text):
        return None
    return "Indiquez un département de 01 à 95, 2A ou 2B, 971 à 978, 984, 986 à 988, ou 99 pour l'étranger."


@lru_cache(1024)  # asking Unicode for the name of a letter takes longer than all other checks of a name
def _lettre_de_nom(lettre: str) -> bool:
    return lettre in " -'’" or unicodedata.combining(lettre) != 0 or unicodedata.name(lettre, "").startswith("LATIN ")


@typographique
def refus_nom(text: str) -> str | None:
    """FMT-05: Latin letters, space, hyphen, apostrophe (typographic too); no digit."""
    if any(lettre.isdigit() for lettre in text):
        return "Un nom ou un prénom ne contient pas de chiffre : corrigez la saisie."
    if all(_lettre_de_nom(lettre) for lettre in text) and any(lettre.isalpha() for lettre in text):
        return None
    return "Un nom ou un prénom s'écrit en lettres latines, avec espaces, tirets ou apostrophes seulement."
