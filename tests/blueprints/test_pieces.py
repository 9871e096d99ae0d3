"""The pages of the pieces: load, look, take back, send; bad files are named and nothing is lost."""

import io
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from app import create_app
from models import coffre
from models.dossier import Dossier
from models.instruction import DemandePiece
from models.journal import Journal
from models.pieces import Piece, pieces_de
from models.transmission import Transmission
from tests.client import HTMX, MEME_SITE
from tests.fabriques import un_compte, un_dossier, une_structure

OBLIGATOIRES = ("cerfa_signe", "document_formation", "convention_formation")


def un_pdf(text="Programme"):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    canvas.drawString(72, 720, text)
    canvas.save()
    return out.getvalue()


def une_photo():
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def dossier(structure):
    return un_dossier(structure, etat="soumis")


@pytest.fixture
def employeur(connecte, structure):
    client = connecte(un_compte(structure))
    client.typographie = False  # file names are what people make them
    return client


@pytest.fixture
def gestionnaire(connecte, base):
    return connecte(un_compte(une_structure("opco", "OPCO")))


def charger(client, dossier, *files, genre="cerfa_signe", status=303, headers=None):
    """Post the files (name, content) as the form of the dialog does."""
    data = {"fichiers": [(io.BytesIO(content), name) for name, content in files]}
    return client.post("pieces.charger", data, status, headers, dossier_id=dossier.id, genre=genre)


def charger_tout(client, dossier):
    for genre in OBLIGATOIRES:
        charger(client, dossier, (f"{genre}.pdf", un_pdf(genre)), genre=genre)


def en_magasin(reglages):
    return len(list(reglages["PIECES_DIR"].iterdir()))


def test_the_page_gives_the_number_and_the_pieces_of_this_dossier(employeur, dossier):
    page = employeur.get("pieces.montrer", dossier_id=dossier.id)
    assert page.titre == "Pièces"
    assert f"Le numéro {dossier.numero} est à conserver pour toutes correspondances avec AKTO" in page.texte
    for words in ("Charger le document", "Envoyer les pièces", "CERFA signé par l’employeur et le salarié"):
        assert words in page.texte
    cerfa = page.soup.find("a", href=employeur.url("dossiers.cerfa", dossier_id=dossier.id))
    assert cerfa["target"] == "_blank"


def test_each_kind_has_its_dialog_and_a_page_for_those_without_javascript(employeur, dossier):
    page = employeur.get("pieces.montrer", dossier_id=dossier.id)
    for link in page.soup.select("a[data-dialogue]"):
        dialog = page.soup.find("dialog", id=link["data-dialogue"])
        alone = employeur.get(link["href"])
        assert dialog.form["action"] == alone.soup.main.form["action"]


def test_a_document_is_loaded_validated_and_listed(employeur, dossier):
    page = employeur.get("pieces.preparer", dossier_id=dossier.id, genre="cerfa_signe")
    assert "PDF, JPEG ou PNG, 20 Mo au plus par fichier" in page.texte
    done = charger(employeur, dossier, ("CERFA signé.pdf", un_pdf())).suivre()
    assert done.titre == "Document chargé"
    assert "Le document est bien chargé" in done.texte
    listed = done.cliquer("Valider")
    assert "CERFA signé.pdf" in listed.texte
    assert "pas encore envoyée" in listed.texte


def test_several_files_are_several_pieces(employeur, dossier):
    done = charger(employeur, dossier, ("recto.jpg", une_photo()), ("verso.pdf", un_pdf())).suivre()
    assert "Les 2 documents sont bien chargés" in done.texte
    assert {p.type for p in pieces_de(dossier.id)} == {"image/jpeg", "application/pdf"}


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


def test_a_piece_is_taken_back(employeur, dossier, reglages):
    charger(employeur, dossier, ("a.pdf", un_pdf()))
    page = employeur.get("pieces.montrer", dossier_id=dossier.id)
    after = page.soumettre("Retirer a.pdf").suivre()
    assert "La pièce est retirée" in after.texte
    assert "a.pdf" not in after.texte
    assert en_magasin(reglages) == 0


