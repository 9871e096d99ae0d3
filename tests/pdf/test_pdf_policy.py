"""Nothing is fetched, nothing outside the folder is read, nothing of a document is said."""

import logging
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from pdf.cerfa import remplir
from pdf.policy import FOLDER, POLICY
from pdf.rendering import RenduImpossible, convert
from tests.pdf.reading import texte

SECRET = "Zébulon-Tartempion"


@pytest.fixture
def probe():
    """A local server that counts who comes."""
    hits = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *arguments):
            """Nothing on the terminal."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", hits
    server.shutdown()
    server.server_close()


def page(url):
    return (
        f'<html><head><link rel="stylesheet" href="{url}/a.css"><style>@import url({url}/b.css);'
        f"@font-face {{ font-family: f; src: url({url}/f.ttf) }} p {{ background-image: url({url}/c.png) }}</style>"
        f'</head><body><p style="font-family: f">{SECRET}</p><img src="{url}/d.png"></body></html>'
    )


def test_a_document_reaches_no_server_even_a_private_one(probe):
    url, hits = probe
    convert(page(url), replace(POLICY, allow_private_networks=True))
    assert hits == []
    # The probe works: the same document comes when it may.
    convert(page(url), replace(POLICY, allow_private_networks=True, allow_remote=True))
    assert hits


def test_a_value_that_names_a_server_or_a_file_is_only_text(probe):
    url, hits = probe
    values = {"E1": f'<img src="{url}/a.png">', "S1": "file:///etc/passwd", "F10": f"@import url({url}); {url}"}
    text = texte(remplir(values))
    assert hits == []
    assert all(value in text for value in values.values())
    assert "root:" not in text


def test_a_file_outside_the_folder_is_not_read(tmp_path):
    picture = tmp_path / "image.png"
    picture.write_bytes(_png())
    outside = convert(f'<p>a</p><img src="{picture}">')
    inside = convert(f'<p>a</p><img src="{picture}">', replace(POLICY, base_dir=tmp_path))
    assert not PdfReader(BytesIO(outside)).pages[0].images
    assert PdfReader(BytesIO(inside)).pages[0].images


def _png():
    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (4, 4), "red").save(buffer, "PNG")
    return buffer.getvalue()


def test_the_policy_is_the_server_profile_of_our_folder():
    assert POLICY.base_dir == FOLDER == Path(convert.__code__.co_filename).parent
    assert POLICY.max_render_seconds
    allowed = (POLICY.allow_remote, POLICY.allow_private_networks, POLICY.allow_local_outside_base)
    assert allowed == (False, False, False)


def test_logs_say_where_and_never_what(caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("xhtml2pdf", "reportlab"):
        caplog.set_level(logging.DEBUG, logger=name)
    convert(
        f'<p style="color:{SECRET};float:{SECRET}">{SECRET}</p><svg>{SECRET}</svg><img src="{SECRET}.png">'
        f'<p style="position:absolute;width:{SECRET}">{SECRET}</p><pdf:barcode type="{SECRET}" value="{SECRET}"/>'
    )
    remplir({"S1": SECRET, "S11": "208057800608492"})
    assert any(record.levelno >= logging.WARNING for record in caplog.records)
    said = "\n".join(f"{record.getMessage()} {record.args} {record.exc_info}" for record in caplog.records)
    assert SECRET not in said
    assert "208057800608492" not in said
    assert "text withheld" in said


def test_other_loggers_speak_as_before(caplog):
    logging.getLogger("xhtml2pdfish").warning("dossier %s", 12)
    assert caplog.messages == ["dossier 12"]


def test_a_failure_says_its_kind_and_never_the_text():
    with pytest.raises(RenduImpossible) as caught:
        convert("<div>" * 500 + SECRET)
    assert str(caught.value) == "RenderLimitError"
    assert caught.value.__context__ is None
