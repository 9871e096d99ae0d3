"""The outbox: claimed by one worker at a time, never lost, never doubled, given up only in sight of somebody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from models import transmission
from models.base import db, maintenant
from models.journal import Journal
from models.transmission import BAIL, ESSAIS, Recu, Transmission, ajouter, echouer, reclamer, relancer, reussir
from tests.fabriques import un_dossier

MINUTE = timedelta(minutes=1)


@pytest.fixture
def dossier(base):
    return un_dossier(etat="soumis", complet=False)


def relue(row):
    return Transmission.get_by_id(row.id)


def epuiser(row):
    """Fail the row as often as it takes to be given up."""
    while relue(row).etat != "echouee":
        claimed = reclamer(maintenant() + timedelta(days=1))
        echouer(claimed, "Panne")


def test_asking_twice_is_one_row(dossier):
    first = ajouter(dossier.id, "piece", "abc")
    assert ajouter(dossier.id, "piece", "abc").id == first.id
    assert Transmission.select().count() == 1


def test_a_row_of_a_transaction_that_fails_does_not_exist(dossier):
    with db.atomic() as act:
        ajouter(dossier.id, "dossier")
        act.rollback()
    assert Transmission.select().count() == 0


def test_a_claimed_row_is_not_claimed_again_before_the_lease_ends(dossier):
    row = ajouter(dossier.id, "dossier")
    now = maintenant()
    assert reclamer(now).id == row.id
    assert reclamer(now) is None
    assert reclamer(now + BAIL) is None
    assert reclamer(now + BAIL + timedelta(seconds=1)).tentatives == 2


def test_eight_threads_claim_each_row_once(base):
    for _ in range(40):
        ajouter(un_dossier(etat="soumis", complet=False).id, "dossier")
    now = maintenant()

    def prendre(_):
        with db.connection_context():
            taken = []
            while row := reclamer(now):
                taken.append(row.id)
            return taken

    db.close()
    with ThreadPoolExecutor(8) as pool:
        taken = [row for part in pool.map(prendre, range(8)) for row in part]
    assert len(taken) == 40
    assert len(set(taken)) == 40


def test_a_piece_waits_for_its_dossier(dossier):
    piece = ajouter(dossier.id, "piece", "abc")
    assert reclamer(maintenant()) is None
    first = ajouter(dossier.id, "dossier")
    claimed = reclamer(maintenant())
    assert claimed.id == first.id
    assert reclamer(maintenant()) is None
    reussir(claimed, Recu("G-1"))
    assert reclamer(maintenant()).id == piece.id


def test_a_delivered_row_keeps_the_answer_and_is_never_due_again(dossier):
    ajouter(dossier.id, "dossier")
    reussir(reclamer(maintenant()), Recu("G-1"))
    assert reclamer(maintenant() + timedelta(days=400)) is None
    assert transmission.numero_de_gestion(dossier.id) == "G-1"


def test_a_failed_row_waits_then_comes_back(dossier):
    row = ajouter(dossier.id, "dossier")
    echouer(reclamer(maintenant()), "Panne")
    assert (relue(row).etat, relue(row).erreur, relue(row).bail_jusqu_au) == ("a_faire", "Panne", None)
    assert reclamer(maintenant()) is None
    assert reclamer(maintenant() + MINUTE).tentatives == 2


def test_the_holder_of_an_old_lease_cannot_give_the_row_back(dossier):
    row = ajouter(dossier.id, "dossier")
    slow = reclamer(maintenant())
    reclamer(maintenant() + 2 * BAIL)
    echouer(slow, "TropLent")
    assert (relue(row).etat, relue(row).erreur) == ("en_cours", "")


def test_a_late_failure_does_not_undo_a_delivery(dossier):
    row = ajouter(dossier.id, "dossier")
    slow = reclamer(maintenant())
    reussir(reclamer(maintenant() + 2 * BAIL), Recu("G-1"))
    echouer(slow, "TropLent")
    reussir(slow, Recu("G-2"))
    assert (relue(row).etat, relue(row).reponse) == ("faite", "G-1")


def test_the_delay_doubles_up_to_an_hour_and_is_never_the_same_for_all():
    delays = [transmission.delai(n).total_seconds() for n in range(1, ESSAIS + 1)]
    assert 7.5 <= delays[0] <= 15
    assert 15 <= delays[1] <= 30
    assert all(1800 <= d <= 3600 for d in delays[8:])
    assert len({transmission.delai(20) for _ in range(20)}) > 1


def test_a_row_is_given_up_after_the_last_try_and_somebody_starts_it_again(dossier):
    row = ajouter(dossier.id, "dossier")
    epuiser(row)
    assert relue(row).tentatives == ESSAIS
    assert reclamer(maintenant() + timedelta(days=30)) is None
    assert relancer(row.id, dossier.id, None)
    assert reclamer(maintenant()).id == row.id
    assert Journal.select().order_by(Journal.id.desc()).get().action == "transmission_relancee"


def test_a_row_whose_worker_dies_each_time_is_given_up_too(dossier):
    row = ajouter(dossier.id, "dossier")
    now = maintenant()
    for rank in range(ESSAIS):
        assert reclamer(now + rank * 2 * BAIL).tentatives == rank + 1
    later = now + ESSAIS * 2 * BAIL
    assert reclamer(later) is None
    assert transmission.abandonner(later) == 1
    assert (relue(row).etat, relue(row).erreur) == ("echouee", "BailPerdu")


def test_a_row_under_way_or_done_or_of_another_dossier_is_not_started_again(dossier):
    row = ajouter(dossier.id, "dossier")
    other = un_dossier(etat="soumis", complet=False)
    assert not relancer(row.id, other.id, None)
    claimed = reclamer(maintenant())
    assert not relancer(row.id, dossier.id, None)
    reussir(claimed, Recu("G-1"))
    assert not relancer(row.id, dossier.id, None)
    assert Journal.select().where(Journal.action == "transmission_relancee").count() == 0
