"""Another address for the account: the password asks for it, the new mailbox confirms it, the old one is told."""

from secrets import token_hex
from typing import Any

from flask import Blueprint, current_app, flash, g, make_response, redirect, request, session, url_for

from blueprints.access import connecte, public
from blueprints.identification import Essai, faute, patienter, prouver, publique
from blueprints.mots_de_passe import lien_en_main, refuser
from blueprints.reconnexion import retarder
from blueprints.rendering import page, sans_jeton
from forms.compte import NouvelleAdresse, constats
from forms.controles.francais import typographie
from models.adresses import OBJET, adopter_adresse, proposer_adresse
from models.base import db
from models.courriels import poster
from models.identification import adresse
from models.liens import Lien, LienRefuse, lire_lien
from models.tentatives import TropDEssais, compter
from tasks.courriels import composer
from tasks.relay import sonner

bp = Blueprint("adresses", __name__, url_prefix="/compte/adresse")

CLE = "lien_adresse"


@bp.get("")
@connecte
def demander() -> Any:
    return page("securite/adresse.html", form=NouvelleAdresse(), constats=[])


@bp.post("")
@connecte
def envoyer() -> Any:
    """Mail a link to the new address; what is answered never tells whether it has an account already."""
    form = NouvelleAdresse(request.form, g.compte.courriel)
    essai = admettre(form) if form.validate() else Essai(None, constats(form))
    if essai.compte is None:
        html = page("securite/adresse.html", form=form, constats=essai.constats)
        return retarder(make_response(html, essai.code), essai.attente)
    envoyer_lien(adresse(form.courriel.data))
    return redirect(url_for(".attendre"), 303)


def admettre(form: NouvelleAdresse) -> Essai:
    """The password, then how often this account may have mails sent to others."""
    essai = prouver(form.mot_de_passe)
    if essai.compte:
        try:
            compter("adresse", g.compte.courriel, request.remote_addr or "")
        except TropDEssais as trop:
            return Essai(None, [faute(form.courriel, patienter(trop.attente))], 429, trop.attente)
    return essai


def envoyer_lien(courriel: str) -> None:
    with db.atomic():
        token, free = proposer_adresse(g.compte, courriel)
        if free:
            ecrire("adresse_confirmer", courriel, lien=publique("adresses.ouvrir", jeton=token))
        else:
            ecrire("adresse_prise", courriel, lien=publique("adresses.demander"))
        ecrire("adresse_demandee", g.compte.courriel, lien=publique("comptes.montrer"))
    sonner()


def ecrire(modele: str, courriel: str, **contexte: str) -> None:
    poster(f"{modele}:{token_hex(16)}", courriel, *composer(modele, **contexte), genre="securite")


@bp.get("/envoi")
@connecte
def attendre() -> Any:
    return page("securite/adresse_envoi.html", boite=not current_app.config["SMTP_URL"])


@bp.get("/<jeton>")
@public
def ouvrir(jeton: str) -> Any:
    """Exchange the token for a clean URL at once. Nothing is used up: mail scanners open links."""
    try:
        session[CLE] = lire_lien(jeton, OBJET).id
    except LienRefuse as refus:
        return refuser(refus, "adresses.demander")
    return sans_jeton(".confirmer")


@bp.get("/confirmation")
@public
def confirmer() -> Any:
    try:
        lien = lien_en_main(CLE, OBJET)
    except LienRefuse as refus:
        return refuser(refus, "adresses.demander")
    return page("securite/adresse_confirmer.html", adresse=lien.destinataire, autre=autre_compte(lien))


def autre_compte(lien: Lien) -> bool:
    """Whether this browser is logged in with another account than the one that changes."""
    return g.compte is not None and g.compte.id != lien.compte_id


@bp.post("/confirmation")
@public
def adopter() -> Any:
    try:
        lien = lien_en_main(CLE, OBJET)
        changer(lien)
    except LienRefuse as refus:
        return refuser(refus, "adresses.demander")
    session.pop(CLE)
    if autre_compte(lien):
        flash(typographie("L’adresse est changée. Le compte ouvert ici n’est pas celui-là : il reste comme il était."))
    else:
        flash("Votre adresse est changée. Vous vous connectez désormais avec elle.")
    return redirect(url_for("comptes.montrer"), 303)


def changer(lien: Lien) -> None:
    """Raises `LienRefuse`."""
    mine = g.compte is not None and g.compte.id == lien.compte_id
    with db.atomic():
        former = adopter_adresse(lien, session["s"] if mine else None)
        ecrire("adresse_changee", former)
    sonner()
