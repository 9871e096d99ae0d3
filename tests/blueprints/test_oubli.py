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
RACINE = "http://127.0.0.1:8000"


def demander(brut, courriel="camille@demo.fictif"):
    return brut.post("/mot-de-passe/oubli", data={"courriel": courriel})


def lien_recu():
    """The path of the link in the newest mail."""
    mail = Courriel.select().order_by(Courriel.id.desc()).first()
    return next(word for word in mail.texte.split() if word.startswith(RACINE)).removeprefix(RACINE)


def choisir(brut, mot=NOUVEAU, encore=None):
    form = {"nouveau_mot_de_passe": mot, "confirmation_mot_de_passe": mot if encore is None else encore}
    return brut.post("/mot-de-passe/nouveau", data=form)


def test_mailed_link_gives_a_new_password_and_ends_all_sessions(brut, camille):
    elsewhere = ouvrir_session(camille)
    answer = demander(brut, " Camille@Demo.Fictif ")
    assert (answer.status_code, answer.location) == (303, "/mot-de-passe/envoi")
    assert "Si un compte existe" in brut.get(answer.location).text
    opened = brut.get(lien_recu())
    assert (opened.status_code, opened.location) == (303, "/mot-de-passe/nouveau")
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    assert brut.get(opened.location).status_code == 200
    done = choisir(brut)
    assert (done.status_code, done.location) == (303, "/connexion")
    assert "Votre mot de passe est changé" in brut.get(done.location).text
    assert compte_de(elsewhere) is None
    assert verifier(Compte.get_by_id(camille.id), NOUVEAU)
    assert not verifier(Compte.get_by_id(camille.id), MOT_DE_PASSE)


def test_unknown_and_known_address_get_the_same_answer(brut, camille):
    un_compte(courriel="fermee@demo.fictif", actif=False)
    answers = [demander(brut, f"{name}@demo.fictif") for name in ("camille", "inconnue", "fermee")]
    assert len({(answer.status_code, answer.location, answer.text) for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.keys())) for answer in answers}) == 1
    assert (Courriel.select().count(), Lien.select().count()) == (1, 1)


@pytest.mark.parametrize("name", ["camille", "inconnue"])
def test_nobody_floods_a_mailbox(brut, camille, name):
    codes = [demander(brut, f"{name}@demo.fictif").status_code for _ in range(6)]
    assert codes == [303] * 5 + [429]


@pytest.mark.parametrize(
    "courriel", ["", "pas une adresse", "a@b.fr, c@d.fr", "a@b.fr\nBcc: c@d.fr", "\x00", "é" * 999]
)
def test_garbage_address_is_refused(brut, camille, courriel):
    answer = demander(brut, courriel)
    assert answer.status_code == 422
    assert Courriel.select().count() == 0


def test_opening_the_link_uses_nothing_up(brut, portail, camille):
    demander(brut)
    for _ in range(3):
        assert portail.test_client().get(lien_recu()).status_code == 303
    brut.get(lien_recu())
    assert choisir(brut).status_code == 303


def test_link_serves_once(brut, navigateur, camille):
    demander(brut)
    path, late = lien_recu(), navigateur()
    late.get(path)
    brut.get(path)
    assert choisir(brut).status_code == 303
    answer = choisir(late, "un autre mot de passe")
    assert answer.status_code == 410
    assert 'href="/mot-de-passe/oubli"' in answer.text
    assert late.get(path).status_code == 410
    assert verifier(Compte.get_by_id(camille.id), NOUVEAU)


def test_using_one_link_withdraws_the_others(brut, portail, camille):
    demander(brut)
    first = lien_recu()
    demander(brut)
    brut.get(lien_recu())
    choisir(brut)
    assert portail.test_client().get(first).status_code == 410


def test_link_ends_after_an_hour_even_when_opened_before(brut, camille):
    with freeze_time("2026-11-23 08:00") as clock:
        demander(brut)
        brut.get(lien_recu())
        clock.tick(timedelta(hours=1))
        answers = [brut.get(lien_recu()), brut.get("/mot-de-passe/nouveau"), choisir(brut)]
    assert [answer.status_code for answer in answers] == [410] * 3
    assert "Demander un nouveau lien" in answers[0].text
    assert verifier(Compte.get_by_id(camille.id), MOT_DE_PASSE)


def test_revoked_link_and_closed_account_are_gone(brut, camille):
    demander(brut)
    brut.get(lien_recu())
    Compte.update(actif=False).execute()
    assert choisir(brut).status_code == 410
    Compte.update(actif=True).execute()
    revoquer(Lien.get())
    assert choisir(brut).status_code == 410
    assert brut.get(lien_recu()).status_code == 410


