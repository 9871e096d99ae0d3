"""The delivery: whatever goes wrong on the way, each thing arrives once, and errors name nobody."""

import io
import logging
from datetime import timedelta

import pytest
from huey.storage import SqliteStorage

from models import coffre, gestion, pieces, transmission
from models.base import maintenant
from models.courriels import CONSERVE, Courriel, poster
from models.dossier import Dossier
from models.gestion import DossierRecu, PieceRecue, coffres_recus
from models.pieces import Fiche
from models.transmission import BAIL, Transmission, ajouter, reclamer, relancer, transmissions_de
from tasks import outil_de_gestion, queue, relay
from tests.fabriques import un_dossier

NOM = "Fictif-Démo"


@pytest.fixture
def dossier(base):
    return depose("N-1")


@pytest.fixture
def cloche(reglages, base):
    """The queue of the test's own settings."""
    previous = queue.huey.storage
    queue.brancher(reglages)
    yield queue.huey
    queue.huey.storage.close()
    queue.huey.storage = previous


def depose(numero):
    cerfa = coffre.ranger(io.BytesIO(b"%PDF " + numero.encode()), 1000)
    return un_dossier(
        etat="soumis", complet=False, numero=numero, cerfa=cerfa.id, changements={"salarie.nom_naissance": NOM}
    )


def une_piece(dossier, content=b"contenu"):
    kept = coffre.ranger(io.BytesIO(content), 1000)
    return pieces.deposer(dossier.id, "cerfa_signe", Fiche(f"{NOM}.pdf", "application/pdf", 1), kept, None)


def etats(dossier):
    return [(t.genre, t.etat, t.erreur) for t in transmissions_de(dossier.id)]


def recommencer():
    """As after the longest wait."""
    Transmission.update(prochain_essai=maintenant()).where(Transmission.etat == "a_faire").execute()


def test_a_dossier_arrives_with_its_data_and_its_cerfa(dossier):
    ajouter(dossier.id, "dossier")
    assert relay.livrer() == 1
    received = DossierRecu.get()
    assert received.document["numero"] == "N-1"
    assert received.document["sections"]["salarie"]["nom_naissance"] == NOM
    assert b"".join(coffre.lire(received.cerfa)) == b"%PDF N-1"
    assert Transmission.get().reponse == received.numero_gestion


def test_the_pieces_follow_their_dossier_in_one_go(dossier):
    piece = une_piece(dossier)
    ajouter(dossier.id, "piece", piece.id)
    ajouter(dossier.id, "dossier")
    assert relay.livrer() == 2
    received = PieceRecue.get()
    assert (received.recu.dossier_id, received.nom) == (dossier.id, f"{NOM}.pdf")
    assert b"".join(coffre.lire(received.coffre_id)) == b"contenu"
    assert relay.livrer() == 0


def test_a_worker_that_died_after_the_reception_doubles_nothing(dossier, tmp_path):
    ajouter(dossier.id, "dossier")
    dead = reclamer(maintenant())
    relay.remettre_dossier(dead)
    Transmission.update(bail_jusqu_au=maintenant() - BAIL).execute()
    assert relay.livrer() == 1
    assert DossierRecu.select().count() == 1
    assert Transmission.get().reponse == DossierRecu.get().numero_gestion
    stored = {path.name for path in (tmp_path / "pieces").iterdir()}
    assert stored == coffres_recus() | {dossier.cerfa, Transmission.get().coffre_id}


def test_a_failure_is_kept_by_its_class_and_tried_again(dossier):
    Dossier.update(cerfa=None).execute()
    ajouter(dossier.id, "dossier")
    relay.livrer()
    assert etats(dossier) == [("dossier", "a_faire", "CerfaAbsent")]
    Dossier.update(cerfa=dossier.cerfa).execute()
    recommencer()
    relay.livrer()
    assert etats(dossier) == [("dossier", "faite", "")]


