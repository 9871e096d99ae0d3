"""The real portal, web server and worker, run as `make run` does, on a port and a folder of its own."""

import contextlib
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests import bases
from tests.postgresql import port_libre

RACINE = Path(__file__).parents[1]
PATIENCE = 40


def preparer(environ):
    """Migrate the database that `environ` names."""
    commande(environ, "migrer")


def commande(environ, *words):
    """Run `flask --app app words…`; answers what it printed."""
    line = [sys.executable, "-m", "flask", "--app", "app", *words]
    done = subprocess.run(line, cwd=RACINE, env=environ, capture_output=True, text=True, check=False)  # noqa: S603 our own
    assert done.returncode == 0, done.stderr
    return done.stdout


def environ(folder, referentiels, **settings):
    """Environment of a portal that lives in `folder`, on a free port."""
    port = port_libre()
    url = settings.pop("DATABASE_URL", f"sqlite:///{folder}/dossiers.db")
    served = {"BIND": f"127.0.0.1:{port}", "PUBLIC_URL": f"http://127.0.0.1:{port}", "WEB_WORKERS": "1"}
    return bases.environ(folder, url, referentiels) | served | settings


def lancer(environ, log, module="tasks.service"):
    return subprocess.Popen(  # noqa: S603 our own module
        [sys.executable, "-m", module], cwd=RACINE, env=environ, stdout=log, stderr=subprocess.STDOUT
    )


def attendre(url, process):
    """Return once the portal answers at `url`."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/connexion", timeout=PATIENCE).close()  # noqa: S310 our own server
            return
        except (TimeoutError, urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise AssertionError(f"the portal does not answer, exit code {process.poll()}")


@contextlib.contextmanager
def portail(environ):
    """The portal, running; gives its address. Stopped as Ctrl-C does; its log must not hold an error."""
    preparer(environ)
    log = Path(environ["DATA_DIR"]) / "service.log"
    with log.open("wb") as output:
        process = lancer(environ, output)
        try:
            attendre(environ["PUBLIC_URL"], process)
            yield environ["PUBLIC_URL"]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
    written = log.read_text(encoding="utf-8")
    assert "Traceback" not in written, written
    assert " ERROR " not in written, written