def test_a_second_click_on_remove_does_no_harm(employeur, dossier):
    charger(employeur, dossier, ("a.pdf", un_pdf()))
    piece = Piece.get()
    for _ in range(2):
        employeur.post("pieces.enlever", dossier_id=dossier.id, piece_id=piece.id)


def test_removing_in_the_page_refreshes_the_list_alone(employeur, dossier):
    charger(employeur, dossier, ("a.pdf", un_pdf()))
    page = employeur.get("pieces.montrer", dossier_id=dossier.id)
    after = page.htmx("form.acte")
    fresh = employeur.get("pieces.montrer", dossier_id=dossier.id)
    assert after.soup.find(id="pieces").find(class_="avis").extract().get_text() == "La pièce est retirée."
    assert str(after.soup.find(id="pieces")).split() == str(fresh.soup.find(id="pieces")).split()


def test_a_sent_piece_cannot_be_taken_back(employeur, dossier):
    charger_tout(employeur, dossier)
    employeur.post("pieces.envoyer", dossier_id=dossier.id)
    assert "Retirer" not in employeur.get("pieces.montrer", dossier_id=dossier.id).texte
    employeur.post("pieces.enlever", status=422, dossier_id=dossier.id, piece_id=Piece.get().id)
    assert len(pieces_de(dossier.id)) == 3


def test_sending_without_all_mandatory_pieces_lists_what_lacks(employeur, dossier):
    charger(employeur, dossier, ("a.pdf", un_pdf()))
    page = employeur.get("pieces.montrer", dossier_id=dossier.id).soumettre("Envoyer les pièces", status=422)
    assert "2 pièces obligatoires manquent" in page.texte
    assert "Convention de formation" in page.soup.find(class_="bilan").get_text()
    assert "a.pdf" in page.texte
    assert Dossier.get_by_id(dossier.id).etat == "soumis"
    assert Transmission.select().count() == 0


def test_sending_all_moves_everything_together(employeur, dossier):
    charger_tout(employeur, dossier)
    thanks = employeur.get("pieces.montrer", dossier_id=dossier.id).soumettre("Envoyer les pièces").suivre()
    assert thanks.titre == "Remerciements"
    assert dossier.numero in thanks.texte
    assert "Vos 3 pièces ont été transmises" in thanks.texte
    assert "20 jours" in thanks.texte
    assert "soit le" in thanks.texte
    assert Dossier.get_by_id(dossier.id).etat == "pieces_envoyees"
    assert {t.piece_id for t in Transmission.select()} == {p.id for p in Piece.select()}
    assert all(p.envoyee_le for p in Piece.select())
    assert Journal.get(Journal.action == "etat").vers == "pieces_envoyees"


def test_a_second_click_on_send_does_no_harm(employeur, dossier):
    charger_tout(employeur, dossier)
    for _ in range(2):
        employeur.post("pieces.envoyer", dossier_id=dossier.id)
    assert Transmission.select().count() == 3
    assert Journal.select().where(Journal.action == "etat").count() == 1


def test_what_lacks_may_be_sent_later(employeur, dossier):
    charger(employeur, dossier, ("a.pdf", un_pdf()))
    page = employeur.get("pieces.montrer", dossier_id=dossier.id)
    thanks = page.soumettre("Envoyer les pièces", {"plus_tard": "oui"}).suivre()
    assert "Votre pièce a été transmise" in thanks.texte
    assert "Il manque 2 pièces obligatoires" in thanks.texte
    assert "soit le" not in thanks.texte
    assert Dossier.get_by_id(dossier.id).etat == "pieces_envoyees"
    charger(employeur, dossier, ("b.pdf", un_pdf("b")), genre="document_formation")
    charger(employeur, dossier, ("c.pdf", un_pdf("c")), genre="convention_formation")
    employeur.post("pieces.envoyer", dossier_id=dossier.id)
    assert Transmission.select().count() == 3


def test_nothing_loaded_and_all_later_sends_nothing(employeur, dossier):
    thanks = employeur.post("pieces.envoyer", {"plus_tard": "oui"}, dossier_id=dossier.id).suivre()
    assert "aucune pièce n’a encore été envoyée" in thanks.texte
    assert Dossier.get_by_id(dossier.id).etat == "soumis"
    assert Transmission.select().count() == 0


