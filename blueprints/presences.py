"""Who else has the draft open, and what they saved meanwhile: asked for again and again by the page that is open."""

from typing import Any

from flask import Blueprint, abort, g, render_template, request

from blueprints.access import ouvrir
from blueprints.ecran import TITRES, autres_presents, resumes
from forms.fusion import entre_temps, ouverture
from models.dossier import Dossier

bp = Blueprint("presences", __name__)


@bp.get("/dossiers/<dossier_id>/presences/<slug>")
@ouvrir("modifier", visite=False)
def lister(dossier: Dossier, slug: str) -> Any:
    """The lease of this person renewed; who else is there; what others changed since the page was opened."""
    others = autres_presents(dossier, slug) if slug in TITRES else abort(404)
    if others is None:
        return "", 204
    version = request.args.get("version", 0, type=int)
    changes = []
    if 0 < version < dossier.version:
        o = ouverture(dossier, version)
        theirs = {champ: change for champ, change in entre_temps(o).items() if change.compte != g.compte.id}
        changes = resumes(theirs, o.actuel)
    return render_template(
        "saisie/presences.html",
        dossier=dossier,
        slug=slug,
        version=version,
        presents=others,
        titres=TITRES,
        changes=changes,
    )
