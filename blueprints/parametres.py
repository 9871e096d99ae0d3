"""The dated parameters of the law, for the administrators of the OPCO: see, add, correct, import, export."""

from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, request, url_for

from blueprints.access import habilite
from blueprints.rendering import page
from forms.compte import constats
from forms.controles.francais import typographie
from forms.parametrage import GENRES, PAR_GENRE, Genre, Ligne, dispenser, ligne_de, objet_de
from forms.parametrage_csv import Refusee, exporter, importer
from forms.parametrage_tables import (
    Reproche,
    construire,
    derniers,
    en_mots,
    en_place,
    lire,
    par_genre,
    reproche,
    smic_a_venir,
)
from forms.parametres_en_vigueur import oublier_parametres
from models.base import aujourdhui, db
from models.parametres import Parametre, ajouter, historique

bp = Blueprint("parametres", __name__, url_prefix="/gestion/parametres")
MONTREES = 200


@bp.get("")
@habilite("administrer", "opco")
def lister() -> Any:
    return rendre()


def rendre(refusees: list[Refusee] = ()) -> str:
    rows = historique()
    tables = construire(rows)
    added = {key for key, row in derniers(rows).items() if not row.retire}
    return page(
        "parametres/lister.html",
        genres=[(genre, par_genre(tables)[genre.slug]) for genre in GENRES],
        ajoutees=added,
        historique=rows[:MONTREES],
        titres={genre.slug: genre.titre for genre in GENRES},
        en_mots=en_mots,
        objet_de=objet_de,
        lire_ligne=lire_ligne,
        smic_a_venir=smic_a_venir(tables, aujourdhui()),
        refusees=refusees[:MONTREES],
        nombre_refusees=len(refusees),
    )


def lire_ligne(row: Any) -> str:
    """What a row of the history said."""
    return "Ligne retirée" if row.retire else en_mots(row.genre, lire(row))


@bp.get("/<table>")
@habilite("administrer", "opco")
def preparer(table: str) -> Any:
    """The form of a new row; a correction begins with what stands there."""
    genre = PAR_GENRE.get(table) or abort(404)
    wanted = (table, request.args.get("objet", ""), request.args.get("depuis", ""))
    there = en_place(construire(historique()))
    ligne = next((ligne for (slug, objet, le), ligne in there.items() if (slug, objet, le.isoformat()) == wanted), None)
    return demander(genre, genre.form(data=ligne._asdict() if ligne else {}))


def demander(genre: Genre, form: Ligne) -> str:
    return page("parametres/ligne.html", genre=genre, form=form, constats=constats(form))


@bp.post("/<table>")
@habilite("administrer", "opco")
def enregistrer(table: str) -> Any:
    genre = PAR_GENRE.get(table) or abort(404)
    form = genre.form(request.form)
    if form.retire.data:
        dispenser(table, form)
    if not form.validate():
        return demander(genre, form), 422
    row = ligne_de(table, form)
    if found := impossible(row):
        form[found.champ].errors = [found.message]
        return demander(genre, form), 422
    with db.atomic():
        ajouter(row, g.compte.id)
    oublier_parametres()
    flash(typographie("La ligne est enregistrée. Elle compte dans les secondes qui suivent."))
    return redirect(url_for(".lister"), 303)


def impossible(row: dict[str, Any]) -> Reproche | None:
    """Why the row cannot stand among those that are there."""
    there = historique()
    added = Parametre(id=max((other.id for other in there), default=0) + 1, **row)
    return reproche(added, [*there, added])


@bp.get("/export.csv")
@habilite("administrer", "opco")
def sortir() -> Response:
    headers = {"Content-Disposition": 'attachment; filename="parametres.csv"'}
    return Response(exporter(construire(historique())), mimetype="text/csv", headers=headers)


@bp.post("/import")
@habilite("administrer", "opco")
def entrer() -> Any:
    """Take a CSV whole, or tell line by line why not."""
    sent = request.files.get("fichier")
    content = sent.read() if sent else b""
    if not content.strip():
        return rendre([Refusee(1, typographie("Choisissez un fichier CSV qui n’est pas vide."))]), 422
    found = importer(content, historique())
    if found.refusees:
        return rendre(found.refusees), 422
    with db.atomic():
        for row in found.lignes:
            ajouter(row, g.compte.id)
    oublier_parametres()
    flash(typographie(f"Lignes ajoutées : {len(found.lignes)}. Lignes inchangées : {found.inchangees}."))
    return redirect(url_for(".lister"), 303)
