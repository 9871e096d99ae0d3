"""The gestionnaire's pages: the dossiers that were submitted, what is in them, and the acts on them."""

from typing import Any

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.routing import BaseConverter

from blueprints.access import habilite, ouvrir
from blueprints.ecran import version_ouverte
from blueprints.rendering import page, rang
from blueprints.vues_nir import voir, vues_nir
from forms.base import Form
from forms.compte import constats
from forms.controles.francais import typographie
from forms.controles.registre import ERREUR, Constat
from forms.gestion import PAR_SLUG, Acte, Filtres, possibles
from forms.pieces_attendues import LIBELLES as LIBELLES_PIECES
from forms.reading import synthese
from models import transmission
from models.avenants import avenants_de
from models.base import db
from models.contenu import contenu
from models.dossier import Dossier
from models.etats import LIBELLES, Conflit
from models.instruction import acter, demandes_de, dossiers_deposes
from models.journal import histoire
from models.pieces import pieces_de
from models.relances import GESTIONNAIRE, clore, relance_de
from tasks.instruction import informer
from tasks.relay import sonner

bp = Blueprint("gestion", __name__, url_prefix="/gestion")


class ActeConverter(BaseConverter):
    """An act of the gestionnaire; any other word is a 404."""

    regex = "|".join(PAR_SLUG)

    def to_python(self, value: str) -> Acte:
        return PAR_SLUG[value]

    def to_url(self, value: Acte | str) -> str:
        return value if isinstance(value, str) else value.slug


@bp.record_once
def installer(state: Any) -> None:
    state.app.url_map.converters["acte"] = ActeConverter


@bp.get("")
@habilite("instruire")
def lister() -> Any:
    form = Filtres(request.args)
    found = dossiers_deposes(form.etat.data, form.numero.data, rang()) if form.validate() else None
    body = page("gestion/liste.html", form=form, liste=found, etats=LIBELLES, constats=constats(form))
    return body, 200 if found else 422


@bp.get("/<dossier_id>")
@ouvrir("instruire")
def detailler(dossier: Dossier) -> Any:
    return rendre(dossier)


@bp.post("/<dossier_id>")
@ouvrir("instruire")
def voir_nir(dossier: Dossier) -> Any:
    """The same page with the NIR on it: whoever looks at it is written in the journal."""
    voir(dossier, contenu(dossier.id).salarie.nir, "gestion")
    return rendre(dossier, nir_visible=True)


def rendre(dossier: Dossier, *, nir_visible: bool = False) -> str:
    sent = [piece for piece in pieces_de(dossier.id) if piece.envoyee_le]
    return page(
        "gestion/dossier.html",
        dossier=dossier,
        etats=LIBELLES,
        blocs=synthese(contenu(dossier.id)),
        nir_visible=nir_visible,
        actes=possibles(dossier.etat),
        genres=LIBELLES_PIECES,
        pieces=sent,
        noms_pieces={piece.id: LIBELLES_PIECES.get(piece.genre, piece.genre) for piece in sent},
        demandes=demandes_de(dossier.id),
        historique=histoire(dossier.id),
        vues_nir=vues_nir(dossier),
        numero_gestion=transmission.numero_de_gestion(dossier.id),
        transmissions=transmission.transmissions_de(dossier.id),
        etats_transmission=transmission.LIBELLES,
        erreur_lisible=transmission.lisible,
        relance=relance_de(dossier.id),
        avenants=avenants_de(dossier.id),
    )


@bp.get("/<dossier_id>/<acte:acte>")
@ouvrir("instruire")
def preparer(dossier: Dossier, acte: Acte) -> Any:
    """The page that asks what the act needs, or asks to confirm it."""
    if dossier.etat != acte.de:
        raise Conflit(plus_possible(dossier))
    return demander(dossier, acte, acte.form())


def demander(dossier: Dossier, acte: Acte, form: Form, messages: tuple[Constat, ...] | list[Constat] = ()) -> str:
    return page("gestion/acte.html", dossier=dossier, acte=acte, form=form, constats=messages)


@bp.post("/<dossier_id>/<acte:acte>")
@ouvrir("instruire")
def agir(dossier: Dossier, acte: Acte) -> Any:
    """Do what was asked, once: a second click finds it done, somebody else's act in between is told."""
    form = acte.form(request.form)
    if deja_fait(dossier, acte):
        return redirect(url_for(".detailler", dossier_id=dossier.id), 303)
    if not form.validate():
        return demander(dossier, acte, form, constats(form)), 422
    try:
        executer(dossier, acte, form)
    except Conflit:
        dossier = Dossier.get_by_id(dossier.id)
        return demander(dossier, acte, form, [Constat("conflit", ERREUR, "", plus_possible(dossier))]), 409
    sonner()
    flash(typographie(acte.fait))
    return redirect(url_for(".detailler", dossier_id=dossier.id), 303)


def deja_fait(dossier: Dossier, acte: Acte) -> bool:
    """Whether this very form was sent already, and by the same person."""
    same = dossier.etat == acte.vers and dossier.modifie_par_id == g.compte.id
    return same and dossier.version == version_ouverte() + 1


def executer(dossier: Dossier, acte: Acte, form: Form) -> None:
    """Raises `Conflit` when the dossier is not as the form showed it."""
    if version_ouverte() != dossier.version or dossier.etat != acte.de:
        raise Conflit
    data = form.data
    demande = (data["genre"], data["message"]) if "genre" in data else None
    with db.atomic():
        acter(dossier, acte.vers, g.compte.id, motif=data.get("motif", ""), demande=demande)
        informer(dossier, acte, LIBELLES_PIECES[demande[0]] if demande else "", g.compte.id)


def plus_possible(dossier: Dossier) -> str:
    return typographie(
        f"Ce dossier a changé depuis que vous l’avez ouvert : il est maintenant « {LIBELLES[dossier.etat]} ». "
        "Relisez-le, puis recommencez si votre action y est encore possible."
    )


@bp.post("/<dossier_id>/transmissions/<int(max=2147483647):transmission_id>")
@ouvrir("instruire")
def relancer(dossier: Dossier, transmission_id: int) -> Any:
    """Start a transmission again; one that is under way or done stays as it is."""
    if transmission.relancer(transmission_id, dossier.id, g.compte.id):
        sonner()
        flash(typographie("La transmission est relancée."))
    else:
        flash(typographie("Cette transmission est déjà en cours ou terminée : il n’y a rien à relancer."))
    return redirect(url_for(".detailler", dossier_id=dossier.id), 303)


@bp.post("/<dossier_id>/relance")
@ouvrir("instruire")
def clore_la_relance(dossier: Dossier) -> Any:
    """No more reminders of the inactive certification; a second click finds it closed."""
    if clore(dossier.id, GESTIONNAIRE, g.compte.id):
        flash(typographie("La relance est close."))
    return redirect(url_for(".detailler", dossier_id=dossier.id), 303)
