"""The bell as people use it: lines that lead to their page, what is read, pages, preferences, the live number."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from models.base import maintenant
from models.notifications import PAR_PAGE, Notification, non_lues, notifier
from models.preferences import GENRES, modes_de
from models.sessions import Session
from tests.client import HTMX
from tests.fabriques import un_compte, un_dossier, une_structure


@pytest.fixture
def dossier(structure, compte):
    return un_dossier(structure, compte)


def cloche(page):
    return page.soup.find(id="cloche").get_text(" ", strip=True)


def test_a_line_leads_to_its_very_page_and_becomes_read(employeur, compte, dossier):
    notifier("a", compte.id, "Une pièce est demandée.", dossier.id, chemin=f"/dossiers/{dossier.id}/salarie")
    page = employeur.get("notifications.lister")
    assert "Non lue : Une pièce" in page.texte
    assert page.cliquer("Une pièce est demandée.", 303).suivre().url.endswith("/salarie")
    assert cloche(employeur.get("notifications.lister")) == "Notifications"


def test_a_line_may_be_read_and_made_new_again_on_its_own(employeur, compte):
    for text in ("Ancienne.", "Récente."):
        notifier(text, compte.id, text)
    page = employeur.get("notifications.lister")
    page = page.soumettre("Marquer comme lue : Récente.").suivre()
    assert cloche(page) == "Notifications 1 non lue"
    page = page.soumettre("Marquer comme non lue : Récente.").suivre()
    assert cloche(page) == "Notifications 2 non lues"
    page.soumettre("Marquer comme lue : Ancienne.")
    page.soumettre("Marquer comme lue : Ancienne.")
    assert [n.texte for n in Notification.select().where(Notification.lue_le.is_null())] == ["Récente."]


def test_older_lines_are_on_further_pages_and_one_comes_back_to_the_same(employeur, compte):
    for rank in range(PAR_PAGE + 3):
        notifier(str(rank), compte.id, f"Ligne {rank}.")
    page = employeur.get("notifications.lister")
    assert "Plus récentes" not in page.texte
    second = page.cliquer("Plus anciennes")
    assert [li.a or li.p.get_text()[-8:].strip() for li in second.soup.select(".notifications li")][-1] == "Ligne 0."
    assert len(second.soup.select(".notifications li")) == 3
    assert second.soumettre("Marquer comme lue : Ligne 0.").suite.endswith("page=2")
    assert "Plus anciennes" not in second.texte


@pytest.mark.parametrize("page", ["x", "-1", "9" * 9, "é", "1.5"])
def test_a_page_that_is_none_is_not_found(employeur, page):
    employeur.get("notifications.lister", 404, page=page)


def test_the_line_of_somebody_else_does_not_exist(employeur, structure):
    other = un_compte(structure)
    notifier("a", other.id, "À lui.")
    line = Notification.get().id
    employeur.get("notifications.ouvrir", 404, notification_id=line)
    employeur.post("notifications.marquer", {}, 404, notification_id=line)
    assert non_lues(other.id) == 1


@pytest.mark.parametrize("genre", ["organisme", "opco"])
def test_gestionnaires_and_organismes_have_theirs(connecte, genre):
    compte = un_compte(une_structure(genre, "Une autre"))
    notifier("a", compte.id, "Pour vous.")
    page = connecte(compte).get("notifications.lister")
    assert "Non lue : Pour vous." in page.texte


# The live number


def demander(client, n, status=200, **values):
    return client.get("notifications.veiller", status, headers=HTMX, full=False, n=n, **values)


def test_the_number_is_answered_only_when_it_changed(employeur, compte):
    demander(employeur, 0, 204)
    notifier("a", compte.id, "Nouvelle.")
    demander(employeur, 1, 204)
    for n in (0, 7, "x"):
        assert "1 non lue" in demander(employeur, n).soup.find(id="cloche").get_text(" ", strip=True)


def test_the_bell_wakes_up_as_the_page_shows_it(employeur, compte):
    for where in ("accueil.montrer", "notifications.lister"):
        page = employeur.get(where)
        notifier(where, compte.id, "Nouvelle.")
        awake = page.htmx("#cloche")
        fresh = employeur.get(where)
        assert str(awake.soup.find(id="cloche")) == str(fresh.soup.find(id="cloche"))
        assert awake.soup.main == page.soup.main


def test_whoever_is_not_logged_in_learns_nothing(client):
    assert demander(client, 3, 204).html == ""


def test_a_tab_that_only_asks_keeps_no_session_alive(employeur, compte):
    before = Session.get().expire_le
    with freeze_time(maintenant() + timedelta(hours=2)):
        demander(employeur, 0, 204)
        assert Session.get().expire_le == before
        employeur.get("accueil.montrer")
        assert Session.get().expire_le > before
    with freeze_time(maintenant() + timedelta(hours=30)):
        demander(employeur, 7, 204)


# Preferences


def test_each_kind_that_concerns_the_person_is_chosen_and_kept(employeur, compte):
    page = employeur.get("notifications.lister").cliquer("Choisir les courriels que vous recevez")
    assert page.champ("delai_decision") is None
    assert page.champ("contrat_repris") is None
    assert [option["value"] for option in page.champ("echeance").select("option")] == ["", "immediat", "quotidien"]
    assert "L’OPCO accepte ou refuse un dossier" in page.texte
    assert page.champ("decision") is None
    page = page.soumettre("Enregistrer", {"echeance": "quotidien", "bilan": "aucun"}).suivre()
    assert "Vos choix sont enregistrés." in page.texte
    assert page.champ("echeance").select_one("[selected]")["value"] == "quotidien"
    kept = modes_de(compte.id)
    assert (kept["echeance"], kept["bilan"], kept["instruction"]) == ("quotidien", "aucun", "immediat")
    page.soumettre("Enregistrer", {"bilan": "immediat"})
    assert modes_de(compte.id)["bilan"] == "immediat"


@pytest.mark.parametrize(
    "data", [{"echeance": "aucun"}, {"echeance": "\x00"}, {"decision": "aucun"}, {}, {"securite": "aucun"}]
)
def test_what_may_not_be_chosen_is_refused(employeur, compte, data):
    before = modes_de(compte.id)
    employeur.post("notifications.choisir_modes", data, 422)
    assert modes_de(compte.id) == before


@pytest.mark.parametrize(
    ("genre", "kind"), [("organisme", "contrat_renvoye"), ("opco", "delai_decision"), ("employeur", "pieces")]
)
def test_everybody_chooses_among_its_own_kinds(connecte, genre, kind):
    page = connecte(un_compte(une_structure(genre, "Une structure"))).get("notifications.regler")
    assert page.champ(kind)
    assert page.champ("acces")
    others = [g.code for g in GENRES.values() if genre not in g.pour]
    assert not [code for code in others if page.champ(code)]


def test_an_account_without_structure_has_preferences_too(connecte, base):
    assert connecte(un_compte()).get("notifications.regler").champ("acces")
