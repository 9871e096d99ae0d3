"""The employer's takeover of what an organisme entered: the mailed link, Reprendre, Renvoyer, Refuser."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, redirect, request, url_for

from blueprints.access import ouvrir
from blueprints.preentree import demander
from forms.preentree import Refus, Renvoi, Reponse
from models.dossier import Dossier
from models.droits import REPRIS
from models.etats import Conflit
from tasks import preentree as actions
from tasks.relay import sonner

bp = Blueprint("reprise_employeur", __name__)


@bp.post("/dossiers/<dossier_id>/reprendre")
@ouvrir("prendre", apres=(REPRIS, "dossiers.reprendre"))
def prendre(dossier: Dossier) -> Any:
    """« Reprendre »: from here on the draft is the employer's; a second click finds it done."""
    try:
        actions.prendre(dossier, g.compte.id)
    except Conflit:
        if Dossier.get_by_id(dossier.id).etat != "brouillon":
            raise
    sonner()
    return redirect(url_for("saisie.montrer", dossier_id=dossier.id, etape=actions.PREMIERE), 303)


@bp.get("/dossiers/<dossier_id>/renvoi")
@ouvrir("renvoyer")
def preparer_renvoi(dossier: Dossier) -> Any:
    return demander(dossier, Renvoi())


@bp.post("/dossiers/<dossier_id>/renvoi")
@ouvrir("renvoyer")
def renvoyer(dossier: Dossier) -> Any:
    return repondre_par(actions.renvoyer, dossier, Renvoi(request.form))


@bp.get("/dossiers/<dossier_id>/refus")
@ouvrir("refuser")
def preparer_refus(dossier: Dossier) -> Any:
    return demander(dossier, Refus())


@bp.post("/dossiers/<dossier_id>/refus")
@ouvrir("refuser", apres=("annule", "dossiers.detailler"))
def refuser(dossier: Dossier) -> Any:
    return repondre_par(actions.refuser, dossier, Refus(request.form))


def repondre_par(verbe: Callable[..., None], dossier: Dossier, form: Reponse) -> Any:
    """Send the dossier out of the employer's hands with the message that was typed."""
    if not form.validate():
        return demander(dossier, form), 422
    verbe(dossier, g.compte.id, form.message.data)
    sonner()
    flash(form.fait)
    return redirect(url_for("dossiers.lister"), 303)
