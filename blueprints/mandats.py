"""Mandates: an employer or an organisme lets an accountant or a group act for it, and takes it back."""

from typing import Any

from flask import Blueprint, abort, g, request

from blueprints.access import administre
from blueprints.utilisateurs import demander, revenir
from forms.acces import Mandat as Formulaire
from models import mandats
from models.base import db
from models.comptes import Mandat, Structure
from models.structures import identite, ouvrir_structure
from tasks.acces import annoncer_mandat

bp = Blueprint("mandats", __name__, url_prefix="/utilisateurs/<int:structure_id>/mandats")
SENS = {
    "donner": (
        "Donner un mandat",
        "Donner le mandat",
        "Indiquez le SIRET du cabinet ou du groupe qui agira pour vous.",
    ),
    "demander": (
        "Demander un mandat",
        "Demander le mandat",
        "Indiquez le SIRET de l’employeur ou de l’organisme de formation pour lequel vous agirez.",
    ),
}


def partie(structure: Structure) -> Structure:
    """The OPCO acts for nobody."""
    return structure if structure.genre in mandats.MANDATAIRES else abort(404)


@bp.get("/<any(donner, demander):sens>")
@administre
def preparer(structure: Structure, sens: str) -> Any:
    return poser(Formulaire(None, partie(structure), donne=sens == "donner"), structure, sens)


def poser(form: Formulaire, structure: Structure, sens: str) -> str:
    titre, bouton, chapeau = SENS[sens]
    return demander(form, structure, titre, bouton, chapeau)


@bp.post("/<any(donner, demander):sens>")
@administre
def convenir(structure: Structure, sens: str) -> Any:
    """Give a mandate, which holds at once, or ask for one."""
    gives = sens == "donner"
    form = Formulaire(request.form, partie(structure), donne=gives)
    if not form.validate():
        return poser(form, structure, sens), 422
    genre, siret = form.autre, form.siret.data
    found = identite(genre, siret)
    with db.atomic():
        other = ouvrir_structure(genre, siret, found.denomination, found.nda)
        if gives:
            made = mandats.donner(structure.id, other.id, form.etendue, g.compte.id)
        else:
            made = mandats.demander(other.id, structure.id, form.etendue, g.compte.id)
        annoncer_mandat(made, other.id, "donne" if gives else "demande")
    return revenir(structure, "Le mandat est donné." if gives else "La demande part : elle sera acceptée ou refusée.")


@bp.post("/<int(max=2147483647):mandat_id>")
@administre
def repondre(structure: Structure, mandat_id: int) -> Any:
    """Accept what was asked, for the mandant alone; refuse, give back or revoke, for both sides."""
    mandat: Mandat = mandats.mandat_entre([structure.id], mandat_id) or abort(404)
    gives = mandat.mandant_id == structure.id
    accepts = request.form.get("action") == "accepter"
    if accepts and not gives:
        abort(403)
    with db.atomic():
        done = (mandats.accepter if accepts else mandats.revoquer)(mandat, g.compte.id)
        if done:
            other = mandat.mandataire_id if gives else mandat.mandant_id
            annoncer_mandat(mandat, other, "accepte" if accepts else "revoque")
    if accepts:
        return revenir(structure, "Le mandat est accepté." if done else "Ce mandat n’est plus à accepter.")
    return revenir(structure, "Le mandat a pris fin : plus personne n’agit par lui.")
