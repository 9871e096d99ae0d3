"""What the web application, the worker and the commands do alike before they work."""

from typing import Any

import peewee

from models import base, crypto, liens, referentiels


def demarrer(reglages: dict[str, Any]) -> peewee.Database:
    """Bind the models to the database, load the keys, open the registers."""
    crypto.charger(reglages["CIPHER_KEYS"], reglages["INDEX_KEY"])
    liens.charger(reglages["SECRET_KEYS"])
    referentiels.ouvrir(reglages["REFERENTIELS"])
    return base.brancher(reglages["DATABASE_URL"])
