"""Loading pieces in a real browser: the dialog with its progress, a line that is cut, and no JavaScript at all."""

import contextlib
import io
import re
import socket
import struct
import threading

import pytest
from PIL import Image
from playwright.sync_api import expect

from models.dossier import Dossier
from models.pieces import pieces_de
from tests.fabriques import un_compte, une_structure
from tests.navigateur.pages import arriver, connexion, un_brouillon, un_pdf

RST = struct.pack("ii", 1, 0)  # SO_LINGER: close by a reset, as a broken line does


@pytest.fixture
def compte(base):
    return un_compte(une_structure())


@pytest.fixture
def dossier(compte):
    return un_brouillon(compte, etat="soumis")


def une_grande_image():
    """Some 6 MB that nothing compresses."""
    out = io.BytesIO()
    noise = Image.effect_noise((1500, 1500), 99)
    Image.merge("RGB", (noise, noise.rotate(90), noise.rotate(180))).save(out, "PNG", compress_level=1)
    return {"name": "scan.png", "mimeType": "image/png", "buffer": out.getvalue()}


class Relais:
    """A line to the portal that breaks after `coupure` bytes have gone up, until that is 0.

    Once would not do: Chromium itself tries again what breaks on a connection that it had used before.
    """

    def __init__(self, port, coupure):
        self.port, self.coupure = port, coupure
        self.door = socket.create_server(("127.0.0.1", 0))
        self.adresse = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        threading.Thread(target=self.ecouter, daemon=True).start()

    def ecouter(self):
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self.relier, args=self.door.accept()[:1], daemon=True).start()

    def relier(self, browser):
        with browser, socket.create_connection(("127.0.0.1", self.port)) as portal:
            threading.Thread(target=self.copier, args=(portal, browser, False), daemon=True).start()
            self.copier(browser, portal, True)
            with contextlib.suppress(OSError):
                portal.shutdown(socket.SHUT_RDWR)

    def copier(self, source, target, up):
        gone = 0
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                gone += len(data)
                if up and self.coupure and gone > self.coupure:
                    source.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RST)
                    return
                target.sendall(data)


def ouvrir_dialogue(page, genre):
    page.locator(f"#charger-{genre}").click()
    return page.locator(f"#dialogue-{genre}")


def test_the_dialog_loads_validates_and_lists(page, compte, dossier, accessible):
    connexion(page, compte)
    page.goto(f"/dossiers/{dossier.id}/pieces")
    accessible(page)
    dialog = ouvrir_dialogue(page, "cerfa_signe")
    accessible(page)
    dialog.get_by_label("Charger des fichiers").set_input_files([un_pdf("un.pdf"), un_pdf("deux.pdf")])
    expect(dialog.get_by_text("Le document est chargé. Cliquez sur")).to_be_visible()
    expect(dialog.get_by_role("button", name="Terminé")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("Les 2 documents sont bien chargés")).to_be_focused()
    dialog.get_by_role("link", name="Valider").click()
    expect(page.locator("#piece-cerfa_signe .piece")).to_have_count(2)
    expect(page.locator("#charger-cerfa_signe")).to_be_focused()
    page.locator("#piece-cerfa_signe").get_by_role("button", name="Retirer un.pdf").click()
    expect(page.get_by_text("La pièce est retirée.")).to_be_focused()
    expect(page.locator("#piece-cerfa_signe .piece")).to_have_count(1)


def test_a_bad_file_is_named_in_the_dialog_and_the_good_one_kept(page, compte, dossier):
    connexion(page, compte)
    page.goto(f"/dossiers/{dossier.id}/pieces")
    dialog = ouvrir_dialogue(page, "autre")
    bad = {"name": "page.pdf", "mimeType": "application/pdf", "buffer": b"<html>"}
    dialog.get_by_label("Charger des fichiers").set_input_files([bad, un_pdf("bon.pdf")])
    refusal = dialog.get_by_role("heading", name="Un fichier n’a pas été chargé")
    expect(refusal).to_be_focused()
    dialog.get_by_label("Charger des fichiers").set_input_files(un_pdf("corrigé.pdf"))
    expect(dialog.get_by_text("Le document est chargé. Cliquez sur")).to_be_visible()
    expect(refusal).to_have_count(0)
    dialog.get_by_role("link", name="Valider ce qui est chargé").click()
    expect(page.locator("#piece-autre .piece")).to_have_count(2)


