"""Searches that a person keeps: give one a name, open it, rename it, forget it."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from blueprints.access import connecte
from blueprints.listes import LISTES
from blueprints.rendering import page
from forms.compte import constats
from forms.controles.francais import typographie
from forms.filtres import FORMES, Enregistrement, adresse, de_l_adresse, saisies
from models.etats import Refus
from models.recherches import RechercheGardee, gardee, gardees, garder, oublier, renommer

bp = Blueprint("recherches_gardees", __name__, url_prefix="/dossiers/listes/recherches")


@bp.get("")
@connecte
def lister() -> Any:
    return rendre(Enregistrement())


def rendre(form: Enregistrement, adresse_gardee: dict[str, str] | None = None, renommee: int = 0) -> str:
    """All searches of the person; above them one that still has no name, or beside one of them a name that is none."""
    return page(
        "dossiers/recherches.html",
        form=form,
        recherches=gardees(g.compte.id),
        adresse=adresse_gardee,
        renommee=renommee,
        constats=constats(form),
    )


@bp.post("")
@connecte
def enregistrer() -> Any:
    """« Garder cette recherche »: the form holds the address of the list."""
    liste = request.form.get("liste", "")
    if liste not in LISTES:
        abort(404)
    form, search = Enregistrement(request.form), de_l_adresse(request.form, liste, g.compte.id)
    if not form.validate():
        return rendre(form, {"liste": liste, **adresse(search, g.compte.id)}), 422
    try:
        garder(g.compte.id, liste, form.nom.data, saisies(search))
        flash(typographie("La recherche est gardée."))
    except Refus as refus:
        flash(typographie(str(refus)))
    return redirect(url_for(LISTES[liste].endpoint, **adresse(search, g.compte.id)), 303)


def chargee(recherche_id: int) -> RechercheGardee:
    return gardee(recherche_id, g.compte.id) or abort(404)


@bp.get("/<int(max=2147483647):recherche_id>")
@connecte
def ouvrir(recherche_id: int) -> Any:
    """Back to the list, as it was searched."""
    kept = chargee(recherche_id)
    search = FORMES[kept.liste](MultiDict(kept.criteres))
    return redirect(url_for(LISTES[kept.liste].endpoint, **adresse(search, g.compte.id)), 303)


@bp.post("/<int(max=2147483647):recherche_id>")
@connecte
def changer(recherche_id: int) -> Any:
    """Another name, or none of it any more."""
    kept = chargee(recherche_id)
    if request.form.get("action") == "supprimer":
        oublier(kept)
        flash(typographie("La recherche est supprimée."))
        return redirect(url_for(".lister"), 303)
    form = Enregistrement(request.form)
    if not form.validate():
        return rendre(form, renommee=kept.id), 422
    renommer(kept, form.nom.data)
    flash(typographie("La recherche est renommée."))
    return redirect(url_for(".lister"), 303)
