"""Fetching official files: metadata of data.gouv.fr, checksum, retries that go on where the last one stopped."""

import contextlib
import hashlib
import json
import logging
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from tasks.registres.chantier import Progression, muet
from tasks.registres.lecture import BLOC, FichierRefuse, empreinte

AGENT = "MonEspace/1.0 (portail du contrat de professionnalisation)"
DELAI = 30  # seconds of silence
ESSAIS = 4
PAUSE = 2  # seconds before the second try, doubled each time
SOMMES: dict[str, Callable[[], Any]] = {
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),  # what data.gouv.fr publishes: against accidents only
    "sha256": hashlib.sha256,
    "md5": lambda: hashlib.md5(usedforsecurity=False),
}

log = logging.getLogger(__name__)


class Ressource(NamedTuple):
    """A file to fetch. somme: (kind, value) of its checksum when the publisher gives one."""

    url: str
    somme: tuple[str, str] | None = None


def telecharger(
    adresse: str,
    dossier: Path,
    data_gouv: str,
    *,
    dire: Callable[[str], None] = muet,
    pause: float = PAUSE,
) -> Path:
    """Bring one address of the catalogue into `dossier`; answers where the file lies. Raises `FichierRefuse`."""
    resource = trouver(adresse, data_gouv)
    dossier.mkdir(parents=True, exist_ok=True)
    name = Path(unquote(urlsplit(resource.url).path)).name or "registre"
    final = dossier / "".join(c if c.isalnum() or c in "._-" else "_" for c in name)
    partiel = final.with_name(final.name + ".partiel")
    partiel.unlink(missing_ok=True)
    for essai in range(ESSAIS):
        try:
            _suite(resource.url, partiel, Progression(dire))
            break
        except (OSError, HTTPException) as error:
            if essai == ESSAIS - 1 or not _passager(error):
                raise FichierRefuse(f"Le téléchargement de {final.name} a échoué : {_motif(error)}.") from None
            log.warning("download of %s failed (%s), trying again", final.name, type(error).__name__)
            time.sleep(pause * 2**essai)
    if resource.somme and resource.somme[0] in SOMMES:
        kind, value = resource.somme
        if empreinte([partiel], SOMMES[kind]).hexdigest() != value.lower():
            partiel.unlink()
            raise FichierRefuse(f"{final.name} ne correspond pas à l’empreinte que l’éditeur publie : recommencez.")
    partiel.replace(final)
    return final


def trouver(adresse: str, data_gouv: str) -> Ressource:
    """The file behind an address: a URL, a resource of data.gouv.fr, or the newest of a data set."""
    base = data_gouv.rstrip("/")
    if adresse.startswith(("http://", "https://")):
        return Ressource(adresse)
    try:
        if adresse.startswith("dataset:"):
            name, _, debut = adresse.removeprefix("dataset:").partition("#")
            found = _json(f"{base}/api/1/datasets/{name}/")["resources"]
            newest = max((r for r in found if str(r.get("title", "")).startswith(debut)), key=lambda r: r["title"])
            return _ressource(newest)
        found = _json(f"{base}/api/2/datasets/resources/{adresse}/")
        return _ressource(found.get("resource", found))
    except urllib.error.HTTPError:
        # The stable address needs no metadata: without them there is only no checksum.
        return Ressource(f"{base}/datasets/r/{adresse}")
    except (OSError, HTTPException) as error:
        raise FichierRefuse(f"data.gouv.fr ne répond pas ({_motif(error)}) : réessayez plus tard.") from None
    except (ValueError, KeyError, TypeError):
        raise FichierRefuse("data.gouv.fr répond autrement qu’attendu : donnez l’adresse par « --url ».") from None


def _ressource(found: Mapping[str, Any]) -> Ressource:
    checksum = found.get("checksum") or {}
    known = (str(checksum["type"]).lower(), str(checksum["value"])) if checksum.get("value") else None
    return Ressource(str(found["url"]), known)


def _json(url: str) -> Any:
    with _ouvrir(url, {}) as response:
        return json.loads(response.read(50 * BLOC))


def _suite(url: str, partiel: Path, progression: Progression) -> None:
    """Go on with what a try before has brought, when the server can; else begin again."""
    there = partiel.stat().st_size if partiel.exists() else 0
    with _ouvrir(url, {"Range": f"bytes={there}-"} if there else {}) as response:
        there = there if response.status == 206 else 0
        total = there + int(response.headers.get("Content-Length") or 0)
        show = progression.etape(f"Téléchargement de {partiel.stem}", total, "octets")
        with partiel.open("ab" if there else "wb") as out:
            done = there
            while block := response.read(BLOC):
                out.write(block)
                done += len(block)
                show(done, done)
        written = response.headers.get("Last-Modified", "")
    if done < total:
        raise ConnectionError
    _dater(partiel, written)


def _dater(path: Path, written: str) -> None:
    """The file is as old as at its publisher: that is the day of its data when no name tells another."""
    with contextlib.suppress(ValueError):
        stamp = parsedate_to_datetime(written).timestamp()
        os.utime(path, (stamp, stamp))


def _ouvrir(url: str, headers: dict[str, str]) -> HTTPResponse:
    if urlsplit(url).scheme not in ("http", "https"):
        raise FichierRefuse("Adresse refusée : elle doit commencer par http:// ou https://.")
    request = urllib.request.Request(url, headers={"User-Agent": AGENT, **headers})  # noqa: S310 (checked above)
    found: HTTPResponse = urllib.request.urlopen(request, timeout=DELAI)  # noqa: S310 (checked above)
    return found


def _passager(error: Exception) -> bool:
    """Whether trying again may help."""
    return not isinstance(error, urllib.error.HTTPError) or error.code in (408, 416, 429) or error.code >= 500


def _motif(error: Exception) -> str:
    return f"réponse {error.code}" if isinstance(error, urllib.error.HTTPError) else "connexion impossible ou coupée"
