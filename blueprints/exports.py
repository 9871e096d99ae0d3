"""Exports of dossiers with CERFA and pieces: ask for one, fetch it when it is ready; one dossier at once."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, g, redirect, request, stream_with_context, url_for

from blueprints.access import connecte, ouvrir
from blueprints.listes import LISTES, Liste
from blueprints.rendering import page
from forms.controles.francais import typographie
from forms.fields import EMPLOYEUR
from forms.filtres import adresse, criteres, de_l_adresse
from models import coffre
from models.dossier import Dossier
from models.droits import de_la_partie, perimetre
from models.etats import Refus
from models.exports import MAX_DOSSIERS, demander, export_de, exports_de, lisibles
from models.listes_dossiers import Criteres, cles
from tasks.archive import Lecteur, archiver
from tasks.exports import sonner

bp = Blueprint("exports", __name__, url_prefix="/dossiers")


@bp.get("/exports")
@connecte
def lister() -> Any:
    return page("dossiers/exports.html", exports=exports_de(g.compte.id))


def demandes(args: Any) -> list[str]:
    """The dossiers that are checked, else those that the search finds; at most one more than may be exported."""
    liste = demandee(args)
    scope = perimetre(g.habilitations, "consulter", liste.partie)
    if checked := args.getlist("d"):
        query = liste.choisis(scope, Criteres()).where(Dossier.id.in_(checked[:MAX_DOSSIERS]))
    else:
        form = de_l_adresse(args, liste.partie, g.compte.id)
        if form.errors:
            return []
        query = liste.choisis(scope, criteres(form))
    return cles(query.limit(MAX_DOSSIERS + 1))


def demandee(args: Any) -> Liste:
    """The list that is exported: that of the employer, or that of the organisme."""
    return LISTES.get(args.get("liste", EMPLOYEUR)) or abort(404)


@bp.get("/exports/nouveau")
@connecte
def preparer() -> Any:
    """What the archive will hold, before it is asked for."""
    found = demandes(request.args)
    checked = request.args.getlist("d")
    liste = demandee(request.args)
    search = {} if checked else adresse(de_l_adresse(request.args, liste.partie, g.compte.id), g.compte.id)
    words = {"coches": checked, "adresse": search, "liste": liste}
    return page("dossiers/exporter.html", nombre=len(found), max=MAX_DOSSIERS, **words)


@bp.post("/exports")
@connecte
def creer() -> Any:
    found = demandes(request.form)
    try:
        if not 0 < len(found) <= MAX_DOSSIERS:
            raise Refus(f"Un export compte de 1 à {MAX_DOSSIERS} dossiers : choisissez-les autrement.")
        demander(g.compte.id, found, demandee(request.form).partie)
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
@ouvrir("suivre")
def exporter(dossier: Dossier) -> Any:
    """One dossier at once, streamed."""
    if g.partie not in LISTES:
        return redirect(url_for("dossiers.detailler", dossier_id=dossier.id), 303)
    lecteur = Lecteur(g.compte.id, g.partie, de_la_partie(g.habilitations, g.partie))
    chunks = archiver([dossier], lecteur, current_app.config["OPCO"])
    return zip_(stream_with_context(chunks), f"dossier-{dossier.numero or dossier.id}.zip")


def zip_(content: Any, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="application/zip", headers=headers)
