"""What the web application, the worker and the commands do alike before they work."""

from typing import Any

import peewee

from models import base, crypto, referentiels


def demarrer(reglages: dict[str, Any]) -> peewee.Database:
    """Bind the models to the database, load the key ring, open the registers."""
    crypto.charger(reglages["CIPHER_KEYS"], reglages["INDEX_KEY"])
    referentiels.ouvrir(reglages["REFERENTIELS"])
    return base.brancher(reglages["DATABASE_URL"])