def test_the_setting_decides_what_is_mandatory(employeur, dossier, app):
    app.config["PIECES_OBLIGATOIRES"] = ["rib"]
    page = employeur.post("pieces.envoyer", status=422, dossier_id=dossier.id)
    assert "Une pièce obligatoire manque" in page.texte
    charger(employeur, dossier, ("rib.pdf", un_pdf()), genre="rib")
    employeur.post("pieces.envoyer", dossier_id=dossier.id)


def test_a_misspelt_setting_stops_the_start(reglages, base):
    with pytest.raises(ValueError, match="passeport"):
        create_app(reglages | {"PIECES_OBLIGATOIRES": ["passeport"]})


def test_a_document_is_deposited_later_and_sent_at_once(employeur, structure):
    dossier = un_dossier(structure, etat="en_instruction")
    data = {"genre": "diplomes", "fichiers": [(io.BytesIO(un_pdf()), "diplôme.pdf")]}
    page = employeur.post("pieces.ajouter_document", data, dossier_id=dossier.id).suivre()
    assert "Le document est transmis" in page.texte
    assert "diplôme.pdf Diplômes du salarié" in page.texte
    piece = Piece.get()
    assert piece.envoyee_le
    assert Transmission.get().piece_id == piece.id
    assert Dossier.get_by_id(dossier.id).etat == "en_instruction"
    data = {"genre": "diplomes", "fichiers": [(io.BytesIO(un_pdf()), "le même.pdf")]}
    again = employeur.post("pieces.ajouter_document", data, dossier_id=dossier.id).suivre()
    assert "était déjà transmis" in again.texte
    assert Transmission.select().count() == 1


@pytest.mark.parametrize("genre", ["", "passeport"])
def test_a_document_needs_a_known_kind(employeur, dossier, genre):
    data = {"genre": genre, "fichiers": [(io.BytesIO(un_pdf()), "a.pdf")]}
    page = employeur.post("pieces.ajouter_document", data, 422, dossier_id=dossier.id)
    assert "Choisissez" in page.message("genre")
    assert Piece.select().count() == 0


def test_a_bad_document_keeps_the_chosen_kind(employeur, dossier):
    data = {"genre": "rib", "fichiers": [(io.BytesIO(b"MZ"), "a.exe")]}
    page = employeur.post("pieces.ajouter_document", data, 422, dossier_id=dossier.id)
    assert "a.exe" in page.texte
    assert page.champ("genre").find("option", selected=True)["value"] == "rib"


def test_a_demand_of_the_opco_stands_beside_its_piece(employeur, structure):
    dossier = un_dossier(structure, etat="pieces_demandees")
    DemandePiece.create(dossier=dossier, genre="rib", message="Le RIB est illisible.")
    page = employeur.get("pieces.montrer", dossier_id=dossier.id)
    assert "Le RIB est illisible" in page.soup.find(id="piece-rib").get_text()
    charger(employeur, dossier, ("rib.pdf", un_pdf()), genre="rib")
    employeur.post("pieces.envoyer", {"plus_tard": "oui"}, dossier_id=dossier.id)
    assert Dossier.get_by_id(dossier.id).etat == "pieces_demandees"
    assert "Pièce envoyée : RIB de l’employeur" in employeur.get("dossiers.detailler", dossier_id=dossier.id).texte
    assert Transmission.select().count() == 1


def test_the_mail_that_asks_for_a_piece_leads_to_where_the_opco_says_why(employeur, structure):
    dossier = un_dossier(structure, etat="pieces_demandees")
    DemandePiece.create(dossier=dossier, genre="rib", message="Le RIB est illisible.")
    page = employeur.get("pieces.deposer_document", dossier_id=dossier.id)
    assert "Le RIB est illisible" in page.texte
    assert page.champ("genre").find("option", selected=True)["value"] == "rib"


