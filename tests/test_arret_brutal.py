"""The server is killed in the middle of saves: what it has answered as saved is there, and it never lied."""

import contextlib
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from models.saisie import frappe
from tests import formulaire, serveurs
from tests.client import MEME_SITE
from tests.fabriques import relire, un_compte, un_dossier, une_structure
from tests.postgresql import port_libre

ENVOIS, MORTS = 100, 10


@pytest.fixture
def gunicorn(app, environ, tmp_path):
    """The web server as it runs, with two workers; gives its process and its address."""
    port = port_libre()
    served = environ | {"BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "2", "WEB_THREADS": "2"}
    line = [sys.executable, "-m", "gunicorn", "--config", "python:tasks.serveur", "app:create_app()"]
    with (tmp_path / "gunicorn.log").open("wb") as log:
        process = subprocess.Popen(line, cwd=serveurs.RACINE, env=served, stdout=log, stderr=log)  # noqa: S603 our own
        serveurs.attendre(f"http://127.0.0.1:{port}", process)
        yield process, f"http://127.0.0.1:{port}"
        process.send_signal(signal.SIGTERM)
        process.wait(serveurs.PATIENCE)


def enfants(process):
    listing = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in listing.read_text().split()]


def tuer(process, hasard):
    """SIGKILL to one of the workers, at any moment of a request."""
    time.sleep(hasard.random() * 0.03)
    with contextlib.suppress(ProcessLookupError, IndexError):
        os.kill(hasard.choice(enfants(process)), signal.SIGKILL)


def poster(url, path, data, cookie):
    """The status, or None when the connection dies: then nobody was told anything."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=serveurs.PATIENCE)
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"monespace={cookie}"}
    try:
        connection.request("POST", path, urlencode(data, doseq=True), MEME_SITE | kind)
        response = connection.getresponse()
        response.read()
        return response.status
    except (http.client.HTTPException, OSError):
        return None
    finally:
        connection.close()


def test_what_was_answered_as_saved_is_there_whenever_the_server_dies(gunicorn, connecte):
    process, url = gunicorn
    structure = une_structure()
    compte = un_compte(structure)
    dossier, client = un_dossier(structure), connecte(compte)
    page = client.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    form = formulaire.lire(page.soup.select_one("form.saisie"))
    cookie = client.http.get_cookie("monespace").value
    hasard, answered, workers = random.Random(20261128), 0, set()  # noqa: S311 no secret
    kept = relire(dossier)[1].contrat.emploi
    killers = []
    for number in range(ENVOIS):
        text = f"Essai {'i' * (number % 40 + 1)}"
        live = number % 3 == 2
        path = f"/dossiers/{dossier.id}/salarie" + ("/controle" if live else "")
        data = form | {"contrat-emploi": [text], "action": "sauvegarder", "version": [str(relire(dossier)[0].version)]}
        if number % (ENVOIS // MORTS) == 5:
            killers.append(threading.Thread(target=tuer, args=(process, hasard)))
            killers[-1].start()
        status = poster(url, path, data, cookie)
        assert status in (None, 200, 303), status
        answered += status is not None
        workers.update(enfants(process))
        stored = relire(dossier)[1].contrat.emploi
        if live and status == 200:
            assert frappe(dossier, "salarie", compte.id).valeurs["contrat-emploi"] == [text]
        elif not live:
            assert stored == text if status == 303 else stored in (kept, text)
        else:
            assert stored == kept
        kept = stored
    for killer in killers:
        killer.join()
    assert answered > ENVOIS // 2
    assert len(workers) > MORTS // 2  # so many have died and been replaced
