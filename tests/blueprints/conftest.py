"""An employer and its browser; for the tests of the account a page to lose, and browsers that take any page."""

import pytest
from flask import Blueprint, render_template_string, request

from blueprints.access import connecte
from models.base import db
from tests.client import MEME_SITE
from tests.fabriques import un_compte, une_structure
from tests.portails import portail as construire

PAGE = """{% extends "mise_en_page/page.html" %}{% block titre %}Essai{% endblock %}{% block contenu %}<h1>Essai</h1>
<form method="post" action="/essai" hx-post="/essai" hx-target="#main" hx-swap="outerHTML"
  hx-sync="this:replace" hx-disable="findAll button">
<label for="texte">Texte</label><input id="texte" name="texte" value=""><button>Envoyer</button></form>{% endblock %}"""


def page_a_perdre(app):
    """A page /essai that needs an account and answers what was posted to it."""
    bp = Blueprint("essai", __name__)

    @bp.get("/essai")
    @connecte
    def montrer():
        return render_template_string(PAGE)

    @bp.post("/essai")
    @connecte
    def recevoir():
        return {"recu": [[k, v] for k, v in request.form.items(multi=True)], "requete": request.args.to_dict()}

    app.register_blueprint(bp)


@pytest.fixture
def app(request, base, reglages, gabarits_compiles):
    """The portal; with the page /essai for the tests that ask for `portail`, directly or not."""
    yield construire(reglages, gabarits_compiles, page_a_perdre if "portail" in request.fixturenames else None)
    db.close()


@pytest.fixture
def portail(app):
    return app


@pytest.fixture
def structure(base):
    return une_structure()


@pytest.fixture
def compte(structure):
    """An account with all the rights that one may have in `structure`."""
    return un_compte(structure)


@pytest.fixture
def employeur(connecte, compte):
    """The browser of `compte`."""
    return connecte(compte)


@pytest.fixture
def navigateur(portail):
    """Opens a browser of this site that takes whatever the server says."""

    def ouvrir():
        client = portail.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = MEME_SITE["Sec-Fetch-Site"]
        return client

    return ouvrir


@pytest.fixture
def brut(navigateur):
    return navigateur()


@pytest.fixture
def camille(portail):
    return un_compte(courriel="camille@demo.fictif")
