"""The public page of what is kept, why and how long: drawn from the table that the purge executes."""

from typing import Any

from flask import Blueprint, current_app

from blueprints.access import public
from blueprints.rendering import page
from models.conservation import regles

bp = Blueprint("donnees_personnelles", __name__)


@bp.get("/donnees-personnelles")
@public
def montrer() -> Any:
    return page(
        "donnees_personnelles/montrer.html",
        regles=regles(current_app.config),
        preavis=current_app.config["PREAVIS_JOURS"],
        contact=current_app.config["CONTACT_DONNEES"],
    )
