"""Does a birth name go with a NIR? One source asked, few tries, each written down; no answer holds a name.

The source is whatever `brancher` was given: a function of (NIR, name) that answers one of the words below. Without it
the portal compares with the people that it knows, under the same limits.
"""

from collections.abc import Callable
from datetime import timedelta

from models.base import db, maintenant
from models.crypto import empreinte
from models.journal import Journal, noter

CONCORDE, DIFFERE, INDISPONIBLE = "concorde", "differe", "indisponible"
ACTION = "nir_verifie"
# Different pairs of NIR and name within a day: more is no typing error any more, it is searching.
ESSAIS_DOSSIER, ESSAIS_COMPTE = 8, 40
FENETRE = timedelta(days=1)

Source = Callable[[str, str], str]
_source: dict[str, Source | None] = {"verifier": None}


def brancher(verifier: Source | None) -> None:
    """Ask `verifier` from now on; None: no service."""
    _source["verifier"] = verifier


def branchee() -> bool:
    return _source["verifier"] is not None


def verifier(nir: str, nom: str) -> str:
    """What the service says, "" when there is none."""
    service = _source["verifier"]
    return service(nir, nom) if service else ""


def autoriser(dossier: str, compte: int | None, nir: str, nom: str) -> bool:
    """Whether this pair may be compared. A pair that is new to the dossier counts as a try and goes to the journal.

    The journal keeps a keyed hash of the pair, so that the same one is not counted twice.
    """
    trace = empreinte(f"{nir}:{nom}")[:16]
    recent = (Journal.action == ACTION) & (Journal.le > maintenant() - FENETRE)
    with db.atomic():
        of_dossier = recent & (Journal.dossier == dossier)
        tried = {row.details for row in Journal.select(Journal.details).where(of_dossier)}
        if trace in tried:
            return True
        of_compte = Journal.select().where(recent & (Journal.compte == compte)).count()
        if len(tried) >= ESSAIS_DOSSIER or of_compte >= ESSAIS_COMPTE:
            return False
        noter(dossier, ACTION, compte, details=trace)
    return True
