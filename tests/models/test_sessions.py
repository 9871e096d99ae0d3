from datetime import timedelta

import pytest
from freezegun import freeze_time

from models import sessions
from models.comptes import Compte
from models.sessions import Session, compte_de, fermer_session, fermer_toutes, ouvrir_session


@pytest.fixture
def compte(base):
    return Compte.create(courriel="a@exemple.fr", prenom="A", nom="B")


def test_token_leads_to_its_account_and_is_not_stored(compte):
    token = ouvrir_session(compte)
    assert compte_de(token) == compte
    assert token not in str(list(Session.select().dicts()))


def test_account_of_a_session_is_the_stored_one(compte):
    found = compte_de(ouvrir_session(compte))
    assert found.__data__ == Compte.get_by_id(compte.id).__data__
    assert found.dirty_fields == []


@pytest.mark.parametrize("token", ["", "inconnu", "é\x00\ud800", "x" * 10_000])
def test_unknown_token_leads_nowhere(compte, token):
    assert compte_de(token) is None


def test_closed_session_stays_closed(compte):
    token, other = ouvrir_session(compte), ouvrir_session(compte)
    fermer_session(token)
    fermer_session(token)
    assert compte_de(token) is None
    assert compte_de(other) == compte


def test_all_sessions_but_one_are_closed(compte):
    mine, other = ouvrir_session(compte), ouvrir_session(compte)
    neighbour = ouvrir_session(Compte.create(courriel="b@exemple.fr", prenom="A", nom="B"))
    fermer_toutes(compte, sauf=mine)
    assert (compte_de(mine), compte_de(other)) == (compte, None)
    assert compte_de(neighbour)
    fermer_toutes(compte)
    assert compte_de(mine) is None


def test_closed_account_has_no_session(compte):
    token = ouvrir_session(compte)
    Compte.update(actif=False).execute()
    assert compte_de(token) is None


def test_each_visit_pushes_the_end_back(compte):
    with freeze_time("2026-11-23 08:00") as clock:
        token = ouvrir_session(compte, heures=2)
        clock.tick(timedelta(minutes=119))
        assert compte_de(token)
        clock.tick(timedelta(minutes=119))
        assert compte_de(token)
        clock.tick(timedelta(hours=2))
        assert compte_de(token) is None


def test_a_visit_is_one_query_and_writes_once_a_minute(compte, requetes):
    with freeze_time("2026-11-23 08:00") as clock:
        token = ouvrir_session(compte)
        for seconds, expected in ((30, 1), (31, 2), (1, 1)):
            clock.tick(timedelta(seconds=seconds))
            requetes.clear()
            compte_de(token)
            assert len(requetes) == expected


def test_sessions_that_ended_long_ago_are_forgotten(compte):
    with freeze_time("2026-01-01"):
        ouvrir_session(compte)
    token = ouvrir_session(compte)
    assert sessions.oublier_sessions(sessions.maintenant()) == 1
    assert compte_de(token)
