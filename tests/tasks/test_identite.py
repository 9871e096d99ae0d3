"""The outside identity service, a real HTTP server: what it says counts, what it cannot say stops nobody."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from models import identites
from models.tour import tour
from tasks import identite
from tests.fabriques import PERSONNE, un_compte, un_dossier, une_structure

NIR, NOM = PERSONNE["nir"], "LE GALL ROUX"
CONTRAT = json.loads(Path(identite.__file__).with_name("identite.openapi.json").read_text(encoding="utf-8"))


class Service(BaseHTTPRequestHandler):
    """Answers what the test wants, and keeps what it was asked."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.recus.append((self.path, dict(self.headers), json.loads(self.rfile.read(length))))
        time.sleep(self.server.lenteur)
        self.send_response(self.server.code)
        if self.server.code == 302:
            self.send_header("Location", "/ailleurs")
        self.end_headers()
        for byte in self.server.corps:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(self.server.goutte)

    def log_message(self, *args):
        pass


@pytest.fixture
def service(base):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.recus, server.code, server.corps, server.lenteur, server.goutte = [], 200, b'{"resultat": "concorde"}', 0, 0
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def sans_service():
    yield
    identite.brancher({"IDENTITE_URL": "", "IDENTITE_JETON": ""})


def adresse(server):
    return f"http://127.0.0.1:{server.server_port}/identites"


@pytest.fixture
def branche(service):
    identite.brancher({"IDENTITE_URL": adresse(service), "IDENTITE_JETON": "jeton-de-test"})
    return service


def answers():
    schema = CONTRAT["paths"]["/"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    return schema["properties"]["resultat"]["enum"]


def test_each_answer_of_the_contract_is_understood():
    assert answers() == list(identite.REPONSES)


@pytest.mark.parametrize(
    ("resultat", "attendu"), [("concorde", "concorde"), ("differe", "differe"), ("inconnu", "indisponible")]
)
def test_the_service_is_asked_as_the_contract_says(branche, resultat, attendu):
    branche.corps = json.dumps({"resultat": resultat}).encode()
    assert identites.verifier(NIR, NOM) == attendu
    ((path, headers, body),) = branche.recus
    assert (path, body) == ("/identites", {"nir": NIR, "nom_naissance": NOM})
    assert headers["Authorization"] == "Bearer jeton-de-test"


def test_the_same_question_is_asked_once(branche):
    for _ in range(3):
        identites.verifier(NIR, NOM)
    assert len(branche.recus) == 1


@pytest.mark.parametrize(
    ("code", "corps"),
    [(500, b""), (401, b"{}"), (302, b""), (200, b"oui"), (200, b"[]"), (200, b'{"resultat": "LE GALL"}'), (200, b"")],
)
def test_what_is_no_answer_means_not_verified(branche, code, corps):
    branche.code, branche.corps = code, corps
    assert identites.verifier(NIR, NOM) == "indisponible"
    assert [path for path, _, _ in branche.recus] == ["/identites"]


@pytest.mark.parametrize(("lenteur", "goutte"), [(5, 0), (0, 0.5)])
def test_a_slow_service_holds_nobody_up(branche, lenteur, goutte):
    branche.lenteur, branche.goutte = lenteur, goutte
    start = time.monotonic()
    assert identites.verifier(NIR, NOM) == "indisponible"
    assert time.monotonic() - start < 2 * identite.DELAI


def test_who_waits_for_the_service_lets_the_others_pass(branche):
    branche.lenteur = 0.2
    passed = threading.Event()

    def other():
        with tour():
            passed.set()

    with tour():
        thread = threading.Thread(target=other)
        thread.start()
        identites.verifier(NIR, NOM)
        assert passed.is_set()
    thread.join()


def test_a_service_that_is_down_is_left_alone_for_a_while(branche):
    branche.code = 503
    for name in "ABCDE":
        assert identites.verifier(NIR, name) == "indisponible"
    assert len(branche.recus) == identite.ECHECS
    branche.code = 200
    identite._etat["jusqu_a"] = 0.0
    assert identites.verifier(NIR, NOM) == "concorde"


def test_an_address_that_is_none_is_refused_at_the_start():
    with pytest.raises(ValueError, match="IDENTITE_URL"):
        identite.brancher({"IDENTITE_URL": "file:///etc/passwd", "IDENTITE_JETON": ""})


@pytest.mark.parametrize(
    ("resultat", "text"),
    [("differe", "n’est pas celui connu"), ("inconnu", "n’a pas pu être vérifié"), ("concorde", "")],
)
def test_the_page_says_what_the_service_said(app, connecte, service, resultat, text):
    identite.brancher({"IDENTITE_URL": adresse(service), "IDENTITE_JETON": ""})
    service.corps = json.dumps({"resultat": resultat}).encode()
    structure = une_structure()
    compte = un_compte(structure)
    dossier = un_dossier(structure, compte)
    page = connecte(compte).get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    message = page.message("salarie-nom_naissance")
    assert text in message if text else not message
