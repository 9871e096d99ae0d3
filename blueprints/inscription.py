"""Coming in: registering for an employer or an organisme, following an invitation, vouching for somebody."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, g, make_response, redirect, request, session, url_for

from blueprints.access import connecte, public
from blueprints.identification import ouvrir, patienter
from blueprints.reconnexion import retarder
from blueprints.rendering import page, sans_jeton
from forms.acces import GENRES, Arrivee, Inscription, Recherche
from forms.compte import NouveauMotDePasse, constats
from forms.controles.formats import refus_siret
from forms.controles.francais import typographie
from forms.controles.registre import ERREUR, Constat
from models import acces
from models.acces import DemandeAcces, Invitation
from models.acces import Inscription as Inscrite
from models.comptes import Compte
from models.identification import adresse
from models.liens import Lien, LienInconnu, LienRefuse, LienRevoque, lien_ouvert, lire_lien
from models.mots_de_passe import hacher
from models.structures import Identite, identite, ouvrir_structure
from models.tentatives import TropDEssais, compter
from tasks import acces as actions
from tasks.acces import Personne
from tasks.relay import sonner

bp = Blueprint("inscription", __name__)


@bp.get("/inscription")
@public
def commencer() -> Any:
    """For whom: the SIRET, looked up in the registers."""
    form = Recherche(request.args or None)
    if not request.args:
        return page("inscription/commencer.html", form=form, constats=[])
    if not form.validate():
        return page("inscription/commencer.html", form=form, constats=constats(form)), 422
    return redirect(url_for(".identifier", genre=form.genre.data, siret=form.siret.data), 303)


def cherchee() -> tuple[str, str, Identite | None]:
    """Kind, SIRET and name that the URL asks for, None for a SIRET that nobody here knows; garbage is a 404."""
    genre, siret = request.args.get("genre", ""), request.args.get("siret", "")
    if genre not in GENRES or refus_siret(siret):
        abort(404)
    return genre, siret, identite(genre, siret)


def formulaire(genre: str, found: Identite | None, formdata: Any = None) -> Inscription:
    form = Inscription(formdata)
    if found:
        del form.denomination
    if genre != "organisme":
        del form.nda
    if g.compte:
        del form.prenom, form.nom, form.courriel
    return form


@bp.get("/inscription/identite")
@public
def identifier() -> Any:
    genre, siret, found = cherchee()
    return rendre(formulaire(genre, found), siret, found)


def rendre(form: Inscription, siret: str, found: Identite | None, messages: list[Constat] = ()) -> str:
    return page("inscription/identite.html", form=form, siret=siret, trouvee=found, constats=messages)


@bp.post("/inscription/identite")
@public
def inscrire() -> Any:
    """Mail the link. What is answered, and the work done for it, are the same for every address."""
    genre, siret, found = cherchee()
    form = formulaire(genre, found, request.form)
    if form._fields and not form.validate():
        return rendre(form, siret, found, constats(form)), 422
    nda, name = form.data.get("nda"), found.denomination if found else form.denomination.data
    if g.compte:
        actions.demander_acces(g.compte, ouvrir_structure(genre, siret, name, nda))
        sonner()
        return redirect(url_for(".attendre"), 303)
    courriel = adresse(form.courriel.data)
    try:
        compter("inscription", courriel, request.remote_addr or "")
    except TropDEssais as trop:
        wait = [Constat("inscription", ERREUR, "courriel", patienter(trop.attente))]
        return retarder(make_response(rendre(form, siret, found, wait), 429), trop.attente)
    who = {"prenom": form.prenom.data, "nom": form.nom.data}
    structure = {"genre": genre, "siret": siret, "nda": nda, "denomination": name}
    actions.inscrire(courriel, who, **structure)
    sonner()
    return redirect(url_for(".envoyer"), 303)


@bp.get("/inscription/envoi")
@public
def envoyer() -> Any:
    return page("inscription/envoi.html", boite=not current_app.config["SMTP_URL"])


@bp.get("/inscription/attente")
@connecte
def attendre() -> Any:
    """What happens now that the request is made."""
    return page("inscription/attente.html")


def retenir(jeton: str, objet: str, suite: str) -> Any:
    """Exchange the token for a clean URL at once. Nothing is used up: mail scanners open links."""
    try:
        session[objet] = lire_lien(jeton, objet).id
    except LienRefuse as refus:
        return refuser(refus)
    return sans_jeton(suite)


def refuser(refus: LienRefuse) -> Any:
    """404 for what never was a link, 410 for what no longer is one."""
    return page("inscription/lien_refuse.html"), 404 if isinstance(refus, LienInconnu) else 410


def en_main(objet: str) -> Lien:
    """The link that this browser opened. Raises `LienRefuse`."""
    return lien_ouvert(session.get(objet, ""), objet)


def detenteur(lien: Lien) -> Compte | None:
    """The account of the address that the link was sent to. Raises `LienRevoque` when it is closed."""
    compte = Compte.get_or_none(Compte.courriel == lien.destinataire)
    if compte and not compte.actif:
        raise LienRevoque("closed account")
    return compte


def arriver(lien: Lien, compte: Compte | None, suite: str) -> Any:
    """None when the person may go on; else the login, or the choice between two accounts."""
    if g.compte and g.compte != compte:
        return page("inscription/autre_compte.html"), 403
    if compte and not g.compte:
        return redirect(url_for("comptes.demander", suite=url_for(suite)), 303)
    return None


@bp.get("/inscription/lien/<jeton>")
@public
def ouvrir_lien(jeton: str) -> Any:
    return retenir(jeton, acces.INSCRIPTION, ".confirmer")


@bp.get("/inscription/confirmation")
@public
def confirmer() -> Any:
    """The mailbox is proven: choose a password, or log in with the account that is there."""
    try:
        lien = en_main(acces.INSCRIPTION)
        compte = detenteur(lien)
    except LienRefuse as refus:
        return refuser(refus)
    form = NouveauMotDePasse(None, lien.destinataire)
    return arriver(lien, compte, ".confirmer") or rendre_confirmation(Inscrite.get_by_id(lien.id), compte, form)


def rendre_confirmation(inscrite: Inscrite, compte: Compte | None, form: NouveauMotDePasse) -> str:
    messages = constats(form)
    return page("inscription/confirmation.html", inscrite=inscrite, connu=compte, form=form, constats=messages)


@bp.post("/inscription/confirmation")
@public
def achever() -> Any:
    try:
        lien = en_main(acces.INSCRIPTION)
        compte = detenteur(lien)
        if other := arriver(lien, compte, ".confirmer"):
            return other
        inscrite = Inscrite.get_by_id(lien.id)
        form = NouveauMotDePasse(request.form, lien.destinataire)
        if not compte and not form.validate():
            return rendre_confirmation(inscrite, compte, form), 422
        qui = compte or Personne(**inscrite.identite, mot_de_passe=hacher(form.nouveau_mot_de_passe.data))
        entrer(actions.confirmer(lien, inscrite, qui))
    except LienRefuse as refus:
        return refuser(refus)
    return redirect(url_for(".attendre"), 303)


def entrer(compte: Compte) -> None:
    """The person is logged in, by the link that its mailbox received and the password that it chose."""
    if g.compte != compte:
        ouvrir(compte)
    sonner()


@bp.get("/invitation/<jeton>")
@public
def ouvrir_invitation(jeton: str) -> Any:
    return retenir(jeton, acces.INVITATION, ".lire_invitation")


def invitation_de(lien: Lien) -> Invitation:
    """Raises `LienRevoque` when it was withdrawn."""
    found = Invitation.get_or_none(Invitation.lien == lien.id, Invitation.reponse == "")
    if found is None:
        raise LienRevoque("withdrawn")
    return found


@bp.get("/invitation")
@public
def lire_invitation() -> Any:
    try:
        lien = en_main(acces.INVITATION)
        invitation, compte = invitation_de(lien), detenteur(lien)
    except LienRefuse as refus:
        return refuser(refus)
    other = arriver(lien, compte, ".lire_invitation")
    return other or rendre_invitation(invitation, compte, Arrivee(None, lien.destinataire))


def rendre_invitation(invitation: Invitation, compte: Compte | None, form: Arrivee) -> str:
    return page("inscription/invitation.html", invitation=invitation, connu=compte, form=form, constats=constats(form))


@bp.post("/invitation")
@public
def accepter() -> Any:
    try:
        lien = en_main(acces.INVITATION)
        invitation, compte = invitation_de(lien), detenteur(lien)
        if other := arriver(lien, compte, ".lire_invitation"):
            return other
        form = Arrivee(request.form, lien.destinataire)
        if not compte and not form.validate():
            return rendre_invitation(invitation, compte, form), 422
        mot = None if compte else hacher(form.nouveau_mot_de_passe.data)
        qui = compte or Personne(form.prenom.data, form.nom.data, mot)
        entrer(actions.accepter_invitation(lien, invitation, qui))
    except LienRefuse as refus:
        return refuser(refus)
    flash(typographie("Bienvenue : vous avez maintenant accès aux contrats."))
    return redirect(url_for("accueil.montrer"), 303)


@bp.get("/preuve/<jeton>")
@public
def ouvrir_preuve(jeton: str) -> Any:
    return retenir(jeton, acces.PREUVE, ".verifier")


def demande_de(lien: Lien) -> DemandeAcces:
    """Raises `LienRevoque` when it was answered elsewhere."""
    found = DemandeAcces.get_or_none(DemandeAcces.lien == lien.id, DemandeAcces.reponse == "")
    if found is None:
        raise LienRevoque("answered")
    return found


@bp.get("/preuve")
@public
def verifier() -> Any:
    """The address of the structure is asked whether this person belongs to it."""
    try:
        demande = demande_de(en_main(acces.PREUVE))
    except LienRefuse as refus:
        return refuser(refus)
    return page("inscription/preuve.html", demande=demande)


@bp.post("/preuve")
@public
def attester() -> Any:
    try:
        demande = demande_de(en_main(acces.PREUVE))
    except LienRefuse as refus:
        return refuser(refus)
    accepts = request.form.get("action") == "accepter"
    done = (actions.accorder_le_premier if accepts else actions.ecarter)(demande, None)
    session.pop(acces.PREUVE, None)
    if not done:
        return refuser(LienRevoque("answered"))
    sonner()
    return page("inscription/merci.html")
