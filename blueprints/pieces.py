"""The pieces of a dossier: load, look at, take back, send, and add a document later."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    g,
    get_flashed_messages,
    redirect,
    render_template,
    request,
    url_for,
)

from blueprints import navigation, televersement
from blueprints.access import ouvrir
from blueprints.rendering import page
from forms import piece as actions
from forms.checking import constats_des_pieces
from forms.compte import constats
from forms.controles.aides import JOURS_DE_DECISION
from forms.controles.calendrier import plus_jours
from forms.controles.francais import jour, typographie
from forms.piece import Document, Echec
from forms.pieces_attendues import LIBELLES, Attendue, verifier_genres
from models.contenu import contenu
from models.dossier import Dossier
from models.droits import peut
from models.instruction import DemandePiece, demandes_de
from models.pieces import Piece, piece_de, pieces_de, retirer
from models.transmission import recue
from tasks.relay import sonner

DEJA_TRANSMIS = "Ce fichier était déjà transmis : il n’est pas envoyé une seconde fois."

bp = Blueprint("pieces", __name__, url_prefix="/dossiers/<dossier_id>")


@bp.record
def verifier_reglage(state: Any) -> None:
    """A kind that the setting misspells stops the start, not the first visitor."""
    verifier_genres(state.app.config["PIECES_OBLIGATOIRES"])


def obligatoires() -> frozenset[str]:
    """The kinds that the setting makes mandatory; none when the law decides."""
    return frozenset(current_app.config["PIECES_OBLIGATOIRES"])


def visibles(dossier: Dossier) -> list[Piece]:
    """The pieces that this person may see: a gestionnaire those that were sent."""
    sent_only = peut(g.habilitations, "instruire", dossier)
    return [piece for piece in pieces_de(dossier.id) if piece.envoyee_le or not sent_only]


def contexte(dossier: Dossier, manquantes: list[Attendue] | tuple[()] = ()) -> dict[str, Any]:
    """What the list of pieces shows."""
    there, d = visibles(dossier), contenu(dossier.id)
    rows = actions.lignes(dossier, there, obligatoires())
    return {
        "dossier": dossier,
        "lignes": rows,
        "reproches": constats_des_pieces(d, {piece.genre for piece in there}),
        "incomplet": any(row.attendue.obligatoire and not row.pieces for row in rows),
        "a_envoyer": sum(piece.envoyee_le is None for piece in there),
        "peut_deposer": peut(g.habilitations, "charger", dossier),
        "peut_envoyer": peut(g.habilitations, "deposer", dossier),
        "peut_remettre": peut(g.habilitations, "remettre", dossier),
        "manquantes": manquantes,
        "nav": navigation.fil(dossier, "pieces", d),
        **televersement.limites(),
    }


@bp.get("/pieces")
@ouvrir("consulter")
def montrer(dossier: Dossier) -> Any:
    return page("pieces/montrer.html", **contexte(dossier))


@bp.get("/pieces/liste")
@ouvrir("consulter")
def lister(dossier: Dossier) -> Any:
    """The list alone, after a change on the page."""
    return render_template("pieces/liste.html", annonces=get_flashed_messages(), **contexte(dossier))


@bp.post("/pieces")
@ouvrir("deposer")
def envoyer(dossier: Dossier) -> Any:
    """« Envoyer les pièces »: all the mandatory ones, or knowingly without some."""
    plus_tard = bool(request.form.get("plus_tard"))
    lacking = actions.envoyer(dossier, g.compte.id, obligatoires(), plus_tard)
    if lacking:
        return page("pieces/montrer.html", **contexte(dossier, lacking)), 422
    sonner()
    return redirect(url_for(".remercier", dossier_id=dossier.id), 303)


@bp.get("/remerciements")
@ouvrir("consulter")
def remercier(dossier: Dossier) -> Any:
    there = visibles(dossier)
    lacking = [
        row.attendue
        for row in actions.lignes(dossier, there, obligatoires())
        if row.attendue.obligatoire and not row.pieces
    ]
    sent = sum(1 for piece in there if piece.envoyee_le)
    complete = actions.complet_le(dossier, there, obligatoires())
    limit = jour(plus_jours(complete, JOURS_DE_DECISION)) if complete else None
    return page(
        "pieces/remerciements.html",
        dossier=dossier,
        envoyees=sent,
        manquantes=lacking,
        echeance=limit,
        transmis=recue(dossier.id) is not None,
    )


@bp.get("/pieces/<genre>/charger")
@ouvrir("charger")
def preparer(dossier: Dossier, genre: str) -> Any:
    """The form of the dialog as a page of its own, for whoever has no JavaScript."""
    return rendre_depot(dossier, genre)


def rendre_depot(
    dossier: Dossier, genre: str, chargees: list[Piece] | None = None, refusees: list[Echec] | None = None
) -> str:
    return page(
        "pieces/charger.html",
        dossier=dossier,
        genre=genre,
        libelle=connu(genre),
        chargees=chargees or [],
        refusees=refusees or [],
        **televersement.limites(),
    )


def connu(genre: str) -> str:
    """The label of a kind of piece; one that does not exist is a 404."""
    return LIBELLES[genre] if genre in LIBELLES else abort(404)


@bp.post("/pieces/<genre>/charger")
@ouvrir("charger")
def charger(dossier: Dossier, genre: str) -> Any:
    """« Terminé »: the good files are kept, the others are named with the reason."""
    connu(genre)
    if televersement.trop_lourd():
        return rendre_depot(dossier, genre, refusees=[televersement.trop()]), 413
    reception, code = televersement.recevoir(dossier.id, genre, g.compte.id)
    if code != 303:
        return rendre_depot(dossier, genre, reception.pieces, reception.refusees), code
    return redirect(url_for(".constater", dossier_id=dossier.id, genre=genre), 303)


@bp.get("/pieces/<genre>/charge")
@ouvrir("charger")
def constater(dossier: Dossier, genre: str) -> Any:
    """« Le document est bien chargé »: what is there of this kind and not sent yet."""
    loaded = [piece for piece in pieces_de(dossier.id) if piece.genre == genre and not piece.envoyee_le]
    libelle = connu(genre)
    if not loaded:
        return redirect(url_for(".preparer", dossier_id=dossier.id, genre=genre), 303)
    return page("pieces/charge.html", dossier=dossier, genre=genre, libelle=libelle, chargees=loaded)


@bp.post("/pieces/<piece_id>/retrait")
@ouvrir("charger")
def enlever(dossier: Dossier, piece_id: str) -> Any:
    """Take a piece back before it is sent; a second click finds it gone."""
    if piece := piece_de(dossier.id, piece_id):
        retirer(piece, g.compte.id)
        flash("La pièce est retirée.")
    after = ".lister" if request.args.get("retour") == "liste" else ".montrer"
    return redirect(url_for(after, dossier_id=dossier.id), 303)


@bp.get("/pieces/<piece_id>/apercu")
@ouvrir("consulter")
def lire(dossier: Dossier, piece_id: str) -> Any:
    return rendre_fichier(dossier, piece_id, "inline")


@bp.get("/pieces/<piece_id>/telechargement")
@ouvrir("consulter")
def telecharger(dossier: Dossier, piece_id: str) -> Any:
    return rendre_fichier(dossier, piece_id, "attachment")


def rendre_fichier(dossier: Dossier, piece_id: str, disposition: str) -> Response:
    piece = next((p for p in visibles(dossier) if p.id == piece_id), None) or abort(404)
    return televersement.rendre(piece, disposition)


@bp.get("/document")
@ouvrir("deposer")
def deposer_document(dossier: Dossier) -> Any:
    asked = demandees(dossier)
    return rendre_document(dossier, Document(genre=asked[0].genre if asked else ""))


@bp.post("/document")
@ouvrir("deposer")
def ajouter_document(dossier: Dossier) -> Any:
    """« Télécharger »: the document is loaded and sent at once."""
    if televersement.trop_lourd():
        return rendre_document(dossier, Document(), [televersement.trop()]), 413
    form = Document(request.form)
    if not form.validate():
        return rendre_document(dossier, form), 422
    reception, code = televersement.recevoir(dossier.id, form.genre.data, g.compte.id)
    sent = actions.transmettre(dossier.id, g.compte.id, [piece.id for piece in reception.pieces])
    if sent:
        sonner()
    if code != 303:
        return rendre_document(dossier, form, reception.refusees), code
    flash("Le document est transmis." if sent else typographie(DEJA_TRANSMIS))
    return redirect(url_for(".deposer_document", dossier_id=dossier.id), 303)


def demandees(dossier: Dossier) -> list[DemandePiece]:
    """The pieces that the OPCO waits for, the last one first."""
    return demandes_de(dossier.id) if dossier.etat == "pieces_demandees" else []


def rendre_document(dossier: Dossier, form: Document, refusees: list[Echec] | None = None) -> str:
    sent = sorted((p for p in pieces_de(dossier.id) if p.envoyee_le), key=lambda p: p.envoyee_le, reverse=True)
    return page(
        "pieces/document.html",
        dossier=dossier,
        form=form,
        constats=constats(form),
        envoyees=sent,
        genres=LIBELLES,
        demandes=demandees(dossier),
        refusees=refusees or [],
        **televersement.limites(),
    )
