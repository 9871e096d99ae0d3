"""The pieces of a dossier: one row per document, nothing lost, nothing doubled."""

import io

import peewee
import pytest

from models import coffre, pieces
from models.base import db
from models.dossier import Dossier
from models.etats import Refus
from models.journal import Journal
from models.pieces import Fiche, Piece
from tests.fabriques import un_dossier

FICHE = Fiche("Programme de Camille.pdf", "application/pdf", 2)


@pytest.fixture
def dossier(base):
    return un_dossier(etat="soumis", complet=False)


@pytest.fixture
def fichiers(reglages):
    """The names of the files in the store, now."""
    return lambda: {path.name for path in reglages["PIECES_DIR"].iterdir()}


def range_(content=b"contenu"):
    return coffre.ranger(io.BytesIO(content), 1000)


def depose(dossier, content=b"contenu", genre="cerfa_signe"):
    return pieces.deposer(dossier.id, genre, FICHE, range_(content), None)


def test_a_piece_is_found_again_with_its_bytes(dossier):
    piece = depose(dossier)
    found = pieces.piece_de(dossier.id, piece.id)
    assert (found.nom, found.type, found.pages, found.taille) == (*FICHE, 7)
    assert b"".join(coffre.lire(found.coffre_id)) == b"contenu"
    assert found.envoyee_le is None


def test_the_file_name_is_encrypted_in_the_table(dossier):
    depose(dossier)
    raw = db.execute_sql("select nom from piece").fetchone()[0]
    assert "Camille" not in raw


def test_the_journal_names_the_genre_and_not_the_file(dossier):
    piece = depose(dossier)
    pieces.retirer(piece, None)
    assert [
        (j.action, j.details) for j in Journal.select().where(Journal.action.startswith("piece")).order_by(Journal.id)
    ] == [
        ("piece_deposee", "cerfa_signe"),
        ("piece_retiree", "cerfa_signe"),
    ]


def test_the_same_document_twice_is_one_piece(dossier, fichiers):
    assert depose(dossier).id == depose(dossier).id
    assert len(pieces.pieces_de(dossier.id)) == 1
    assert len(fichiers()) == 1


def test_the_same_document_may_serve_for_two_genres(dossier):
    depose(dossier)
    depose(dossier, genre="convention_formation")
    assert len(pieces.pieces_de(dossier.id)) == 2


def test_a_removed_document_may_be_loaded_again(dossier):
    first = depose(dossier)
    pieces.retirer(first, None)
    assert depose(dossier).id != first.id


def test_a_removed_piece_keeps_its_row_and_loses_its_bytes(dossier, fichiers):
    piece = depose(dossier)
    pieces.retirer(piece, None)
    assert pieces.pieces_de(dossier.id) == []
    assert pieces.piece_de(dossier.id, piece.id) is None
    assert Piece.get_by_id(piece.id).retiree_le is not None
    assert fichiers() == set()
    assert pieces.coffres_connus() == set()


def test_a_sent_piece_cannot_be_removed(dossier):
    piece = depose(dossier)
    pieces.envoyer(dossier.id, None)
    with pytest.raises(Refus):
        pieces.retirer(piece, None)
    assert b"".join(coffre.lire(piece.coffre_id)) == b"contenu"


def test_a_piece_is_sent_once(dossier):
    first = depose(dossier)
    assert [p.id for p in pieces.envoyer(dossier.id, None)] == [first.id]
    second = depose(dossier, b"autre")
    assert [p.id for p in pieces.envoyer(dossier.id, None)] == [second.id]
    assert pieces.envoyer(dossier.id, None) == []


def test_only_the_named_pieces_are_sent(dossier):
    depose(dossier)
    second = depose(dossier, b"autre")
    assert [p.id for p in pieces.envoyer(dossier.id, None, [second.id])] == [second.id]


def test_a_piece_of_another_dossier_is_not_found(dossier):
    other = un_dossier(etat="soumis", complet=False)
    assert pieces.piece_de(other.id, depose(dossier).id) is None
    assert pieces.pieces_de(other.id) == []


def test_a_cancelled_dossier_takes_no_piece_and_keeps_no_file(dossier, fichiers):
    Dossier.update(etat="annule").execute()
    with pytest.raises(Refus):
        depose(dossier)
    assert fichiers() == set()


def test_a_failed_row_leaves_no_file(dossier, fichiers):
    nobody = 999_999
    with pytest.raises(peewee.IntegrityError), db.atomic():
        pieces.deposer(dossier.id, "autre", FICHE, range_(), nobody)
    assert fichiers() == set()
    assert pieces.pieces_de(dossier.id) == []


def test_a_dossier_takes_a_bounded_number_of_pieces(dossier, fichiers, monkeypatch):
    monkeypatch.setattr(pieces, "MAX_PIECES", 2)
    depose(dossier, b"1")
    depose(dossier, b"2")
    with pytest.raises(Refus, match="retirez-en"):
        depose(dossier, b"3")
    assert len(fichiers()) == 2


def test_holding_a_dossier_does_not_change_its_version(dossier):
    depose(dossier)
    assert Dossier.get_by_id(dossier.id).version == dossier.version
