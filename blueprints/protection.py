"""Who must have a second factor and has none yet is led to it, and loses nothing on the way."""

from typing import Any

from flask import current_app, g, redirect, render_template, request, session, url_for

from blueprints.reconnexion import demande, fragment, portes, vider_corps
from blueprints.rendering import page
from blueprints.televersement import plafond
from forms.controles.francais import typographie

DROITS = {"instruire", "administrer"}
SUITE = "apres_protection"  # where to go on once the account is protected
TITRE = "Protégez d’abord votre compte"
MESSAGE = typographie(
    "Vos droits demandent un second facteur à la connexion. Rien n’est perdu : installez-le dans un nouvel onglet, "
    "puis revenez ici et envoyez à nouveau."
)


def exigee() -> bool:
    """Whether the setting asks a second factor of the person who is here."""
    rights = {right for h in g.habilitations for right in h.droits.split()}
    return bool(current_app.config["SECOND_FACTEUR_OBLIGATOIRE"] and rights & DROITS)


def manque() -> bool:
    """Whether this request must wait for it; the pages that install it do not."""
    return not g.compte.second_facteur_le and request.blueprint != "second_facteur" and exigee()


def demander_protection() -> Any:
    """A page is left for the one that installs it and comes back; what somebody is typing stays where it is."""
    if request.headers.get("HX-Request"):
        vider_corps()
        return fragment(render_template("securite/bandeau.html", titre=TITRE, message=MESSAGE), 403, "innerHTML")
    if request.method in ("GET", "HEAD"):
        session[SUITE] = demande()
        return redirect(url_for("second_facteur.montrer"), 303)
    request.max_content_length = plafond()
    return page(
        "erreurs/page.html",
        titre=TITRE,
        message=MESSAGE,
        actions=[("Installer le second facteur", url_for("second_facteur.montrer"))],
        portes=portes(request.form),
        envoi=demande(),
    ), 403
