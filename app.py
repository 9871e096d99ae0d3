"""The application: settings, database, blueprints, headers, commands. Nothing else wires things."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, abort, request
from flask_compress import Compress
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from blueprints import (
    accueil,
    adresses,
    appareils,
    attestations,
    avenants,
    boite,
    commandes,
    commandes_registres,
    comptes,
    courriels,
    depot,
    desabonnement,
    donnees_personnelles,
    dossiers,
    errors,
    exports,
    fermeture,
    gestion,
    gestion_acces,
    inscription,
    jumeaux,
    liens,
    listes,
    lots,
    mandats,
    manques,
    mots_de_passe,
    non_remis,
    notifications,
    parametres,
    personnes,
    pieces,
    preentree,
    presences,
    recherche,
    recherches_gardees,
    registres,
    regles,
    rendering,
    reprise,
    reprise_employeur,
    saisie,
    second_facteur,
    simulateur,
    utilisateurs,
)
from blueprints.tour import Tour
from models.base import db
from models.demarrage import demarrer
from tasks import annonces, annuaire, antivirus, identite, queue

BLUEPRINTS = (
    accueil,
    comptes,
    mots_de_passe,
    adresses,
    appareils,
    fermeture,
    second_facteur,
    donnees_personnelles,
    courriels,
    dossiers,
    listes,
    lots,
    exports,
    attestations,
    saisie,
    depot,
    avenants,
    recherche,
    recherches_gardees,
    pieces,
    reprise,
    gestion,
    personnes,
    regles,
    registres,
    notifications,
    non_remis,
    desabonnement,
    parametres,
    simulateur,
    preentree,
    presences,
    reprise_employeur,
    inscription,
    utilisateurs,
    manques,
    jumeaux,
    mandats,
    gestion_acces,
    liens,
    boite,
)
COMMANDES = (
    commandes.migrer,
    commandes_registres.registres,
    commandes.demo,
    commandes.administrateur,
    commandes.second_facteur,
    commandes.fermeture,
    commandes.courriel_retourne,
)
SURES = ("GET", "HEAD", "OPTIONS")
# What no browser posts but the server of a mailbox, without cookies: the token in the address is all that counts.
D_AILLEURS = {"desabonnement.obeir"}


def create_app(reglages: dict[str, Any] | None = None) -> Flask:
    """The portal with the given settings, by default those of the environment."""
    reglages = reglages or config.reglages()
    app = Flask(__name__, template_folder="partials")
    regler(app, reglages)
    app.jinja_options = {"undefined": StrictUndefined, "extensions": [rendering.Typographie]}
    app.wsgi_app = Tour(app.wsgi_app)
    app.wsgi_app = ProxyFix(app.wsgi_app, *[reglages["TRUSTED_PROXIES"]] * 4)
    app.before_request(refuser_autres_sites)
    app.teardown_request(verifier_transaction)
    app.url_defaults(empreinte_statique)
    rendering.brancher(app)
    errors.brancher(app)
    Compress(app)
    for module in BLUEPRINTS:
        app.register_blueprint(module.bp)
    for command in COMMANDES:
        app.cli.add_command(command)
    return app


def regler(app: Flask, reglages: dict[str, Any]) -> None:
    """Have the portal, its database and its clients of outside systems work with these settings."""
    app.config.from_mapping(
        reglages,
        SECRET_KEY=reglages["SECRET_KEYS"][0],
        SECRET_KEY_FALLBACKS=reglages["SECRET_KEYS"][1:],
        SESSION_COOKIE_NAME="monespace",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=reglages["SECURE_COOKIES"],
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
        MAX_CONTENT_LENGTH=1_000_000,
        COMPRESS_MIN_SIZE=500,
        COMPRESS_BR_LEVEL=4,
        COMPRESS_LEVEL=6,
    )
    demarrer(reglages)
    queue.brancher(reglages)
    annonces.brancher(reglages)
    annuaire.brancher(reglages["RECHERCHE_ENTREPRISES_URL"])
    identite.brancher(reglages)
    antivirus.brancher(reglages)


def refuser_autres_sites() -> None:
    """Refuse a write that another site makes the browser send (cross-site request forgery).

    Browsers tell where a request comes from in Sec-Fetch-Site, older ones in Origin. Unlike a token this
    cannot expire: no page left open for long loses its POST.
    """
    if request.method in SURES:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin", "")
    if not site and not origin and request.endpoint in D_AILLEURS:
        return
    same = site == "same-origin" if site else origin.partition("://")[2] == request.host
    if not same:
        abort(403)


def verifier_transaction(error: BaseException | None) -> None:
    """No request may leave a transaction open on its thread's connection."""
    if not db.is_closed() and db.in_transaction():
        db.rollback()
        db.close()


@cache
def empreinte(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def empreinte_statique(endpoint: str, values: dict[str, Any]) -> None:
    """Put the digest of a static file into its URL: it may then be cached for a year."""
    if endpoint == "static":
        path = Path(__file__).parent / "static" / values["filename"]
        values["v"] = empreinte(path) if path.is_file() else "0"
