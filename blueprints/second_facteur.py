"""The second factor of an account: put it on, get new recovery codes, take it off."""

from secrets import token_urlsafe
from typing import Any

import segno
from flask import Blueprint, flash, g, make_response, redirect, request, session, url_for
from markupsafe import Markup

from blueprints import protection
from blueprints.access import connecte
from blueprints.identification import Essai, faute, prevenir, prouver, tenter_code
from blueprints.reconnexion import retarder
from blueprints.rendering import page
from forms.compte import Installation, Preuve, PreuveDouble, constats
from models.base import db
from models.second_facteur import (
    activer,
    adresse_otpauth,
    codes_restants,
    memes_codes,
    nouveaux_codes,
    preparer,
    retirer,
)
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
        cle=cle_du_formulaire(),
        exige=protection.exigee(),
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
    """The code proves that the application holds the secret; the answer to this page alone shows the recovery codes."""
    form = Installation(request.form)
    essai = preuve_du_mot_de_passe(form)
    codes = mettre(form.code.data) if essai.compte else []
    if codes:
        return rendre_codes(codes)
    if g.compte.second_facteur_le:
        return redirect(url_for(".montrer"), 303)
    if essai.compte:
        message = "Ce code n’est pas celui de votre application : attendez le suivant, vérifiez l’heure du téléphone."
        essai = Essai(None, [faute(form.code, message)])
    return retarder(make_response(rendre_installation(form, essai), essai.code), essai.attente)


def mettre(code: str) -> list[str]:
    """Put it on; the second of two clicks finds it there, and gives the same recovery codes."""
    cle = cle_du_formulaire()
    with db.atomic():
        codes = [] if g.compte.second_facteur_le else activer(g.compte, code, session["s"], cle)
        if codes:
            fait = "Un second facteur protège maintenant votre compte : un code vous sera demandé à la connexion."
            prevenir(g.compte, fait)
    sonner()
    return codes or memes_codes(g.compte, cle)


def cle_du_formulaire() -> str:
    """One for each time that a page asks for recovery codes: however often it is sent, it gets the same."""
    return request.form.get("cle") or token_urlsafe(16)


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
    essai = preuve_du_mot_de_passe(form)
    codes = []
    if essai.compte:
        essai, codes = refaire(form)
    if codes:
        return rendre_codes(codes)
    return retarder(make_response(rendre_preuve("codes", form, essai), essai.code), essai.attente)


def refaire(form: PreuveDouble) -> tuple[Essai, list[str]]:
    """The second of two clicks, whose code has served, gives the same codes again."""
    cle = cle_du_formulaire()
    with db.atomic():
        essai = tenter_code(g.compte, form.code)
        codes = nouveaux_codes(g.compte, cle) if essai.compte else memes_codes(g.compte, cle)
        if essai.compte:
            prevenir(g.compte, "Votre compte a de nouveaux codes de secours : les anciens ne servent plus.")
    sonner()
    return essai, codes


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
        prevenir(g.compte, "Le second facteur de votre compte est retiré : le mot de passe seul l’ouvre désormais.")
    sonner()
    flash("Le second facteur est retiré.")
    return redirect(url_for(".montrer"), 303)


def rendre_preuve(acte: str, form: Preuve, essai: Essai | None = None) -> Any:
    if not g.compte.second_facteur_le:
        return redirect(url_for(".montrer"), 303)
    return page(
        "securite/preuve.html",
        acte=acte,
        form=form,
        cle=cle_du_formulaire(),
        exige=protection.exigee(),
        constats=essai.constats if essai else [],
    )


def preuve_du_mot_de_passe(form: Preuve) -> Essai:
    return prouver(form.mot_de_passe) if form.validate() else Essai(None, constats(form))


def double_preuve(form: PreuveDouble) -> Essai:
    """The password, then a code: neither alone changes anything."""
    essai = preuve_du_mot_de_passe(form)
    return tenter_code(g.compte, form.code) if essai.compte else essai
