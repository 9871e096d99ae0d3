"""Names of files, and the sending of pieces."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import piece
from forms.examen import EXTENSIONS, JPEG, PDF, PNG
from forms.piece import nom_propre


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
