"""The second factor of an account: put it on, get new recovery codes, take it off."""

from secrets import token_hex
from typing import Any

import segno
from flask import Blueprint, flash, g, make_response, redirect, request, session, url_for
from markupsafe import Markup

from blueprints import protection
from blueprints.access import connecte
from blueprints.identification import Essai, faute, prouver, publique, tenter_code
from blueprints.reconnexion import retarder
from blueprints.rendering import page
from forms.compte import Installation, Preuve, PreuveDouble, constats
from models.base import db
from models.comptes import Compte
from models.courriels import poster
from models.second_facteur import activer, adresse_otpauth, codes_restants, nouveaux_codes, preparer, retirer
from tasks.courriels import composer
from tasks.relay import sonner

bp = Blueprint("second_facteur", __name__, url_prefix="/compte/second-facteur")


@bp.get("")
@connecte
def montrer() -> Any:
    return page("securite/second_facteur.html", restants=codes_restants(g.compte), exige=protection.exigee())


@bp.post("")
@connecte
def commencer() -> Any:
    preparer(g.compte)
    return redirect(url_for(".installer"), 303)


@bp.get("/installation")
@connecte
def installer() -> Any:
    if g.compte.second_facteur_le:
        return redirect(url_for(".montrer"), 303)
    return rendre_installation(Installation())


def rendre_installation(form: Installation, essai: Essai | None = None) -> str:
    secret = preparer(g.compte)
    otpauth = adresse_otpauth(g.compte, secret)
    return page(
        "securite/installation.html",
        form=form,
        qr=dessiner(otpauth),
        otpauth=otpauth,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        constats=essai.constats if essai else [],
    )


def dessiner(text: str) -> Markup:
    """A QR code in the page itself: no file that a proxy or a history could keep."""
    return Markup(  # noqa: S704 (segno writes squares, not the text)
        segno.make(text, error="m").svg_inline(
            scale=5, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True
        )
    )


@bp.post("/installation")
@connecte
def prouver_l_application() -> Any:
    """The code proves that the application holds the secret; the recovery codes stand in this one answer only."""
    if g.compte.second_facteur_le:
        return redirect(url_for(".montrer"), 303)
    form = Installation(request.form)
    essai = prouver(form.mot_de_passe) if form.validate() else Essai(None, constats(form))
    codes = mettre(form.code.data) if essai.compte else []
    if codes:
        return rendre_codes(codes)
    if essai.compte:
        message = "Ce code n’est pas celui de votre application : attendez le suivant, vérifiez l’heure du téléphone."
        essai = Essai(None, [faute(form.code, message)])
    return retarder(make_response(rendre_installation(form, essai), essai.code), essai.attente)


def mettre(code: str) -> list[str]:
    with db.atomic():
        codes = activer(g.compte, code, session["s"])
        if codes:
            prevenir("Un second facteur protège maintenant votre compte : un code vous sera demandé à la connexion.")
    sonner()
    return codes


def rendre_codes(codes: list[str]) -> str:
    return page("securite/codes.html", codes=codes, suite=session.pop(protection.SUITE, url_for("accueil.montrer")))


@bp.get("/codes")
@connecte
def demander_codes() -> Any:
    return rendre_preuve("codes", PreuveDouble())


@bp.post("/codes")
@connecte
def renouveler() -> Any:
    """New recovery codes: the ones before open nothing any more."""
    if not g.compte.second_facteur_le:
        return redirect(url_for(".montrer"), 303)
    form = PreuveDouble(request.form)
    essai = double_preuve(form)
    if essai.compte is None:
        return retarder(make_response(rendre_preuve("codes", form, essai), essai.code), essai.attente)
    return rendre_codes(nouveaux_codes(g.compte))


@bp.get("/retrait")
@connecte
def demander_retrait() -> Any:
    return rendre_preuve("retrait", PreuveDouble())


@bp.post("/retrait")
@connecte
def enlever() -> Any:
    """Taken off already, in another tab or by a second click: the page says so."""
    if not g.compte.second_facteur_le:
        return redirect(url_for(".montrer"), 303)
    form = PreuveDouble(request.form)
    essai = double_preuve(form)
    if essai.compte is None:
        return retarder(make_response(rendre_preuve("retrait", form, essai), essai.code), essai.attente)
    with db.atomic():
        retirer(g.compte)
        prevenir("Le second facteur de votre compte est retiré : le mot de passe seul l’ouvre désormais.")
    sonner()
    flash("Le second facteur est retiré.")
    return redirect(url_for(".montrer"), 303)


def rendre_preuve(acte: str, form: Preuve, essai: Essai | None = None) -> Any:
    if not g.compte.second_facteur_le:
        return redirect(url_for(".montrer"), 303)
    return page("securite/preuve.html", acte=acte, form=form, constats=essai.constats if essai else [])


def double_preuve(form: PreuveDouble) -> Essai:
    """The password, then a code: neither alone changes anything."""
    if not form.validate():
        return Essai(None, constats(form))
    essai = prouver(form.mot_de_passe)
    return tenter_code(g.compte, form.code) if essai.compte else essai


def prevenir(fait: str) -> None:
    """Tell the person by mail, in case it was somebody else."""
    compte: Compte = g.compte
    lien = publique("mots_de_passe.demander")
    poster(
        f"securite:{token_hex(16)}",
        compte.courriel,
        *composer("securite_changee", fait=fait, lien=lien),
        genre="securite",
    )
