"""What a loaded file really is: real files made here, and hostile ones."""

import contextlib
import io
import random
import zlib

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from pypdf.generic import NameObject, StreamObject

from forms import examen
from forms.examen import JPEG, PDF, PNG, Refusee, examiner
from tests.documents import un_pdf

MIO = 1024 * 1024
LIMITE = 20 * MIO


def une_image(kind, size=(60, 40), **options):
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def verdict(content, limite=LIMITE):
    return examiner(io.BytesIO(content), limite)


def refus(content, limite=LIMITE):
    with pytest.raises(Refusee) as caught:
        verdict(content, limite)
    return str(caught.value)


def flux_pdf(data, count=1):
    """A PDF of one page with `count` streams that hold `data` and say that they are compressed."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    for _ in range(count):
        stream = StreamObject()
        stream.set_data(data)
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (un_pdf(), (PDF, 1)),
        (un_pdf(pages=7), (PDF, 7)),
        (un_pdf(pages=examen.MAX_PAGES), (PDF, examen.MAX_PAGES)),
        (b"\xef\xbb\xbf\n" + un_pdf(), (PDF, 1)),
        (un_pdf() + b"\n\n", (PDF, 1)),
        (une_image("JPEG"), (JPEG, 1)),
        (une_image("JPEG", progressive=True), (JPEG, 1)),
        (une_image("JPEG") + b"trailer of a telephone", (JPEG, 1)),
        (une_image("PNG"), (PNG, 1)),
        (flux_pdf(zlib.compress(b"BT ET " * 1000), 5), (PDF, 1)),
    ],
)
def test_a_good_file_is_known_by_its_content(content, expected):
    assert verdict(content) == expected


def test_the_stream_is_given_back_at_its_beginning():
    stream = io.BytesIO(un_pdf())
    examiner(stream, LIMITE)
    assert stream.tell() == 0


def avec_miniature():
    exif = Image.Exif()
    exif[0x010E] = "x"
    image = io.BytesIO()
    thumbnail = une_image("JPEG")
    Image.effect_noise((300, 300), 80).save(image, "JPEG", exif=exif.tobytes() + thumbnail)
    return image.getvalue()


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 0.9, 0.99])
@pytest.mark.parametrize(
    "content", [un_pdf(pages=30), une_image("JPEG", (300, 300)), une_image("PNG", (300, 300)), avec_miniature()]
)
def test_a_cut_file_is_refused(content, part):
    message = refus(content[: int(len(content) * part)])
    assert "incompl" in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"<!doctype html><script>alert(1)</script>", "ni un PDF"),
        (b"<html>%PDF-1.7 %%EOF", "ni un PDF"),
        (b"MZ\x90\x00", "ni un PDF"),
        (b"PK\x03\x04word/document.xml", "bureautique"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "bureautique"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (b"GIF89a", "ni en JPEG"),
        (une_image("WEBP"), "ni en JPEG"),
        (une_image("TIFF"), "ni en JPEG"),
        (b"%PDF-1.7\n%%EOF", "abîmé"),
        (b"%PDF-1.7\n<script>alert(1)</script>\nstartxref\n0\n%%EOF", "abîmé"),
        (un_pdf(pages=examen.MAX_PAGES + 1), "200 pages"),
        (b"\xff\xd8\xff", "abîmée"),
        (b"\xff\xd8\xff\xe0\x00\x00" * 50, "abîmée"),
        (b"\x89PNG\r\n\x1a\n", "abîmée"),
    ],
)
def test_what_is_no_piece_is_refused_with_what_to_do(content, words):
    assert words in refus(content)


def test_one_byte_too_many_is_refused():
    content = un_pdf()
    assert verdict(content, len(content)) == (PDF, 1)
    assert "dépasse" in refus(content, len(content) - 1)


def test_twenty_megabytes_and_one_byte_are_refused():
    message = refus(un_pdf() + b"\0" * LIMITE)
    assert "20 Mo" in message


def test_a_pdf_with_a_password_is_refused():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(un_pdf()))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert "mot de passe" in refus(out.getvalue())


def test_a_pdf_without_a_page_is_refused():
    out = io.BytesIO()
    pypdf.PdfWriter().write(out)
    assert "aucune page" in refus(out.getvalue())


def test_a_decompression_bomb_is_refused():
    machine = zlib.compressobj(9)
    bomb = b"".join(machine.compress(bytes(10 * MIO)) for _ in range(16)) + machine.flush()
    assert len(bomb) < MIO
    assert "anormalement" in refus(flux_pdf(bomb))


def test_many_small_bombs_are_one_bomb(monkeypatch):
    monkeypatch.setattr(examen, "MAX_TOTAL", 50_000_000)
    grenade = zlib.compress(bytes(10_000_000), 9)
    assert verdict(flux_pdf(grenade, 4)) == (PDF, 1)
    assert "anormalement" in refus(flux_pdf(grenade, 6))


def test_a_bomb_in_the_page_tree_is_refused(monkeypatch):
    monkeypatch.setattr(examen, "MAX_FLUX", 10**9)
    bomb = zlib.compress(bytes(30_000_000), 9)
    content = (
        b"%PDF-1.5\n1 0 obj\n<</Type/XRef/Size 2/W[1 1 1]/Root 1 0 R/Filter/FlateDecode"
        b"/Length " + str(len(bomb)).encode() + b">>\nstream\n" + bomb + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"
    )
    assert "abîmé" in refus(content)


@pytest.mark.parametrize("unit", [b"1 0 obj\n", b"stream\nx\x9c"])
def test_a_file_of_countless_objects_is_refused_unread(unit):
    assert "anormalement" in refus(b"%PDF-1.7\n" + unit * (2 * examen.MAX_OBJETS + 1) + b"\n%%EOF")


def test_an_immense_image_is_refused_before_it_is_decoded():
    small = une_image("PNG")
    header = b"IHDR" + (40_000).to_bytes(4) + (40_000).to_bytes(4) + small[24:29]
    immense = small[:12] + header + zlib.crc32(header).to_bytes(4) + small[33:]
    assert "pixels" in refus(immense)


def test_a_large_text_in_a_png_is_bounded():
    info = PngImagePlugin.PngInfo()
    info.add_text("comment", "a" * 50_000_000, zip=True)
    assert "abîmée" in refus(une_image("PNG", pnginfo=info))


def test_nothing_of_a_hostile_file_reaches_the_log(caplog):
    caplog.set_level("DEBUG")
    refus(b"%PDF-1.7\n1 0 obj\n<</Title(Camille Martin)>\nxref\ntrailer <</Root 9 0 R>>\nstartxref\n5\n%%EOF")
    assert "Camille" not in caplog.text


MODELES = [un_pdf(pages=3), une_image("JPEG"), une_image("PNG")]


@settings(max_examples=150, deadline=None)
@given(model=st.sampled_from(MODELES), seed=st.randoms(use_true_random=False), hits=st.integers(1, 30))
def test_a_damaged_file_is_accepted_or_refused_and_nothing_else(model: bytes, seed: random.Random, hits):
    content = bytearray(model)
    for _ in range(hits):
        content[seed.randrange(len(content))] = seed.randrange(256)
    with contextlib.suppress(Refusee):
        assert verdict(bytes(content))[0] in (PDF, JPEG, PNG)


@settings(max_examples=150, deadline=None)
@given(
    start=st.sampled_from([b"", b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"]),
    middle=st.lists(
        st.sampled_from(
            [b"1 0 obj\n", b"<<", b">>", b"/Pages 1 0 R", b"/Kids[1 0 R]", b"xref\n", b"trailer", b"stream\nx"]
        )
        | st.binary(max_size=40),
        max_size=30,
    ),
)
def test_garbage_is_refused(start, middle):
    refus(start + b"".join(middle) + b"\nstartxref\n9\n%%EOF")
