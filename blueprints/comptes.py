"""The account: log in, log out, log in again in place, my account."""

from typing import NamedTuple

from flask import (
    Blueprint,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)

from blueprints import reconnexion
from blueprints.access import connecte, public
from blueprints.mots_de_passe import changer_mot_de_passe, patienter
from blueprints.reconnexion import FICHIERS, SUITE, destination, retarder
from blueprints.rendering import page
from forms.compte import Changement, Connexion, constats
from forms.controles.francais import typographie
from forms.controles.registre import ERREUR, Constat
from forms.fields import Champ, Secret
from models.comptes import Compte
from models.identification import identifier
from models.sessions import fermer_session, ouvrir_session
from models.tentatives import TropDEssais

LIENS = ("reprise", "transmis")  # links opened before the login

bp = Blueprint("comptes", __name__)


class Essai(NamedTuple):
    """How a login went: the account, or what to say, with which status, and the seconds to wait."""

    compte: Compte | None
    constats: list[Constat]
    code: int = 422
    attente: int = 0


@bp.get("/connexion")
@public
def demander():
    suite = destination(request.args.get("suite"))
    if g.compte:
        return redirect(suite, 303)
    return page("comptes/connexion.html", form=Connexion(), suite=suite, constats=[])


@bp.post("/connexion")
@public
def connecter():
    form, suite = Connexion(request.form), destination(request.form.get(SUITE))
    essai = essayer(form)
    if essai.compte:
        ouvrir(essai.compte)
        return redirect(suite, 303)
    html = page("comptes/connexion.html", form=form, suite=suite, constats=essai.constats)
    return retarder(make_response(html, essai.code), essai.attente)


@bp.post("/connexion/reprendre")
@public
def reprendre():
    """Log in beside a page that stays: the script then presses again the button that failed."""
    form = Connexion(request.form)
    essai = essayer(form)
    if essai.compte is None:
        return reconnexion.bandeau(form, essai.constats, essai.code, essai.attente)
    ouvrir(essai.compte)
    response = reconnexion.fragment(render_template("comptes/reconnecte.html"), 200, "innerHTML")
    response.headers["HX-Trigger"] = '{"reconnecte": {"target": "body"}}'
    return response


@bp.post("/connexion/rejouer")
@public
def rejouer():
    """Log in, then have the browser send again, unchanged, the POST that found no session (307)."""
    form, suite = Connexion(request.form), destination(request.form.get(SUITE))
    essai = essayer(form)
    if essai.compte is None:
        files = FICHIERS in request.form
        return reconnexion.page_de_rejeu(form, suite, essai.constats, essai.code, files, essai.attente)
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
    essai = verifier_ancien(form) if form.validate() else Essai(None, constats(form))
    if essai.compte is None:
        html = page("comptes/compte.html", form=form, constats=essai.constats)
        return retarder(make_response(html, essai.code), essai.attente)
    changer_mot_de_passe(essai.compte, form.nouveau_mot_de_passe.data, garder=session["s"])
    flash("Votre mot de passe est changé. Vos autres appareils sont déconnectés.")
    return redirect(url_for("comptes.montrer"), 303)


def essayer(form: Connexion) -> Essai:
    """Try the login that was typed; all failures look alike, whether the account exists or not."""
    if not form.validate():
        return Essai(None, constats(form))
    return tenter(form.courriel.data, form.mot_de_passe, "Adresse ou mot de passe incorrect : vérifiez les deux.")


def verifier_ancien(form: Changement) -> Essai:
    return tenter(g.compte.courriel, form.ancien_mot_de_passe, "Ce n’est pas votre mot de passe actuel.")


def tenter(courriel: str, secret: Secret, refus: str) -> Essai:
    """Try a password, counted with all other tries for this address and from this network."""
    try:
        compte = identifier(courriel, secret.data, request.remote_addr or "")
    except TropDEssais as trop:
        return Essai(None, [faute(secret, patienter(trop.attente))], 429, trop.attente)
    return Essai(compte, [] if compte else [faute(secret, refus)])


def faute(champ: Champ, message: str) -> Constat:
    return Constat("connexion", ERREUR, champ.name, typographie(message))


def ouvrir(compte: Compte) -> None:
    """Open a session under a new token: one that somebody planted before the login is worth nothing after it.

    A link that was opened before the login is followed after it; it gives no right.
    """
    fermer_session(session.get("s", ""))
    liens = {name: session[name] for name in LIENS if name in session}
    session.clear()
    session.update(liens)
    session["s"] = ouvrir_session(compte, current_app.config["SESSION_HOURS"])
