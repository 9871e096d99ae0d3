"""Help within an entry page: search, choose, add what no register knows. Nothing typed on the page is lost."""

from flask import request

from blueprints.recherche import LISTES, structures_de
from blueprints.reconnexion import portes
from blueprints.rendering import messages
from blueprints.rendering import page as rendre_page
from forms.base import Form
from forms.conditions import au_rncp
from forms.controles.francais import typographie
from forms.etablissement import FORMULAIRES
from forms.page import Page
from forms.remplissage import REMPLIR, textes_etablissement
from models.dossier import Dossier
from models.etablissements import saisir
from tasks import annuaire

VERBES = ("choisir", "rechercher", "nouvel", "creer", "retour", "prendre")
PREFIXE = "nouvel"
ENREGISTREE = "1"
TITRES = {"etablissements": "Nouvel établissement", "organismes": "Nouvel organisme de formation"}
CHAPEAU = "Ce qui est saisi à la main n’est pas vérifié dans les registres officiels : relisez bien le SIRET."


def verbe_presse() -> tuple[str, str]:
    """The button that was pressed, and on what. Enter searches when a search box holds what was not searched yet."""
    verbe, _, objet = request.form.get("action", "suivant").partition(":")
    if verbe != "entree":
        return verbe, objet
    asked = {quoi: request.form.get(f"q-{quoi}", "").strip() for quoi in LISTES}
    fresh = [quoi for quoi, q in asked.items() if q and q != request.form.get(f"fait-{quoi}", "").strip()]
    return ("rechercher", fresh[0]) if fresh else ("suivant", "")


def remplie(page: Page, quoi: str, choix: str, dossier: Dossier | None) -> Page:
    """The page with what was chosen in its controls; the very same one when that is nowhere to be found."""
    texts = REMPLIR[quoi](choix, structures_de(dossier)) if quoi in REMPLIR else {}
    if quoi == "etablissements" and not texts and (found := annuaire.demander(choix)):
        texts = textes_etablissement(found)
    if not texts:
        return page
    if quoi == "certifications" and not au_rncp(page.apres):
        texts["formation-type_qualification"] = ENREGISTREE  # else its code would not be asked, nor kept
    return page.relue(page.avant, page.saisies() | {name: [text] for name, text in texts.items()})


def ajouter(page: Page, quoi: str, verbe: str, dossier: Dossier | None, adresse: str) -> Page | tuple[str, int]:
    """« Nouvel établissement »: its form, then the page with the new one chosen."""
    genre, kind = FORMULAIRES[quoi]
    if verbe == "nouvel":
        return formulaire(kind(prefix=PREFIXE), quoi, adresse), 200
    form = kind(request.form, prefix=PREFIXE)
    mine = structures_de(dossier)
    if not form.validate() or not mine:
        return formulaire(form, quoi, adresse), 422
    row = saisir(next(iter(mine)), genre, form.data)
    return remplie(page, quoi, row.siret, dossier)


def formulaire(form: Form, quoi: str, adresse: str) -> str:
    carried = [(name, value) for name, value in portes(request.form) if not name.startswith(f"{PREFIXE}-")]
    return rendre_page(
        "saisie/nouvel_etablissement.html",
        form=form,
        quoi=quoi,
        titre=TITRES[quoi],
        chapeau=typographie(CHAPEAU),
        adresse=adresse,
        erreurs=[constat for field in form for constat in messages(field)],
        portes=[(name, value) for name, value in carried if name != "action"],
    )
