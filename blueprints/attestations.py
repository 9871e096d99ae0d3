"""The filing receipt of a dossier, and the page that computes its digests again."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, url_for

from blueprints.access import ouvrir
from blueprints.rendering import page
from forms.controles.francais import typographie
from models.dossier import Dossier
from models.tour import dehors
from models.transmission import recue
from tasks.attestations import attestation, verifier

bp = Blueprint("attestations", __name__, url_prefix="/dossiers/<dossier_id>/attestation")


def pas_encore(dossier: Dossier) -> Any:
    """Where one goes while nothing has arrived; None when it has."""
    if recue(dossier.id):
        return None
    flash(typographie("Le dossier n’est pas encore transmis : l’attestation sera prête dans quelques minutes."))
    return redirect(url_for("dossiers.detailler", dossier_id=dossier.id), 303)


@bp.get("")
@ouvrir("lire_cerfa")
def telecharger(dossier: Dossier) -> Any:
    if elsewhere := pas_encore(dossier):
        return elsewhere
    with dehors():
        content = attestation(dossier, current_app.config["OPCO"])
    name = f"attestation-{dossier.numero}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, mimetype="application/pdf", headers=headers)


@bp.get("/verification")
@ouvrir("lire_cerfa")
def controler(dossier: Dossier) -> Any:
    """Each digest as it was delivered, and as it is now."""
    return pas_encore(dossier) or page("dossiers/verification.html", dossier=dossier, verifications=verifier(dossier))
