"""Mails that could not be delivered: another address, another try, and the gestionnaire's list of them."""

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, request, url_for

from blueprints.access import habilite, ouvrir
from blueprints.preentree import demander
from blueprints.rendering import page, rang
from forms.controles.francais import typographie
from forms.preentree import Correction
from models.base import db
from models.dossier import Dossier
from models.journal import noter
from models.non_remis import reexpedier, tous_non_remis
from models.preentree import preentree_de
from tasks import preentree as actions
from tasks.relay import sonner

bp = Blueprint("non_remis", __name__)


@bp.get("/dossiers/<dossier_id>/adresse")
@ouvrir("reprendre_main")
def corriger(dossier: Dossier) -> Any:
    kept = preentree_de(dossier)
    return demander(dossier, Correction(data={"courriel": kept and kept.destinataire}))


@bp.post("/dossiers/<dossier_id>/adresse")
@ouvrir("reprendre_main")
def envoyer(dossier: Dossier) -> Any:
    """The employer's new address: a new link, mail and bell together, the old links closed."""
    form = Correction(request.form)
    if not form.validate():
        return demander(dossier, form), 422
    jours = current_app.config["LIEN_DAYS"]
    actions.corriger_adresse(dossier, g.compte, form.courriel.data, jours)
    sonner()
    flash(typographie("Le courriel part à la nouvelle adresse."))
    return redirect(url_for("preentree.suivre", dossier_id=dossier.id), 303)


@bp.get("/gestion/courriels")
@habilite("instruire")
def lister() -> Any:
    found, more = tous_non_remis(rang())
    return page("gestion/courriels.html", courriels=found, suite=more, rang=rang())


@bp.post("/gestion/<dossier_id>/courriels/<int(max=2147483647):courriel_id>")
@ouvrir("instruire")
def reessayer(dossier: Dossier, courriel_id: int) -> Any:
    """Send it once more to the same address; a second click finds it on its way."""
    with db.atomic():
        if reexpedier(dossier.id, courriel_id):
            noter(dossier.id, "courriel_reexpedie", g.compte.id)
    sonner()
    flash(typographie("Le courriel part à nouveau."))
    return redirect(url_for("gestion.detailler", dossier_id=dossier.id), 303)
