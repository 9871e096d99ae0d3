"""Files on their way in and out: which are taken, bad ones are named, nothing is lost, what comes back is harmless."""

import io
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import coffre
from models.dossier import Dossier
from models.pieces import Piece, pieces_de
from tests.client import MEME_SITE
from tests.documents import charger, en_magasin, un_pdf, une_photo
from tests.fabriques import un_compte, un_dossier


@pytest.fixture
def dossier(structure):
    return un_dossier(structure, etat="soumis")


@pytest.fixture
def employeur(connecte, structure):
    client = connecte(un_compte(structure))
    client.typographie = False  # file names are what people make them
    return client


def test_good_files_are_kept_and_refused_ones_named(employeur, dossier, reglages):
    page = charger(employeur, dossier, ("bon.pdf", un_pdf()), ("page.pdf", b"<html>"), ("vide.png", b""), status=422)
    assert "2 fichiers n’ont pas été chargés" in page.texte
    assert "page.pdf : Ce fichier n’est ni un PDF" in page.texte
    assert "vide.png : Ce fichier est vide" in page.texte
    assert "Ce fichier a été chargé : bon.pdf" in page.texte
    assert page.soup.select_one("a[data-valider]")  # « Terminé » would ask for another file
    assert [p.nom for p in pieces_de(dossier.id)] == ["bon.pdf"]
    assert en_magasin(reglages) == 1


def test_no_file_is_told(employeur, dossier):
    page = charger(employeur, dossier, ("", b""), status=422)
    assert "Choisissez un fichier" in page.texte


def test_what_is_no_upload_is_told(employeur, dossier):
    page = employeur.post("pieces.charger", b"garbage", 422, dossier_id=dossier.id, genre="autre")
    assert "Choisissez un fichier" in page.texte


def test_a_file_of_one_byte_too_many_is_refused(employeur, dossier, app):
    app.config["MAX_PIECE"] = len(un_pdf())
    page = charger(employeur, dossier, ("lourd.pdf", un_pdf() + b"\n"), status=422)
    assert f"dépasse {len(un_pdf()) // 1024} ko" in page.texte
    assert Piece.select().count() == 0
    charger(employeur, dossier, ("juste.pdf", un_pdf()))


def trop_gros(client, endpoint, **values):
    """Post a body that is larger than any upload may be."""
    response = client.http.post(
        client.url(endpoint, **values),
        data=b"a" * 7 * 1024 * 1024,
        headers=MEME_SITE,
        content_type="multipart/form-data; boundary=a",
    )
    return client.lire(response, endpoint, 413)


def test_an_upload_too_large_as_a_whole_is_a_413_that_says_what_to_do(employeur, dossier, app):
    app.config["MAX_PIECE"] = 1024 * 1024
    for endpoint, values in (("pieces.charger", {"genre": "rib"}), ("pieces.ajouter_document", {})):
        page = trop_gros(employeur, endpoint, dossier_id=dossier.id, **values)
        assert "dépasse 5 Mo : chargez moins de fichiers à la fois" in page.texte


def test_an_upload_that_does_not_tell_its_length_is_bounded_too(employeur, dossier, app):
    app.config["MAX_PIECE"] = 100_000
    head = b'--a\r\nContent-Disposition: form-data; name="fichiers"; filename="a.pdf"\r\n\r\n'
    response = employeur.http.post(
        employeur.url("pieces.charger", dossier_id=dossier.id, genre="rib"),
        input_stream=io.BytesIO(head + b"a" * 1_600_000),
        environ_overrides={"wsgi.input_terminated": True},
        headers=MEME_SITE,
        content_type="multipart/form-data; boundary=a",
    )
    assert response.status_code == 413
    assert Piece.select().count() == 0


