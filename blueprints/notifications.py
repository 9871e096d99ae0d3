"""The bell: the lines of the person, reading them, and how they come by mail."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for

from blueprints.access import connecte, veille
from blueprints.rendering import messages, page, rang
from forms.base import Form
from forms.controles.francais import typographie
from forms.preferences import formulaire, toujours
from models.notifications import (
    Notification,
    lire,
    lire_tout,
    non_lues,
    notification_de,
    notifications_de,
)
from models.preferences import choisir, modes_de

bp = Blueprint("notifications", __name__, url_prefix="/notifications")


@bp.get("")
@connecte
def lister() -> Any:
    found, more = notifications_de(g.compte.id, rang())
    return page("notifications/lister.html", notifications=found, suite=more, rang=rang())


@bp.post("")
@connecte
def marquer_lues() -> Any:
    lire_tout(g.compte.id)
    return redirect(url_for(".lister"), 303)


@bp.get("/<int(max=2147483647):notification_id>")
@connecte
def ouvrir(notification_id: int) -> Any:
    """To the page that the line speaks of. A link, so that it opens in a new tab; all it changes is « lue »."""
    notification = chercher(notification_id)
    lire(notification)
    return redirect(destination(notification), 303)


@bp.post("/<int(max=2147483647):notification_id>")
@connecte
def marquer(notification_id: int) -> Any:
    """« Marquer comme lue », and back."""
    lire(chercher(notification_id), request.form.get("action") != "non_lue")
    return redirect(url_for(".lister", page=rang()), 303)


def chercher(notification_id: int) -> Notification:
    return notification_de(g.compte.id, notification_id) or abort(404)


def destination(notification: Notification) -> str:
    if notification.chemin:
        return notification.chemin
    if notification.dossier_id:
        return url_for("dossiers.detailler", dossier_id=notification.dossier_id)
    return url_for(".lister")


@bp.get("/cloche")
@veille
def veiller() -> Any:
    """The bell, when its number is no longer the `n` that the page shows. It asks for no login."""
    waiting = str(non_lues(g.compte.id)) if g.compte else None
    if waiting in (None, request.args.get("n")):
        return "", 204
    return render_template("notifications/cloche.html", ici="ici" in request.args)


@bp.get("/preferences")
@connecte
def regler() -> Any:
    return rendre(formulaire(parties(), modes_de(g.compte.id)))


@bp.post("/preferences")
@connecte
def choisir_modes() -> Any:
    form = formulaire(parties(), modes_de(g.compte.id), request.form)
    if not form.validate():
        return rendre(form), 422
    choisir(g.compte.id, form.data)
    flash(typographie("Vos choix sont enregistrés."))
    return redirect(url_for(".regler"), 303)


def rendre(form: Form) -> str:
    errors = [constat for field in form.champs() for constat in messages(field)]
    return page("notifications/preferences.html", form=form, erreurs=errors, toujours=toujours(parties()))


def parties() -> set[str]:
    """The kinds of structures for which the person acts."""
    return {h.structure.genre for h in g.habilitations}
