"""An avenant to a filed dossier: the employer proposes another certification, the OPCO decides."""

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, request, url_for

from blueprints.access import ouvrir
from blueprints.rendering import page
from forms.avenant import Decision, Remplacement, apres, constats, effet_propose
from forms.compte import constats as constats_de_forme
from forms.controles.francais import typographie
from forms.controles.registre import ERREUR, Constat
from models import referentiels
from models.avenants import avenant_propose
from models.base import aujourdhui
from models.contenu import contenu
from models.dossier import Dossier
from tasks import avenants
from tasks.relay import sonner

bp = Blueprint("avenants", __name__)
REFUS_SANS_MOTIF = "Dites pourquoi vous refusez cet avenant : l’employeur le lira."


@bp.get("/dossiers/<dossier_id>/avenant")
@ouvrir("amender")
def preparer(dossier: Dossier) -> Any:
    if avenant_propose(dossier.id):
        return redirect(url_for("dossiers.detailler", dossier_id=dossier.id), 303)
    d = contenu(dossier.id)
    chosen = request.args.get("rncp", "")
    if not chosen and len(after := referentiels.successeurs(d.formation.rncp, aujourdhui())) == 1:
        chosen = after[0].code
    form = Remplacement(data={"rncp": chosen[:9], "date_effet": effet_propose(d)})
    return demander(dossier, form)


def demander(dossier: Dossier, form: Remplacement, found: list[Constat] = ()) -> str:
    d = contenu(dossier.id)
    return page(
        "avenants/proposer.html",
        dossier=dossier,
        form=form,
        ancienne=d.formation,
        nouvelles=referentiels.successeurs(d.formation.rncp, aujourdhui()),
        choisie=referentiels.certification(form.rncp.data),
        constats=found,
        erreurs=[c for c in found if c.niveau == ERREUR],
    )


@bp.post("/dossiers/<dossier_id>/avenant")
@ouvrir("amender")
def proposer(dossier: Dossier) -> Any:
    """« Transmettre l’avenant »; the second of two clicks finds it done."""
    form, d = Remplacement(request.form), contenu(dossier.id)
    if not form.validate():
        return demander(dossier, form, constats_de_forme(form)), 422
    found = constats(dossier, d, form, current_app.config["OPCO"])
    if any(c.niveau == ERREUR for c in found):
        return demander(dossier, form, found), 422
    after = apres(dossier, d, form.rncp.data, form.date_effet.data)
    if not avenant_propose(dossier.id):
        avenants.proposer(dossier, d.formation.rncp, after, g.compte.id, current_app.config["OPCO"])
        sonner()
    flash(typographie("L’avenant est transmis à l’OPCO. Les relances s’arrêtent pendant qu’il l’étudie."))
    return redirect(url_for("dossiers.detailler", dossier_id=dossier.id), 303)


@bp.get("/gestion/<dossier_id>/avenant")
@ouvrir("instruire")
def examiner(dossier: Dossier) -> Any:
    return rendre_decision(dossier, Decision())


def rendre_decision(dossier: Dossier, form: Decision, found: list[Constat] = ()) -> Any:
    avenant = avenant_propose(dossier.id)
    if avenant is None:
        return redirect(url_for("gestion.detailler", dossier_id=dossier.id), 303)
    return page(
        "avenants/decider.html",
        dossier=dossier,
        avenant=avenant,
        ancienne=contenu(dossier.id).formation,
        nouvelle=referentiels.certification(avenant.rncp),
        form=form,
        constats=found,
    )


@bp.post("/gestion/<dossier_id>/avenant")
@ouvrir("instruire")
def decider(dossier: Dossier) -> Any:
    """« Accepter » or « Refuser »; a second click finds it decided."""
    form, avenant = Decision(request.form), avenant_propose(dossier.id)
    accepted = request.form.get("action") == "accepter"
    if avenant and not form.validate():
        return rendre_decision(dossier, form, constats_de_forme(form)), 422
    if avenant and not accepted and not form.motif.data:
        return rendre_decision(dossier, form, [Constat("motif", ERREUR, "motif", typographie(REFUS_SANS_MOTIF))]), 422
    if avenant:
        if accepted:
            avenants.accepter(dossier, avenant, g.compte.id)
        else:
            avenants.refuser(dossier, avenant, form.motif.data, g.compte.id)
        sonner()
        flash(typographie(f"L’avenant est {'accepté' if accepted else 'refusé'}. L’employeur en est averti."))
    return redirect(url_for("gestion.detailler", dossier_id=dossier.id), 303)
