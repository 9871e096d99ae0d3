"""What the web application, the worker and the commands do alike before they work."""

from typing import Any

import peewee

from models import base, coffre, crypto, liens, referentiels


def demarrer(reglages: dict[str, Any]) -> peewee.Database:
    """Load the keys, open the safe and the registers, bind the models to the database."""
    crypto.charger(reglages["CIPHER_KEYS"], reglages["INDEX_KEY"])
    liens.charger(reglages["SECRET_KEYS"])
    coffre.installer(reglages["PIECES_DIR"])
    referentiels.ouvrir(reglages["REFERENTIELS"])
    return base.brancher(reglages["DATABASE_URL"])
