"""The way through the pages as a person without JavaScript goes it: one form after the other."""

from models.dossier import Dossier
from tests.dossiers_types import JEUNE, SIGNATURE

PAGES = ("employeur", "formation", "salarie")


def commencer(client, type_contrat="11"):
    """The page Employeur of a dossier that does not exist yet."""
    page = client.get("saisie.choisir_type")
    return page.soumettre("Suivant", {"contrat-type_contrat": type_contrat}).suivre()


def remplir(page, valeurs):
    """Fill in a page and leave it. Fields that appear once others are answered come at the second try."""
    there = {name: text for name, text in valeurs.items() if page.champ(name)}
    if len(there) < len(valeurs):
        page = page.soumettre("Suivant", there, status=422)
    return page.soumettre("Suivant", valeurs).suivre()


def aller(client, slug, contrat=JEUNE):
    """The page `slug` of a new dossier, reached with `contrat` typed on all the pages before it."""
    page = commencer(client)
    for before in PAGES:
        if before == slug:
            return page
        page = remplir(page, contrat[before])
    return page.soumettre("Suivant").suivre() if slug == "soumission" else page


def deposer(client, contrat=JEUNE):
    """File `contrat`; answers the page of the pieces."""
    return aller(client, "soumission", contrat).soumettre("Générer le CERFA", SIGNATURE).suivre()


def dossier_de(page):
    """The dossier whose page this is, as the database has it now."""
    return Dossier.get_by_id(page.url.split("/")[2])


def envoi(dossier, valeurs, action="suivant", version=None):
    """What the form of a page of `dossier` sends."""
    return {"version": dossier.version if version is None else version, "action": action} | valeurs
