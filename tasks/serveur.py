"""How gunicorn serves the portal: `gunicorn --config python:tasks.serveur "app:create_app()"`."""

import os
import sys
from typing import Any

from config import reglages

REGLAGES = reglages()

bind = REGLAGES["BIND"]
workers = REGLAGES["WEB_WORKERS"]
threads = REGLAGES["WEB_THREADS"]
worker_class = "gthread"
timeout = 60
graceful_timeout = 30
keepalive = 15
# A socket for each worker: of a shared one, whichever worker wakes first takes all the connections that come together
# (those of a proxy that starts), and keeps them while the other worker idles.
reuse_port = True
# The heartbeat is a file: in memory, so that a slow disk never makes a worker look dead.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else str(REGLAGES["DATA_DIR"])  # noqa: S108 unlinked at once
control_socket_disable = True  # by default it opens a socket in the home folder
# No access log: it would hold the addresses of dossiers.
accesslog = None
errorlog = "-"
loglevel = "warning"


SILENCE = 30  # seconds


def pre_request(worker: Any, req: Any) -> None:
    """Drop a client that stops sending in the middle of a request: four of them would block a worker."""
    req.unreader.sock.settimeout(SILENCE)


def post_fork(server: Any, worker: Any) -> None:
    """Let a thread that comes back from a system call take the interpreter after 0.5 ms instead of 5.

    With Python's default the poller of a busy worker waits behind its own pool, and throughput falls to a third.
    """
    sys.setswitchinterval(0.0005)
