"""Nobody is logged in (any more): a login that comes back here, with nothing lost of what was typed."""

from urllib.parse import urlsplit

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from blueprints.identification import formulaire
from blueprints.rendering import page
from blueprints.televersement import plafond
from forms.base import Form
from forms.compte import PREFIXE, SECRET
from forms.controles.registre import Constat

SUITE = f"{PREFIXE}-suite"
FICHIERS = f"{PREFIXE}-fichiers"


def demander_connexion() -> Response:
    """Answer a request that needs an account and has none.

    htmx gets a banner beside the page, which stays as it is; a plain POST gets a login page that carries all it
    sent; a plain GET is sent to the login page and comes back.
    """
    if request.headers.get("HX-Request"):
        vider_corps()
        return bandeau(formulaire(), [], 401)
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("comptes.demander", suite=demande()), 303)
    request.max_content_length = plafond()
    files = any(file.filename for file in request.files.values())
    return page_de_rejeu(formulaire(), demande(), [], 401, files)


def bandeau(form: Form, constats: list[Constat], code: int, attente: int = 0) -> Response:
    """The login form above the page, which stays.

    It is morphed in: a late check of the page must not wipe a password half typed. A wrong one is wiped.
    """
    html = render_template("comptes/bandeau.html", form=form, constats=constats, suite=page_affichee())
    return retarder(fragment(html, code, "innerMorph" if code == 401 else "innerHTML"), attente)


def fragment(html: str, code: int, swap: str) -> Response:
    """`html` for the place of the session, whatever the request wanted to swap."""
    response = make_response(html, code)
    response.headers.update({"HX-Retarget": "#session", "HX-Reswap": swap, "HX-Push-Url": "false"})
    return response


def page_de_rejeu(
    form: Form, suite: str, constats: list[Constat], code: int, fichiers: bool, attente: int = 0
) -> Response:
    """The login page that carries the POST which failed."""
    html = page(
        "comptes/rejeu.html", form=form, constats=constats, suite=suite, fichiers=fichiers, portes=portes(request.form)
    )
    return retarder(make_response(html, code), attente)


def portes(posted: MultiDict[str, str]) -> list[tuple[str, str]]:
    """What was posted, in its order, without passwords and without our own fields."""
    ours = f"{PREFIXE}-"
    return [(k, v) for k, v in posted.items(multi=True) if not k.startswith(ours) and SECRET not in k]


def destination(suite: str | None) -> str:
    """`suite` if it is a page of ours to come back to, else the home page: nobody is led to another site."""
    return suite if suite and locale(suite) else url_for("accueil.montrer")


def locale(suite: str) -> bool:
    """Whether a browser reads `suite` as a path here; it drops control characters and takes \\ for /."""
    if len(suite) > 2000 or "\\" in suite or not suite.isprintable() or not suite.startswith("/"):
        return False
    try:
        parts = urlsplit(suite)
    except ValueError:
        return False
    return not suite.startswith(("//", "/connexion", "/deconnexion")) and not parts.netloc


def demande() -> str:
    """Path and query of this request."""
    query = request.query_string.decode("ascii", "replace")
    return f"{request.path}?{query}" if query else request.path


def page_affichee() -> str:
    """Path and query of the page that htmx works in: where the banner leads if JavaScript gives up."""
    try:
        parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def retarder(response: Response, attente: int) -> Response:
    """Say in the headers, too, that nobody may try again before `attente` seconds."""
    if attente:
        response.headers["Retry-After"] = str(attente)
    return response


def vider_corps() -> None:
    """Read an upload to its end: a browser that cannot finish sending does not read the answer."""
    request.max_content_length = plafond()
    while request.stream.read(65_536):
        pass
