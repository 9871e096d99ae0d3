"""The people of a structure: one administrator always stays, also when two of them act at once."""

import threading
from functools import partial

import pytest

from models.acces import JournalAcces
from models.base import db
from models.comptes import Habilitation, Structure
from models.dossier import Dossier
from models.journal import Journal
from models.structures import (
    DernierAdministrateur,
    administrateurs,
    changer_droits,
    confier,
    habiliter,
    ouvrir_structure,
    retirer,
    seul_administrateur,
    structure_du_siret,
)
from tests.fabriques import SAISIR, un_compte, un_dossier, une_structure

TOUT = f"{SAISIR} administrer"
SIEGE, ANNEXE = "73282932000074", "73282932000082"

GESTES = {
    "retirer": lambda row, par: retirer(row, par, None),
    "changer": lambda row, par: changer_droits(row, "consulter", "", par),
}


@pytest.fixture
def hotel(base):
    return une_structure(siren=SIEGE[:9], siret=SIEGE)


def habilitation(compte):
    return Habilitation.get(Habilitation.compte == compte)


def a_deux(*acts):
    """Do these at the same moment, each on a connection of its own; gives the errors."""
    start, errors = threading.Barrier(len(acts)), []

    def run(act):
        with db.connection_context():
            start.wait()
            try:
                act()
            except DernierAdministrateur as error:
                errors.append(error)

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.parametrize("geste", ["retirer", "changer"])
def test_two_administrators_who_remove_each_other_at_once_leave_one(hotel, geste):
    for _ in range(4):
        people = [un_compte(hotel, droits=TOUT) for _ in range(2)]
        rows = [habilitation(person) for person in people]
        act = GESTES[geste]
        errors = a_deux(partial(act, rows[1], people[0].id), partial(act, rows[0], people[1].id))
        assert len(errors) == 1
        assert len(administrateurs(hotel.id)) == 1
        Habilitation.delete().execute()


def test_a_closed_account_administers_nothing(hotel):
    closed = un_compte(hotel, droits=TOUT, actif=False)
    chef = un_compte(hotel, droits=TOUT)
    assert administrateurs(hotel.id) == [chef]
    assert seul_administrateur(chef.id) == [hotel]
    with pytest.raises(DernierAdministrateur):
        retirer(habilitation(chef), chef.id, None)
    assert habilitation(closed)


def test_the_enterprise_is_one_whatever_establishment_was_named(hotel):
    assert structure_du_siret("employeur", ANNEXE) == hotel
    assert ouvrir_structure("employeur", ANNEXE, "Autre nom") == hotel
    assert structure_du_siret("organisme", SIEGE) is None


@pytest.mark.parametrize("genre", ["employeur", "organisme"])
def test_two_who_open_one_enterprise_at_once_come_to_the_same_structure(base, genre):
    opened = []

    def ouvrir(siret):
        opened.append(ouvrir_structure(genre, siret, "Hôtel Fictif", "11755555555").siren)

    for rank in range(4):
        assert a_deux(*(partial(ouvrir, f"55210055{rank}000{nic}") for nic in "13")) == []
    assert len(opened) == 8
    assert sorted({*opened}) == sorted(structure.siren for structure in Structure.select())


def test_an_employer_and_an_organisme_may_be_one_enterprise(hotel):
    school = ouvrir_structure("organisme", SIEGE, "Hôtel-école Fictif", "11755555555")
    assert (school.siren, school == hotel) == (hotel.siren, False)


def test_who_comes_in_twice_has_all_rights_of_both(hotel):
    compte = un_compte(hotel, droits="consulter saisir")
    habiliter(hotel.id, compte.id, "consulter soumettre", "", None)
    assert habilitation(compte).droits == SAISIR


def test_a_wider_scope_wins_and_two_narrow_ones_add_up(hotel):
    compte = un_compte()
    scopes = []
    for sirets in (ANNEXE, SIEGE, ""):
        habiliter(hotel.id, compte.id, "consulter", sirets, None)
        scopes.append(habilitation(compte).etablissements)
    assert scopes == [ANNEXE, f"{SIEGE} {ANNEXE}", ""]


def test_handing_over_touches_the_dossiers_of_this_structure_only(hotel):
    leaver, heir, chef = (un_compte(hotel) for _ in range(3))
    mine = un_dossier(hotel, leaver, complet=False)
    others = un_dossier(hotel, chef, complet=False)
    elsewhere = un_dossier(une_structure(nom="Autre"), leaver, complet=False)
    assert confier(hotel.id, leaver.id, heir.id, chef.id) == 1
    people = [Dossier.get_by_id(dossier.id).cree_par for dossier in (mine, others, elsewhere)]
    assert people == [heir, chef, leaver]
    (act,) = Journal.select().where(Journal.action == "confie")
    assert (act.dossier, act.compte) == (mine, chef)


def test_every_change_is_in_the_journal_and_names_nobody(hotel):
    chef, person = un_compte(hotel, droits=TOUT), un_compte()
    habiliter(hotel.id, person.id, "consulter", "", chef.id)
    changer_droits(habilitation(person), SAISIR, "", chef.id)
    retirer(habilitation(person), chef.id, chef.id)
    acts = list(JournalAcces.select().order_by(JournalAcces.id))
    assert [act.action for act in acts] == ["habilitation", "droits", "retrait"]
    assert {(act.compte, act.personne) for act in acts} == {(chef, person)}
    assert not any("@" in act.details for act in acts)
