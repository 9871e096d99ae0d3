"""The employer's takeover of what an organisme entered: the mailed link, Reprendre, Renvoyer, Refuser."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, redirect, request, session, url_for

from blueprints.access import identifier, ouvrir, public
from blueprints.errors import repondre
from blueprints.preentree import demander
from blueprints.reconnexion import demander_connexion
from blueprints.rendering import page
from forms.preentree import Refus, Renvoi, Reponse
from models.dossier import Dossier
from models.droits import connait
from models.etats import Conflit
from models.liens import Lien, LienInconnu, LienRefuse, lien_ouvert, lire_lien
from tasks import preentree as actions
from tasks.relay import sonner

bp = Blueprint("reprise_employeur", __name__)
AUTRE = (
    "Ce lien n’ouvre rien avec le compte que vous utilisez. Connectez-vous avec le compte dont l’adresse a reçu le "
    "courriel, ou demandez à l’expéditeur de le transmettre à votre adresse."
)


@bp.get("/transmis/<jeton>")
@public
def ouvrir_lien(jeton: str) -> Any:
    """Exchange the token for a session right and go at once to a clean address. Nothing is consumed."""
    try:
        session["transmis"] = lire_lien(jeton, actions.OBJET).id
    except LienInconnu:
        return repondre(404)
    except LienRefuse:
        return repondre(410)
    return redirect(url_for(".suivre"), 303)


@bp.get("/transmis")
@public
def suivre() -> Any:
    """To the details of the dossier, for whoever has it or received the link; others learn nothing of it."""
    try:
        lien = lien_ouvert(session.get("transmis", ""), actions.OBJET)
    except LienRefuse:
        return repondre(410)
    if not identifier():
        return demander_connexion()
    dossier = Dossier.get_by_id(lien.dossier_id)
    if connait(g.habilitations, dossier):
        return redirect(url_for("dossiers.detailler", dossier_id=dossier.id), 303)
    if not attendu(lien, dossier):
        return repondre(403, AUTRE)
    mine = siennes()
    if not mine:
        return repondre(403, "Votre compte n’agit pour aucun employeur. Demandez ce droit à son administrateur.")
    return page("preentree/rattacher.html", structures=mine, organisme=dossier.organisme.nom)


def attendu(lien: Lien, dossier: Dossier) -> bool:
    """Whether the dossier waits for the person who is here, and for no structure yet."""
    waiting = dossier.etat == "a_valider_employeur" and dossier.structure_id is None
    return waiting and lien.destinataire == g.compte.courriel


def siennes() -> list[Any]:
    """The employer's structures for which the person enters contracts."""
    mine = [h for h in g.habilitations if h.structure.genre == "employeur" and "saisir" in h.droits.split()]
    return list({h.structure_id: h.structure for h in mine}.values())


@bp.post("/transmis")
@public
def rattacher() -> Any:
    """For which of its structures the person takes the dossier."""
    try:
        lien = lien_ouvert(session.get("transmis", ""), actions.OBJET)
    except LienRefuse:
        return repondre(410)
    if not identifier():
        return demander_connexion()
    dossier = Dossier.get_by_id(lien.dossier_id)
    chosen = request.form.get("structure", "")
    if attendu(lien, dossier) and chosen in {str(structure.id) for structure in siennes()}:
        actions.rattacher(dossier, int(chosen), g.compte.id)
    return redirect(url_for(".suivre"), 303)


@bp.post("/dossiers/<dossier_id>/reprendre")
@ouvrir("prendre")
def prendre(dossier: Dossier) -> Any:
    """« Reprendre »: from here on the draft is the employer's; a second click finds it done."""
    try:
        actions.prendre(dossier, g.compte.id)
    except Conflit:
        if Dossier.get_by_id(dossier.id).etat != "brouillon":
            raise
    sonner()
    return redirect(url_for("saisie.montrer", dossier_id=dossier.id, etape=actions.PREMIERE), 303)


@bp.get("/dossiers/<dossier_id>/renvoi")
@ouvrir("renvoyer")
def preparer_renvoi(dossier: Dossier) -> Any:
    return demander(dossier, Renvoi())


@bp.post("/dossiers/<dossier_id>/renvoi")
@ouvrir("renvoyer")
def renvoyer(dossier: Dossier) -> Any:
    return repondre_par(actions.renvoyer, dossier, Renvoi(request.form))


@bp.get("/dossiers/<dossier_id>/refus")
@ouvrir("refuser")
def preparer_refus(dossier: Dossier) -> Any:
    return demander(dossier, Refus())


@bp.post("/dossiers/<dossier_id>/refus")
@ouvrir("refuser")
def refuser(dossier: Dossier) -> Any:
    return repondre_par(actions.refuser, dossier, Refus(request.form))


def repondre_par(verbe: Callable[..., None], dossier: Dossier, form: Reponse) -> Any:
    """Send the dossier out of the employer's hands with the message that was typed."""
    if not form.validate():
        return demander(dossier, form), 422
    verbe(dossier, g.compte.id, form.message.data)
    sonner()
    flash(form.fait)
    return redirect(url_for("dossiers.lister"), 303)
