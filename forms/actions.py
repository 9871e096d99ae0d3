"""The verbs that pages, and later other doors, share: one function, one transaction each."""

import hashlib
from typing import Any

import peewee

from forms.fields import ORGANISME
from forms.page import Page
from forms.steps import ETAPES
from models.base import db
from models.contenu import Changements, changements, ecrire, ouvrir_sections, vide
from models.dossier import Dossier
from models.effacement import effacer_dossier, jeter
from models.etats import Conflit
from models.journal import noter
from models.saisie import oublier, retenir

SLUGS = [etape.slug for etape in ETAPES]


def creer(page: Page, cle: str, structure: int, compte: int) -> Dossier:
    """The draft that « Suivant » on the page Employeur makes, for the structure of the party that enters it.

    The same `cle` twice gives the same dossier.
    """
    key = hashlib.sha256(f"{compte} {cle}".encode()).hexdigest()[:32]  # of this account: nobody meets another's
    try:
        with db.atomic():
            dossier = Dossier.create(
                cle_creation=key,
                cree_par=compte,
                modifie_par=compte,
                **{"organisme" if page.pour == ORGANISME else "structure": structure},
                faites="type-contrat employeur",
            )
            ouvrir_sections(dossier.id)
            noter(dossier.id, "creation", compte, vers="brouillon")
            start = vide()
            ecrire(dossier, changements(start, page.apres), compte, "saisie", start)
    except peewee.IntegrityError:
        return Dossier.get(Dossier.cle_creation == key)
    return dossier


def enregistrer(dossier: Dossier, page: Page, compte: int, suivante: str) -> None:
    """Keep a validated page (« Suivant »). Raises `Conflit` when the dossier changed since it was opened."""
    with db.atomic():
        franchir(dossier, page.etape.slug, compte, suivante, page.changements(), avant=page.avant)
        oublier(dossier, page.etape.slug, compte)


def franchir(
    dossier: Dossier, slug: str, compte: int, suivante: str, changes: Changements | None = None, **entete: Any
) -> None:
    """Mark the page `slug` as done and `suivante` as the one to come back to. Raises `Conflit`."""
    done = " ".join(page for page in SLUGS if page in {*dossier.faites.split(), slug})
    ecrire(dossier, changes or {}, compte, "saisie", etape=suivante, faites=done, **entete)


def annoter(dossier: Dossier, compte: int, commentaire: str) -> None:
    """Keep the comment for the OPCO while the synthesis is not passed. Raises `Conflit`."""
    ecrire(dossier, {}, compte, "saisie", etape="synthese", commentaire=commentaire)


def sauvegarder(dossier: Dossier, page: Page, compte: int) -> None:
    """Keep what is valid of a page (« Sauvegarder »); what is refused stays beside, exactly as typed."""
    with db.atomic():
        ecrire(dossier, page.changements(), compte, "saisie", page.avant, etape=page.etape.slug)
        if page.refuses:
            retenir(dossier, page.etape.slug, compte, page.saisies())
        else:
            oublier(dossier, page.etape.slug, compte)


def garder(dossier: Dossier, page: Page, compte: int, version: int | None = None) -> None:
    """Keep silently what is being typed over `version`, that of the dossier unless it is an older one.

    Raises `Conflit` when the dossier can no longer be modified.
    """
    retenir(dossier, page.etape.slug, compte, page.saisies(), version)


def supprimer(dossier: Dossier) -> None:
    """Delete a draft and all that it holds, its files once the rows are gone; one that is gone already is no error.

    Raises `Conflit`, and deletes nothing, when somebody changed it or handed it over since it was read.
    """
    same = (Dossier.etat == "brouillon") & (Dossier.version == dossier.version)
    with db.atomic():
        files = effacer_dossier(dossier.id, same)
    if files is None and Dossier.select().where(Dossier.id == dossier.id).exists():
        raise Conflit("Ce brouillon vient d’être modifié par quelqu’un d’autre : relisez-le avant de le supprimer.")
    jeter(files or [])
