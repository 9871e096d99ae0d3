"""The embedded outil de gestion: whatever is handed over twice is there once."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from models import coffre
from models.base import db
from models.gestion import DossierInconnu, DossierRecu, PieceRecue, coffres_recus
from tasks.outil_de_gestion import Embarque, PieceAlteree, flux_de
from tests.fabriques import un_dossier

DOCUMENT = {"numero": "N-1", "sections": {"salarie": {"nom_naissance": "Fictif-Démo"}}}
CERFA = [b"%PDF", b"", b"-1.7" * 600_000]
PIECE = [b"une ", b"piece"]
SHA256 = hashlib.sha256(b"une piece").hexdigest()


@pytest.fixture
def outil(base):
    un_dossier(etat="soumis", complet=False, numero="N-1")
    return Embarque()


def fichiers(tmp_path):
    return {path.name for path in (tmp_path / "pieces").iterdir()}


def contenu(id):
    return b"".join(coffre.lire(id))


def test_a_dossier_is_kept_with_its_cerfa_under_a_number(outil):
    numero = outil.recevoir_dossier("dossier:1", DOCUMENT, CERFA)
    row = DossierRecu.get()
    assert numero == row.numero_gestion
    assert numero.endswith("-000001")
    assert row.document == DOCUMENT
    assert contenu(row.cerfa) == b"".join(CERFA)


def test_the_same_key_gives_the_same_number_and_keeps_nothing_twice(outil, tmp_path):
    first = outil.recevoir_dossier("dossier:1", DOCUMENT, CERFA)
    assert outil.recevoir_dossier("dossier:1", DOCUMENT, CERFA) == first
    assert DossierRecu.select().count() == 1
    assert len(fichiers(tmp_path)) == 1


def test_the_same_dossier_at_the_same_moment_is_there_once(outil, tmp_path):
    def recevoir(_):
        with db.connection_context():
            return outil.recevoir_dossier("dossier:1", DOCUMENT, CERFA)

    db.close()
    with ThreadPoolExecutor(6) as pool:
        numbers = set(pool.map(recevoir, range(6)))
    assert len(numbers) == 1
    assert fichiers(tmp_path) == coffres_recus()


def test_the_data_are_encrypted_in_the_table(outil):
    outil.recevoir_dossier("dossier:1", DOCUMENT, CERFA)
    raw = db.execute_sql("select document from dossier_recu").fetchone()[0]
    assert "Fictif" not in raw


def test_a_document_of_an_unknown_dossier_is_refused(outil):
    with pytest.raises(DossierInconnu):
        outil.recevoir_dossier("dossier:2", DOCUMENT | {"numero": "N-2"}, CERFA)
    assert DossierRecu.select().count() == 0


def test_a_piece_is_kept_once_with_its_dossier(outil, tmp_path):
    numero = outil.recevoir_dossier("dossier:1", DOCUMENT, CERFA)
    for _ in range(2):
        outil.recevoir_piece("piece:1", numero, "cerfa_signe", "Contrat de Camille.pdf", PIECE, SHA256)
    row = PieceRecue.get()
    assert (row.recu.numero_gestion, row.genre, row.nom) == (numero, "cerfa_signe", "Contrat de Camille.pdf")
    assert (row.sha256, row.taille) == (SHA256, 9)
    assert contenu(row.coffre_id) == b"une piece"
    assert PieceRecue.select().count() == 1
    assert fichiers(tmp_path) == coffres_recus()


def test_a_piece_that_arrives_altered_is_refused_and_thrown(outil, tmp_path):
    numero = outil.recevoir_dossier("dossier:1", DOCUMENT, CERFA)
    with pytest.raises(PieceAlteree):
        outil.recevoir_piece("piece:1", numero, "autre", "a.pdf", [b"autre chose"], SHA256)
    assert PieceRecue.select().count() == 0
    assert fichiers(tmp_path) == coffres_recus()


def test_a_piece_of_an_unknown_number_is_refused(outil):
    with pytest.raises(DossierInconnu):
        outil.recevoir_piece("piece:1", "G2026-999999", "autre", "a.pdf", PIECE, SHA256)


@pytest.mark.parametrize("chunks", [[], [b""], [b"a"], [b"", b"ab", b"", b"c"], [b"x" * 5000, b"y"]])
def test_chunks_read_as_a_file_give_all_their_bytes(chunks):
    flux, read = flux_de(chunks), b""
    while part := flux.read(7):
        read += part
    assert read == b"".join(chunks)
