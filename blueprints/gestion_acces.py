"""The first account of an employer or an organisme, checked by a gestionnaire."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, request, url_for

from blueprints.access import habilite
from blueprints.rendering import page
from forms.acces import Contact
from forms.compte import constats
from forms.controles.francais import typographie
from models.acces import DemandeAcces, demandes_sans_administrateur
from models.structures import au_registre
from tasks import acces as actions
from tasks.relay import sonner

bp = Blueprint("gestion_acces", __name__, url_prefix="/gestion/acces")
DONNE = "L’accès est donné : cette personne gère désormais les utilisateurs."
DEJA = "Cette demande n’attend plus de réponse d’ici : quelqu’un y gère désormais les utilisateurs, ou y a répondu."


@bp.get("")
@habilite("instruire", "opco")
def lister() -> Any:
    return page("gestion/acces.html", demandes=demandes_sans_administrateur())


def demande(demande_id: int) -> DemandeAcces:
    """One of those that wait for a gestionnaire."""
    waiting = demandes_sans_administrateur()
    return next((d for d in waiting if d.id == demande_id), None) or abort(404)


@bp.get("/<int(max=2147483647):demande_id>")
@habilite("instruire", "opco")
def preparer(demande_id: int) -> Any:
    asked = demande(demande_id)
    return rendre(asked, Contact(data={"contact": asked.structure.contact}))


def rendre(asked: DemandeAcces, form: Contact) -> str:
    known = au_registre(asked.structure.genre, asked.structure.siret or "")
    return page("gestion/demande_acces.html", demande=asked, connue=known, form=form, constats=constats(form))


@bp.post("/<int(max=2147483647):demande_id>")
@habilite("instruire", "opco")
def repondre(demande_id: int) -> Any:
    """Accept, refuse, or have the structure itself answer, at an address that the gestionnaire knows."""
    asked = demande(demande_id)
    verbe = request.form.get("action")
    if verbe == "accepter":
        done = actions.accorder_le_premier(asked, g.compte.id)
        return revenir(DONNE if done else DEJA)
    if verbe == "refuser":
        actions.ecarter(asked, g.compte.id)
        return revenir("La demande est refusée.")
    form = Contact(request.form)
    if not form.validate():
        return rendre(asked, form), 422
    actions.prouver(asked, form.contact.data)
    return revenir("Le lien de vérification part à cette adresse.")


def revenir(message: str) -> Any:
    sonner()
    flash(typographie(message))
    return redirect(url_for(".lister"), 303)
