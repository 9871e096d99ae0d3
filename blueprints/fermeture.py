"""Closing one's own account."""

from secrets import token_hex
from typing import Any

from flask import Blueprint, flash, g, make_response, redirect, request, session, url_for

from blueprints.access import connecte
from blueprints.identification import Essai, prouver
from blueprints.reconnexion import retarder
from blueprints.rendering import page
from forms.compte import Preuve, constats
from models.base import db
from models.courriels import poster
from models.etats import Refus
from models.fermeture import fermer_compte, phrase
from models.structures import seul_administrateur
from tasks.courriels import composer
from tasks.relay import sonner

bp = Blueprint("fermeture", __name__, url_prefix="/compte/fermeture")


@bp.get("")
@connecte
def demander() -> Any:
    return rendre(Preuve())


def rendre(form: Preuve, essai: Essai | None = None) -> str:
    alone = seul_administrateur(g.compte.id)
    return page(
        "securite/fermeture.html",
        form=form,
        empechement=phrase(alone) if alone else "",
        constats=essai.constats if essai else [],
    )


@bp.post("")
@connecte
def fermer() -> Any:
    form = Preuve(request.form)
    essai = prouver(form.mot_de_passe) if form.validate() else Essai(None, constats(form))
    if essai.compte:
        essai = partir()
    if essai.compte is None:
        return retarder(make_response(rendre(form, essai), essai.code), essai.attente)
    session.clear()
    flash("Votre compte est fermé.")
    return redirect(url_for("comptes.demander"), 303)


def partir() -> Essai:
    """Close the account and say so to its address, together or not at all."""
    courriel = g.compte.courriel
    try:
        with db.atomic():
            fermer_compte(g.compte)
            poster(f"compte_ferme:{token_hex(16)}", courriel, *composer("compte_ferme"), genre="securite")
    except Refus:  # the page says why
        return Essai(None, [])
    sonner()
    return Essai(g.compte, [])
