"""Fictional employers and training organisations: obviously invented, always the same, passing every check.

No SIREN block is reserved for examples: numbers that begin with 000 with right Luhn keys are used, and 99, which is
no region, for the declarations of activity. Communes and postal codes are real.
"""

import random
from collections.abc import Iterator
from itertools import count, cycle, islice, product
from typing import Any, NamedTuple

from stdnum import luhn

GRAINE = 12434
EMPLOYEURS, ORGANISMES = 60, 25
SIREN_EMPLOYEURS, SIREN_ORGANISMES = 100, 900
FERMETURES = ("2025-12-31", "2026-06-30", "2026-10-15")
TRANCHES = (None, "01", "02", "03", "11", "12", "21", "31")
SOCIETE = "5710"  # société par actions simplifiée


class Lieu(NamedTuple):
    """A real town and an invented street."""

    commune: str
    code_postal: str
    code_commune: str
    voie: str
    nom: str


LIEUX = (
    Lieu("Bordeaux", "33000", "33063", "quai des Exemples", "du Port"),
    Lieu("Lyon", "69002", "69382", "rue des Essais", "des Deux Rives"),
    Lieu("Lille", "59000", "59350", "rue du Modèle", "du Beffroi"),
    Lieu("Strasbourg", "67000", "67482", "quai de la Fiction", "de l’Ill"),
    Lieu("Marseille", "13002", "13202", "avenue de l’Invention", "de la Rade"),
    Lieu("Saint-Étienne", "42000", "42218", "place du Spécimen", "de la Manufacture"),
    Lieu("Rennes", "35000", "35238", "mail des Chimères", "des Tilleuls"),
    Lieu("Nantes", "44000", "44109", "allée de l’Imaginaire", "de l’Île"),
    Lieu("Paris", "75011", "75111", "boulevard de la Fable", "de la République"),
    Lieu("Saint-Denis", "97400", "97411", "chemin du Songe", "du Lagon"),
    Lieu("Clermont-Ferrand", "63000", "63113", "rue de l’Hypothèse", "du Volcan"),
    Lieu("L’Haÿ-les-Roses", "94240", "94038", "sentier du Mirage", "de la Roseraie"),
)
ACTIVITES = (
    ("Hôtel Fictif", "55.10Z", "1979"),
    ("Boulangerie Modèle", "10.71C", "0843"),
    ("Propreté Exemple", "81.21Z", "3043"),
    ("Intérim Imaginaire", "78.20Z", "2378"),
    ("Restaurant Inventé", "56.10A", "1979"),
    ("Supermarché Factice", "47.11F", "2216"),
    ("Transports Chimère", "49.41A", "0016"),
    ("Logiciels Spécimen", "62.01Z", "1486"),
    ("Sécurité Exemple", "80.10Z", "1351"),
    ("Cabinet Comptable Modèle", "69.20Z", "0787"),
    ("Garage Imaginaire", "45.20A", "1090"),
    ("Coiffure Inventée", "96.02A", "2596"),
    ("Pharmacie Factice", "47.73Z", "1996"),
    ("Agence de Voyages Chimère", "79.11Z", None),
    ("Œuvre Sociale Spécimen", "88.99B", None),
)
ECOLES = (
    "Académie Fictive",
    "Centre de Formation Exemple",
    "École Imaginaire de Commerce",
    "Institut Inventé de Gestion",
    "Campus Factice du Numérique",
)


def siret(rang: int, nic: int) -> str:
    """A SIRET with right keys."""
    body = f"000{rang:05}"
    body = f"{body}{luhn.calc_check_digit(body)}{nic:04}"
    return body + luhn.calc_check_digit(body)


def etablissements() -> Iterator[dict[str, Any]]:
    """Sixty establishments, one to four per SIREN; some closed, some without a known IDCC or headcount."""
    return islice(_etablissements(random.Random(GRAINE)), EMPLOYEURS)  # noqa: S311 (nothing secret is drawn)


def _etablissements(dice: random.Random) -> Iterator[dict[str, Any]]:
    for i in count():
        nom, naf, idcc = ACTIVITES[i % len(ACTIVITES)]
        lieu = LIEUX[i % len(LIEUX)]
        denomination = f"{nom} {lieu.nom} (démo)"
        for nic in range(1, dice.choice((1, 1, 2, 3, 4)) + 1):
            place = lieu if nic == 1 else dice.choice(LIEUX)
            yield {
                "siret": siret(SIREN_EMPLOYEURS + i, nic),
                "denomination": denomination,
                "enseigne": None if nic == 1 else f"{nom} {place.nom}",
                "voie_numero": str(dice.randint(1, 150)),
                "voie": place.voie,
                "complement": None,
                "code_postal": place.code_postal,
                "commune": place.commune,
                "code_commune": place.code_commune,
                "naf": naf,
                "effectif_tranche": dice.choice(TRANCHES),
                "idcc": idcc,
                "siege": int(nic == 1),
                "ferme_le": dice.choice(FERMETURES) if dice.random() < 0.1 else None,
                "categorie_juridique": SOCIETE,
                "opco": None,
            }


def organismes() -> Iterator[dict[str, Any]]:
    """Twenty-five organismes, with every answer of the list about Qualiopi, silence included."""
    dice = random.Random(GRAINE)  # noqa: S311 (nothing secret is drawn)
    answers = cycle([*product((1, 0), repeat=4), (None,) * 4, (1, None, None, None), (0, None, None, 1)])
    for i, qualiopi in enumerate(islice(answers, ORGANISMES)):
        lieu = LIEUX[i % len(LIEUX)]
        actions, bilans, vae, apprentissage = qualiopi
        yield {
            "siret": siret(SIREN_ORGANISMES + i, 1),
            "nda": f"99{dice.randint(10**8, 10**9 - 1)}",
            "nda_precedents": None,
            "denomination": f"{ECOLES[i % len(ECOLES)]} {lieu.nom} (démo)",
            "voie": f"{dice.randint(1, 150)} {lieu.voie}",
            "code_postal": lieu.code_postal,
            "commune": lieu.commune,
            "actions_de_formation": actions,
            "bilans_de_competences": bilans,
            "vae": vae,
            "apprentissage": apprentissage,
        }
