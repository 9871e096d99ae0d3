import logging

import pytest
from flask import session
from freezegun import freeze_time

from models.comptes import Compte
from models.courriels import Courriel
from models.mots_de_passe import verifier
from models.sessions import Session, compte_de, ouvrir_session
from tests.fabriques import MOT_DE_PASSE, un_compte

IDENTITE = {"connexion-courriel": "camille@demo.fictif", "connexion-mot_de_passe": MOT_DE_PASSE}
NOUVEAU = "quatre escargots verts"


def connecter(brut, courriel="camille@demo.fictif", mot=MOT_DE_PASSE, suite="/essai"):
    form = {"connexion-courriel": courriel, "connexion-mot_de_passe": mot, "connexion-suite": suite}
    return brut.post("/connexion", data=form)


def jeton(brut):
    with brut.session_transaction() as cookie:
        return cookie.get("s")


def test_login_leads_to_the_page_that_was_asked(brut, camille):
    first = brut.get("/essai?page=2&nom=a%20b")
    assert (first.status_code, first.location) == (303, "/connexion?suite=/essai?page%3D2%26nom%3Da%2520b")
    assert 'value="/essai?page=2&amp;nom=a%20b"' in brut.get(first.location).text
    answer = connecter(brut, " Camille@Demo.Fictif ", suite="/essai?page=2&nom=a%20b")
    assert (answer.status_code, answer.location) == (303, "/essai?page=2&nom=a%20b")
    assert brut.get(answer.location).status_code == 200


def test_unknown_and_known_address_get_the_same_answer(brut, camille):
    closed = un_compte(courriel="fermee@demo.fictif", actif=False)
    answers = [connecter(brut, address, "faux") for address in (camille.courriel, "nul@demo.fictif", closed.courriel)]
    texts = {
        answer.text.replace(a, "ADRESSE")
        for answer, a in zip(answers, ("camille@demo.fictif", "nul@demo.fictif", "fermee@demo.fictif"), strict=True)
    }
    assert [answer.status_code for answer in answers] == [422] * 3
    assert len(texts) == 1
    assert "Adresse ou mot de passe incorrect" in texts.pop()
    assert [sorted(answer.headers.keys()) for answer in answers] == [sorted(answers[0].headers.keys())] * 3


def test_wrong_password_is_not_shown_again_and_the_address_is(brut, camille):
    text = connecter(brut, mot="secret tapé de travers").text
    assert "camille@demo.fictif" in text
    assert "travers" not in text


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"connexion-courriel": "camille@demo.fictif"},
        {"connexion-courriel": "pas une adresse", "connexion-mot_de_passe": "x"},
        {"connexion-courriel": "a\x00@b.fr", "connexion-mot_de_passe": "\x00" * 50},
        {"connexion-courriel": "é" * 5000 + "@b.fr", "connexion-mot_de_passe": "x" * 100_000},
    ],
)
def test_garbage_is_refused_with_a_message(brut, form):
    answer = brut.post("/connexion", data=form)
    assert answer.status_code == 422
    assert "à corriger" in answer.text


def test_login_changes_the_token_and_forgets_the_old_one(brut, camille):
    planted = ouvrir_session(un_compte(courriel="pirate@demo.fictif"))
    with brut.session_transaction() as cookie:
        cookie.update(s=planted, autre="reste")
    connecter(brut)
    assert compte_de(planted) is None
    assert compte_de(jeton(brut)) == camille
    with brut:
        brut.get("/essai")
        assert set(session) == {"s"}


def test_cookie_is_for_this_site_and_not_for_scripts(portail, brut, camille):
    header = connecter(brut).headers["Set-Cookie"]
    assert "HttpOnly" in header
    assert jeton(brut) not in str(list(Session.select().dicts()))


def test_logout_closes_the_session_for_good(brut, camille):
    connecter(brut)
    stolen = jeton(brut)
    answer = brut.post("/deconnexion")
    assert (answer.status_code, answer.location) == (303, "/connexion")
    assert "déconnecté" in brut.get("/connexion").text
    assert compte_de(stolen) is None
    assert brut.get("/essai").status_code == 303
    assert brut.get("/deconnexion").status_code == 405


def test_who_is_logged_in_is_not_asked_again(brut, camille):
    connecter(brut)
    answer = brut.get("/connexion?suite=/essai")
    assert (answer.status_code, answer.location) == (303, "/essai")


