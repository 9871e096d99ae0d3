"""« Sauvegarder »: the page that confirms it, and the link that comes back to exactly this page."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, request, session, url_for

from blueprints import navigation
from blueprints.access import ouvrir, public
from blueprints.errors import repondre
from blueprints.reconnexion import demander_connexion
from blueprints.rendering import page
from forms.controles.francais import typographie
from forms.page import Page
from forms.reprise import Envoi
from forms.steps import PAR_SLUG
from models.base import db, maintenant
from models.contenu import contenu
from models.courriels import poster
from models.dossier import Dossier
from models.journal import noter
from models.liens import Lien, LienInconnu, LienRefuse, creer_lien, lien_ouvert, lire_lien, revoquer
from models.non_remis import regler
from models.saisie import frappe
from tasks.courriels import composer
from tasks.relay import sonner

bp = Blueprint("reprise", __name__)


@bp.get("/dossiers/<dossier_id>/sauvegarde")
@ouvrir("modifier")
def sauvegarde(dossier: Dossier) -> Any:
    return rendre(dossier, Envoi(data={"courriel": g.compte.courriel}))


def rendre(dossier: Dossier, form: Envoi, lien: str = "") -> str:
    live = Lien.select().where(
        Lien.dossier == dossier, Lien.objet == "reprise", Lien.revoque_le.is_null(), Lien.expire_le > maintenant()
    )
    return page(
        "reprise/sauvegarde.html",
        dossier=dossier,
        form=form,
        lien=lien,
        liens=list(live.order_by(Lien.cree_le.desc())),
        retour=navigation.adresse(dossier, dossier.etape),
        refuses=refuses(dossier),
    )


def refuses(dossier: Dossier) -> list[tuple[str, str]]:
    """What of the page was kept as typed because it is not valid yet: (label, why)."""
    typed = frappe(dossier, dossier.etape, g.compte.id)
    etape = PAR_SLUG.get(dossier.etape)
    if typed is None or etape is None:
        return []
    page_ = Page(etape, contenu(dossier.id), typed.valeurs)
    return [(page_.demandes[c.champ].label.text, c.message) for c in page_.refuses]


def nouveau_lien(dossier: Dossier, destinataire: str | None) -> str:
    """The address of a new link to the page where `dossier` was left, inside the caller's transaction."""
    token = creer_lien(
        "reprise",
        timedelta(days=current_app.config["LIEN_DAYS"]),
        dossier=dossier,
        etape=dossier.etape,
        destinataire=destinataire,
        cree_par=g.compte,
    )
    return current_app.config["PUBLIC_URL"] + url_for("reprise.ouvrir_lien", jeton=token)


@bp.post("/dossiers/<dossier_id>/sauvegarde")
@ouvrir("modifier")
def lier(dossier: Dossier) -> Any:
    """Make a link to copy, or send one by mail; withdraw one."""
    verbe, _, objet = request.form.get("action", "creer").partition(":")
    form = Envoi(request.form)
    if verbe == "revoquer":
        for lien in Lien.select().where(Lien.id == objet, Lien.dossier == dossier, Lien.objet == "reprise"):
            revoquer(lien)
        flash(typographie("Le lien est révoqué : il ne s’ouvre plus."))
        return redirect(url_for(".sauvegarde", dossier_id=dossier.id), 303)
    if verbe != "envoyer":
        with db.atomic():
            url = nouveau_lien(dossier, None)
        return rendre(dossier, Envoi(data={"courriel": g.compte.courriel}), url)
    if not form.validate():
        return rendre(dossier, form), 422
    envoyer(dossier, form.courriel.data)
    flash(typographie("Le lien part par courriel à l’adresse indiquée."))
    return redirect(url_for(".sauvegarde", dossier_id=dossier.id), 303)


def envoyer(dossier: Dossier, destinataire: str) -> None:
    """Mail a new link, in one transaction with the journal."""
    with db.atomic():
        url = nouveau_lien(dossier, destinataire)
        jours = current_app.config["LIEN_DAYS"]
        sujet, texte, html = composer("reprise", lien=url, auteur=g.compte.nom_complet, jours=jours)
        about = {"genre": "reprise", "dossier": dossier.id, "auteur": g.compte.id}
        poster(f"reprise-{url[-40:]}", destinataire, sujet, texte, html, **about)
        regler(dossier.id, "employeur")
        noter(dossier.id, "lien_envoye", g.compte.id)
    sonner()


@bp.get("/reprise/<jeton>")
@public
def ouvrir_lien(jeton: str) -> Any:
    """Exchange the token for a session right and go at once to a clean address. Nothing is consumed."""
    try:
        session["reprise"] = lire_lien(jeton, "reprise").id
    except LienInconnu:
        return repondre(404)
    except LienRefuse:
        return repondre(410)
    return redirect(url_for(".suivre"), 303)


@bp.get("/reprise")
@public
def suivre() -> Any:
    """To the very page of the dossier; whoever is not logged in logs in first and sees nothing of it before."""
    try:
        lien = lien_ouvert(session.get("reprise", ""), "reprise")
    except LienRefuse:
        return repondre(410)
    if g.compte is None:
        return demander_connexion()
    dossier = Dossier.get_by_id(lien.dossier_id)
    if dossier.etat != "brouillon":
        return redirect(url_for("dossiers.detailler", dossier_id=dossier.id), 303)
    return redirect(navigation.adresse(dossier, lien.etape or dossier.etape), 303)
