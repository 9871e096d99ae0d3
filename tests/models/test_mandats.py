"""Mandates: who acts for whom, within which rights, establishments and days."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from models.acces import JournalAcces, histoire_des_acces, noter_acces
from models.base import aujourdhui
from models.comptes import Habilitation, habilitations
from models.droits import connait, mandataire, perimetre, peut, structures
from models.listes_dossiers import lister
from models.mandats import Etendue, accepter, demander, donner, mandat_entre, mandats_donnes, revoquer, situation
from tests.fabriques import SAISIR, un_compte, un_dossier, une_habilitation, une_structure

SIEGE, ANNEXE = "73282932000074", "73282932000082"
JOUR = timedelta(days=1)


def etendue(droits=SAISIR, etablissements="", debut=0, fin=30):
    return Etendue(droits, etablissements, aujourdhui() + debut * JOUR, aujourdhui() + fin * JOUR)


@pytest.fixture
def hotel(base):
    return une_structure(siren=SIEGE[:9], siret=SIEGE)


@pytest.fixture
def cabinet(base):
    return une_structure(nom="Cabinet Fictif")


@pytest.fixture
def chef(hotel):
    return un_compte(hotel, droits=f"{SAISIR} administrer")


@pytest.fixture
def comptable(cabinet):
    return un_compte(cabinet, droits=f"{SAISIR} administrer")


@pytest.fixture
def dossier(hotel):
    return un_dossier(hotel, changements={"employeur.siret": SIEGE})


def test_a_mandate_opens_the_dossiers_of_the_employer_and_no_key_of_its_house(hotel, cabinet, chef, comptable, dossier):
    assert not connait(habilitations(comptable), dossier)
    donner(hotel.id, cabinet.id, etendue(f"{SAISIR} administrer instruire"), chef.id)
    rights = habilitations(comptable)
    assert peut(rights, "modifier", dossier)
    assert structures(rights, "administrer") == [cabinet.id]
    assert structures(rights, "instruire") == []
    assert set(structures(rights, "consulter")) == {hotel.id, cabinet.id}


def test_nobody_may_do_more_by_a_mandate_than_at_home_or_than_it_says(hotel, cabinet, chef, dossier):
    reader = un_compte(cabinet, droits="consulter")
    enterer = un_compte(cabinet, droits=SAISIR)
    donner(hotel.id, cabinet.id, etendue("consulter saisir"), chef.id)
    assert not peut(habilitations(reader), "modifier", dossier)
    assert peut(habilitations(reader), "consulter", dossier)
    assert peut(habilitations(enterer), "modifier", dossier)
    assert not peut(habilitations(enterer), "soumettre", dossier)


def test_a_mandate_begins_and_ends_with_its_days(hotel, cabinet, chef, comptable, dossier):
    made = donner(hotel.id, cabinet.id, etendue(debut=2, fin=4), chef.id)
    expected = [("À venir", False)] * 2 + [("En cours", True)] * 3 + [("Terminé", False)]
    found = []
    for days in range(6):
        with freeze_time(aujourdhui() + days * JOUR + timedelta(hours=12)):
            found.append((situation(made), connait(habilitations(comptable), dossier)))
    assert found == expected


def test_a_mandate_that_is_withdrawn_opens_nothing_at_the_next_request(hotel, cabinet, chef, comptable, dossier):
    made = donner(hotel.id, cabinet.id, etendue(), chef.id)
    assert connait(habilitations(comptable), dossier)
    assert revoquer(made, chef.id)
    assert not connait(habilitations(comptable), dossier)
    assert not revoquer(made, chef.id)
    (again,) = mandats_donnes(hotel.id)
    assert situation(again) == "Révoqué"


def test_what_was_asked_holds_once_the_employer_accepted(hotel, cabinet, chef, comptable, dossier):
    made = demander(hotel.id, cabinet.id, etendue(), comptable.id)
    assert situation(made) == "À accepter"
    assert not connait(habilitations(comptable), dossier)
    assert accepter(made, chef.id)
    assert connait(habilitations(comptable), dossier)
    assert not accepter(made, chef.id)


def test_what_was_refused_cannot_be_accepted(hotel, cabinet, chef, comptable, dossier):
    made = demander(hotel.id, cabinet.id, etendue(), comptable.id)
    revoquer(made, chef.id)
    assert not accepter(made, chef.id)
    assert situation(mandats_donnes(hotel.id)[0]) == "Refusé"
    assert not connait(habilitations(comptable), dossier)


def test_a_mandate_for_one_establishment_shows_no_other(hotel, cabinet, chef, comptable, dossier):
    other = un_dossier(hotel, changements={"employeur.siret": ANNEXE})
    without = un_dossier(hotel, complet=False)
    donner(hotel.id, cabinet.id, etendue(etablissements=ANNEXE), chef.id)
    rights = habilitations(comptable)
    assert [connait(rights, d) for d in (dossier, other, without)] == [False, True, False]
    assert [line.id for line in lister(perimetre(rights, "consulter"))[0]] == [other.id]


def test_a_person_limited_to_some_establishments_acts_for_nobody_else(hotel, cabinet, chef, dossier):
    limited = un_compte(cabinet)
    Habilitation.update(etablissements=ANNEXE).where(Habilitation.compte == limited).execute()
    donner(hotel.id, cabinet.id, etendue(), chef.id)
    assert not connait(habilitations(limited), dossier)


def test_the_journal_names_the_mandate_only_where_it_was_needed(hotel, cabinet, chef, comptable, dossier):
    donner(hotel.id, cabinet.id, etendue(), chef.id)
    assert mandataire(habilitations(comptable), "modifier", dossier) == cabinet.id
    une_habilitation(comptable, hotel, "consulter")
    assert mandataire(habilitations(comptable), "consulter", dossier) is None
    assert mandataire(habilitations(comptable), "modifier", dossier) == cabinet.id
    assert mandataire(habilitations(chef), "modifier", dossier) is None


def test_both_sides_have_it_in_their_journal_and_strangers_do_not_find_it(hotel, cabinet, chef, comptable):
    made = donner(hotel.id, cabinet.id, etendue(), chef.id)
    assert {act.structure_id: act.action for act in JournalAcces} == {
        hotel.id: "mandat_donne",
        cabinet.id: "mandat_recu",
    }
    assert mandat_entre([hotel.id], made.id) == mandat_entre([cabinet.id], made.id) == made
    assert mandat_entre([une_structure(nom="Autre").id], made.id) is None


def test_the_history_is_read_in_one_query_with_all_that_it_names(hotel, cabinet, chef, requetes):
    for structure in (cabinet, une_structure(nom="Autre cabinet")):
        noter_acces(hotel.id, "droits", chef.id, personne=chef.id, autre=structure.id)
    noter_acces(hotel.id, "invitation", None)
    requetes.clear()
    named = [(a.compte, a.personne, a.autre and a.autre.nom) for a in histoire_des_acces(hotel.id)]
    assert named == [(None, None, None), (chef, chef, "Autre cabinet"), (chef, chef, cabinet.nom)]
    assert len(requetes) == 1


def test_all_rights_are_read_in_one_query(hotel, cabinet, chef, comptable, requetes):
    for _ in range(3):
        donner(une_structure(nom="Autre employeur").id, cabinet.id, etendue(), chef.id)
    requetes.clear()
    assert len(habilitations(comptable)) == 4
    assert len(requetes) == 1
