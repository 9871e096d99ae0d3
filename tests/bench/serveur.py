"""The portal with one more view, which does nothing: the measure of all others, in the same server."""

from app import create_app as portail
from blueprints.access import public


def create_app():
    app = portail()
    app.add_url_rule("/bonjour", "bonjour", public(lambda: "Bonjour"))
    return app
