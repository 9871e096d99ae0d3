"""Demonstration structures and accounts: fictional, and looking so."""

from typing import NamedTuple

from models import referentiels
from models.base import db
from models.comptes import Compte, Habilitation, Structure
from models.mots_de_passe import hacher

MOT_DE_PASSE = "demonstration-2026"


class CompteDemo(NamedTuple):
    """One demonstration account and the structure that it acts for."""

    courriel: str
    prenom: str
    nom: str
    genre: str
    structure: str
    droits: str
    role: str


COMPTES = (
    CompteDemo(
        "employeur@demo.example",
        "Camille",
        "Exemple",
        "employeur",
        "Employeur fictif (démo)",
        "consulter saisir soumettre administrer",
        "employeur",
    ),
    CompteDemo(
        "organisme@demo.example",
        "Sacha",
        "Modèle",
        "organisme",
        "Organisme fictif (démo)",
        "consulter saisir administrer",
        "organisme de formation",
    ),
    CompteDemo(
        "gestionnaire@demo.example",
        "Dominique",
        "Essai",
        "opco",
        "OPCO (démo)",
        "consulter instruire administrer",
        "gestionnaire",
    ),
)


def installer() -> None:
    """Create what is missing; an account that exists keeps its password."""
    with db.atomic():
        for demo in COMPTES:
            structure, _ = Structure.get_or_create(genre=demo.genre, nom=demo.structure, defaults=identite(demo.genre))
            compte = Compte.get_or_none(Compte.courriel == demo.courriel) or Compte.create(
                courriel=demo.courriel, prenom=demo.prenom, nom=demo.nom, mot_de_passe=hacher(MOT_DE_PASSE)
            )
            Habilitation.get_or_create(compte=compte, structure=structure, defaults={"droits": demo.droits})


def identite(genre: str) -> dict[str, str | None]:
    """SIREN, SIRET and NDA of a fictional structure, from the fictional registers when they are loaded."""
    if genre == "employeur" and (found := referentiels.chercher_etablissements("démo")):
        return {"siret": found[0].siret, "siren": found[0].siret[:9]}
    if genre == "organisme" and (organismes := referentiels.chercher_organismes("démo")):
        return {"siret": organismes[0].siret, "siren": organismes[0].siret[:9], "nda": organismes[0].nda}
    return {}
