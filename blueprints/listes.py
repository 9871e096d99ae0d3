"""What « Mes dossiers » does with a whole list: results as one types, spreadsheets, several drafts deleted at once."""

import secrets
from collections.abc import Iterator
from typing import Any, cast

from flask import Blueprint, Response, abort, flash, g, redirect, request, stream_with_context, url_for

from blueprints.access import connecte
from blueprints.rendering import jour, jour_heure, page, partielle
from forms import actions
from forms.controles.francais import typographie
from forms.controles.registre import ERREUR, Constat
from forms.filtres import Filtres, adresse, criteres
from forms.tableur import en_csv, en_xlsx
from models import coffre
from models.dossier import Dossier
from models.droits import perimetre, peut, structures
from models.etats import LIBELLES
from models.listes_dossiers import PAR_PAGE, Apercu, lister, tous
from models.pieces import pieces_de

bp = Blueprint("listes", __name__, url_prefix="/dossiers/listes")
ACTIONS = ("consulter", "modifier", "prendre", "dupliquer", "deposer", "supprimer")
FORMATS = {
    "csv": (en_csv, "text/csv; charset=utf-8"),
    "xlsx": (en_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
COLONNES = ("Numéro", "État", "Nom", "Prénom", "Employeur", "SIRET", "RNCP", "Formation", "Début", "Fin", "Modifié le")


def rendre(template: str) -> tuple[str, int]:
    """A page, or the part of it, that shows the dossiers that the URL asks for."""
    form = Filtres(request.args)
    rang = max(1, request.args.get("page", 1, type=int))
    if rang > 100_000:
        abort(404)
    valid = form.validate()
    found, more = lister(perimetre(g.habilitations, "consulter"), criteres(form), rang) if valid else ([], False)
    shown = [(apercu, droits(apercu)) for apercu in found]
    body = page(
        template,
        form=form,
        constats=[Constat("format", ERREUR, f.name, str(error)) for f in form.champs() for error in f.errors],
        dossiers=shown,
        effacables=any("supprimer" in allowed for _, allowed in shown),
        suite=more,
        rang=rang,
        adresse=adresse(form),
        cle=secrets.token_urlsafe(16),
        peut_saisir=bool(structures(g.habilitations, "saisir")),
    )
    return body, 200 if valid else 422


def droits(apercu: Apercu) -> set[str]:
    """What the person may do with a dossier of the list: the line has all that the rights look at."""
    return {action for action in ACTIONS if peut(g.habilitations, action, cast(Dossier, apercu))}


@bp.get("/resultats")
@connecte
def chercher() -> Any:
    """The results alone, as one types; the address becomes that of the search."""
    url = url_for("dossiers.lister", **adresse(Filtres(request.args)))
    if not partielle():
        return redirect(url, 303)
    body, status = rendre("dossiers/resultats.html")
    return body, status, {"HX-Push-Url": url}


@bp.get("/dossiers.<genre>")
@connecte
def exporter(genre: str) -> Any:
    """All that the search finds, page after page, as a spreadsheet."""
    if genre not in FORMATS:
        abort(404)
    form = Filtres(request.args)
    if not form.validate():
        return redirect(url_for("dossiers.lister", **adresse(form)), 303)
    write, mimetype = FORMATS[genre]
    found = lignes(tous(perimetre(g.habilitations, "consulter"), criteres(form)))
    headers = {"Content-Disposition": f"attachment; filename=dossiers.{genre}"}
    return Response(stream_with_context(write(found)), mimetype=mimetype, headers=headers)


def lignes(apercus: Iterator[Apercu]) -> Iterator[tuple[str, ...]]:
    yield COLONNES
    for a in apercus:
        yield (
            a.numero or "",
            LIBELLES[a.etat],
            a.nom or "",
            a.prenom or "",
            a.employeur or "",
            a.siret or "",
            a.rncp or "",
            a.intitule or "",
            jour(a.date_debut) if a.date_debut else "",
            jour(a.date_fin) if a.date_fin else "",
            jour_heure(a.modifie_le),
        )


def cochees(ids: list[str]) -> list[Dossier]:
    """Those of the dossiers that the person may delete; of others nothing is said."""
    rows = Dossier.select().where(Dossier.id.in_(ids[:PAR_PAGE]))
    return [row for row in rows if peut(g.habilitations, "supprimer", row)]


@bp.get("/suppression")
@connecte
def confirmer_suppression() -> Any:
    chosen = cochees(request.args.getlist("d"))
    if not chosen:
        flash(typographie("Cochez d’abord les brouillons à supprimer."))
        return redirect(url_for("dossiers.lister"), 303)
    return page("dossiers/supprimer_lot.html", dossiers=chosen)


@bp.post("/suppression")
@connecte
def supprimer() -> Any:
    chosen = cochees(request.form.getlist("d"))
    for dossier in chosen:
        for piece in pieces_de(dossier.id):
            coffre.jeter(piece.coffre_id)
        actions.supprimer(dossier)
    flash(typographie(f"Brouillons supprimés : {len(chosen)}."))
    return redirect(url_for("dossiers.lister"), 303)
