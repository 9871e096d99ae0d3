"""The bell: the lines of the person, and reading them all."""

from typing import Any

from flask import Blueprint, g, redirect, url_for

from blueprints.access import connecte
from blueprints.rendering import page
from models.notifications import lire_tout, notifications_de

bp = Blueprint("notifications", __name__)


@bp.get("/notifications")
@connecte
def lister() -> Any:
    return page("notifications/lister.html", notifications=notifications_de(g.compte.id))


@bp.post("/notifications")
@connecte
def marquer_lues() -> Any:
    lire_tout(g.compte.id)
    return redirect(url_for(".lister"), 303)
