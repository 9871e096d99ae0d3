"""The mails that nobody sends: in a demonstration without SMTP server a page shows them."""

from flask import Blueprint, abort, current_app

from blueprints.access import public
from blueprints.rendering import page
from models.courriels import conserves

bp = Blueprint("courriels", __name__)


@bp.get("/demo/courriels")
@public
def lister():
    if not current_app.config["DEMO"] or current_app.config["SMTP_URL"]:
        abort(404)
    return page("comptes/courriels.html", courriels=conserves())
