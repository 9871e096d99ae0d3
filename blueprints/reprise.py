"""« Sauvegarder »: the page that confirms it, and the link that comes back to exactly this page."""

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, request, url_for

from blueprints import navigation
from blueprints.access import ouvrir
from blueprints.ecran import TITRES
from blueprints.liens import en_cours
from blueprints.rendering import page
from forms.controles.francais import typographie
from forms.fields import EMPLOYEUR
from forms.page import Page
from forms.reprise import Envoi
from forms.steps import CHAMPS, PAR_SLUG
from models.base import db
from models.contenu import contenu
from models.dossier import Dossier
from models.journal import noter
from models.liens import REPRISE
from models.non_remis import non_remis
from models.saisie import frappe
from tasks.liens import creer, envoyer
from tasks.relay import sonner

bp = Blueprint("reprise", __name__)


@bp.get("/dossiers/<dossier_id>/sauvegarde")
@ouvrir("modifier")
def sauvegarde(dossier: Dossier) -> Any:
    """The address of a mail that came back is offered to be corrected."""
    lost = [courriel.destinataire for courriel in non_remis(dossier.id, EMPLOYEUR)]
    return rendre(dossier, Envoi(data={"courriel": lost[0] if lost else g.compte.courriel}))


def rendre(dossier: Dossier, form: Envoi, lien: str = "") -> str:
    return page(
        "reprise/sauvegarde.html",
        dossier=dossier,
        form=form,
        lien=lien,
        liens=en_cours(dossier),
        retour=navigation.adresse(dossier, dossier.etape),
        titre=TITRES.get(dossier.etape, "Pièces"),
        refuses=refuses(dossier),
    )


def refuses(dossier: Dossier) -> list[tuple[str, str]]:
    """What of the page was kept as typed because it is not valid yet: (label, why)."""
    typed = frappe(dossier, dossier.etape, g.compte.id)
    etape = PAR_SLUG.get(dossier.etape)
    if typed is None or etape is None:
        return []
    page_ = Page(etape, contenu(dossier.id), typed.valeurs)
    return [(CHAMPS[c.champ].intitule, c.message) for c in page_.refuses]


@bp.post("/dossiers/<dossier_id>/sauvegarde")
@ouvrir("modifier")
def lier(dossier: Dossier) -> Any:
    """Make a link to copy, or send one by mail."""
    form, jours = Envoi(request.form), current_app.config["LIEN_DAYS"]
    if request.form.get("action") != "envoyer":
        with db.atomic():
            url = creer(REPRISE, dossier, g.compte, jours, dossier.etape)
            noter(dossier.id, "lien_cree", g.compte.id)
        return rendre(dossier, Envoi(data={"courriel": g.compte.courriel}), url)
    if not form.validate():
        return rendre(dossier, form), 422
    with db.atomic():
        envoyer(REPRISE, dossier, g.compte, jours, dossier.etape, form.courriel.data.lower())
        noter(dossier.id, "lien_envoye", g.compte.id)
    sonner()
    flash(typographie("Le lien part par courriel à l’adresse indiquée."))
    return redirect(url_for(".sauvegarde", dossier_id=dossier.id), 303)
