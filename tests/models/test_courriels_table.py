from datetime import timedelta

from freezegun import freeze_time

from models.base import maintenant
from models.courriels import (
    BAIL,
    CONSERVE,
    ECHOUE,
    ENVOYE,
    Courriel,
    conserves,
    dus,
    oublier_courriels,
    poster,
    reclamer,
    remettre,
    terminer,
)


def un_courriel(cle="cle"):
    return poster(cle, "paul@exemple.fr", "Sujet", "Bonjour Paul", "<p>Bonjour Paul</p>")


def test_same_key_is_one_mail(base):
    assert un_courriel() == un_courriel()
    assert Courriel.select().count() == 1


def test_mail_goes_with_the_transaction_that_tells_it(base):
    with base.atomic() as transaction:
        un_courriel()
        transaction.rollback()
    assert Courriel.select().count() == 0


def test_address_and_text_are_encrypted(base):
    un_courriel()
    row = base.execute_sql("select destinataire, sujet, texte, html from courriel").fetchone()
    assert "aul" not in "".join(row)


def test_claimed_mail_is_nobody_elses_until_the_lease_ends(base):
    with freeze_time("2026-11-23 08:00") as clock:
        courriel_id = un_courriel()
        first = reclamer(courriel_id)
        assert reclamer(courriel_id) is None
        assert dus(9) == []
        clock.tick(BAIL + timedelta(seconds=1))
        second = reclamer(courriel_id)
        assert (first.tentatives, second.tentatives) == (1, 2)
        terminer(second, ENVOYE)
        remettre(first, maintenant(), "TimeoutError")
        assert Courriel.get_by_id(courriel_id).etat == ENVOYE


def test_postponed_mail_waits_its_turn(base):
    with freeze_time("2026-11-23 08:00") as clock:
        courriel_id = un_courriel()
        remettre(reclamer(courriel_id), maintenant() + timedelta(minutes=5), "TimeoutError")
        assert (dus(9), reclamer(courriel_id)) == ([], None)
        clock.tick(timedelta(minutes=5))
        assert dus(9) == [courriel_id]
        assert reclamer(courriel_id).erreur == "TimeoutError"


def test_mail_that_left_is_forgotten_and_the_kept_one_is_not(base):
    for cle, etat in (("a", ENVOYE), ("b", CONSERVE), ("c", ECHOUE)):
        terminer(reclamer(un_courriel(cle)), etat)
    texts = dict(Courriel.select(Courriel.etat, Courriel.texte).tuples())
    assert texts == {ENVOYE: None, CONSERVE: "Bonjour Paul", ECHOUE: "Bonjour Paul"}
    assert dus(9) == []
    un_courriel("d")
    assert [c.cle for c in conserves()] == ["d", "b"]


def test_finished_mails_are_deleted_after_a_while(base):
    with freeze_time("2026-01-01"):
        terminer(reclamer(un_courriel("vieux")), ENVOYE)
        un_courriel("en attente")
    assert oublier_courriels(maintenant() - timedelta(days=30)) == 1
    assert dus(9)
