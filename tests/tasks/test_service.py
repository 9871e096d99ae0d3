"""The launcher: both processes start and stop together, whatever happens; what is wrong is said in one line."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests import bases, serveurs

PATIENCE = 30


@pytest.fixture
def environnement(tmp_path, referentiels, gabarit):
    return serveurs.environ(tmp_path, referentiels, DATABASE_URL=bases.copier(gabarit, tmp_path), WEB_WORKERS="2")


@pytest.fixture
def service(environnement, tmp_path):
    """The launcher, once the portal answers; killed with its children if the test leaves it running."""
    with (tmp_path / "service.log").open("wb") as log:
        process = serveurs.lancer(environnement, log)
        serveurs.attendre(environnement["PUBLIC_URL"], process)
        yield process
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE)


def enfants(pid):
    """Process ids of the children of the process `pid`."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def sockets(pid):
    """How many sockets the process `pid` holds."""
    return sum(os.readlink(link).startswith("socket:") for link in Path(f"/proc/{pid}/fd").iterdir())


def vivants(pids):
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def commande(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")


def verifier(environ):
    line = [sys.executable, "-m", "tasks.service", "--verifier"]
    return subprocess.run(line, cwd=serveurs.RACINE, env=environ, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_stops_both_and_is_no_failure(service, number):
    children = enfants(service.pid)
    assert {name for pid in children for name in ("gunicorn", "tasks.worker") if name in commande(pid)} == {
        "gunicorn",
        "tasks.worker",
    }
    service.send_signal(number)
    assert service.wait(PATIENCE) == 0
    assert vivants(children) == []


@pytest.mark.parametrize("name", ["gunicorn", "tasks.worker"])
def test_when_one_dies_the_other_is_stopped_and_the_exit_code_tells(service, tmp_path, name):
    children = enfants(service.pid)
    victim = next(pid for pid in children if name in commande(pid))
    subprocess.run(["kill", "-9", str(victim)], check=True)  # noqa: S603, S607 our own child
    assert service.wait(PATIENCE) == 1
    assert vivants(children) == []
    assert "has stopped by itself" in (tmp_path / "service.log").read_text()


def test_the_address_is_announced(service, environnement, tmp_path):
    service.terminate()
    service.wait(PATIENCE)
    written = (tmp_path / "service.log").read_text()
    assert f"Mon Espace is served on {environnement['PUBLIC_URL']}" in written
    assert "worker stopped" in written


def test_a_port_that_is_taken_is_one_clear_line(environnement):
    with socket.create_server(("127.0.0.1", int(environnement["BIND"].rpartition(":")[2]))):
        done = verifier(environnement)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert environnement["BIND"] in done.stderr
    assert "BIND=" in done.stderr


def test_a_portal_that_serves_there_is_one_clear_line(service, environnement):
    done = verifier(environnement)
    assert done.returncode == 1
    assert environnement["BIND"] in done.stderr


def test_connections_that_come_together_are_shared_between_the_workers(service, environnement):
    (web,) = (pid for pid in enfants(service.pid) if "gunicorn" in commande(pid))
    workers = enfants(web)
    with contextlib.ExitStack() as clients:
        before = [sockets(pid) for pid in workers]
        address = ("127.0.0.1", int(environnement["BIND"].rpartition(":")[2]))
        for client in [clients.enter_context(socket.create_connection(address, PATIENCE)) for _ in range(24)]:
            client.sendall(b"GET /connexion HTTP/1.1\r\nHost: portail\r\n\r\n")
            client.recv(1)
        held = [sockets(pid) - others for pid, others in zip(workers, before, strict=True)]
    assert min(held) > 2, held


@pytest.mark.parametrize("bind", ["8000", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:70000"])
def test_an_address_that_is_none_is_one_clear_line(environnement, bind):
    done = verifier(environnement | {"BIND": bind})
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "host:port" in done.stderr


def test_a_free_port_is_fine(environnement):
    assert verifier(environnement).returncode == 0
