"""The first page: what awaits the person who comes in."""

from typing import Any

from flask import Blueprint, g, redirect, url_for

from blueprints.access import connecte
from blueprints.rendering import page
from models.droits import perimetre, structures
from models.etats import LIBELLES
from models.listes_dossiers import compter_par_etat, lister

bp = Blueprint("accueil", __name__)
ATTENDUS = {
    "brouillon": "à terminer",
    "a_valider_employeur": "à valider",
    "soumis": "dont les pièces restent à envoyer",
    "pieces_demandees": "où l’OPCO demande une pièce",
}


@bp.get("/")
@connecte
def montrer() -> Any:
    mine = perimetre(g.habilitations, "consulter")
    if not mine and any("instruire" in h.droits.split() for h in g.habilitations):
        return redirect(url_for("gestion.lister"), 303)
    if not mine and structures(g.habilitations, "consulter", "organisme"):
        return redirect(url_for("preentree.lister"), 303)
    counts = compter_par_etat(mine, list(ATTENDUS))
    return page(
        "accueil/montrer.html",
        attentes=[(etat, LIBELLES[etat], counts[etat], words) for etat, words in ATTENDUS.items() if counts.get(etat)],
        derniers=lister(mine)[0][:5],
        peut_saisir=bool(structures(g.habilitations, "saisir")),
    )
