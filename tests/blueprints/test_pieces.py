"""The pages of the pieces: load, look, take back, send; who sees what."""

import io

import pytest

from app import create_app
from models.dossier import Dossier
from models.instruction import DemandePiece
from models.journal import Journal
from models.pieces import Piece, pieces_de
from models.transmission import Transmission
from tests.client import HTMX, MEME_SITE
from tests.documents import charger, en_magasin, un_pdf, une_photo
from tests.fabriques import un_compte, un_dossier, une_structure

OBLIGATOIRES = ("cerfa_signe", "document_formation", "convention_formation")


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


def charger_tout(client, dossier):
    for genre in OBLIGATOIRES:
        charger(client, dossier, (f"{genre}.pdf", un_pdf(genre)), genre=genre)


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


@pytest.mark.parametrize("etat", ["en_instruction", "accepte", "refuse"])
def test_a_document_is_deposited_later_and_sent_at_once(employeur, structure, etat):
    """« Charger de nouvelles pièces sur un dossier (hors état brouillon) »: the end of a contract is news, too."""
    dossier = un_dossier(structure, etat=etat)
    data = {"genre": "diplomes", "fichiers": [(io.BytesIO(un_pdf()), "diplôme.pdf")]}
    page = employeur.post("pieces.ajouter_document", data, dossier_id=dossier.id).suivre()
    assert "Le document est transmis" in page.texte
    assert "diplôme.pdf Diplômes du salarié" in page.texte
    piece = Piece.get()
    assert piece.envoyee_le
    assert Transmission.get().piece_id == piece.id
    assert Dossier.get_by_id(dossier.id).etat == etat
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
