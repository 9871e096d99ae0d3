"""The verbs that pages, and later other doors, share: one function, one transaction each."""

from typing import Any

from forms.page import Page
from forms.steps import ETAPES
from models.base import db
from models.contenu import Changements, changements, ecrire, ouvrir_sections, vide
from models.dossier import Dossier
from models.etats import Conflit
from models.journal import noter
from models.saisie import oublier, retenir

SLUGS = [etape.slug for etape in ETAPES]


def creer(page: Page, cle: str, structure: int | None, compte: int) -> Dossier:
    """The draft that « Suivant » on the page Employeur makes. The same `cle` twice gives the same dossier."""
    with db.atomic():
        existing = Dossier.get_or_none(Dossier.cle_creation == cle, Dossier.cree_par == compte)
        if existing:
            return existing
        dossier = Dossier.create(
            cle_creation=cle, structure=structure, cree_par=compte, modifie_par=compte, faites="type-contrat employeur"
        )
        ouvrir_sections(dossier.id)
        noter(dossier.id, "creation", compte, vers="brouillon")
        ecrire(dossier, changements(vide(), page.apres), compte, "saisie")
    return dossier


def enregistrer(dossier: Dossier, page: Page, compte: int, suivante: str) -> None:
    """Keep a validated page (« Suivant »). Raises `Conflit` when the dossier changed since it was opened."""
    with db.atomic():
        franchir(dossier, page.etape.slug, compte, suivante, page.changements())
        oublier(dossier, page.etape.slug, compte)


def franchir(
    dossier: Dossier, slug: str, compte: int, suivante: str, changes: Changements | None = None, **entete: Any
) -> None:
    """Mark the page `slug` as done and `suivante` as the one to come back to. Raises `Conflit`."""
    done = " ".join(page for page in SLUGS if page in {*dossier.faites.split(), slug})
    ecrire(dossier, changes or {}, compte, "saisie", etape=suivante, faites=done, **entete)


def sauvegarder(dossier: Dossier, page: Page, compte: int) -> None:
    """Keep what is valid of a page (« Sauvegarder »); what is refused stays beside, exactly as typed."""
    with db.atomic():
        ecrire(dossier, page.changements(), compte, "saisie", etape=page.etape.slug)
        if page.refuses:
            retenir(dossier, page.etape.slug, compte, page.saisies())
        else:
            oublier(dossier, page.etape.slug, compte)


def garder(dossier: Dossier, page: Page, compte: int, version: int) -> None:
    """Keep silently what is being typed. Raises `Conflit` when the dossier changed since the page was opened."""
    if dossier.version != version:
        raise Conflit("Ce dossier a été modifié entre-temps.")
    retenir(dossier, page.etape.slug, compte, page.saisies())


def supprimer(dossier: Dossier) -> None:
    """Delete a draft and all that it holds."""
    Dossier.delete().where(Dossier.id == dossier.id, Dossier.etat == "brouillon").execute()
