"""`python -m tests.postgresql COMMAND...`: runs the command beside a private PostgreSQL, named by TEST_DATABASE_URL.

The server lives in a temporary folder, listens on the loopback with a random port and password, and is gone with
the command. It may lose everything when the machine dies, which makes it fast. Where there is room, its files and
those of pytest are kept in memory: half of the tests keep something, and each would wait for the disk.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.systeme import initdb

FAST = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=200",
    "listen_addresses=127.0.0.1",
)
PATIENCE = 30
MEMOIRE = "/dev/shm"  # noqa: S108 both make a folder of their own there, closed to others
PLACE = 2 << 30  # bytes; after a run 141 MB lay there


def port_libre() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def owner() -> dict[str, str]:
    """PostgreSQL refuses to run as root: there its own user runs it."""
    return {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


def memoire() -> str | None:
    """The folder that is kept in memory, when there is one with room."""
    with contextlib.suppress(OSError):
        if shutil.disk_usage(MEMOIRE).free > PLACE and os.access(MEMOIRE, os.W_OK):
            return MEMOIRE
    return None


@contextlib.contextmanager
def server(place: str | None = None) -> Iterator[str]:
    """A running server, its files in `place`; gives the URL of its database.

    Raises FileNotFoundError when PostgreSQL is not installed.
    """
    tool = initdb()
    if tool is None:
        raise FileNotFoundError("initdb")
    folder = Path(tempfile.mkdtemp(prefix="portail-postgresql-", dir=place))
    try:
        if owner():
            shutil.chown(folder, **owner())
        with running(tool, folder, secrets.token_hex(16)) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running(tool: str, folder: Path, password: str) -> Iterator[str]:
    port, data, secret = port_libre(), folder / "data", folder / "password"
    secret.write_text(password)
    shutil.chown(secret, **owner()) if owner() else None
    make = [
        tool,
        "-D",
        data,
        "-U",
        "portail",
        "-A",
        "scram-sha-256",
        "--pwfile",
        secret,
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run([*make, "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner())  # noqa: S603 our own words
    options = [word for option in FAST for word in ("-c", option)]
    start = [Path(tool).with_name("postgres"), "-D", data, "-p", str(port), "-k", folder, *options]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(start, stdout=log, stderr=log, cwd=folder, start_new_session=True, **owner())  # noqa: S603 the same
    url = f"postgresql://portail:{password}@127.0.0.1:{port}/postgres"
    try:
        wait(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGINT)  # its « fast » stop: connections are cut, files are closed
        process.wait()


def wait(url: str, process: subprocess.Popen) -> None:
    """Return once the server answers; raise when it has died or does not answer in time."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def main(command: list[str]) -> int:
    """Run the command; answers its exit code. A signal to us ends it and the server."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    place = memoire()
    with server(place) as url:
        environ = os.environ | {"TEST_DATABASE_URL": url} | ({"PYTEST_DEBUG_TEMPROOT": place} if place else {})
        with subprocess.Popen(command, env=environ) as child:  # noqa: S603 the caller's
            try:
                return child.wait()
            except (KeyboardInterrupt, SystemExit):
                child.terminate()
                raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