def test_a_piece_whose_file_is_gone_waits_in_sight_and_stops_nothing(dossier):
    gone, there = une_piece(dossier), une_piece(dossier, b"autre")
    for piece in (gone, there):
        ajouter(dossier.id, "piece", piece.id)
    ajouter(dossier.id, "dossier")
    coffre.jeter(gone.coffre_id)
    relay.livrer()
    assert etats(dossier) == [("piece", "a_faire", "Altere"), ("piece", "faite", ""), ("dossier", "faite", "")]


def test_one_dossier_that_fails_does_not_hold_up_the_others(dossier):
    other = depose("N-2")
    Dossier.update(cerfa=None).where(Dossier.id == dossier.id).execute()
    ajouter(dossier.id, "dossier")
    ajouter(other.id, "dossier")
    relay.livrer()
    assert etats(other) == [("dossier", "faite", "")]


def test_no_name_reaches_the_log_or_the_table(dossier, caplog, monkeypatch):
    def echec(_):
        raise ValueError(NOM)

    caplog.set_level(logging.DEBUG, logger="tasks")
    ajouter(dossier.id, "dossier")
    monkeypatch.setitem(relay.REMISES, "dossier", echec)  # no real failure says a name on both databases
    relay.livrer()
    assert "ValueError" in caplog.text
    assert NOM not in caplog.text
    assert etats(dossier) == [("dossier", "a_faire", "ValueError")]


def test_a_task_that_did_a_full_lot_rings_for_the_rest(cloche):
    for rank in range(relay.LOT + 1):
        ajouter(depose(f"N-{rank}").id, "dossier")
    relay.transmettre.call_local()
    assert cloche.pending_count() == 1
    cloche.execute(cloche.dequeue())
    assert Transmission.select().where(Transmission.etat == "faite").count() == relay.LOT + 1
    assert cloche.pending_count() == 0


def test_the_bell_rings_for_transmissions_and_mails(cloche):
    ajouter(depose("N-1").id, "dossier")
    poster("essai", "personne@exemple.fr", "Essai", "Bonjour", "<p>Bonjour</p>")
    relay.sonner()
    while task := cloche.dequeue():
        cloche.execute(task)
    assert Transmission.get().etat == "faite"
    assert Courriel.get().etat == CONSERVE


def test_a_queue_that_does_not_answer_never_fails_the_caller(cloche, tmp_path, caplog):
    cloche.storage = SqliteStorage(filename=str(tmp_path / "ailleurs.db"), create_tables=False)
    relay.sonner()
    assert "OperationalError" in caplog.text


def test_the_sweep_delivers_without_any_bell_and_closes_what_nobody_can_deliver(cloche):
    dead, waiting = depose("N-1"), depose("N-2")
    ajouter(dead.id, "dossier")
    Transmission.update(etat="en_cours", tentatives=99, bail_jusqu_au=maintenant() - timedelta(days=1)).execute()
    ajouter(waiting.id, "dossier")
    relay.balayer.call_local()
    while task := cloche.dequeue():
        cloche.execute(task)
    assert etats(dead) == [("dossier", "echouee", "BailPerdu")]
    assert etats(waiting) == [("dossier", "faite", "")]


def test_what_was_given_up_and_started_again_arrives(dossier):
    row = ajouter(dossier.id, "dossier")
    Transmission.update(etat="echouee", tentatives=99).execute()
    assert relay.livrer() == 0
    assert relancer(row.id, dossier.id, None)
    assert relay.livrer() == 1
    assert etats(dossier) == [("dossier", "faite", "")]


def test_every_known_error_exists_and_an_unknown_one_is_technical():
    raised = {coffre.Altere, relay.CerfaAbsent, gestion.DossierInconnu, outil_de_gestion.PieceAlteree}
    assert {kind.__name__ for kind in raised} | {transmission.BAIL_PERDU} == set(transmission.ERREURS)
    assert transmission.lisible("OperationalError") == "Erreur technique"
    assert transmission.lisible("") == ""
