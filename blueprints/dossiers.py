"""Mes dossiers: find them, read one, take it up again, delete a draft, open its CERFA."""

import secrets
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, g, redirect, request, url_for

from blueprints import navigation
from blueprints.access import connecte, ouvrir
from blueprints.liens import en_cours
from blueprints.listes import LISTES, apercus, chercher, montrer
from blueprints.manques import manques_de
from blueprints.rendering import page
from blueprints.vues_nir import voir, vues_nir
from forms import actions
from forms.controles.francais import typographie
from forms.duplication import dupliquer as copier
from forms.echeances import Ligne as Echeance
from forms.echeances import echeances
from forms.fields import EMPLOYEUR, ORGANISME
from forms.piece import complet_le
from forms.pieces_attendues import LIBELLES as LIBELLES_PIECES
from forms.preentree import modifications
from forms.provenance import provenances
from forms.reading import synthese
from models import coffre
from models.avenants import avenants_de
from models.contenu import Contenu, contenu
from models.dossier import Dossier
from models.droits import OUVERTS, peut, structures
from models.etats import LIBELLES, Conflit, passer
from models.instruction import demandes_de
from models.journal import histoire
from models.pieces import Piece, pieces_de
from models.preentree import preentree_de
from models.relances import relance_de
from models.transmission import transmissions_de

bp = Blueprint("dossiers", __name__, url_prefix="/dossiers")
ACTIONS = (
    "modifier",
    "prendre",
    "renvoyer",
    "refuser",
    "dupliquer",
    "deposer",
    "supprimer",
    "lire_cerfa",
    "annuler",
    "amender",
    "confier",
)


@bp.get("")
@connecte
def lister() -> Any:
    if not structures(g.habilitations, "consulter") and structures(g.habilitations, "consulter", ORGANISME):
        return redirect(url_for("preentree.lister"), 303)
    return montrer(LISTES[EMPLOYEUR])


@bp.post("")
@connecte
def rechercher() -> Any:
    return chercher(LISTES[EMPLOYEUR])


@bp.get("/<dossier_id>")
@ouvrir("suivre")
def detailler(dossier: Dossier) -> Any:
    if g.partie == ORGANISME:
        return redirect(url_for("preentree.suivre", dossier_id=dossier.id), 303)
    if peut(g.habilitations, "instruire", dossier):
        # There the NIR is hidden until somebody asks for it, and that is written down.
        return redirect(url_for("gestion.detailler", dossier_id=dossier.id), 303)
    return rendre_details(dossier)


def rendre_details(dossier: Dossier) -> str:
    d, remise, there = contenu(dossier.id), preentree_de(dossier), pieces_de(dossier.id)
    voir(dossier, d.salarie.nir, "details")
    return page(
        "dossiers/detailler.html",
        dossier=dossier,
        etats=LIBELLES,
        blocs=(blocs := synthese(d)),
        origines=provenances(dossier.id, blocs),
        remise=remise,
        manques=manques_de(dossier, d),
        historique=histoire(dossier.id),
        modifications=modifications(remise, d) if remise else [],
        vues_nir=vues_nir(dossier),
        demandes=demandes_de(dossier.id),
        pieces=there,
        noms_pieces={piece.id: LIBELLES_PIECES.get(piece.genre, piece.genre) for piece in there},
        echeances=a_venir(dossier, d, there),
        genres=LIBELLES_PIECES,
        transmissions=transmissions_de(dossier.id),
        relance=relance_de(dossier.id),
        avenants=avenants_de(dossier.id),
        droits={action for action in ACTIONS if peut(g.habilitations, action, dossier)},
        liens=en_cours(dossier),
        cle=secrets.token_urlsafe(16),
    )


def a_venir(dossier: Dossier, d: Contenu, there: list[Piece]) -> list[Echeance]:
    """What the law still asks, from the submission on."""
    if dossier.etat not in OUVERTS | {"accepte"}:
        return []
    waits = dossier.etat in ("pieces_envoyees", "en_instruction")
    return echeances(d, complet_le(dossier, there, current_app.config["PIECES_OBLIGATOIRES"]) if waits else None)


@bp.get("/<dossier_id>/reprendre")
@ouvrir("modifier")
def reprendre(dossier: Dossier) -> Any:
    """Back to the page where the draft was left."""
    return redirect(navigation.adresse(dossier, dossier.etape), 303)


@bp.post("/<dossier_id>/copie")
@ouvrir("dupliquer")
def dupliquer(dossier: Dossier) -> Any:
    """A new draft for another person with the same employer, training and terms; a second click finds the same one."""
    copy = copier(dossier, g.partie, g.compte.id, request.form.get("cle", "")[:64])
    flash(typographie("Le brouillon est créé : complétez-le, rien de la personne n’a été repris."))
    return redirect(navigation.adresse(copy, copy.etape), 303)


@bp.get("/<dossier_id>/suppression")
@ouvrir("supprimer")
def confirmer_suppression(dossier: Dossier) -> Any:
    return page("dossiers/supprimer.html", dossier=dossier, apercu=apercus([dossier])[0])


@bp.post("/<dossier_id>/suppression")
@ouvrir("supprimer")
def supprimer(dossier: Dossier) -> Any:
    actions.supprimer(dossier)
    flash(typographie("Le brouillon est supprimé."))
    return redirect(url_for(".lister"), 303)


@bp.get("/<dossier_id>/annulation")
@ouvrir("annuler")
def confirmer_annulation(dossier: Dossier) -> Any:
    return page("dossiers/annuler.html", dossier=dossier)


@bp.post("/<dossier_id>/annulation")
@ouvrir("annuler", apres=("annule", "dossiers.detailler"))
def annuler(dossier: Dossier) -> Any:
    """Withdraw a filed dossier before it is decided; a second click finds it done."""
    try:
        passer(dossier, "annule", g.compte.id)
    except Conflit:
        if Dossier.get_by_id(dossier.id).etat != "annule":
            raise
    flash(typographie("Le dossier est annulé."))
    return redirect(url_for(".detailler", dossier_id=dossier.id), 303)


@bp.get("/<dossier_id>/cerfa")
@ouvrir("lire_cerfa")
def cerfa(dossier: Dossier) -> Any:
    """The prefilled PDF, decrypted on its way out. It holds the NIR."""
    voir(dossier, contenu(dossier.id).salarie.nir, "cerfa")
    name = f"cerfa-{dossier.numero}.pdf"
    try:
        content = coffre.lire(dossier.cerfa or "")
    except coffre.Altere:
        current_app.logger.error("the CERFA of dossier %s is missing", dossier.id)
        abort(404)
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