@pytest.mark.parametrize(
    "suite",
    [
        "https://ailleurs.exemple/",
        "//ailleurs.exemple",
        "/\\ailleurs.exemple",
        "\\\\ailleurs.exemple",
        "/\t/ailleurs.exemple",
        "/\n/ailleurs.exemple",
        "javascript:alert(1)",
        "ailleurs",
        "//[",
        "http://[",
        "/connexion",
        "/deconnexion",
        "/" + "a" * 3000,
        "",
    ],
)
def test_nobody_is_led_elsewhere(brut, camille, suite):
    assert connecter(brut, suite=suite).location == "/"
    assert brut.get("/connexion", query_string={"suite": suite}).location == "/"


def test_sixth_try_is_told_how_long_to_wait_even_with_the_right_password(brut, camille):
    with freeze_time("2026-11-23 08:00") as clock:
        for _ in range(5):
            assert connecter(brut, mot="faux").status_code == 422
        answer = connecter(brut)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")
        assert "attendez 30\u00a0secondes" in answer.text
        assert jeton(brut) is None
        clock.tick(30)
        assert connecter(brut).status_code == 303


def test_account_page_shows_who_one_is(brut, camille):
    assert brut.get("/compte").status_code == 303
    connecter(brut)
    text = brut.get("/compte").text
    assert "camille@demo.fictif" in text
    assert "<title>Mon compte – Mon Espace</title>" in text


def changer(brut, ancien=MOT_DE_PASSE, nouveau=NOUVEAU, encore=None):
    form = {"ancien_mot_de_passe": ancien, "nouveau_mot_de_passe": nouveau}
    return brut.post("/compte", data=form | {"confirmation_mot_de_passe": nouveau if encore is None else encore})


def test_new_password_closes_the_other_sessions(brut, camille):
    connecter(brut)
    elsewhere = ouvrir_session(camille)
    answer = changer(brut)
    assert (answer.status_code, answer.location) == (303, "/compte")
    assert "Votre mot de passe est changé" in brut.get("/compte").text
    assert compte_de(elsewhere) is None
    assert verifier(Compte.get_by_id(camille.id), NOUVEAU)
    (mail,) = Courriel.select()
    assert mail.destinataire == camille.courriel
    assert NOUVEAU not in mail.texte


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"ancien": "faux"}, "Ce n’est pas votre mot de passe actuel"),
        ({"ancien": ""}, "obligatoire"),
        ({"nouveau": "court"}, "12 caractères"),
        ({"nouveau": "camille@demo.fictif"}, "Votre adresse ne peut pas"),
        ({"nouveau": "motdepasse123"}, "premiers qu’un voleur essaie"),
        ({"encore": "autre chose"}, "diffèrent"),
        ({"encore": ""}, "obligatoire"),
        ({"nouveau": "x" * 5000}, "200 caractères"),
    ],
)
def test_refused_password_changes_nothing(brut, camille, champs, message):
    connecter(brut)
    elsewhere = ouvrir_session(camille)
    answer = changer(brut, **champs)
    assert answer.status_code == 422
    assert message in answer.text
    assert compte_de(elsewhere)
    assert verifier(Compte.get_by_id(camille.id), MOT_DE_PASSE)
    assert Courriel.select().count() == 0


def test_present_password_cannot_be_guessed_from_a_stolen_session(brut, camille):
    connecter(brut)
    codes = [changer(brut, ancien="faux").status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]
    assert changer(brut).status_code == 429


def test_neither_address_nor_password_nor_token_is_logged(brut, camille, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("peewee").setLevel(logging.INFO)
    connecter(brut, mot="mot de passe faux")
    connecter(brut)
    token = jeton(brut)
    brut.get("/compte")
    changer(brut)
    brut.post("/deconnexion")
    logged = " ".join(record.getMessage() for record in caplog.records)
    for secret in ("camille", MOT_DE_PASSE, NOUVEAU, "mot de passe faux", token):
        assert secret not in logged


def test_pages_have_no_defect(client, camille):
    page = client.get("/essai", status=303).suivre()
    page = page.soumettre("Se connecter", {"connexion-courriel": "pas une adresse"}, status=422)
    assert "à corriger" in page.texte
    page = page.soumettre("Se connecter", IDENTITE)
    assert page.suite == "/essai"
    page = client.get("/compte")
    page = page.soumettre("Changer le mot de passe", status=422)
    assert page.message("ancien_mot_de_passe")
    assert client.get("/compte").soumettre("Se déconnecter").suivre().titre == "Connexion"
