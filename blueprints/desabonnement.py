"""Doing without a kind of mail: the link that mail programs show (RFC 2369), and their one click (RFC 8058)."""

from typing import Any

from flask import Blueprint, redirect, request, session, url_for

from blueprints.access import public
from blueprints.rendering import page, sans_jeton
from models.desabonnement import DESABONNEMENT, renonce, renoncer, vises
from models.liens import LienInconnu, LienRefuse, identifiant

bp = Blueprint("desabonnement", __name__, url_prefix="/desabonnement")
COURRIEL = "desabonnement"  # in the session: the mail whose link was opened


@bp.errorhandler(LienRefuse)
def refuser(refus: LienRefuse) -> Any:
    return page("desabonnement/montrer.html", genre=None), 404 if isinstance(refus, LienInconnu) else 410


@bp.get("/<jeton>")
@public
def ouvrir(jeton: str) -> Any:
    """Keep which mail it was and go to a clean address. Nothing changes: mail scanners open links."""
    session[COURRIEL] = identifiant(jeton, DESABONNEMENT)
    return sans_jeton(".montrer")


@bp.post("/<jeton>")
@public
def obeir(jeton: str) -> Any:
    """The one click of a mail program: no cookie, no question, no redirection."""
    if request.form.get("List-Unsubscribe") != "One-Click":
        return ouvrir(jeton=jeton)
    compte, genre = vises(identifiant(jeton, DESABONNEMENT))
    renoncer(compte, genre)
    return page("desabonnement/montrer.html", genre=genre, fait=True)


@bp.get("")
@public
def montrer() -> Any:
    compte, genre = vises(session.get(COURRIEL, ""))
    return page("desabonnement/montrer.html", genre=genre, fait=renonce(compte, genre))


@bp.post("")
@public
def confirmer() -> Any:
    renoncer(*vises(session.get(COURRIEL, "")))
    return redirect(url_for(".montrer"), 303)
