"""How a page is answered: the whole of it, or title and main when htmx swaps them. Only this file knows htmx."""

import re
from typing import Any

from flask import Flask, Response, abort, g, redirect, render_template, request, url_for
from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from forms.controles.francais import nombre, typographie
from forms.controles.registre import ERREUR, Constat
from forms.steps import CHAMPS
from models.base import heure_de_paris
from models.etats import LIBELLES
from models.non_remis import non_remis
from models.notifications import non_lues

INSECABLES = re.compile(r" (?=[;!?»€%])| (?=:(?:\s|<|$))|(?<=«) ")


class Typographie(Extension):
    """Non-breaking spaces in the templates' own text, set once when they are compiled."""

    def filter_stream(self, stream: TokenStream) -> Any:
        for token in stream:
            data = token.type == "data"
            yield Token(token.lineno, "data", INSECABLES.sub("\u00a0", token.value)) if data else token


def partielle() -> bool:
    """Whether htmx will swap the answer into main: never true when it restores history or wants the body."""
    return request.headers.get("HX-Request-Type") == "partial"


def page(template: str, **context: Any) -> str:
    """The template in the size that the browser asked for."""
    base = "mise_en_page/fragment.html" if partielle() else "mise_en_page/page.html"
    return render_template(template, mise_en_page=base, **context)


def rang() -> int:
    """Which page of a list the request asks for, from 1; garbage is a 404."""
    text = request.values.get("page", "1")
    if not text.isdecimal() or len(text) > 5:
        abort(404)
    return max(1, int(text))


def entetes(response: Response) -> Response:
    """Every dynamic answer varies on its size and is stored nowhere: it holds personal data."""
    if request.endpoint != "static":
        response.vary.add("HX-Request-Type")
        response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return response


def sans_jeton(endpoint: str) -> Any:
    """Go on from an address that holds a token to one that does not, and that cannot name it as its referrer."""
    response = redirect(url_for(endpoint), 303)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def jour_heure(instant: Any) -> str:
    """A stored instant, in Paris: « 23/11/2026 à 21:04 »."""
    return f"{heure_de_paris(instant):%d/%m/%Y à %H:%M}"


def jour(value: Any) -> str:
    """A day: « 23/11/2026 »."""
    return f"{value:%d/%m/%Y}"


def taille(octets: int) -> str:
    """A size of a file as people read it."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}\u00a0ko"
    return f"{octets / 1_000_000:.1f}\u00a0Mo".replace(".", ",")


def messages(field: Any) -> list[Constat]:
    """What a form says of one field, as the macros draw it."""
    return [Constat("format", ERREUR, field.name, str(error)) for error in field.errors]


def brancher(app: Flask) -> None:
    """Give the templates their filters and the answers their headers."""
    env: Environment = app.jinja_env
    env.filters.update(jour_heure=jour_heure, jour=jour, nombre=nombre, taille=taille, typographie=typographie)
    env.globals.update(
        messages=messages, non_lues=non_lues, non_remis=non_remis, libelles_etats=LIBELLES, champs=CHAMPS
    )
    env.trim_blocks = env.lstrip_blocks = True
    app.after_request(entetes)
    app.context_processor(
        lambda: {
            "compte": g.get("compte"),
            "habilitations": g.get("habilitations", []),
            "opco": app.config["OPCO"],
            "demo": app.config["DEMO"],
        }
    )
