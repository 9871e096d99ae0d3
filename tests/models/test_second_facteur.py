import base64
import time

import pytest
from freezegun import freeze_time

from models.comptes import Compte
from models.second_facteur import (
    PAS,
    CodeDeSecours,
    SecondFacteur,
    activer,
    adresse_otpauth,
    code_du_pas,
    memes_codes,
    nouveaux_codes,
    preparer,
    retirer,
    verifier_code,
)
from models.sessions import compte_de, ouvrir_session
from tests.fabriques import un_compte

# RFC 6238, appendix B, for SHA-1: the last six of its eight digits.
RFC = {59: "287082", 1111111109: "081804", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"}


@pytest.mark.parametrize(("instant", "code"), RFC.items())
def test_codes_are_those_of_the_rfc(instant, code):
    assert code_du_pas(base64.b32encode(b"12345678901234567890").decode(), instant // PAS) == code


def protege(compte):
    """Its secret and its recovery codes; the proof used up the present code."""
    secret = preparer(compte)
    return secret, activer(compte, du_moment(secret), ouvrir_session(compte), "cle")


def du_moment(secret, decalage=0):
    return code_du_pas(secret, int(time.time()) // PAS + decalage)


def test_a_code_opens_once_and_none_before_it_any_more(base):
    with freeze_time("2026-11-23 08:00") as clock:
        compte = un_compte()
        secret, _ = protege(compte)
        assert not verifier_code(compte, du_moment(secret))
        clock.tick(PAS)
        assert verifier_code(compte, du_moment(secret, +1))
        assert not verifier_code(compte, du_moment(secret, +1))
        assert not verifier_code(compte, du_moment(secret))
        clock.tick(PAS * 3)
        assert verifier_code(compte, f" {du_moment(secret, -1)[:3]} {du_moment(secret, -1)[3:]}")


def test_a_clock_that_is_too_wrong_opens_nothing(base):
    with freeze_time("2026-11-23 08:00") as clock:
        compte = un_compte()
        secret, _ = protege(compte)
        clock.tick(PAS * 10)
        assert not verifier_code(compte, du_moment(secret, -2))
        assert not verifier_code(compte, du_moment(secret, +2))


@pytest.mark.parametrize("code", ["", "000", "٣٣٣٣٣٣", "é" * 40, "12345", "1" * 500])
def test_what_is_no_code_opens_nothing(base, code):
    compte = un_compte()
    protege(compte)
    assert not verifier_code(compte, code)


def test_a_recovery_code_opens_once_its_own_account_alone(base):
    compte, other = un_compte(), un_compte()
    _, codes = protege(compte)
    protege(other)
    assert len(set(codes)) == 10
    assert not verifier_code(other, codes[0])
    assert verifier_code(compte, codes[0].replace(" ", "-"))
    assert not verifier_code(compte, codes[0])
    assert memes_codes(compte, "cle") == codes
    renewed = nouveaux_codes(compte, "autre cle")
    assert memes_codes(compte, "cle") == []
    assert not verifier_code(compte, codes[1])
    assert verifier_code(compte, renewed[0])


def test_neither_secret_nor_recovery_codes_can_be_read_in_the_tables(base):
    compte = un_compte()
    secret, codes = protege(compte)
    rows = str(base.execute_sql("select * from second_facteur").fetchall()) + str(list(CodeDeSecours.select().dicts()))
    assert secret not in rows
    assert not [code for code in codes if code in rows or code.replace(" ", "") in rows]


def test_the_protection_counts_only_once_it_is_proven(base):
    compte = un_compte()
    secret = preparer(compte)
    assert preparer(compte) == secret
    assert activer(compte, "000000" if du_moment(secret) != "000000" else "111111", "", "cle") == []
    assert Compte.get_by_id(compte.id).second_facteur_le is None


def test_sessions_opened_without_it_end(base):
    compte = un_compte()
    mine, elsewhere = ouvrir_session(compte), ouvrir_session(compte)
    activer(compte, du_moment(preparer(compte)), mine, "cle")
    assert compte_de(mine)
    assert compte_de(elsewhere) is None


def test_taken_off_it_leaves_nothing(base):
    compte = un_compte()
    secret, codes = protege(compte)
    retirer(compte)
    assert not verifier_code(compte, codes[0])
    assert (SecondFacteur.select().count(), CodeDeSecours.select().count()) == (0, 0)
    assert preparer(compte) != secret


def test_the_address_is_the_one_that_applications_read(base):
    compte = un_compte(courriel="camille+essai@demo.fictif")
    address = adresse_otpauth(compte, "ABCD")
    assert address == "otpauth://totp/Mon%20Espace%3Acamille%2Bessai%40demo.fictif?secret=ABCD&issuer=Mon%20Espace"
