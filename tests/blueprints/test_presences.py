"""Who else is on the page of a draft: told to those of the same side only, never longer than the lease."""

from datetime import timedelta

import pytest

from models.base import maintenant
from models.dossier import Dossier
from models.presences import BAIL, Presence
from tests.client import HTMX, MEME_SITE
from tests.fabriques import un_compte, un_dossier, une_habilitation, une_structure


@pytest.fixture
def compte(structure):
    return un_compte(structure, prenom="Alice")


@pytest.fixture
def alice(connecte, compte):
    return connecte(compte)


@pytest.fixture
def bernard(connecte, structure):
    return connecte(un_compte(structure, prenom="Bernard"))


@pytest.fixture
def brouillon(structure):
    return un_dossier(structure)


def montrer(client, dossier, slug="salarie"):
    return client.get("saisie.montrer", dossier_id=dossier.id, etape=slug)


def veiller(client, dossier, slug="salarie", version=None):
    url = client.url("presences.lister", dossier_id=dossier.id, slug=slug, version=version or dossier.version)
    response = client.http.get(url, headers=MEME_SITE | HTMX)
    return response.status_code, response.get_data(as_text=True)


def vieillir(seconds):
    age = timedelta(seconds=seconds)
    for row in Presence.select():
        Presence.update(depuis=row.depuis - age, vu_le=row.vu_le - age).where(Presence.id == row.id).execute()


def test_the_second_sees_who_is_there_and_the_first_is_told_when_it_asks(alice, bernard, brouillon):
    assert "aussi sur cette page" not in montrer(alice, brouillon).texte
    assert "Alice Démo-Fictif est aussi sur cette page depuis un instant." in montrer(bernard, brouillon).texte
    assert "<b>Bernard Démo-Fictif</b> est aussi sur cette page" in veiller(alice, brouillon)[1]


def test_since_when_is_told_in_minutes(alice, bernard, brouillon):
    montrer(alice, brouillon)
    Presence.update(depuis=maintenant() - timedelta(minutes=2, seconds=5)).execute()
    assert "est aussi sur cette page depuis 2 min" in montrer(bernard, brouillon).texte


def test_another_page_of_the_dossier_is_named(alice, bernard, brouillon):
    montrer(alice, brouillon, "formation")
    shown = bernard.get("depot.relire", dossier_id=brouillon.id)
    assert "Alice Démo-Fictif est sur la page « Formation » de ce dossier" in shown.texte


def test_who_is_heard_of_no_more_is_gone_and_forgotten(alice, bernard, brouillon):
    montrer(alice, brouillon)
    vieillir(BAIL.seconds + 1)
    assert "Alice" not in montrer(bernard, brouillon).texte
    assert Presence.select().count() == 1


def test_asking_renews_the_lease_but_seldom_writes(alice, bernard, brouillon):
    montrer(alice, brouillon)
    vieillir(20)
    before = Presence.get().vu_le
    veiller(alice, brouillon)
    assert Presence.get().vu_le == before
    vieillir(20)
    veiller(alice, brouillon)
    assert Presence.get().vu_le > before
    assert Presence.get().depuis < before  # still the same stay


def test_whoever_is_alone_is_not_written_down(alice, brouillon):
    page = montrer(alice, brouillon)
    assert page.soup.find(id="presences") is None
    assert veiller(alice, brouillon) == (204, "")
    assert Presence.select().count() == 0


def test_asking_keeps_no_session_alive_and_needs_the_right(alice, bernard, brouillon, connecte):
    from models.sessions import Session

    montrer(alice, brouillon)
    long_ago = maintenant() - timedelta(hours=1)
    Session.update(vue_le=long_ago).execute()
    veiller(alice, brouillon)
    assert {row.vue_le for row in Session.select()} == {long_ago}
    stranger = connecte(un_compte(une_structure(nom="Autre")))
    assert veiller(stranger, brouillon)[0] == 404
    assert veiller(alice, brouillon, "inconnue")[0] == 404


def test_what_the_other_saved_is_told_before_one_saves(alice, bernard, brouillon):
    page = montrer(alice, brouillon)
    montrer(bernard, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Zoé"})
    told = veiller(alice, brouillon)[1].replace("\u00a0", " ")
    assert "Modifié entre-temps par Bernard Démo-Fictif : « Premier prénom" in told
    assert "Zoé" not in told
    assert page.champ("salarie-prenom")["value"] == "Yann"


def test_neither_side_learns_of_the_people_of_the_other(base, connecte, structure, compte):
    organisme = une_structure("organisme", "Organisme Fictif")
    first, second = un_compte(organisme, prenom="Odile"), un_compte(organisme, prenom="Oscar")
    dossier = un_dossier(structure, organisme=organisme)
    Dossier.update(structure=None).execute()
    montrer(connecte(first), dossier)
    assert "Odile" in montrer(connecte(second), dossier).texte
    Dossier.update(structure=structure).execute()
    un_compte(structure)
    assert "Odile" not in montrer(connecte(compte), dossier).texte


def test_a_person_of_both_sides_is_shown_to_her_side_only(base, connecte, structure, compte):
    organisme = une_structure("organisme", "Organisme Fictif")
    both = un_compte(structure, prenom="Double")
    une_habilitation(both, organisme)
    dossier = un_dossier(structure, organisme=organisme)
    Dossier.update(structure=None).execute()
    montrer(connecte(both), dossier)
    Dossier.update(structure=structure).execute()
    assert "Double" not in montrer(connecte(compte), dossier).texte
