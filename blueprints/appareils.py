"""Where one is logged in: the list of open sessions, and the way to end them."""

from typing import Any

from flask import Blueprint, flash, g, redirect, request, session, url_for

from blueprints.access import connecte
from blueprints.rendering import page
from forms.controles.francais import typographie
from models.sessions import est_de, fermer_toutes, fermer_une, sessions_de

bp = Blueprint("appareils", __name__, url_prefix="/compte/appareils")


@bp.get("")
@connecte
def lister() -> Any:
    return page("securite/appareils.html", sessions=[(s, est_de(s, session["s"])) for s in sessions_de(g.compte)])


@bp.post("")
@connecte
def deconnecter() -> Any:
    """End one session, or all but this one; a second click finds it done."""
    chosen = request.form.get("session", "")
    if chosen == "autres":
        fermer_toutes(g.compte, sauf=session["s"])
        flash(typographie("Vos autres appareils sont déconnectés."))
    elif fermer_une(g.compte, chosen):
        flash(typographie("L’appareil est déconnecté."))
    return redirect(url_for(".lister"), 303)
