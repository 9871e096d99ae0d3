from html.parser import HTMLParser

import pytest

from models.sessions import compte_de, fermer_toutes
from tests.fabriques import MOT_DE_PASSE

IDENTITE = {"connexion-courriel": "camille@demo.fictif", "connexion-mot_de_passe": MOT_DE_PASSE}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "http://localhost/essai?page=2"}


class Formulaire(HTMLParser):
    """The hidden fields of a page, in order, as a browser would post them."""

    def __init__(self, html):
        super().__init__()
        self.caches, self.action = [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form" and "/connexion" in attrs["action"]:
            self.action = attrs["action"]
        if tag == "input" and attrs["type"] == "hidden":
            self.caches.append((attrs["name"], attrs["value"]))


def remplir(html, mot=MOT_DE_PASSE, courriel="camille@demo.fictif"):
    """What the browser sends when one fills the login form of this page."""
    form = Formulaire(html)
    fields = {"connexion-courriel": [courriel], "connexion-mot_de_passe": [mot]}
    for name, value in form.caches:
        fields.setdefault(name, []).append(value)
    return form.action, fields


def test_htmx_gets_a_banner_and_the_page_stays(brut, camille):
    for method in (brut.get, brut.post):
        answer = method("/essai", headers=HTMX)
        assert answer.status_code == 401
        assert "<main" not in answer.text
        assert "<html" not in answer.text
        assert answer.headers["HX-Retarget"] == "#session"
        assert answer.headers["HX-Reswap"] == "innerMorph"
        assert answer.headers["HX-Push-Url"] == "false"
        assert 'hx-post="/connexion/reprendre"' in answer.text
        assert 'value="/essai?page=2"' in answer.text


def test_login_in_the_banner_opens_the_session_and_tells_the_script(brut, camille):
    _, fields = remplir(brut.post("/essai", headers=HTMX).text)
    answer = brut.post("/connexion/reprendre", data=fields, headers=HTMX)
    assert answer.status_code == 200
    assert answer.headers["HX-Retarget"] == "#session"
    assert "reconnecte" in answer.headers["HX-Trigger"]
    assert "Vous êtes reconnecté(e)" in answer.text
    assert brut.post("/essai", data={"a": "1"}, headers=HTMX).json["recu"] == [["a", "1"]]


def test_wrong_password_keeps_the_banner(brut, camille):
    _, fields = remplir(brut.post("/essai", headers=HTMX).text, mot="faux")
    codes = []
    for _ in range(6):
        answer = brut.post("/connexion/reprendre", data=fields, headers=HTMX)
        codes.append(answer.status_code)
        assert answer.headers["HX-Retarget"] == "#session"
        assert "HX-Trigger" not in answer.headers
        assert 'value="camille@demo.fictif"' in answer.text
    assert codes == [422] * 5 + [429]
    assert 0 < int(answer.headers["Retry-After"]) <= 30


@pytest.mark.parametrize("address", ["https://ailleurs.exemple//x", "http://[", "", "é\\"])
def test_banner_leads_nowhere_else(brut, camille, address):
    headers = HTMX | {"HX-Current-URL": address.encode().decode("latin-1")}
    action, fields = remplir(brut.get("/essai", headers=headers).text)
    assert brut.post(action, data=fields).location in ("/", "/x")


def test_history_restored_without_session_is_a_whole_page(brut):
    answer = brut.get("/essai", headers={"HX-Request-Type": "full", "HX-History-Restore-Request": "true"})
    assert answer.status_code == 303


POSTE = [
    ("salarie-nom_naissance", "D’Île-de-Nœud <b>&\"'"),
    ("texte", "deux\r\nlignes  et   espaces "),
    ("vide", ""),
    ("cases", "1"),
    ("cases", "2"),
    ("action", "suivant"),
]


def encode(fields):
    data = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return data


def test_very_post_that_failed_is_replayed(brut, camille):
    lost = brut.post("/essai?page=2", data=encode(POSTE))
    assert (lost.status_code, lost.headers["Cache-Control"]) == (401, "no-store")
    action, fields = remplir(lost.text)
    answer = brut.post(action, data=fields)
    assert (answer.status_code, answer.location) == (307, "/essai?page=2")
    replayed = brut.post(answer.location, data=fields).json
    assert [tuple(pair) for pair in replayed["recu"] if not pair[0].startswith("connexion-")] == POSTE
    assert replayed["requete"] == {"page": "2"}


def test_wrong_password_carries_everything_on(brut, camille):
    html = brut.post("/essai", data=encode(POSTE)).text
    for code in [422] * 5 + [429]:
        action, fields = remplir(html, mot="faux")
        answer = brut.post(action, data=fields)
        html = answer.text
        assert answer.status_code == code
        assert [pair for pair in Formulaire(html).caches if not pair[0].startswith("connexion-")] == POSTE
        assert ("connexion-suite", "/essai") in Formulaire(html).caches


def test_passwords_are_never_carried(brut, camille):
    sent = {"ancien_mot_de_passe": "tulipe un", "nouveau_mot_de_passe": "tulipe deux", "autre": "reste"}
    html = brut.post("/compte", data=sent).text
    assert "reste" in html
    assert "tulipe" not in html
    assert "mot_de_passe" not in [name for name, _ in Formulaire(html).caches]
    action, fields = remplir(html, mot="tulipe trois")
    assert "tulipe" not in brut.post(action, data=fields).text


def televersement(nom="cerfa.pdf"):
    """A form with a file of three megabytes, as a browser sends it."""
    part = '--xx\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    body = part.format("genre", "") + "cerfa_signe\r\n"
    body += part.format("fichier", f'; filename="{nom}"') + "x" * 3_000_000 + "\r\n--xx--\r\n"
    return {"data": body.encode(), "content_type": "multipart/form-data; boundary=xx"}


def test_files_are_told_lost_and_fields_are_carried(brut, camille):
    html = brut.post("/essai", **televersement()).text
    assert ("genre", "cerfa_signe") in Formulaire(html).caches
    assert "choisir à nouveau" in html
    action, fields = remplir(html, mot="faux")
    again = brut.post(action, data=fields).text
    assert "choisir à nouveau" in again


def test_upload_by_htmx_gets_the_banner_too(brut, camille):
    answer = brut.post("/essai", **televersement(), headers=HTMX)
    assert answer.status_code == 401
    assert "session-formulaire" in answer.text


def test_nothing_lost_no_word_of_files(brut, camille):
    assert "choisir à nouveau" not in brut.post("/essai", data=encode(POSTE)).text
    assert "choisir à nouveau" not in brut.post("/essai", **televersement(nom="")).text


@pytest.mark.parametrize("suite", ["//ailleurs.exemple/essai", "https://ailleurs.exemple", "/connexion/rejouer", ""])
def test_replay_goes_nowhere_else(brut, camille, suite):
    form = {"connexion-courriel": "camille@demo.fictif", "connexion-mot_de_passe": MOT_DE_PASSE, "a": "1"}
    answer = brut.post("/connexion/rejouer", data=form | {"connexion-suite": suite})
    assert answer.location == "/"


def test_dead_session_is_asked_to_log_in(brut, camille):
    with brut.session_transaction() as cookie:
        cookie["s"] = "jeton inventé"
    assert compte_de("jeton inventé") is None
    assert brut.post("/essai").status_code == 401


def test_banner_appears_in_the_page_and_lets_it_stay(client, camille, connecte, portail):
    browser = connecte(camille)
    page = browser.get("/essai")
    fermer_toutes(camille)
    lost = page.htmx('form[action="/essai"]', {"texte": "tapé avant"}, status=401)
    assert lost.titre == "Essai"
    assert lost.soup.select_one("#session form")
    wrong = lost.htmx("#session form", IDENTITE | {"connexion-mot_de_passe": "faux"}, status=422)
    assert "incorrect" in wrong.message("connexion-mot_de_passe")
    back = wrong.htmx("#session form", IDENTITE)
    assert "Vous êtes reconnecté(e)" in back.texte
    assert back.titre == "Essai"


def test_replay_page_has_no_defect(client, camille, portail):
    page = client.post("/essai", {"texte": "tapé avant"}, status=401)
    page = page.soumettre("Se connecter et continuer", IDENTITE | {"connexion-mot_de_passe": "faux"}, status=422)
    assert page.champ("texte")["value"] == "tapé avant"
    assert page.soumettre("Se connecter et continuer", IDENTITE, status=307).suite == "/essai"
