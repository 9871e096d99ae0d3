"""The dated parameters of this moment, read again a few seconds at most after somebody changed them."""

import time
from typing import Any

from forms.controles.parametres import Parametres
from forms.parametrage_tables import construire
from models.base import db
from models.parametres import historique, version

FRAICHEUR = 5.0  # seconds between two looks at the table, which every check would otherwise pay
_lus: dict[str, Any] = {"base": None, "jusqu_a": 0.0, "version": -1, "tables": Parametres()}


def parametres() -> Parametres:
    """The tables in force, shipped and added."""
    if _lus["base"] is not db.obj or time.monotonic() >= _lus["jusqu_a"]:
        _relire()
    return _lus["tables"]


def oublier_parametres() -> None:
    """Read the table at the next question: this process has just changed it."""
    _lus["jusqu_a"] = 0.0


def _relire() -> None:
    now = version()
    if _lus["base"] is not db.obj or now != _lus["version"]:
        _lus.update(tables=construire(historique()), version=now, base=db.obj)
    _lus["jusqu_a"] = time.monotonic() + FRAICHEUR
