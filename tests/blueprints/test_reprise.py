"""« Sauvegarder »: its confirmation and the link that comes back to exactly the page, for who may see it."""

from datetime import timedelta

import pytest

from models.base import maintenant
from models.courriels import Courriel
from models.dossier import Dossier
from models.journal import Journal
from models.liens import Lien
from tests.client import MEME_SITE
from tests.fabriques import MOT_DE_PASSE, un_compte, un_dossier, une_structure

NOM = "LE GALL-ROUX"


@pytest.fixture
def compte(structure):
    return un_compte(structure, courriel="rh@demo.fictif")


@pytest.fixture
def dossier(structure, compte):
    return un_dossier(structure, compte, etape="salarie")


def sauvegarde(client, dossier):
    return client.get("reprise.sauvegarde", dossier_id=dossier.id)


def un_lien(client, dossier):
    """The address of a link, made and copied."""
    page = sauvegarde(client, dossier).soumettre("Afficher un lien à copier", status=200)
    return page.soup.find(id="lien-reprise")["value"]


def chemin(lien):
    return lien.removeprefix("http://127.0.0.1:8000")


def test_sauvegarder_leads_to_a_page_that_comes_back(employeur, dossier):
    page = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    saved = page.soumettre("Sauvegarder").suivre()
    assert saved.titre == "Brouillon enregistré"
    assert "pas encore valide" not in saved.texte
    assert saved.cliquer("Revenir à la page Salarié(e)").titre == "Salarié(e)"


def test_the_link_comes_back_to_exactly_the_page(employeur, dossier):
    lien = un_lien(employeur, dossier)
    opened = employeur.get(chemin(lien), 303)
    assert opened.suite == "/lien"
    page = opened.suivre(303).suivre()
    assert (page.titre, page.url) == ("Salarié(e)", f"/dossiers/{dossier.id}/salarie")


def test_the_link_stays_at_its_page_when_the_dossier_goes_on(employeur, dossier):
    lien = un_lien(employeur, dossier)
    Dossier.update(etape="synthese").execute()
    assert employeur.get(chemin(lien), 303).suivre(303).suivre().titre == "Salarié(e)"


def test_opened_logged_out_the_link_shows_nothing_then_the_page(client, employeur, compte, dossier):
    lien = un_lien(employeur, dossier)
    login = client.get(chemin(lien), 303).suivre(303).suivre()
    assert "connexion" in login.url
    assert dossier.id not in login.html
    assert NOM not in login.html
    button = login.soup.select_one("main form button").get_text().strip()
    names = {control.get("type"): control["name"] for control in login.soup.select("main input")}
    inside = login.soumettre(
        button, {names["email" if "email" in names else "text"]: compte.courriel} | {names["password"]: MOT_DE_PASSE}
    )
    assert inside.suivre(303).suivre().titre == "Salarié(e)"


def test_opened_by_a_stranger_the_link_leads_to_nothing(connecte, employeur, dossier):
    lien = un_lien(employeur, dossier)
    other = connecte(un_compte(une_structure(nom="Autre")))
    page = other.get(chemin(lien), 303).suivre(410)
    assert NOM not in page.html
    assert dossier.id not in page.html


def test_opening_a_link_consumes_nothing(client, employeur, dossier):
    lien = un_lien(employeur, dossier)
    for _ in range(3):
        assert client.get(chemin(lien), 303).suite == "/lien"


def test_the_link_is_mailed_and_the_mail_names_nobody(employeur, compte, dossier):
    page = sauvegarde(employeur, dossier)
    assert page.champ("courriel")["value"] == compte.courriel
    sent = page.soumettre("Envoyer le lien par courriel", {"courriel": "collegue@demo.example"}).suivre()
    assert "part par courriel" in sent.texte
    assert "c***@d***.example" in sent.texte
    mail = Courriel.get()
    assert mail.destinataire == "collegue@demo.example"
    assert NOM not in mail.texte + mail.sujet
    (lien,) = [word for word in mail.texte.split() if "/reprise/" in word]
    asked = employeur.get(chemin(lien), 303).suivre()
    assert asked.titre == "Ce lien est pour une autre adresse"
    assert asked.cliquer("Continuer avec ce compte").titre == "Salarié(e)"
    assert Journal.select().where(Journal.action == "lien_envoye").count() == 1


