"""A forgotten password: the mailbox proves who one is."""

from datetime import timedelta
from secrets import token_hex

from flask import Blueprint, current_app, flash, make_response, redirect, request, session, url_for

from blueprints.access import public
from blueprints.identification import patienter, publique
from blueprints.reconnexion import retarder
from blueprints.rendering import page, sans_jeton
from forms.compte import NouveauMotDePasse, Oubli, constats
from forms.controles.registre import ERREUR, Constat
from models.adresses import OBJET as ADRESSE
from models.base import db
from models.comptes import Compte
from models.courriels import poster
from models.identification import OBJET, adresse, compte_par_adresse
from models.liens import (
    MOT_DE_PASSE,
    Lien,
    LienInconnu,
    LienRefuse,
    LienRevoque,
    creer_lien,
    lien_ouvert,
    lire_lien,
    revoquer_du_compte,
    utiliser,
)
from models.mots_de_passe import hacher
from models.second_facteur import oublier_preparation
from models.sessions import fermer_toutes
from models.tentatives import TropDEssais, compter, effacer
from tasks.courriels import composer
from tasks.relay import sonner

bp = Blueprint("mots_de_passe", __name__, url_prefix="/mot-de-passe")

CLE = "lien_mot_de_passe"
DUREE = timedelta(hours=1)


@bp.get("/oubli")
@public
def demander():
    return page("comptes/oubli.html", form=Oubli(), constats=[])


@bp.post("/oubli")
@public
def envoyer():
    """Mail a link if the account exists; what is answered, and the work done for it, never tell."""
    form = Oubli(request.form)
    if not form.validate():
        return page("comptes/oubli.html", form=form, constats=constats(form)), 422
    courriel = adresse(form.courriel.data)
    try:
        compter("oubli", courriel, request.remote_addr or "")
    except TropDEssais as trop:
        wait = [Constat("oubli", ERREUR, "courriel", patienter(trop.attente))]
        return retarder(make_response(page("comptes/oubli.html", form=form, constats=wait), 429), trop.attente)
    envoyer_lien(courriel)
    return redirect(url_for("mots_de_passe.confirmer"), 303)


@bp.get("/envoi")
@public
def confirmer():
    return page("comptes/envoi.html", boite=not current_app.config["SMTP_URL"])


@bp.get("/<jeton>")
@public
def ouvrir(jeton):
    """Exchange the token for a clean URL at once: it stays in no history and in no Referer. Nothing is used up."""
    try:
        session[CLE] = lire_lien(jeton, MOT_DE_PASSE).id
    except LienRefuse as refus:
        return refuser(refus)
    return sans_jeton("mots_de_passe.choisir")


@bp.get("/nouveau")
@public
def choisir():
    try:
        lien = lien_en_main()
    except LienRefuse as refus:
        return refuser(refus)
    return page("comptes/nouveau.html", form=NouveauMotDePasse(None, lien.compte.courriel), constats=[])


@bp.post("/nouveau")
@public
def changer():
    try:
        lien = lien_en_main()
        form = NouveauMotDePasse(request.form, lien.compte.courriel)
        if not form.validate():
            return page("comptes/nouveau.html", form=form, constats=constats(form)), 422
        changer_mot_de_passe(lien.compte, form.nouveau_mot_de_passe.data, lien=lien)
    except LienRefuse as refus:
        return refuser(refus)
    session.clear()
    flash("Votre mot de passe est changé. Connectez-vous avec le nouveau.")
    return redirect(url_for("comptes.demander"), 303)


def lien_en_main(cle: str = CLE, objet: str = MOT_DE_PASSE) -> Lien:
    """The link that this browser opened. Raises `LienRefuse` when it opens nothing, or nothing any more."""
    if cle not in session:
        raise LienInconnu("no link was opened here")
    lien = lien_ouvert(session[cle], objet)
    if not lien.compte.actif:
        raise LienRevoque("closed account")
    return lien


def refuser(refus: LienRefuse, ailleurs: str = "mots_de_passe.demander"):
    """404 for what never was a link, 410 for what no longer is one; the same page, and a way to a new link."""
    return page("comptes/lien_refuse.html", ailleurs=url_for(ailleurs)), 404 if isinstance(refus, LienInconnu) else 410


def envoyer_lien(courriel: str) -> None:
    """Mail the link. For an unknown address the same is done, then undone: the time taken tells nothing."""
    compte = compte_par_adresse(courriel)
    with db.atomic() as transaction:
        jeton = creer_lien(MOT_DE_PASSE, DUREE, compte=compte, destinataire=courriel)
        mail = composer("mot_de_passe_oublie", lien=publique("mots_de_passe.ouvrir", jeton=jeton), duree="une heure")
        poster(f"mot_de_passe_oublie:{token_hex(16)}", courriel, *mail, genre="securite")
        if compte is None:
            transaction.rollback()
    sonner()


def changer_mot_de_passe(compte: Compte, mot: str, garder: str | None = None, lien: Lien | None = None) -> None:
    """Give `compte` a new password, by the way using up `lien`: other links die, all sessions but `garder` end.

    Raises `LienUtilise` when the link served meanwhile; nothing has changed then.
    """
    empreinte = hacher(mot)
    with db.atomic():
        if lien:
            utiliser(lien)
        Compte.update(mot_de_passe=empreinte).where(Compte.id == compte.id).execute()
        abandonner(compte)
        fermer_toutes(compte, sauf=garder)
        effacer(OBJET, compte.courriel, request.remote_addr or "")
        mail = composer("mot_de_passe_change", lien=publique("mots_de_passe.demander"))
        poster(f"mot_de_passe_change:{token_hex(16)}", compte.courriel, *mail, genre="securite")
    sonner()


def abandonner(compte: Compte) -> None:
    """What somebody who knew the former password may have begun comes to nothing: other links, an address, a secret."""
    revoquer_du_compte(compte, MOT_DE_PASSE)
    revoquer_du_compte(compte, ADRESSE)
    oublier_preparation(compte)
