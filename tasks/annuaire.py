"""The public API « Recherche d'entreprises »: asked for a SIRET that the register lacks, when the operator allows it.

It may be slow, closed or full: entry never waits long, and goes on without it.
"""

import json
import logging
import threading
import time
import urllib.error
import urllib.request
from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from stdnum.fr import siret as stdnum_siret

from models.referentiels import Etablissement
from models.referentiels.texte import code
from models.tour import dehors
from tasks.registres.telechargement import AGENT
from tasks.registres.voies import VOIES

DELAI = 1.5  # seconds
REPOS = 60.0  # seconds without asking after a failure
GARDES, DUREE = 1_000, 24 * 3600.0  # answers that are kept, and for how many seconds
TAILLE_MAX = 2_000_000

log = logging.getLogger(__name__)
_verrou = threading.Lock()
_gardes: OrderedDict[str, tuple[float, Etablissement | None]] = OrderedDict()
_etat: dict[str, Any] = {"url": "", "jusqu_a": 0.0}


def brancher(url: str) -> None:
    """Say where the API is; nothing is asked without it."""
    with _verrou:
        _gardes.clear()
        _etat.update(url=url.rstrip("/"), jusqu_a=0.0)


def demander(texte: str) -> Etablissement | None:
    """The establishment of a whole SIRET; None when nobody knows it, or the API does not answer in time."""
    siret = code(texte)
    if not _etat["url"] or len(siret) != 14 or not stdnum_siret.is_valid(siret):
        return None
    now = time.monotonic()
    with _verrou:
        kept = _gardes.get(siret)
        if kept and now - kept[0] < DUREE:
            return kept[1]
        if now < _etat["jusqu_a"]:
            return None
    try:
        found = lire(_chercher(siret), siret)
    except (OSError, HTTPException, ValueError, TypeError, KeyError, AttributeError) as error:
        log.warning("the online search does not answer: %s", type(error).__name__)
        with _verrou:
            _etat["jusqu_a"] = now + _repos(error)
        return None
    with _verrou:
        _gardes[siret] = (now, found)
        if len(_gardes) > GARDES:
            _gardes.popitem(last=False)
    return found


def lire(answer: Mapping[str, Any], siret: str) -> Etablissement | None:
    """The establishment in an answer of the API. Directors, who are named there too, are not looked at."""
    for unit in answer["results"]:
        for place in (unit.get("siege") or {}, *(unit.get("matching_etablissements") or ())):
            if place.get("siret") == siret and place.get("statut_diffusion_etablissement", "O") == "O":
                return _etablissement(unit, place)
    return None


def _etablissement(unit: Mapping[str, Any], place: Mapping[str, Any]) -> Etablissement:
    closed = place.get("etat_administratif") == "F"
    idcc = place.get("liste_idcc") or []
    shops = place.get("liste_enseignes") or [None]
    street = (
        f"{VOIES.get(place.get('type_voie') or '', place.get('type_voie') or '')} {place.get('libelle_voie') or ''}"
    )
    number = f"{place.get('numero_voie') or ''} {place.get('indice_repetition') or ''}"
    return Etablissement(
        siret=place["siret"],
        denomination=unit.get("nom_raison_sociale") or unit["nom_complet"],
        enseigne=shops[0],
        sigle=unit.get("sigle"),
        voie_numero=number.strip() or None,
        # Other establishments than the head office come with the whole address in one text.
        voie=street.strip() or place.get("adresse"),
        complement=place.get("complement_adresse"),
        code_postal=place.get("code_postal"),
        commune=place.get("libelle_commune"),
        code_commune=place.get("commune"),
        naf=place.get("activite_principale"),
        effectif_tranche=place.get("tranche_effectif_salarie"),
        idcc=idcc[0] if len(idcc) == 1 else None,
        siege=bool(place.get("est_siege")),
        ferme_le=date.fromisoformat(place["date_fermeture"]) if closed and place.get("date_fermeture") else None,
        categorie_juridique=unit.get("nature_juridique"),
        opco=None,
    )


def _chercher(siret: str) -> Any:
    url = f"{_etat['url']}/search?{urlencode({'q': siret, 'per_page': 1})}"
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError
    request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept": "application/json"})  # noqa: S310
    with dehors(), urllib.request.urlopen(request, timeout=DELAI) as answer:  # noqa: S310 (checked above)
        return json.loads(answer.read(TAILLE_MAX))


def _repos(error: Exception) -> float:
    """How long not to ask: as long as the API says, else a minute."""
    said = error.headers.get("Retry-After", "") if isinstance(error, urllib.error.HTTPError) else ""
    return max(1.0, min(float(said), 3600.0)) if said.isdecimal() else REPOS
