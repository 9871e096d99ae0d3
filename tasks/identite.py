"""The client of an outside identity service; its contract is identite.openapi.json, beside this file.

Entry never waits long for it: one answer has DELAI seconds, after ECHECS failures in a row nothing is asked for a
while, and what it cannot say is « not verified ».
"""

import json
import logging
import threading
import time
import urllib.request
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from models import identites
from models.crypto import empreinte
from models.identites import CONCORDE, DIFFERE, INDISPONIBLE
from models.tour import dehors

DELAI = 1.5  # seconds
ECHECS, REPOS = 3, 60.0  # failures in a row that open the breaker, seconds that it stays open
GARDES, DUREE = 1_000, 600.0  # answers that are kept, and for how many seconds
TAILLE_MAX = 4096
REPONSES = {"concorde": CONCORDE, "differe": DIFFERE, "inconnu": INDISPONIBLE}

log = logging.getLogger(__name__)
_verrou = threading.Lock()
_gardes: OrderedDict[str, tuple[float, str]] = OrderedDict()
_etat: dict[str, Any] = {"url": "", "jeton": "", "echecs": 0, "jusqu_a": 0.0}
# A server may answer drop by drop: the time is kept from outside.
_fils = ThreadPoolExecutor(4, thread_name_prefix="identite")


class SansDetour(urllib.request.HTTPRedirectHandler):
    """What we send names a person: it goes to the address that was set and nowhere else."""

    def redirect_request(self, *args: Any) -> None:
        return None


_client = urllib.request.build_opener(SansDetour)


def brancher(reglages: dict[str, Any]) -> None:
    """Take the service from the settings. Raises ValueError when its address is none."""
    url = reglages["IDENTITE_URL"]
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("IDENTITE_URL must begin with http:// or https://")
    with _verrou:
        _gardes.clear()
        _etat.update(url=url, jeton=reglages["IDENTITE_JETON"], echecs=0, jusqu_a=0.0)
    identites.brancher(verifier if url else None)


def verifier(nir: str, nom: str) -> str:
    """What the service says of this birth name; never raises, never waits longer than DELAI."""
    key, now = empreinte(f"{nir}:{nom}"), time.monotonic()
    with _verrou:
        kept = _gardes.get(key)
        if kept and now - kept[0] < DUREE:
            return kept[1]
        if now < _etat["jusqu_a"]:
            return INDISPONIBLE
    try:
        with dehors():  # here, not in the thread that asks: it is this one that has the turn
            answer = _fils.submit(_demander, nir, nom).result(DELAI)
    except Exception as error:
        _echec(error)
        return INDISPONIBLE
    with _verrou:
        _etat["echecs"] = 0
        _gardes[key] = (now, answer)
        if len(_gardes) > GARDES:
            _gardes.popitem(last=False)
    return answer


def _echec(error: Exception) -> None:
    """Only the class is logged: texts may quote what was sent."""
    log.warning("the identity service does not answer: %s", type(error).__name__)
    with _verrou:
        _etat["echecs"] += 1
        if _etat["echecs"] >= ECHECS:
            _etat.update(echecs=0, jusqu_a=time.monotonic() + REPOS)


def _demander(nir: str, nom: str) -> str:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if _etat["jeton"]:
        headers["Authorization"] = f"Bearer {_etat['jeton']}"
    body = json.dumps({"nir": nir, "nom_naissance": nom}).encode()
    request = urllib.request.Request(_etat["url"], body, headers)  # noqa: S310 brancher looked at the scheme
    with _client.open(request, timeout=DELAI) as response:
        return REPONSES[json.loads(response.read(TAILLE_MAX))["resultat"]]