@pytest.mark.parametrize(
    "adresse", ["", "pas une adresse", "a@b", "a@demo.example\nBcc: b@demo.example", "\x00", "é" * 300]
)
def test_a_bad_address_is_shown_again_and_nothing_is_sent(employeur, dossier, adresse):
    employeur.typographie = False
    data = {"action": "envoyer", "courriel": adresse}
    page = employeur.post("reprise.lier", data, 422, dossier_id=dossier.id)
    assert page.message("courriel")
    assert (Courriel.select().count(), Lien.select().count()) == (0, 0)


def test_a_revoked_link_opens_nothing_and_says_so(client, employeur, dossier):
    lien = un_lien(employeur, dossier)
    already_open = client.get(chemin(lien), 303)
    page = sauvegarde(employeur, dossier).soumettre("Révoquer").suivre()
    assert "révoqué" in page.texte
    assert page.soup.select("ul.liens") == []
    assert client.get(chemin(lien), 303).suivre(410).titre == "Ce lien ne fonctionne pas"
    already_open.suivre(410)
    assert Journal.select().where(Journal.action == "lien_revoque").count() == 1


def test_an_expired_link_opens_nothing(client, employeur, dossier):
    lien = un_lien(employeur, dossier)
    Lien.update(expire_le=maintenant() - timedelta(seconds=1)).execute()
    assert client.get(chemin(lien), 303).suivre(410).titre == "Ce lien ne fonctionne pas"
    assert sauvegarde(employeur, dossier).soup.select("ul.liens") == []


def test_a_tampered_link_is_not_found(client, employeur, dossier):
    token = un_lien(employeur, dossier).rpartition("/")[2]
    for wrong in (
        token[:-2] + ("B" if token[-2] == "A" else "A") + token[-1],
        token[1:],
        token + "x",
        token.upper(),
    ):
        client.get(f"/reprise/{wrong}", 404)


@pytest.mark.parametrize("jeton", ["x", "a.b.c", "%00", "é", "a" * 3000, "..%2F..", "%ff"])
def test_garbage_for_a_token_is_not_found(client, base, jeton):
    assert client.http.get(f"/reprise/{jeton}", headers=MEME_SITE).status_code == 404


def test_without_a_link_there_is_nothing_to_follow(client, employeur):
    for browser in (client, employeur):
        assert "demandez-en un nouveau" in browser.get("liens.suivre", 404).texte


def test_the_link_of_a_filed_dossier_leads_to_its_details(employeur, dossier):
    lien = un_lien(employeur, dossier)
    Dossier.update(etat="soumis", numero="N-1").execute()
    assert employeur.get(chemin(lien), 303).suivre(303).suivre().titre == "Détails du dossier"


def test_the_link_of_a_deleted_draft_opens_nothing(client, employeur, dossier):
    lien = un_lien(employeur, dossier)
    employeur.post("dossiers.supprimer", dossier_id=dossier.id)
    client.get(chemin(lien), 303).suivre(410)


def test_nobody_withdraws_the_links_of_others(connecte, employeur, dossier):
    un_lien(employeur, dossier)
    mine = une_structure(nom="Autre")
    other = connecte(un_compte(mine))
    data = {"lien": Lien.get().id}
    other.post("liens.retirer", data, 404, dossier_id=dossier.id)
    other.post("liens.retirer", data, dossier_id=un_dossier(mine).id)
    assert Lien.get().revoque_le is None


@pytest.mark.parametrize("lien", ["", "\x00", "x" * 500])
def test_withdrawing_what_does_not_exist_changes_nothing(employeur, dossier, lien):
    un_lien(employeur, dossier)
    employeur.post("liens.retirer", {"lien": lien, "suite": "//ailleurs.example"}, dossier_id=dossier.id)
    assert Lien.get().revoque_le is None
