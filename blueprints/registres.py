"""The administration page of the registers: what is in service, of which day, and how to load the official ones."""

from typing import Any

from flask import Blueprint, current_app

from blueprints.access import habilite
from blueprints.rendering import page
from models import referentiels
from tasks.registres.catalogue import commandes

bp = Blueprint("registres", __name__)


@bp.get("/gestion/registres")
@habilite("instruire")
def lister() -> Any:
    return page(
        "registres/lister.html",
        sources=referentiels.sources(),
        commandes=commandes(),
        mensuels=current_app.config["REFERENTIELS_MENSUELS"],
    )
