"""Real workers, killed and stopped at any moment: every row arrives, none arrives twice."""

import io
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from models import coffre, pieces
from models.base import db, maintenant
from models.courriels import CONSERVE, Courriel, poster
from models.gestion import DossierRecu, PieceRecue, coffres_recus
from models.pieces import Fiche, Piece
from models.transmission import Transmission, ajouter
from tasks import queue, relay
from tests.fabriques import un_dossier, une_structure

RACINE = Path(__file__).parents[2]
DOSSIERS = 60
LIGNES = 3 * DOSSIERS
PATIENCE = 60


@pytest.fixture
def cloche(reglages, base):
    """The queue that the workers of this test listen to."""
    previous = queue.huey.storage
    queue.brancher(reglages)
    yield queue.huey
    queue.huey.storage.close()
    queue.huey.storage = previous


@pytest.fixture
def lancer(environ, cloche):
    """Starts workers; none of them outlives the test."""
    started = []

    def demarre():
        worker = subprocess.Popen(
            [sys.executable, "-m", "tasks.worker"], cwd=RACINE, env=environ, stderr=subprocess.DEVNULL
        )
        started.append(worker)
        return worker

    yield demarre
    for worker in started:
        if worker.poll() is None:
            worker.kill()
        worker.wait()


@pytest.fixture
def lignes(base):
    """Many dossiers with two pieces each, all of it in the outbox."""
    fiche = Fiche("contrat.pdf", "application/pdf", 1)
    structure = une_structure()
    with db.atomic():
        for _ in range(DOSSIERS):
            cerfa = coffre.ranger(io.BytesIO(b"%PDF"), 1000).id
            dossier = un_dossier(structure, etat="soumis", complet=False, cerfa=cerfa)
            ajouter(dossier.id, "dossier")
            for content in (b"un", b"deux"):
                kept = coffre.ranger(io.BytesIO(content), 1000)
                piece = pieces.deposer(dossier.id, "cerfa_signe", fiche, kept, None)
                ajouter(dossier.id, "piece", piece.id)


def faites():
    return Transmission.select().where(Transmission.etat == "faite").count()


def attendre(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "nothing happened for a minute"
        time.sleep(0.01)


def passer_les_baux():
    """As when the leases of the dead have run out and their rows are due."""
    past = maintenant() - timedelta(seconds=1)
    Transmission.update(bail_jusqu_au=past).where(Transmission.etat == "en_cours").execute()
    Transmission.update(prochain_essai=past).where(Transmission.etat == "a_faire").execute()


def tout_est_arrive_une_fois():
    assert faites() == LIGNES
    assert DossierRecu.select().count() == DOSSIERS
    assert PieceRecue.select().count() == 2 * DOSSIERS
    for received in DossierRecu.select():
        assert {p.sha256 for p in received.pieces} == {p.sha256 for p in Piece.select().limit(2)}
        row = Transmission.get(Transmission.dossier == received.dossier_id, Transmission.genre == "dossier")
        assert row.reponse == received.numero_gestion
    for file_id in coffres_recus():
        assert b"".join(coffre.lire(file_id)) in (b"%PDF", b"un", b"deux")


def test_workers_killed_at_any_moment_lose_and_double_nothing(lancer, lignes):
    hasard = random.SystemRandom()
    killed = 0
    while faites() < LIGNES:
        before = faites()
        worker = lancer()
        relay.sonner()
        attendre(lambda start=before: faites() > start)
        if killed < 5:
            time.sleep(hasard.uniform(0, 0.05))
            worker.kill()
            worker.wait()
            killed += 1
            passer_les_baux()
        else:
            attendre(lambda: faites() == LIGNES)
    assert killed
    tout_est_arrive_une_fois()


def test_two_workers_share_the_rows(lancer, lignes):
    lancer()
    lancer()
    attendre(lambda: faites() == LIGNES)
    tout_est_arrive_une_fois()
    assert {row.tentatives for row in Transmission.select()} == {1}


@pytest.mark.parametrize(
    "signals",
    [[signal.SIGINT], [signal.SIGTERM], [signal.SIGINT, signal.SIGTERM, signal.SIGINT]],
    ids=["ctrl-c", "terminate", "several"],
)
def test_a_worker_that_is_asked_to_stop_finishes_what_it_began(lancer, lignes, signals):
    worker = lancer()
    attendre(lambda: faites() > 0)
    for signum in signals:
        worker.send_signal(signum)
    assert worker.wait(PATIENCE) == 0
    assert 0 < faites() < LIGNES
    assert {row.etat for row in Transmission.select()} == {"faite", "a_faire"}
    assert max(row.tentatives for row in Transmission.select()) == 1


def test_a_worker_sweeps_when_it_starts_without_any_bell(lancer, lignes):
    poster("essai", "personne@exemple.fr", "Essai", "Bonjour", "<p>Bonjour</p>")
    lancer()
    attendre(lambda: faites() > 0 and Courriel.get().etat == CONSERVE)