def test_a_cut_upload_leaves_nothing_and_is_tried_again(page, compte, dossier, serveur):
    line = Relais(int(serveur["BIND"].rpartition(":")[2]), 2_000_000)
    connexion(page, compte)
    page.goto(f"{line.adresse}/dossiers/{dossier.id}/pieces")
    dialog = ouvrir_dialogue(page, "autre")
    dialog.get_by_label("Charger des fichiers").set_input_files(une_grande_image())
    expect(dialog.get_by_text("La connexion a été coupée")).to_be_visible()
    assert pieces_de(dossier.id) == []
    line.coupure = 0
    dialog.get_by_role("button", name="Réessayer").click()
    dialog.get_by_role("button", name="Terminé").click()
    dialog.get_by_role("link", name="Valider").click()
    expect(page.locator("#piece-autre .piece")).to_have_count(1)
    line.door.close()


def test_an_upload_that_is_cancelled_leaves_nothing(page, compte, dossier):
    connexion(page, compte)
    page.goto(f"/dossiers/{dossier.id}/pieces")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 100, "downloadThroughput": 50_000, "uploadThroughput": 500_000}
    line.send("Network.emulateNetworkConditions", slow)
    dialog = ouvrir_dialogue(page, "autre")
    dialog.get_by_label("Charger des fichiers").set_input_files(une_grande_image())
    progress = dialog.get_by_role("progressbar")
    expect(progress).to_be_visible()
    expect(progress).not_to_have_js_property("value", 0)
    dialog.get_by_role("button", name="Annuler le chargement").click()
    expect(progress).to_be_hidden()
    dialog.get_by_role("button", name="Fermer").click()
    expect(page.locator("#piece-autre .piece")).to_have_count(0)
    assert pieces_de(dossier.id) == []


def test_a_session_lost_during_the_choice_costs_nothing(page, compte, dossier):
    connexion(page, compte)
    page.goto(f"/dossiers/{dossier.id}/pieces")
    dialog = ouvrir_dialogue(page, "autre")
    page.context.clear_cookies()
    dialog.get_by_label("Charger des fichiers").set_input_files(un_pdf())
    expect(page.locator("#session").get_by_text("Votre session est terminée")).to_be_visible()
    expect(dialog).to_be_hidden()


def test_the_whole_way_of_the_pieces(page_au_choix, compte, dossier, accessible):
    page = page_au_choix
    connexion(page, compte)
    page.goto(f"/dossiers/{dossier.id}/pieces")
    for genre in ("cerfa_signe", "document_formation", "convention_formation"):
        page.locator(f"#charger-{genre}").click()
        box = page.locator(f"#depot-{genre}")
        box.get_by_label("Charger des fichiers").set_input_files(un_pdf(f"{genre}.pdf"))
        box.get_by_role("button", name="Terminé").click()
        expect(box.get_by_text("Le document est bien chargé")).to_be_visible()
        box.get_by_role("link", name="Valider").click()
        expect(page.locator(f"#piece-{genre} .piece")).to_have_count(1)
    page.get_by_role("button", name="Envoyer les pièces").click()
    arriver(page, "Remerciements")
    expect(page).to_have_url(re.compile("/remerciements$"))
    assert Dossier.get_by_id(dossier.id).etat == "pieces_envoyees"
    page.goto(f"/dossiers/{dossier.id}/document")
    page.get_by_label("Nature du document").select_option("rib")
    page.get_by_label("Charger des fichiers").set_input_files(un_pdf("rib.pdf"))
    page.get_by_role("button", name="Télécharger").click()
    expect(page.get_by_text("Le document est transmis.")).to_be_visible()
    expect(page.get_by_text("RIB de l’employeur, ")).to_be_visible()
