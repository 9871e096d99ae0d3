"""The scanner of files: a server that speaks clamd's protocol, one that is down, one that stops in the middle."""

import contextlib
import io
import socketserver
import struct
import threading

import pytest
from PIL import Image

from forms import virus
from forms.examen import Refusee
from forms.piece import recevoir
from models import coffre
from tasks import antivirus
from tests.fabriques import un_dossier

SIGNATURE = b"signature-d-essai"  # what this daemon takes for a virus
OK, FOUND = b"stream: OK\0", b"stream: Essai.Signature FOUND\0"
LIMITE = 1_000_000


class Clamd(socketserver.StreamRequestHandler):
    """Reads one INSTREAM as documented: a length of four bytes, so many bytes, … a length of zero."""

    def handle(self):
        with contextlib.suppress(ConnectionError):
            assert self.rfile.read(10) == b"zINSTREAM\0"
            if self.server.muet:
                return
            content = b""
            while size := struct.unpack("!I", self.rfile.read(4))[0]:
                content += self.rfile.read(size)
            self.server.recus.append(content)
            self.wfile.write(self.server.reponse or (FOUND if SIGNATURE in content else OK))


class Serveur(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True


class ServeurUnix(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


@contextlib.contextmanager
def demarre(server):
    server.recus, server.reponse, server.muet = [], b"", False
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def clamd():
    with demarre(Serveur(("127.0.0.1", 0), Clamd)) as server:
        antivirus.brancher({"CLAMD_URL": f"tcp://127.0.0.1:{server.server_address[1]}"})
        yield server
    antivirus.brancher({"CLAMD_URL": ""})


def photo():
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    content.seek(0)
    return content


def refus(content):
    with pytest.raises(Refusee) as refusal:
        virus.refuser_virus(io.BytesIO(content))
    return str(refusal.value)


def test_a_clean_file_passes_and_can_be_read_again(clamd):
    content = bytes(range(256)) * 1000  # more than one chunk
    flux = io.BytesIO(content)
    virus.refuser_virus(flux)
    assert clamd.recus == [content]
    assert flux.read() == content


def test_a_virus_is_refused_with_what_to_do(clamd):
    assert "un virus" in refus(b"avant " + SIGNATURE)


@pytest.mark.parametrize(
    "reponse", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK FOUNDATION\0", b"\0", b"x" * 9000]
)
def test_what_was_not_scanned_is_not_kept(clamd, reponse):
    clamd.reponse = reponse
    assert "ne répond pas" in refus(b"fichier")


def test_a_daemon_that_hangs_up_is_no_pass(clamd):
    clamd.muet = True
    assert "ne répond pas" in refus(b"x" * 5_000_000)


def test_a_daemon_that_is_down_is_no_pass():
    antivirus.brancher({"CLAMD_URL": "tcp://127.0.0.1:9"})
    try:
        assert "ne répond pas" in refus(b"fichier")
    finally:
        antivirus.brancher({"CLAMD_URL": ""})


def test_a_daemon_is_reached_by_its_socket_too(tmp_path):
    with demarre(ServeurUnix(str(tmp_path / "clamd.sock"), Clamd)) as server:
        antivirus.brancher({"CLAMD_URL": f"unix://{tmp_path}/clamd.sock"})
        try:
            virus.refuser_virus(io.BytesIO(b"fichier"))
        finally:
            antivirus.brancher({"CLAMD_URL": ""})
        assert server.recus == [b"fichier"]


def test_without_a_scanner_nothing_is_asked():
    virus.refuser_virus(io.BytesIO(SIGNATURE))


@pytest.mark.parametrize("url", ["hote:3310", "http://hote", "unix:", "tcp://"])
def test_an_address_that_is_none_stops_the_start(url):
    with pytest.raises(ValueError, match="CLAMD_URL"):
        antivirus.brancher({"CLAMD_URL": url})


def test_nothing_of_an_infected_piece_is_kept(base, clamd, tmp_path):
    dossier = un_dossier(complet=False)
    clamd.reponse = FOUND
    there = set(coffre._lieu["dossier"].iterdir())
    reception = recevoir(dossier.id, "rib", [("rib.png", photo())], LIMITE, None)
    assert not reception.pieces
    assert "virus" in reception.refusees[0].message
    assert set(coffre._lieu["dossier"].iterdir()) == there
