import logging

import pytest
from flask import session
from freezegun import freeze_time

from models.comptes import Compte
from models.courriels import Courriel
from models.mots_de_passe import verifier
from models.sessions import Session, compte_de, ouvrir_session
from tests.fabriques import MOT_DE_PASSE, un_compte

NOUVEAU = "quatre escargots verts"


def connecter(client, courriel="camille@demo.fictif", mot=MOT_DE_PASSE, suite="/essai"):
    form = {"connexion-courriel": courriel, "connexion-mot_de_passe": mot, "connexion-suite": suite}
    return client.post("/connexion", data=form)


def jeton(client):
    with client.session_transaction() as cookie:
        return cookie.get("s")


def test_login_leads_to_the_page_that_was_asked(client, compte):
    first = client.get("/essai?page=2&nom=a%20b")
    assert (first.status_code, first.location) == (303, "/connexion?suite=/essai?page%3D2%26nom%3Da%2520b")
    assert 'value="/essai?page=2&amp;nom=a%20b"' in client.get(first.location).text
    answer = connecter(client, " Camille@Demo.Fictif ", suite="/essai?page=2&nom=a%20b")
    assert (answer.status_code, answer.location) == (303, "/essai?page=2&nom=a%20b")
    assert client.get(answer.location).json["requete"] == {"page": "2", "nom": "a b"}


def test_unknown_and_known_address_get_the_same_answer(client, compte):
    closed = un_compte(courriel="fermee@demo.fictif", actif=False)
    answers = [connecter(client, address, "faux") for address in (compte.courriel, "nul@demo.fictif", closed.courriel)]
    texts = {
        answer.text.replace(a, "ADRESSE")
        for answer, a in zip(answers, ("camille@demo.fictif", "nul@demo.fictif", "fermee@demo.fictif"), strict=True)
    }
    assert [answer.status_code for answer in answers] == [422] * 3
    assert len(texts) == 1
    assert "Adresse ou mot de passe incorrect" in texts.pop()
    assert [sorted(answer.headers.keys()) for answer in answers] == [sorted(answers[0].headers.keys())] * 3


def test_wrong_password_is_not_shown_again_and_the_address_is(client, compte):
    text = connecter(client, mot="secret tapé de travers").text
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
def test_garbage_is_refused_with_a_message(client, form):
    answer = client.post("/connexion", data=form)
    assert answer.status_code == 422
    assert "à corriger" in answer.text


def test_login_changes_the_token_and_forgets_the_old_one(client, compte):
    planted = ouvrir_session(un_compte(courriel="pirate@demo.fictif"))
    with client.session_transaction() as cookie:
        cookie.update(s=planted, autre="reste")
    connecter(client)
    assert compte_de(planted) is None
    assert compte_de(jeton(client)) == compte
    with client:
        client.get("/essai")
        assert set(session) == {"s"}


def test_cookie_is_for_this_site_and_not_for_scripts(portail, client, compte):
    header = connecter(client).headers["Set-Cookie"]
    assert "HttpOnly" in header
    assert jeton(client) not in str(list(Session.select().dicts()))


def test_logout_closes_the_session_for_good(client, compte):
    connecter(client)
    stolen = jeton(client)
    answer = client.post("/deconnexion")
    assert (answer.status_code, answer.location) == (303, "/connexion")
    assert "déconnecté" in client.get("/connexion").text
    assert compte_de(stolen) is None
    assert client.get("/essai").status_code == 303
    assert client.get("/deconnexion").status_code == 405


def test_who_is_logged_in_is_not_asked_again(client, compte):
    connecter(client)
    answer = client.get("/connexion?suite=/essai")
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
def test_nobody_is_led_elsewhere(client, compte, suite):
    assert connecter(client, suite=suite).location == "/"
    assert client.get("/connexion", query_string={"suite": suite}).location == "/"


def test_sixth_try_is_told_how_long_to_wait_even_with_the_right_password(client, compte):
    with freeze_time("2026-11-23 08:00") as clock:
        for _ in range(5):
            assert connecter(client, mot="faux").status_code == 422
        answer = connecter(client)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")
        assert "attendez 30\u00a0secondes" in answer.text
        assert jeton(client) is None
        clock.tick(30)
        assert connecter(client).status_code == 303


def test_account_page_shows_who_one_is(client, compte):
    assert client.get("/compte").status_code == 303
    connecter(client)
    text = client.get("/compte").text
    assert "camille@demo.fictif" in text
    assert "<title>Mon compte – Mon Espace</title>" in text


def changer(client, ancien=MOT_DE_PASSE, nouveau=NOUVEAU, encore=None):
    form = {"ancien_mot_de_passe": ancien, "nouveau_mot_de_passe": nouveau}
    return client.post("/compte", data=form | {"confirmation_mot_de_passe": nouveau if encore is None else encore})


def test_new_password_closes_the_other_sessions(client, compte):
    connecter(client)
    elsewhere = ouvrir_session(compte)
    answer = changer(client)
    assert (answer.status_code, answer.location) == (303, "/compte")
    assert "Votre mot de passe est changé" in client.get("/compte").text
    assert compte_de(elsewhere) is None
    assert verifier(Compte.get_by_id(compte.id), NOUVEAU)
    (mail,) = Courriel.select()
    assert mail.destinataire == compte.courriel
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
def test_refused_password_changes_nothing(client, compte, champs, message):
    connecter(client)
    elsewhere = ouvrir_session(compte)
    answer = changer(client, **champs)
    assert answer.status_code == 422
    assert message in answer.text
    assert compte_de(elsewhere)
    assert verifier(Compte.get_by_id(compte.id), MOT_DE_PASSE)
    assert Courriel.select().count() == 0


def test_present_password_cannot_be_guessed_from_a_stolen_session(client, compte):
    connecter(client)
    codes = [changer(client, ancien="faux").status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]
    assert changer(client).status_code == 429


def test_neither_address_nor_password_nor_token_is_logged(client, compte, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("peewee").setLevel(logging.INFO)
    connecter(client, mot="mot de passe faux")
    connecter(client)
    token = jeton(client)
    client.get("/compte")
    changer(client)
    client.post("/deconnexion")
    logged = " ".join(record.getMessage() for record in caplog.records)
    for secret in ("camille", MOT_DE_PASSE, NOUVEAU, "mot de passe faux", token):
        assert secret not in logged
