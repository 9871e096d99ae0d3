"""`python -m tasks.service`: the web server and the worker, started together, stopped together."""

import signal
import socket
import subprocess
import sys
import time
from typing import Any

import config

COMMANDES = {
    "web": ("-m", "gunicorn", "--config", "python:tasks.serveur", "app:create_app()"),
    "worker": ("-m", "tasks.worker"),
}
# gunicorn ends its requests on SIGTERM; the worker finishes its task on SIGINT.
ARRET = {"web": signal.SIGTERM, "worker": signal.SIGINT}
SIGNAUX = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Seconds: for the server to answer, for a task or a request to finish, between two looks at the children.
DEMARRAGE, GRACE, PAS = 30, 60, 0.2

Enfants = dict[str, subprocess.Popen[bytes]]


def ecoute(bind: str) -> tuple[str, int]:
    """Host and port of BIND. Raises SystemExit with what to write when it names none."""
    host, _, port = bind.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65_535:
        raise SystemExit(f"BIND={bind} is no address: write host:port, such as 127.0.0.1:8000")
    return host.strip("[]"), int(port)


def port_libre(bind: str) -> str | None:
    """Why the server cannot listen on `bind`, in one line; None when it can."""
    address = ecoute(bind)
    try:
        with socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return f"{bind} cannot be used ({error.strerror}): stop what uses it, or choose another: BIND=127.0.0.1:8001"
    return None


def lancer() -> Enfants:
    """Both children, each in a session of its own: Ctrl-C reaches us alone, who stop them in the right way."""
    return {
        name: subprocess.Popen([sys.executable, *words], start_new_session=True)  # noqa: S603 our own words
        for name, words in COMMANDES.items()
    }


def morts(enfants: Enfants) -> list[str]:
    return [name for name, child in enfants.items() if child.poll() is not None]


def repond(bind: str) -> bool:
    """Whether the web server takes connections."""
    host, port = ecoute(bind)
    try:
        socket.create_connection((host.replace("0.0.0.0", "127.0.0.1"), port), PAS).close()  # noqa: S104 compared, not bound
    except OSError:
        return False
    return True


def arreter(enfants: Enfants) -> None:
    """Stop both and wait; kill what does not end in time."""
    for name, child in enfants.items():
        if child.poll() is None:
            child.send_signal(ARRET[name])
    deadline = time.monotonic() + GRACE
    for child in enfants.values():
        try:
            child.wait(max(PAS, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def surveiller(enfants: Enfants, bind: str, annonce: str, signaux: list[int]) -> int:
    """Wait until `signaux` holds one or a child dies; announce the address once it answers. Gives our exit code."""
    deadline, announced = time.monotonic() + DEMARRAGE, False
    while not signaux:
        if dead := morts(enfants):
            dire(f"The {dead[0]} has stopped by itself: stopping the other one.")
            return 1
        if not announced and (announced := repond(bind)):
            dire(annonce)
        if not announced and time.monotonic() > deadline:
            dire(f"The web server does not answer on {bind}: stopping.")
            return 1
        time.sleep(PAS)
    return 0


def dire(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def annonce(reglages: dict[str, Any]) -> str:
    """What the person who started the portal reads."""
    return f"Mon Espace is served on {reglages['PUBLIC_URL']} (Ctrl-C stops it)."


def main(words: list[str]) -> int:
    """With `--verifier`, only tell whether the address is free."""
    reglages = config.reglages()
    bind = reglages["BIND"]
    if reason := port_libre(bind):
        raise SystemExit(reason)
    if "--verifier" in words:
        return 0
    received: list[int] = []
    for number in SIGNAUX:
        signal.signal(number, lambda number, _frame: received.append(number))
    enfants = lancer()
    try:
        return surveiller(enfants, bind, annonce(reglages), received)
    finally:
        arreter(enfants)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
