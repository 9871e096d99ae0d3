"""A portal with the account's pages and one page to lose, on an empty database."""

import pytest
from flask import Blueprint, Flask, request
from jinja2 import StrictUndefined

from blueprints import comptes, courriels, mots_de_passe, rendering
from blueprints.access import connecte
from models import base as socle
from models import crypto, liens
from models.comptes import Compte, Habilitation, Structure
from models.courriels import Courriel
from models.dossier import Dossier
from models.sessions import Session
from models.tentatives import Tentative
from tests.bases import CLES
from tests.fabriques import un_compte

TABLES = (Structure, Compte, Habilitation, Dossier, Session, Tentative, liens.Lien, Courriel)


def page_a_perdre():
    """/essai needs an account; it answers what was posted to it."""
    bp = Blueprint("essai", __name__)

    @bp.route("/essai", methods=["GET", "POST"])
    @connecte
    def essai():
        return {"recu": [[k, v] for k, v in request.form.items(multi=True)], "requete": request.args.to_dict()}

    return bp


@pytest.fixture
def portail(tmp_path):
    crypto.charger([CLES["CIPHER_KEYS"]], CLES["INDEX_KEY"])
    liens.charger([CLES["SECRET_KEYS"]])
    database = socle.brancher(f"sqlite:///{tmp_path}/dossiers.db")
    database.create_tables(TABLES)
    app = Flask("portail", root_path=str(rendering.__file__).rpartition("/blueprints")[0], template_folder="partials")
    app.config.update(
        SECRET_KEY="x",
        OPCO="AKTO",
        DEMO=True,
        SMTP_URL="",
        SESSION_HOURS=12,
        MAX_PIECE=20_000_000,
        MAX_CONTENT_LENGTH=1_000_000,
        PUBLIC_URL="https://portail.exemple",
    )
    app.jinja_options = {"undefined": StrictUndefined, "extensions": [rendering.Typographie]}
    rendering.brancher(app)
    for module in (comptes, mots_de_passe, courriels):
        app.register_blueprint(module.bp)
    app.register_blueprint(page_a_perdre())
    for name, endpoint in (("accueil", "montrer"), ("dossiers", "lister"), ("gestion", "lister")):
        stub = Blueprint(name, __name__)
        stub.add_url_rule("/" if name == "accueil" else f"/{name}", endpoint, str)
        app.register_blueprint(stub)
    yield app
    database.close()


@pytest.fixture
def client(portail):
    return portail.test_client()


@pytest.fixture
def compte(portail):
    return un_compte(courriel="camille@demo.fictif")
