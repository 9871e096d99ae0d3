"""Doing without a kind of mail, by the link in its header: who may, what stays, and what never can be refused."""

import pytest

from models.courriels import Courriel
from models.preferences import AUCUN, GENRES, IMMEDIAT, mode_de
from tasks.annonces import annoncer
from tasks.courriels import message
from tests.boite import PORTAIL, brancher
from tests.fabriques import un_compte, une_structure

CLIC = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def camille(base):
    brancher("")
    return un_compte(une_structure())


def lien(camille, genre="instruction"):
    """The path that the header of a mail of this kind names; None without one."""
    annoncer(genre, f"cle:{genre}", camille, "L’instruction commence.")
    header = message(Courriel.get(Courriel.cle == f"cle:{genre}"))["List-Unsubscribe"]
    return header and header.removeprefix(f"<{PORTAIL}").removesuffix(">")


def test_a_person_asks_for_no_more_of_these_mails(client, camille):
    page = client.get(lien(camille), 303)
    assert page.suite == "/desabonnement"
    page = page.suivre()
    assert "L’instruction d’un dossier" in page.texte
    assert mode_de(camille.id, "instruction") == IMMEDIAT
    page = page.soumettre("Ne plus recevoir ce courriel").suivre()
    assert page.titre == "Vous ne recevrez plus ce courriel"
    assert {code for code in GENRES if mode_de(camille.id, code) == AUCUN} == {"instruction", "non_remis"}
    assert camille.courriel not in page.texte


def test_a_mail_program_needs_one_click_and_no_cookie(app, camille):
    path = lien(camille)
    answer = app.test_client().post(path, data=CLIC)
    assert answer.status_code == 200
    assert mode_de(camille.id, "instruction") == AUCUN
    assert app.test_client().post(path, data=CLIC).status_code == 200
    assert message(Courriel.get())["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("form", [{}, {"List-Unsubscribe": "yes"}])
def test_another_post_to_the_link_changes_nothing(app, camille, form):
    assert app.test_client().post(lien(camille), data=form).status_code == 303
    assert mode_de(camille.id, "instruction") == IMMEDIAT


@pytest.mark.parametrize("genre", [code for code, genre in GENRES.items() if AUCUN not in genre.modes])
def test_what_must_be_known_names_no_way_out(camille, genre):
    assert lien(camille, genre) is None


def test_a_mail_to_somebody_without_account_names_no_way_out(camille):
    path = lien(camille)
    assert path
    Courriel.update(destinataire="personne@demo.fictif").execute()
    assert message(Courriel.get())["List-Unsubscribe"] is None


def test_a_link_that_is_altered_made_for_another_purpose_or_forgotten_does_nothing(app, client, camille):
    path = lien(camille)
    client.get(f"{path}x", 404)
    assert app.test_client().post(f"{path}x", data=CLIC).status_code == 404
    client.get(path.replace("desabonnement", "reprise"), 404)
    client.get("desabonnement.montrer", 404)
    client.get(path, 303)
    Courriel.delete().execute()
    assert client.get("desabonnement.montrer", 410).titre == "Ce lien ne fonctionne plus"
    assert app.test_client().post(path, data=CLIC).status_code == 410
    assert mode_de(camille.id, "instruction") == IMMEDIAT
