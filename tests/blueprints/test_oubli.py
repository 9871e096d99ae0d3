import logging
from datetime import timedelta

import pytest
from freezegun import freeze_time

from models.comptes import Compte
from models.courriels import Courriel
from models.liens import MOT_DE_PASSE as OBJET
from models.liens import REPRISE, Lien, creer_lien, lire_lien, revoquer
from models.mots_de_passe import verifier
from models.sessions import compte_de, ouvrir_session
from tests.fabriques import MOT_DE_PASSE, un_compte

NOUVEAU = "quatre escargots verts"
RACINE = "https://portail.exemple"


def demander(client, courriel="camille@demo.fictif"):
    return client.post("/mot-de-passe/oubli", data={"courriel": courriel})


def lien_recu():
    """The path of the link in the newest mail."""
    mail = Courriel.select().order_by(Courriel.id.desc()).first()
    return next(word for word in mail.texte.split() if word.startswith(RACINE)).removeprefix(RACINE)


def choisir(client, mot=NOUVEAU, encore=None):
    form = {"nouveau_mot_de_passe": mot, "confirmation_mot_de_passe": mot if encore is None else encore}
    return client.post("/mot-de-passe/nouveau", data=form)


def test_mailed_link_gives_a_new_password_and_ends_all_sessions(client, compte):
    elsewhere = ouvrir_session(compte)
    answer = demander(client, " Camille@Demo.Fictif ")
    assert (answer.status_code, answer.location) == (303, "/mot-de-passe/envoi")
    assert "Si un compte existe" in client.get(answer.location).text
    opened = client.get(lien_recu())
    assert (opened.status_code, opened.location) == (303, "/mot-de-passe/nouveau")
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(opened.location).status_code == 200
    done = choisir(client)
    assert (done.status_code, done.location) == (303, "/connexion")
    assert "Votre mot de passe est changé" in client.get(done.location).text
    assert compte_de(elsewhere) is None
    assert verifier(Compte.get_by_id(compte.id), NOUVEAU)
    assert not verifier(Compte.get_by_id(compte.id), MOT_DE_PASSE)


def test_unknown_and_known_address_get_the_same_answer(client, compte):
    un_compte(courriel="fermee@demo.fictif", actif=False)
    answers = [demander(client, f"{name}@demo.fictif") for name in ("camille", "inconnue", "fermee")]
    assert len({(answer.status_code, answer.location, answer.text) for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.keys())) for answer in answers}) == 1
    assert (Courriel.select().count(), Lien.select().count()) == (1, 1)


@pytest.mark.parametrize("name", ["camille", "inconnue"])
def test_nobody_floods_a_mailbox(client, compte, name):
    codes = [demander(client, f"{name}@demo.fictif").status_code for _ in range(6)]
    assert codes == [303] * 5 + [429]


@pytest.mark.parametrize(
    "courriel", ["", "pas une adresse", "a@b.fr, c@d.fr", "a@b.fr\nBcc: c@d.fr", "\x00", "é" * 999]
)
def test_garbage_address_is_refused(client, compte, courriel):
    answer = demander(client, courriel)
    assert answer.status_code == 422
    assert Courriel.select().count() == 0


def test_opening_the_link_uses_nothing_up(client, portail, compte):
    demander(client)
    for _ in range(3):
        assert portail.test_client().get(lien_recu()).status_code == 303
    client.get(lien_recu())
    assert choisir(client).status_code == 303


def test_link_serves_once(client, portail, compte):
    demander(client)
    path, late = lien_recu(), portail.test_client()
    late.get(path)
    client.get(path)
    assert choisir(client).status_code == 303
    answer = choisir(late, "un autre mot de passe")
    assert answer.status_code == 410
    assert 'href="/mot-de-passe/oubli"' in answer.text
    assert late.get(path).status_code == 410
    assert verifier(Compte.get_by_id(compte.id), NOUVEAU)


def test_using_one_link_withdraws_the_others(client, portail, compte):
    demander(client)
    first = lien_recu()
    demander(client)
    client.get(lien_recu())
    choisir(client)
    assert portail.test_client().get(first).status_code == 410


