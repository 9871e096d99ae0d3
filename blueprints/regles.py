"""What the checks are made of, for anyone: the rules, generated from their register, and the registers' sources."""

from typing import Any

from flask import Blueprint, Response

from blueprints.access import public
from blueprints.rendering import page
from forms import regles
from models import referentiels
from tasks.registres.catalogue import commandes

bp = Blueprint("regles", __name__)


@bp.get("/regles")
@public
def lister() -> Any:
    return page("regles/lister.html", themes=regles.par_theme(), sans_controle=regles.sans_controle())


@bp.get("/regles.csv")
@public
def exporter() -> Response:
    headers = {"Content-Disposition": 'attachment; filename="regles.csv"'}
    return Response(regles.en_csv(), mimetype="text/csv", headers=headers)


@bp.get("/sources")
@public
def citer() -> Any:
    return page("regles/sources.html", sources=referentiels.sources(), commandes=commandes())
