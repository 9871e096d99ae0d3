"""The account: log in, log out, log in again in place, my account."""

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, session, url_for

from blueprints import reconnexion
from blueprints.access import connecte, public
from blueprints.identification import PREMIER_PAS, Essai, essayer, formulaire, ouvrir, prouver
from blueprints.mots_de_passe import changer_mot_de_passe
from blueprints.reconnexion import FICHIERS, SUITE, destination, retarder
from blueprints.rendering import page
from forms.compte import Changement, constats
from models.sessions import fermer_session

bp = Blueprint("comptes", __name__)


@bp.get("/connexion")
@public
def demander():
    suite = destination(request.args.get("suite"))
    if g.compte:
        return redirect(suite, 303)
    return page("comptes/connexion.html", form=formulaire(), suite=suite, constats=[])


@bp.post("/connexion")
@public
def connecter():
    suite, essai = destination(request.form.get(SUITE)), essayer()
    if essai.compte:
        ouvrir(essai.compte)
        return redirect(suite, 303)
    if essai.code == PREMIER_PAS:
        return redirect(url_for("comptes.demander", suite=suite), 303)
    html = page("comptes/connexion.html", form=essai.form, suite=suite, constats=essai.constats)
    return retarder(make_response(html, essai.code), essai.attente)


@bp.post("/connexion/reprendre")
@public
def reprendre():
    """Log in beside a page that stays: the script then presses again the button that failed."""
    essai = essayer()
    if essai.compte is None:
        return reconnexion.bandeau(essai.form, essai.constats, essai.code, essai.attente)
    ouvrir(essai.compte)
    response = reconnexion.fragment(render_template("comptes/reconnecte.html"), 200, "innerHTML")
    response.headers["HX-Trigger"] = '{"reconnecte": {"target": "body"}}'
    return response


@bp.post("/connexion/rejouer")
@public
def rejouer():
    """Log in, then have the browser send again, unchanged, the POST that found no session (307)."""
    suite, essai = destination(request.form.get(SUITE)), essayer()
    if essai.compte is None:
        files = FICHIERS in request.form
        return reconnexion.page_de_rejeu(essai.form, suite, essai.constats, essai.code, files, essai.attente)
    ouvrir(essai.compte)
    return redirect(suite, 307)


@bp.post("/deconnexion")
@public
def deconnecter():
    fermer_session(session.get("s", ""))
    session.clear()
    flash("Vous êtes déconnecté(e).")
    return redirect(url_for("comptes.demander"), 303)


@bp.get("/compte")
@connecte
def montrer():
    return page("comptes/compte.html", form=Changement(None, g.compte.courriel), constats=[])


@bp.post("/compte")
@connecte
def changer():
    """Change the password: the present one is asked, all other sessions are closed."""
    form = Changement(request.form, g.compte.courriel)
    essai = prouver(form.ancien_mot_de_passe) if form.validate() else Essai(None, constats(form))
    if essai.compte is None:
        html = page("comptes/compte.html", form=form, constats=essai.constats)
        return retarder(make_response(html, essai.code), essai.attente)
    changer_mot_de_passe(essai.compte, form.nouveau_mot_de_passe.data, garder=session["s"])
    flash("Votre mot de passe est changé. Vos autres appareils sont déconnectés.")
    return redirect(url_for("comptes.montrer"), 303)
