"""The simulator, for anyone: pay, dates, hours, funding of a contract to come. POST, so that no birth is in a URL."""

from typing import Any

from flask import Blueprint, current_app, request

from blueprints.access import public
from blueprints.rendering import page
from forms.simulation import Simulation, erreurs, resultats

bp = Blueprint("simulateur", __name__, url_prefix="/simulateur")


@bp.get("")
@public
def montrer() -> Any:
    return rendre("simulateur/montrer.html", Simulation())


@bp.post("")
@public
def simuler() -> Any:
    form = Simulation(request.form)
    status = 200 if form.validate() else 422
    return rendre("simulateur/montrer.html", form), status


@bp.post("/calcul")
@public
def calculer() -> Any:
    """The results and the messages alone, while the form is being filled in."""
    form = Simulation(request.form)
    form.validate()
    return rendre("simulateur/calcul.html", form)


def rendre(template: str, form: Simulation) -> str:
    found = resultats(form, current_app.config["OPCO"])
    return page(template, form=form, resultats=found, erreurs=erreurs(form))
