from datetime import timedelta

import pytest
from freezegun import freeze_time

from models import liens
from models.comptes import Compte
from models.liens import (
    MOT_DE_PASSE,
    REPRISE,
    Lien,
    LienExpire,
    LienInconnu,
    LienRevoque,
    LienUtilise,
    creer_lien,
    lire_lien,
)

UNE_HEURE = timedelta(hours=1)


@pytest.fixture
def compte(base):
    return Compte.create(courriel="a@exemple.fr", prenom="A", nom="B")


def test_reading_a_link_consumes_nothing(compte):
    token = creer_lien(MOT_DE_PASSE, UNE_HEURE, compte=compte)
    assert lire_lien(token, MOT_DE_PASSE) == lire_lien(token, MOT_DE_PASSE)
    assert lire_lien(token, MOT_DE_PASSE).compte == compte


def test_token_says_nothing_of_its_recipient(compte):
    token = creer_lien(REPRISE, UNE_HEURE, compte=compte, destinataire="paul@exemple.fr", etape="salarie")
    lien = lire_lien(token, REPRISE)
    assert (lien.destinataire, lien.etape) == ("paul@exemple.fr", "salarie")
    assert liens._signature(REPRISE).loads(token) == lien.id
    raw = compte._meta.database.execute_sql("select destinataire from lien").fetchone()[0]
    assert "paul" not in raw


def test_link_serves_its_purpose_only(compte):
    token = creer_lien(REPRISE, UNE_HEURE, compte=compte)
    with pytest.raises(LienInconnu):
        lire_lien(token, MOT_DE_PASSE)
    with pytest.raises(LienInconnu):
        liens.lien_ouvert(lire_lien(token, REPRISE).id, MOT_DE_PASSE)


@pytest.mark.parametrize("garbage", ["", "a", "a.b", "é.\x00", "." * 50, "eyJh.eyJi", "x" * 10_000, "\ud800"])
def test_garbage_is_an_unknown_link(compte, garbage):
    with pytest.raises(LienInconnu):
        lire_lien(garbage, REPRISE)


def test_altered_token_is_an_unknown_link(compte):
    token = creer_lien(REPRISE, UNE_HEURE, compte=compte)
    for place in (0, len(token) // 2, len(token) - 2):
        altered = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(LienInconnu):
            lire_lien(altered, REPRISE)


def test_link_ends_with_its_time(compte):
    with freeze_time("2026-11-23 08:00") as clock:
        token = creer_lien(REPRISE, UNE_HEURE, compte=compte)
        clock.tick(timedelta(minutes=59))
        assert lire_lien(token, REPRISE)
        clock.tick(timedelta(minutes=1))
        with pytest.raises(LienExpire):
            lire_lien(token, REPRISE)


def test_revoked_link_opens_nothing(compte):
    token = creer_lien(REPRISE, UNE_HEURE, compte=compte)
    lien = lire_lien(token, REPRISE)
    liens.revoquer(lien)
    liens.revoquer(lien)
    with pytest.raises(LienRevoque):
        lire_lien(token, REPRISE)
    with pytest.raises(LienUtilise):
        liens.utiliser(lien)


def test_link_is_used_once(compte):
    token = creer_lien(MOT_DE_PASSE, UNE_HEURE, compte=compte)
    first, second = lire_lien(token, MOT_DE_PASSE), lire_lien(token, MOT_DE_PASSE)
    liens.utiliser(first)
    with pytest.raises(LienUtilise):
        liens.utiliser(second)
    with pytest.raises(LienUtilise):
        lire_lien(token, MOT_DE_PASSE)


def test_revoking_spares_other_accounts_and_purposes(compte):
    other = Compte.create(courriel="b@exemple.fr", prenom="A", nom="B")
    gone = creer_lien(MOT_DE_PASSE, UNE_HEURE, compte=compte)
    kept = [(creer_lien(MOT_DE_PASSE, UNE_HEURE, compte=other), MOT_DE_PASSE)]
    kept.append((creer_lien(REPRISE, UNE_HEURE, compte=compte), REPRISE))
    liens.revoquer_du_compte(compte, MOT_DE_PASSE)
    with pytest.raises(LienRevoque):
        lire_lien(gone, MOT_DE_PASSE)
    assert all(lire_lien(token, objet) for token, objet in kept)


def test_old_key_still_verifies_and_lost_key_does_not(compte):
    liens.charger(["ancienne"])
    token = creer_lien(REPRISE, UNE_HEURE, compte=compte)
    liens.charger(["nouvelle", "ancienne"])
    assert lire_lien(token, REPRISE)
    recent = creer_lien(REPRISE, UNE_HEURE, compte=compte)
    liens.charger(["nouvelle"])
    assert lire_lien(recent, REPRISE)
    with pytest.raises(LienInconnu):
        lire_lien(token, REPRISE)


def test_link_goes_with_its_account(compte):
    creer_lien(REPRISE, UNE_HEURE, compte=compte)
    compte.delete_instance()
    assert Lien.select().count() == 0
