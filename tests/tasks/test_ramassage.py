"""The nightly collection throws what nobody needs, and nothing else."""

import io
import os
import time

from models import coffre, pieces
from models.dossier import Dossier
from models.gestion import coffres_recus
from models.pieces import Fiche, Piece
from models.tables import TABLES
from models.transmission import ajouter, coffres_transmis
from tasks.ramassage import connus, ramasser
from tasks.relay import livrer
from tests.fabriques import un_dossier


def fichier(content=b"contenu"):
    return coffre.ranger(io.BytesIO(content), 1000)


def vieillir(folder):
    """All files are two days old."""
    for path in folder.iterdir():
        os.utime(path, (time.time() - 2 * 86_400,) * 2)


def test_what_a_row_needs_stays_and_the_rest_goes(base, reglages):
    dossier = un_dossier(etat="soumis", complet=False, cerfa=fichier().id)
    piece = pieces.deposer(dossier.id, "autre", Fiche("a.pdf", "application/pdf", 1), fichier(), None)
    ajouter(dossier.id, "dossier")
    ajouter(dossier.id, "piece", piece.id)
    livrer()
    orphan = fichier()
    vieillir(reglages["PIECES_DIR"])
    ramasser.call_local()
    stored = {path.name for path in reglages["PIECES_DIR"].iterdir()}
    assert stored == {dossier.cerfa, piece.coffre_id} | coffres_recus() | coffres_transmis() == connus()
    assert len(stored) == 5
    assert orphan.id not in stored


def test_what_a_transaction_may_still_need_stays(base, reglages):
    kept = fichier()
    ramasser.call_local()
    assert b"".join(coffre.lire(kept.id)) == b"contenu"


def test_the_files_of_dossiers_without_any_are_none(base):
    un_dossier(complet=False)
    assert connus() == set()
    assert (Dossier.select().count(), Piece.select().count()) == (1, 0)


def test_no_column_that_names_a_file_is_forgotten():
    named = {
        f"{model._meta.table_name}.{field.name}"
        for model in TABLES
        for field in model._meta.sorted_fields
        if field.name in ("cerfa", "coffre_id") or "coffre" in field.name
    }
    assert named == {
        "dossier.cerfa",
        "piece.coffre_id",
        "dossier_recu.cerfa",
        "piece_recue.coffre_id",
        "export.coffre_id",
        "transmission.coffre_id",
    }
