"""Errors in French, in both sizes, always with what to do next. No error loses what was typed."""

import logging
from typing import Any

from flask import Flask, g, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from blueprints.access import identifier
from blueprints.reconnexion import fragment, portes
from blueprints.rendering import page
from forms.controles.francais import typographie
from models.etats import LIBELLES, Conflit, Refus

log = logging.getLogger(__name__)

TEXTES = {
    400: (
        "Demande incomprise",
        (
            "Le navigateur a envoyé une demande que le portail ne comprend pas. Revenez à la page précédente, "
            "rechargez-la et recommencez."
        ),
    ),
    403: (
        "Accès refusé",
        "Vos droits ne permettent pas cette action. Demandez-la à l’administrateur de votre compte.",
    ),
    404: (
        "Page introuvable",
        (
            "Cette page n’existe pas, ou vous n’y avez pas accès. Vérifiez l’adresse, ou cherchez le dossier dans "
            "« Mes dossiers »."
        ),
    ),
    405: ("Action impossible ici", "Cette adresse ne s’utilise pas ainsi. Repassez par « Mes dossiers »."),
    409: (
        "Modifié entre-temps",
        (
            "Quelqu’un a modifié ce dossier depuis que vous l’avez ouvert. Rouvrez la page pour voir sa version : "
            "rien n’a été écrasé."
        ),
    ),
    410: ("Lien périmé", "Ce lien ne fonctionne plus. Demandez-en un nouveau."),
    413: (
        "Envoi trop volumineux",
        "Ce que vous envoyez dépasse la taille acceptée. Réduisez le fichier, ou envoyez-le en plusieurs parties.",
    ),
    415: ("Format refusé", "Ce format n’est pas accepté. Enregistrez le document en PDF, en JPEG ou en PNG."),
    422: ("Saisie à corriger", "Ce que vous avez envoyé ne peut pas être accepté. Revenez en arrière et corrigez."),
    429: ("Trop d’essais", "Attendez quelques minutes avant de recommencer."),
    500: (
        "Erreur du portail",
        "Une erreur s’est produite de notre côté. Ce qui était enregistré est intact. Réessayez dans quelques minutes.",
    ),
    503: ("Portail momentanément indisponible", "Réessayez dans quelques minutes."),
}
FERME = {
    403: ("Rien n’est plus enregistré ici", "Vos droits ne permettent plus de modifier ce dossier."),
    404: (
        "Vous n’avez plus accès à ce dossier",
        "Il a été supprimé, ou vos droits ont changé : rien n’est plus enregistré ici.",
    ),
}
RENVOYABLES = (500, 503)  # what was posted may be sent again from the error page
AUTRE_ETAT = (
    "Ce dossier est dans l’état « {} » : cette action n’y est pas possible, ou vos droits ne la permettent pas."
)


def repondre(code: int, message: str | None = None) -> tuple[str, int]:
    """The error page of `code`."""
    titre, texte = TEXTES.get(code, TEXTES[400])
    actions = [("Revenir à l’accueil", url_for("accueil.montrer"))]
    if dossier := g.get("dossier"):
        actions.insert(0, ("Voir le dossier", url_for("dossiers.detailler", dossier_id=dossier.id)))
        message = message or AUTRE_ETAT.format(LIBELLES[dossier.etat])
    return page(
        "erreurs/page.html",
        titre=titre,
        message=typographie(message or texte),
        actions=actions,
        portes=portes(request.form) if code in RENVOYABLES and request.method == "POST" else [],
        envoi=request.full_path.rstrip("?"),
    ), code


def http(error: HTTPException) -> Any:
    if error.response is not None:
        return error.response
    identifier()  # an address that no view answers: the page is still that of the person who asked
    if error.code in FERME and request.method == "POST" and request.headers.get("HX-Request") and en_saisie():
        return dire_ferme(error.code)
    return repondre(error.code or 500)


def en_saisie() -> bool:
    """Whether the request comes from a page that somebody is typing in."""
    return request.blueprint in ("saisie", "depot")


def dire_ferme(code: int) -> Any:
    """The dossier was closed to the person while it typed: said above the page, which stays as it is."""
    titre, texte = FERME[code]
    if dossier := g.get("dossier"):
        texte = AUTRE_ETAT.format(LIBELLES[dossier.etat])
    words = {"titre": titre, "message": typographie(texte), "ligne": request.blueprint == "saisie"}
    return fragment(render_template("erreurs/bandeau.html", **words), code, "innerHTML")


def refus(error: Refus) -> Any:
    return repondre(409 if isinstance(error, Conflit) else 422, str(error))


def panne(error: Exception) -> Any:
    """A bug: its class and place go to the log, its text never (it may quote what was typed)."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    log.error("%s at %s on %s", type(error).__name__, place, request.endpoint)
    try:
        return repondre(500)
    except Exception:  # the fault may lie in the layout itself: its traceback would go to the log
        return f"{TEXTES[500][0]}. {TEXTES[500][1]}", 500


def brancher(app: Flask) -> None:
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(Refus, refus)
    app.register_error_handler(Exception, panne)
