"""Names of files, and the sending of pieces."""

import io
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import peewee
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from forms import piece
from forms.examen import EXTENSIONS, JPEG, PDF, PNG
from forms.piece import nom_propre
from models.base import db
from models.dossier import Dossier
from models.pieces import Piece, pieces_de
from models.transmission import Transmission
from tests.fabriques import un_compte, un_dossier


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("contrat.pdf", "contrat.pdf"),
        ("/etc/passwd", "passwd.pdf"),
        ("C:\\Users\\moi\\contrat.pdf", "contrat.pdf"),
        ("page.html", "page.html.pdf"),
        ("PHOTO.PDF", "PHOTO.pdf"),
        ('"><script>.pdf', "___script_.pdf"),
        ("é.pdf", "é.pdf"),
        ("a\0b\r\nSet-Cookie: x.pdf", "a b Set-Cookie_ x.pdf"),
        ("  espaces   partout  .pdf  ", "espaces partout.pdf"),
        (" .pdf", "document.pdf"),
        (".pdf", "document.pdf"),
        ("..", "document.pdf"),
        ("", "document.pdf"),
        ("\ud800.pdf", "document.pdf"),
    ],
)
def test_a_name_is_made_harmless(name, shown):
    assert nom_propre(name, PDF) == shown


@pytest.mark.parametrize(
    ("name", "type", "shown"),
    [
        ("photo.jpeg", JPEG, "photo.jpeg"),
        ("photo.JPG", JPEG, "photo.jpg"),
        ("photo.png", JPEG, "photo.png.jpg"),
        ("photo.jpg", PNG, "photo.jpg.png"),
    ],
)
def test_the_extension_follows_the_content(name, type, shown):
    assert nom_propre(name, type) == shown


@given(st.text(st.characters(codec=None), max_size=400), st.sampled_from(list(EXTENSIONS)))
def test_any_name_becomes_a_safe_one(name, type):
    clean = nom_propre(name, type)
    assert clean.endswith(EXTENSIONS[type])
    assert 5 <= len(clean) <= piece.MAX_NOM
    assert not set(clean) & set('/\\<>:"|?*\0\r\n')
    assert not [c for c in clean if unicodedata.category(c) in piece.INVISIBLES]
    assert not clean.startswith(".")
    assert nom_propre(clean, type) == clean


@pytest.fixture
def dossier(base):
    return un_dossier(etat="soumis")


@pytest.fixture
def compte(base):
    return un_compte().id


def une_image(colour):
    out = io.BytesIO()
    Image.new("RGB", (10, 10), colour).save(out, "PNG")
    return out.getvalue()


def ensemble(count, function):
    """Call the function in so many threads at once, each with its own connection."""

    def call(_):
        with db.connection_context():
            return function()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(call, range(count)))


def test_clicks_that_arrive_together_make_one_piece(dossier, compte):
    content = une_image("red")
    ensemble(6, lambda: piece.recevoir(dossier.id, "autre", [("a.png", io.BytesIO(content))], 10_000, compte))
    assert len(pieces_de(dossier.id)) == 1


def test_sendings_that_arrive_together_are_one(dossier, compte):
    piece.recevoir(dossier.id, "autre", [("a.png", io.BytesIO(une_image("red")))], 10_000, compte)
    stale = [Dossier.get_by_id(dossier.id) for _ in range(6)]
    ensemble(6, lambda: piece.envoyer(stale.pop(), compte, (), True))
    assert Dossier.get_by_id(dossier.id).etat == "pieces_envoyees"
    assert Transmission.select().count() == 1


def test_sending_and_loading_together_lose_nothing(dossier, compte):
    images = [une_image(colour) for colour in ("red", "green", "blue", "white")]

    def act():
        piece.recevoir(dossier.id, "autre", [("a.png", io.BytesIO(images.pop()))], 10_000, compte)
        piece.transmettre(dossier.id, compte)

    ensemble(4, act)
    assert {p.id for p in Piece.select() if p.envoyee_le} == {t.piece_id for t in Transmission.select()}
    assert Piece.select().count() == 4


def test_a_failure_in_the_middle_sends_nothing(dossier, compte):
    piece.recevoir(dossier.id, "autre", [("a.png", io.BytesIO(une_image("red")))], 10_000, compte)
    nobody = 999_999
    with pytest.raises(peewee.IntegrityError), db.atomic():
        piece.envoyer(dossier, nobody, (), True)
    assert Dossier.get_by_id(dossier.id).etat == "soumis"
    assert Transmission.select().count() == 0
    assert Piece.get().envoyee_le is None
