"""The pieces of a dossier: one row per document, nothing lost, nothing doubled."""

import io

import peewee
import pytest
from cryptography.fernet import Fernet

from models import base, coffre, crypto, pieces
from models.comptes import Compte, Structure
from models.dossier import Dossier
from models.etats import Refus
from models.journal import Journal
from models.pieces import Fiche, Piece

FICHE = Fiche("Programme de Camille.pdf", "application/pdf", 2)


@pytest.fixture
def dossier(tmp_path):
    crypto.charger([Fernet.generate_key().decode()], "index")
    coffre.installer(tmp_path / "pieces")
    database = base.brancher(f"sqlite:///{tmp_path}/dossiers.db")
    database.create_tables([Structure, Compte, Dossier, Journal, Piece])
    yield Dossier.create(etat="soumis", numero="CP-1", cle_creation="x")
    database.close()


def range_(content=b"contenu"):
    return coffre.ranger(io.BytesIO(content), 1000)


def depose(dossier, content=b"contenu", genre="cerfa_signe"):
    return pieces.deposer(dossier.id, genre, FICHE, range_(content), None)


def fichiers(tmp_path):
    return {path.name for path in (tmp_path / "pieces").iterdir()}


def test_a_piece_is_found_again_with_its_bytes(dossier):
    piece = depose(dossier)
    found = pieces.piece_de(dossier.id, piece.id)
    assert (found.nom, found.type, found.pages, found.taille) == (*FICHE, 7)
    assert b"".join(coffre.lire(found.coffre_id)) == b"contenu"
    assert found.envoyee_le is None


def test_the_file_name_is_encrypted_in_the_table(dossier):
    depose(dossier)
    raw = base.db.execute_sql("select nom from piece").fetchone()[0]
    assert "Camille" not in raw


def test_the_journal_names_the_genre_and_not_the_file(dossier):
    piece = depose(dossier)
    pieces.retirer(piece, None)
    assert [(j.action, j.details) for j in Journal.select().order_by(Journal.id)] == [
        ("piece_deposee", "cerfa_signe"),
        ("piece_retiree", "cerfa_signe"),
    ]


def test_the_same_document_twice_is_one_piece(dossier, tmp_path):
    assert depose(dossier).id == depose(dossier).id
    assert len(pieces.pieces_de(dossier.id)) == 1
    assert len(fichiers(tmp_path)) == 1


def test_the_same_document_may_serve_for_two_genres(dossier):
    depose(dossier)
    depose(dossier, genre="convention_formation")
    assert len(pieces.pieces_de(dossier.id)) == 2


def test_a_removed_document_may_be_loaded_again(dossier):
    first = depose(dossier)
    pieces.retirer(first, None)
    assert depose(dossier).id != first.id


def test_a_removed_piece_keeps_its_row_and_loses_its_bytes(dossier, tmp_path):
    piece = depose(dossier)
    pieces.retirer(piece, None)
    assert pieces.pieces_de(dossier.id) == []
    assert pieces.piece_de(dossier.id, piece.id) is None
    assert Piece.get_by_id(piece.id).retiree_le is not None
    assert fichiers(tmp_path) == set()
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
    other = Dossier.create(etat="soumis", cle_creation="y")
    assert pieces.piece_de(other.id, depose(dossier).id) is None
    assert pieces.pieces_de(other.id) == []


@pytest.mark.parametrize("etat", pieces.CLOS)
def test_a_closed_dossier_takes_no_piece_and_keeps_no_file(dossier, tmp_path, etat):
    Dossier.update(etat=etat).execute()
    with pytest.raises(Refus):
        depose(dossier)
    assert fichiers(tmp_path) == set()


def test_a_failed_row_leaves_no_file(dossier, tmp_path):
    Journal.drop_table()
    with pytest.raises(peewee.OperationalError):
        depose(dossier)
    assert fichiers(tmp_path) == set()
    assert pieces.pieces_de(dossier.id) == []


def test_a_dossier_takes_a_bounded_number_of_pieces(dossier, tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "MAX_PIECES", 2)
    depose(dossier, b"1")
    depose(dossier, b"2")
    with pytest.raises(Refus, match="retirez-en"):
        depose(dossier, b"3")
    assert len(fichiers(tmp_path)) == 2


def test_holding_a_dossier_does_not_change_its_version(dossier):
    depose(dossier)
    assert Dossier.get_by_id(dossier.id).version == dossier.version
