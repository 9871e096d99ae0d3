"""Exports of dossiers with CERFA and pieces: ask for one, fetch it when it is ready; one dossier at once."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, g, redirect, request, stream_with_context, url_for

from blueprints.access import connecte, ouvrir
from blueprints.rendering import page
from forms.controles.francais import typographie
from forms.fields import EMPLOYEUR
from forms.filtres import adresse, criteres, de_l_adresse
from models import coffre
from models.dossier import Dossier
from models.droits import perimetre
from models.etats import Refus
from models.exports import MAX_DOSSIERS, demander, export_de, exports_de, lisibles
from models.listes_dossiers import Criteres, choisis, cles
from tasks.archive import archiver
from tasks.exports import sonner

bp = Blueprint("exports", __name__, url_prefix="/dossiers")


@bp.get("/exports")
@connecte
def lister() -> Any:
    return page("dossiers/exports.html", exports=exports_de(g.compte.id))


def demandes(args: Any) -> list[str]:
    """The dossiers that are checked, else those that the search finds; at most one more than may be exported."""
    scope = perimetre(g.habilitations, "consulter")
    if checked := args.getlist("d"):
        query = choisis(scope, Criteres()).where(Dossier.id.in_(checked[:MAX_DOSSIERS]))
    else:
        form = de_l_adresse(args, EMPLOYEUR, g.compte.id)
        query = (
            choisis(scope, criteres(form)) if not form.errors else Dossier.select(Dossier.id).where(Dossier.id == "")
        )
    return cles(query.limit(MAX_DOSSIERS + 1))


@bp.get("/exports/nouveau")
@connecte
def preparer() -> Any:
    """What the archive will hold, before it is asked for."""
    found = demandes(request.args)
    checked = request.args.getlist("d")
    search = {} if checked else adresse(de_l_adresse(request.args, EMPLOYEUR, g.compte.id), g.compte.id)
    return page("dossiers/exporter.html", nombre=len(found), coches=checked, adresse=search, max=MAX_DOSSIERS)


@bp.post("/exports")
@connecte
def creer() -> Any:
    found = demandes(request.form)
    try:
        if not 0 < len(found) <= MAX_DOSSIERS:
            raise Refus(f"Un export compte de 1 à {MAX_DOSSIERS} dossiers : choisissez-les autrement.")
        demander(g.compte.id, found)
        sonner()
        flash(typographie("L’export se prépare : la cloche vous dira quand il sera prêt."))
    except Refus as refus:
        flash(typographie(str(refus)))
    return redirect(url_for(".lister"), 303)


@bp.get("/exports/<export_id>")
@connecte
def telecharger(export_id: str) -> Any:
    """The archive, decrypted on its way out, while the person may still read all that is in it."""
    export = export_de(g.compte, export_id) or abort(404)
    if len(lisibles(export, g.habilitations)) < export.nombre:
        flash(typographie("Des dossiers de cet export ne vous sont plus accessibles : demandez-en un nouveau."))
        return redirect(url_for(".lister"), 303)
    try:
        content = coffre.lire(export.coffre_id)
    except coffre.Altere:
        current_app.logger.error("the archive of export %s is missing", export.id)
        abort(404)
    response = zip_(content, "dossiers.zip")
    response.content_length = export.taille
    return response


@bp.get("/<dossier_id>/export")
@ouvrir("consulter")
def exporter(dossier: Dossier) -> Any:
    """One dossier at once, streamed."""
    if g.partie != EMPLOYEUR:
        return redirect(url_for("dossiers.detailler", dossier_id=dossier.id), 303)
    chunks = archiver([dossier], g.compte.id, g.habilitations, current_app.config["OPCO"])
    return zip_(stream_with_context(chunks), f"dossier-{dossier.numero or dossier.id}.zip")


def zip_(content: Any, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="application/zip", headers=headers)