def test_the_same_file_twice_is_one_piece(employeur, dossier, reglages):
    for _ in range(2):
        charger(employeur, dossier, ("a.pdf", un_pdf()))
    assert len(pieces_de(dossier.id)) == en_magasin(reglages) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("facture.pdf.exe", "facture.pdf.exe.pdf"),
        ("programme 🎓.pdf", "programme 🎓.pdf"),
        ("a\u202efdp.exe", "a fdp.exe.pdf"),
        ("a" * 300 + ".pdf", "a" * 115 + ".pdf"),
    ],
)
def test_a_strange_name_is_made_harmless(employeur, dossier, name, shown):
    charger(employeur, dossier, (name, un_pdf()))
    piece = Piece.get()
    assert piece.nom == shown
    response = employeur.http.get(employeur.url("pieces.lire", dossier_id=dossier.id, piece_id=piece.id))
    assert response.headers["Content-Disposition"] == (
        f"inline; filename=\"piece.pdf\"; filename*=UTF-8''{quote(shown, safe='')}"
    )
    assert shown in employeur.get("pieces.montrer", dossier_id=dossier.id).texte


def test_a_piece_is_given_back_harmless_and_as_it_came(employeur, dossier):
    content = une_photo()
    charger(employeur, dossier, ("photo.png", content))
    piece = Piece.get()
    for endpoint, way in (("pieces.lire", "inline"), ("pieces.telecharger", "attachment")):
        response = employeur.http.get(employeur.url(endpoint, dossier_id=dossier.id, piece_id=piece.id))
        assert response.data == content
        assert response.mimetype == "image/jpeg"
        assert response.content_length == len(content)
        assert response.headers["Content-Disposition"].startswith(way)
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store"


def test_a_piece_whose_file_is_gone_is_a_404(employeur, dossier):
    charger(employeur, dossier, ("a.pdf", un_pdf()))
    piece = Piece.get()
    coffre.jeter(piece.coffre_id)
    employeur.get("pieces.lire", 404, dossier_id=dossier.id, piece_id=piece.id)


def test_no_file_name_reaches_the_log(employeur, dossier, caplog):
    charger(employeur, dossier, ("Zénobie Quatrefages.pdf", b"%PDF-1.7 faux %%EOF"), status=422)
    charger(employeur, dossier, ("Zénobie Quatrefages.pdf", un_pdf()))
    assert "nobie" not in caplog.text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(max_size=200),
    content=st.binary(max_size=200) | st.sampled_from([un_pdf(), une_photo(), un_pdf()[:-40]]),
    field=st.sampled_from(["fichiers", "fichier", "genre"]),
)
def test_garbage_is_taken_or_refused_in_french(employeur, dossier, name, content, field):
    url = employeur.url("pieces.charger", dossier_id=dossier.id, genre="autre")
    name = name.encode("utf-8", "replace").decode()
    response = employeur.http.post(url, data={field: (io.BytesIO(content), name)}, headers=MEME_SITE)
    assert response.status_code in (303, 422)


# Werkzeug lets go of a half-read upload without closing its temporary file, which has no name and vanishes.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    endpoint=st.sampled_from(["pieces.charger", "pieces.ajouter_document", "pieces.envoyer", "pieces.enlever"]),
    body=st.lists(
        st.sampled_from(
            [
                b"--a\r\n",
                b"--a--\r\n",
                b'Content-Disposition: form-data; name="fichiers"; filename="a.pdf"\r\n',
                b'Content-Disposition: form-data; name="genre"\r\n',
                b"Content-Disposition: form-data; filename*=UTF-8''%ff%00.pdf; name=fichiers\r\n",
                b"Content-Length: -5\r\n",
                b"\r\n",
                b"rib",
                b"%PDF-1.7",
            ]
        )
        | st.binary(max_size=30),
        max_size=12,
    ),
    kind=st.sampled_from(
        [
            "multipart/form-data; boundary=a",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "text/plain",
            "",
        ]
    ),
)
def test_a_garbled_body_is_answered_in_french(employeur, dossier, endpoint, body, kind):
    """None of them may change what is there."""
    url = employeur.url(endpoint, dossier_id=dossier.id, genre="rib", piece_id="inconnue")
    response = employeur.http.post(url, data=b"".join(body), content_type=kind, headers=MEME_SITE)
    assert response.status_code in (303, 400, 422)
    assert Piece.select().count() == 0
    assert Dossier.get_by_id(dossier.id).etat == "soumis"