def test_link_ends_after_an_hour_even_when_opened_before(client, compte):
    with freeze_time("2026-11-23 08:00") as clock:
        demander(client)
        client.get(lien_recu())
        clock.tick(timedelta(hours=1))
        answers = [client.get(lien_recu()), client.get("/mot-de-passe/nouveau"), choisir(client)]
    assert [answer.status_code for answer in answers] == [410] * 3
    assert "Demander un nouveau lien" in answers[0].text
    assert verifier(Compte.get_by_id(compte.id), MOT_DE_PASSE)


def test_revoked_link_and_closed_account_are_gone(client, compte):
    demander(client)
    client.get(lien_recu())
    Compte.update(actif=False).execute()
    assert choisir(client).status_code == 410
    Compte.update(actif=True).execute()
    revoquer(Lien.get())
    assert choisir(client).status_code == 410
    assert client.get(lien_recu()).status_code == 410


def test_link_of_another_purpose_opens_no_password(client, compte):
    token = creer_lien(REPRISE, timedelta(hours=1), compte=compte)
    assert client.get(f"/mot-de-passe/{token}").status_code == 404


@pytest.mark.parametrize("jeton", ["x", "a.b", "%00", "%ff%fe", "." * 300, "ImFiYyI.AAAA", "..%2f..%2fetc"])
def test_garbage_link_is_a_helpful_404(client, jeton):
    answer = client.get(f"/mot-de-passe/{jeton}")
    assert answer.status_code == 404


def test_without_link_no_new_password(client, compte):
    assert client.get("/mot-de-passe/nouveau").status_code == 404
    assert choisir(client).status_code == 404
    with client.session_transaction() as cookie:
        cookie["lien_mot_de_passe"] = {"inattendu": 1}
    assert choisir(client).status_code == 404


@pytest.mark.parametrize(
    ("mot", "encore", "message"),
    [
        ("court", None, "12 caractères"),
        ("camille@demo.fictif", None, "Votre adresse"),
        ("azertyuiop123", None, "premiers"),
        (NOUVEAU, "différent", "diffèrent"),
        ("", None, "obligatoire"),
    ],
)
def test_refused_password_does_not_use_the_link_up(client, compte, mot, encore, message):
    demander(client)
    client.get(lien_recu())
    answer = choisir(client, mot, encore)
    assert answer.status_code == 422
    assert message in answer.text
    assert choisir(client).status_code == 303


def test_link_is_built_from_the_settings_not_from_the_request(client, compte):
    client.post("/mot-de-passe/oubli", data={"courriel": compte.courriel}, headers={"Host": "pirate.exemple"})
    (mail,) = Courriel.select()
    assert "pirate" not in mail.texte + mail.html
    assert lire_lien(lien_recu().rpartition("/")[2], OBJET).compte == compte


def test_new_password_ends_the_wait_of_its_owner(client, compte):
    form = {"connexion-courriel": compte.courriel, "connexion-mot_de_passe": "faux"}
    for _ in range(5):
        client.post("/connexion", data=form)
    assert client.post("/connexion", data=form).status_code == 429
    demander(client)
    client.get(lien_recu())
    choisir(client)
    assert client.post("/connexion", data=form | {"connexion-mot_de_passe": NOUVEAU}).status_code == 303


def test_neither_address_nor_password_nor_token_is_logged(client, compte, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("peewee").setLevel(logging.INFO)
    demander(client)
    demander(client, "inconnue@demo.fictif")
    path = lien_recu()
    client.get(path)
    client.get(path[:-3])
    choisir(client)
    logged = " ".join(record.getMessage() for record in caplog.records)
    for secret in ("camille", "inconnue", NOUVEAU, path.rpartition("/")[2]):
        assert secret not in logged


def test_demonstration_shows_the_mails_with_their_links(client, compte):
    demander(client)
    first = lien_recu()
    demander(client)
    text = client.get("/demo/courriels").text
    assert text.index(lien_recu()) < text.index(first)
    assert f'href="{RACINE}{first}"' in text


@pytest.mark.parametrize("reglages", [{"DEMO": False}, {"SMTP_URL": "smtp://127.0.0.1:25"}])
def test_mails_are_shown_in_the_demonstration_only(portail, client, compte, reglages):
    portail.config.update(reglages)
    demander(client)
    assert client.get("/demo/courriels").status_code == 404
    assert "/demo/courriels" not in client.get("/mot-de-passe/envoi").text
