"""Demonstration structures and accounts: fictional, and looking so."""

from datetime import timedelta
from typing import NamedTuple

from models import referentiels
from models.base import aujourdhui, db
from models.comptes import Compte, Habilitation, Mandat, Structure
from models.mandats import Etendue, donner
from models.mots_de_passe import hacher
from models.structures import structure_du_siret

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
    CompteDemo(
        "boulangerie@demo.example",
        "Noa",
        "Factice",
        "employeur",
        "Boulangerie imaginaire (démo)",
        "consulter saisir soumettre administrer",
        "employeur, qui a donné mandat au cabinet",
    ),
    CompteDemo(
        "comptable@demo.example",
        "Lou",
        "Inventé",
        "employeur",
        "Cabinet comptable fictif (démo)",
        "consulter saisir soumettre administrer",
        "comptable, qui agit aussi pour la boulangerie",
    ),
)
MANDANT, MANDATAIRE = "Boulangerie imaginaire (démo)", "Cabinet comptable fictif (démo)"
# Which establishment of the fictional register each of the employers is.
RANGS = {"Employeur fictif (démo)": 0, MANDANT: 1, MANDATAIRE: 2}


def installer() -> None:
    """Create what is missing; an account that exists keeps its password."""
    with db.atomic():
        for demo in COMPTES:
            known = identite(demo)
            if known and structure_du_siret(demo.genre, known["siret"] or ""):
                known = {}  # here already, under this name or another
            structure, _ = Structure.get_or_create(genre=demo.genre, nom=demo.structure, defaults=known)
            compte = Compte.get_or_none(Compte.courriel == demo.courriel) or Compte.create(
                courriel=demo.courriel, prenom=demo.prenom, nom=demo.nom, mot_de_passe=hacher(MOT_DE_PASSE)
            )
            Habilitation.get_or_create(compte=compte, structure=structure, defaults={"droits": demo.droits})
        mandater()


def mandater() -> None:
    """The baker's mandate to the accountant; one that was given before, and perhaps revoked, is left alone."""
    mandant, mandataire = (Structure.get(Structure.nom == nom).id for nom in (MANDANT, MANDATAIRE))
    if not Mandat.get_or_none(Mandat.mandant == mandant, Mandat.mandataire == mandataire):
        day = aujourdhui()
        giver = Habilitation.get(Habilitation.structure == mandant).compte_id
        donner(mandant, mandataire, Etendue("consulter saisir soumettre", "", day, day + timedelta(days=365)), giver)


def identite(demo: CompteDemo) -> dict[str, str | None]:
    """SIREN, SIRET and NDA of a fictional structure, from the fictional registers when they are loaded."""
    genre = demo.genre
    found = referentiels.chercher_etablissements("démo") if genre == "employeur" else []
    sieges = list({e.siret[:9]: e.siret for e in found}.values())
    if (rang := RANGS.get(demo.structure, len(sieges))) < len(sieges):
        return {"siret": sieges[rang], "siren": sieges[rang][:9]}
    if genre == "organisme" and (organismes := referentiels.chercher_organismes("démo")):
        return {"siret": organismes[0].siret, "siren": organismes[0].siret[:9], "nda": organismes[0].nda}
    return {}