@pytest.mark.parametrize("endpoint", ["pieces.lire", "pieces.telecharger"])
def test_a_gestionnaire_sees_only_what_was_sent(employeur, gestionnaire, dossier, endpoint):
    charger(employeur, dossier, ("a.pdf", un_pdf()))
    piece = Piece.get()
    gestionnaire.get(endpoint, 404, dossier_id=dossier.id, piece_id=piece.id)
    employeur.post("pieces.envoyer", {"plus_tard": "oui"}, dossier_id=dossier.id)
    url = gestionnaire.url(endpoint, dossier_id=dossier.id, piece_id=piece.id)
    assert gestionnaire.http.get(url).data == un_pdf()


def test_a_gestionnaire_loads_nothing(gestionnaire, dossier):
    page = gestionnaire.get("pieces.montrer", dossier_id=dossier.id)
    assert "Charger le document" not in page.texte
    charger(gestionnaire, dossier, ("a.pdf", un_pdf()), status=403)


def test_a_piece_of_another_dossier_is_a_404(employeur, dossier, structure):
    charger(employeur, dossier, ("a.pdf", un_pdf()))
    other = un_dossier(structure, etat="soumis")
    employeur.get("pieces.lire", 404, dossier_id=other.id, piece_id=Piece.get().id)


def test_nobody_of_another_structure_sees_or_loads(connecte, employeur, dossier):
    charger(employeur, dossier, ("a.pdf", un_pdf()))
    stranger = connecte(un_compte(une_structure(nom="Autre Fictif")))
    stranger.get("pieces.montrer", 404, dossier_id=dossier.id)
    stranger.get("pieces.lire", 404, dossier_id=dossier.id, piece_id=Piece.get().id)
    charger(stranger, dossier, ("b.pdf", un_pdf("b")), status=404)
    assert len(pieces_de(dossier.id)) == 1


@pytest.mark.parametrize("etat", ["brouillon", "accepte", "refuse", "annule"])
def test_a_dossier_in_another_state_takes_no_piece(employeur, structure, etat):
    dossier = un_dossier(structure, etat=etat)
    charger(employeur, dossier, ("a.pdf", un_pdf()), status=403)
    assert "Charger le document" not in employeur.get("pieces.montrer", dossier_id=dossier.id).texte


def test_an_unknown_kind_is_a_404(employeur, dossier):
    employeur.get("pieces.preparer", 404, dossier_id=dossier.id, genre="passeport")
    charger(employeur, dossier, ("a.pdf", un_pdf()), genre="passeport", status=404)


def test_the_page_of_success_without_a_piece_leads_to_the_form(employeur, dossier):
    employeur.get("pieces.constater", 303, dossier_id=dossier.id, genre="rib")


def test_a_lost_session_loses_no_list(client, dossier):
    url = client.url("pieces.charger", dossier_id=dossier.id, genre="rib")
    data = {"fichiers": (io.BytesIO(un_pdf()), "a.pdf")}
    assert client.http.post(url, data=data, headers=MEME_SITE | HTMX).status_code == 401
    assert Piece.select().count() == 0


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


def test_the_law_asks_for_the_pieces_of_its_own_cases(employeur, structure):
    """CTR-13 and DAT-15 speak here, with their article, until the document is there."""
    changes = {"contrat.type_contrat": "12", "employeur.second_denomination": "Autre", "formation.heures_accueil": 100}
    dossier = un_dossier(structure, etat="soumis", changements=changes)
    page = employeur.get("pieces.montrer", dossier_id=dossier.id)
    said = [li.get_text(" ", strip=True) for li in page.soup.select(".reproches .constat")]
    assert [text.split(" :")[0].split("\u00a0")[0] for text in said] == ["Erreur", "Alerte"]
    assert "L. 6325-4-1" in said[0].replace("\u00a0", " ")
    assert {"/regles#CTR-13", "/regles#DAT-15"} <= set(page.liens())
    coffre_id = {"type": "application/pdf", "taille": 1, "pages": 1, "sha256": "0" * 64}
    for genre in ("convention_tripartite", "convention_accueil"):
        Piece.create(dossier=dossier.id, genre=genre, nom="c.pdf", coffre_id=genre, **coffre_id)
    assert employeur.get("pieces.montrer", dossier_id=dossier.id).soup.select(".reproches") == []
    ordinary = un_dossier(structure, etat="soumis")
    assert employeur.get("pieces.montrer", dossier_id=ordinary.id).soup.select(".reproches") == []