def test_link_of_another_purpose_opens_no_password(brut, camille):
    token = creer_lien(REPRISE, timedelta(hours=1), compte=camille)
    assert brut.get(f"/mot-de-passe/{token}").status_code == 404


@pytest.mark.parametrize("jeton", ["x", "a.b", "%00", "%ff%fe", "." * 300, "ImFiYyI.AAAA", "..%2f..%2fetc"])
def test_garbage_link_is_a_helpful_404(brut, jeton):
    answer = brut.get(f"/mot-de-passe/{jeton}")
    assert answer.status_code == 404


def test_without_link_no_new_password(brut, camille):
    assert brut.get("/mot-de-passe/nouveau").status_code == 404
    assert choisir(brut).status_code == 404
    with brut.session_transaction() as cookie:
        cookie["lien_mot_de_passe"] = {"inattendu": 1}
    assert choisir(brut).status_code == 404


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
def test_refused_password_does_not_use_the_link_up(brut, camille, mot, encore, message):
    demander(brut)
    brut.get(lien_recu())
    answer = choisir(brut, mot, encore)
    assert answer.status_code == 422
    assert message in answer.text
    assert choisir(brut).status_code == 303


def test_link_is_built_from_the_settings_not_from_the_request(brut, camille):
    brut.post("/mot-de-passe/oubli", data={"courriel": camille.courriel}, headers={"Host": "pirate.exemple"})
    (mail,) = Courriel.select()
    assert "pirate" not in mail.texte + mail.html
    assert lire_lien(lien_recu().rpartition("/")[2], OBJET).compte == camille


def test_new_password_ends_the_wait_of_its_owner(brut, camille):
    form = {"connexion-courriel": camille.courriel, "connexion-mot_de_passe": "faux"}
    for _ in range(5):
        brut.post("/connexion", data=form)
    assert brut.post("/connexion", data=form).status_code == 429
    demander(brut)
    brut.get(lien_recu())
    choisir(brut)
    assert brut.post("/connexion", data=form | {"connexion-mot_de_passe": NOUVEAU}).status_code == 303


def test_neither_address_nor_password_nor_token_is_logged(brut, camille, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("peewee").setLevel(logging.INFO)
    demander(brut)
    demander(brut, "inconnue@demo.fictif")
    path = lien_recu()
    brut.get(path)
    brut.get(path[:-3])
    choisir(brut)
    logged = " ".join(record.getMessage() for record in caplog.records)
    for secret in ("camille", "inconnue", NOUVEAU, path.rpartition("/")[2]):
        assert secret not in logged


def test_demonstration_shows_the_mails_with_their_links(brut, camille):
    demander(brut)
    first = lien_recu()
    demander(brut)
    text = brut.get("/demo/courriels").text
    assert text.index(lien_recu()) < text.index(first)
    assert f'href="{RACINE}{first}"' in text


@pytest.mark.parametrize("autrement", [{"DEMO": False}, {"SMTP_URL": "smtp://127.0.0.1:25"}])
def test_mails_are_shown_in_the_demonstration_only(portail, brut, camille, autrement):
    portail.config.update(autrement)
    demander(brut)
    assert brut.get("/demo/courriels").status_code == 404
    assert "/demo/courriels" not in brut.get("/mot-de-passe/envoi").text


def test_pages_have_no_defect(client, camille):
    page = client.get("/connexion").cliquer("Mot de passe oublié\u00a0?")
    page = page.soumettre("Recevoir le lien", {"courriel": "pas une adresse"}, status=422)
    page = page.soumettre("Recevoir le lien", {"courriel": "camille@demo.fictif"}).suivre()
    assert page.titre == "Consultez votre messagerie"
    assert page.cliquer("lisez-les ici").titre == "Messages de la démonstration"
    path = lien_recu()
    page = client.get(path, status=303).suivre()
    page = page.soumettre("Changer le mot de passe", {"nouveau_mot_de_passe": "court"}, status=422)
    assert "12 caractères" in page.message("nouveau_mot_de_passe")
    mot = {"nouveau_mot_de_passe": NOUVEAU, "confirmation_mot_de_passe": NOUVEAU}
    page.soumettre("Changer le mot de passe", mot).suivre()
    page = client.get(path, status=410)
    assert page.cliquer("Demander un nouveau lien").titre == "Mot de passe oublié"
