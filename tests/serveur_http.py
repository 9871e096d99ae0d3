"""A web server of the tests' own: it answers what it is told to, and remembers what it was asked."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextlib.contextmanager
def serveur_http(repondre):
    """Runs `repondre(request handler)` for each GET; gives the address and the list of paths that were asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            with contextlib.suppress(ConnectionError):
                repondre(self)

        def log_message(self, *args):
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))  # how long its end takes
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def envoyer(handler, body, status=200, headers=None, annonce=None):
    """Answer `body`; `annonce`: the length that is told, when it is another one."""
    handler.send_response(status)
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body) if annonce is None else annonce))
    handler.end_headers()
    handler.wfile.write(body)
