"""Pre-entry by an organisme: its list, handing over to the employer, following what becomes of it."""

import secrets
from typing import Any

from flask import Blueprint, abort, current_app, flash, g, redirect, request, url_for

from blueprints import televersement
from blueprints.access import habilite, ouvrir
from blueprints.ecran import contexte_de
from blueprints.liens import en_cours
from blueprints.listes import LISTES, chercher, montrer
from blueprints.rendering import messages, page
from blueprints.vues_nir import voir
from forms.checking import tous
from forms.controles.francais import typographie
from forms.controles.registre import ERREUR
from forms.fields import ORGANISME
from forms.pieces_attendues import LIBELLES as LIBELLES_PIECES
from forms.preentree import Remise, Reponse, lire, nir_de, vue
from models.contenu import Contenu, contenu
from models.dossier import Dossier
from models.droits import PREENTREE, peut
from models.journal import histoire
from models.pieces import piece_de
from models.preentree import preentree_de
from tasks import preentree as actions
from tasks.relay import sonner

bp = Blueprint("preentree", __name__)
DROITS = ("modifier", "dupliquer", "supprimer", "remettre", "reprendre_main")


@bp.get("/preentrees")
@habilite("consulter", "organisme")
def lister() -> Any:
    return montrer(LISTES[ORGANISME])


@bp.post("/preentrees")
@habilite("consulter", "organisme")
def rechercher() -> Any:
    return chercher(LISTES[ORGANISME])


@bp.get("/dossiers/<dossier_id>/suivi")
@ouvrir("suivre")
def suivre(dossier: Dossier) -> Any:
    """Détails for the organisme: the state, and only what it entered itself."""
    if g.partie != ORGANISME:
        return redirect(url_for("dossiers.detailler", dossier_id=dossier.id), 303)
    seen = vue(dossier)
    voir(dossier, nir_de(seen.blocs), "suivi")
    return page(
        "preentree/suivre.html",
        dossier=dossier,
        remise=preentree_de(dossier),
        blocs=lire(seen.blocs),
        commentaire=seen.commentaire,
        pieces=seen.pieces,
        genres=LIBELLES_PIECES,
        historique=[acte for acte in histoire(dossier.id) if acte.vers],
        droits={action for action in DROITS if peut(g.habilitations, action, dossier)},
        liens=en_cours(dossier),
        cle=secrets.token_urlsafe(16),
    )


@bp.get("/dossiers/<dossier_id>/suivi/<piece_id>")
@ouvrir("suivre")
def lire_piece(dossier: Dossier, piece_id: str) -> Any:
    there = {piece.id for piece in vue(dossier).pieces}
    piece = piece_de(dossier.id, piece_id) if piece_id in there else None
    if piece is None or g.partie != ORGANISME:
        abort(404)
    return televersement.rendre(piece, "inline")


@bp.get("/dossiers/<dossier_id>/remise")
@ouvrir("remettre")
def preparer(dossier: Dossier) -> Any:
    return demander(dossier, Remise(data={"courriel": adresse_proposee(dossier, contenu(dossier.id))}))


def adresse_proposee(dossier: Dossier, d: Contenu) -> str | None:
    """To whom it went before, who may have sent it back; else the contact that the contract names."""
    before = preentree_de(dossier)
    return before.destinataire if before else d.employeur.courriel


def demander(dossier: Dossier, form: Remise | Reponse) -> str:
    """The page that asks for what an act needs, here or on the other side."""
    return page("preentree/demande.html", dossier=dossier, form=form, erreurs=[c for f in form for c in messages(f)])


@bp.post("/dossiers/<dossier_id>/remise")
@ouvrir("remettre", apres=("a_valider_employeur", "preentree.suivre"))
def remettre(dossier: Dossier) -> Any:
    """« Transmettre à l’employeur »: state, link, mail and bell together, unless an error is left."""
    form = Remise(request.form)
    if not form.validate():
        return demander(dossier, form), 422
    if not transmettre(dossier, form.courriel.data):
        flash(typographie("Il reste des erreurs à corriger avant de transmettre le contrat."))
        return redirect(url_for("depot.relire", dossier_id=dossier.id), 303)
    sonner()
    flash("Le contrat est transmis à l’employeur.")
    return redirect(url_for(".suivre", dossier_id=dossier.id), 303)


def transmettre(dossier: Dossier, adresse: str) -> bool:
    """State, link, mail and bell in one transaction; False, and nothing done, when an error is left."""
    d = contenu(dossier.id)
    if not sans_erreur(dossier, d):
        return False
    actions.remettre(dossier, d, g.compte, adresse, current_app.config["LIEN_DAYS"])
    return True


def sans_erreur(dossier: Dossier, d: Contenu) -> bool:
    """Whether nothing blocks the contract any more, as far as an organisme answers for it."""
    return not any(c.niveau == ERREUR for _, c in tous(d, contexte_de(d, dossier), ORGANISME))


@bp.post("/dossiers/<dossier_id>/reprise-en-main")
@ouvrir("reprendre_main", apres=(PREENTREE, "preentree.suivre"))
def reprendre_la_main(dossier: Dossier) -> Any:
    actions.reprendre_la_main(dossier, g.compte.id)
    flash("Le contrat est de nouveau entre vos mains. L’employeur ne le voit plus.")
    return redirect(url_for(".suivre", dossier_id=dossier.id), 303)
