"""Who saw a NIR is written down once per hour, and shown to those who answer for it."""

import threading

import pytest
from freezegun import freeze_time

from models import vues_nir
from models.base import db
from models.journal import Journal
from models.vues_nir import noter_vue
from tests.fabriques import PERSONNE, un_compte, un_dossier, une_habilitation, une_structure


def vues(dossier):
    seen = Journal.select().where(Journal.dossier == dossier, Journal.action == "nir_vu").order_by(Journal.id)
    return [(row.compte_id, row.details) for row in seen]


@pytest.fixture
def camille(structure):
    return un_compte(structure)


@pytest.mark.parametrize(
    ("endpoint", "values", "lieu"),
    [
        ("saisie.montrer", {"etape": "salarie"}, "salarie"),
        ("depot.relire", {}, "synthese"),
        ("dossiers.detailler", {}, "details"),
    ],
)
def test_each_page_that_shows_it_writes_it_once(connecte, structure, camille, endpoint, values, lieu):
    dossier = un_dossier(structure, camille)
    browser = connecte(camille)
    for _ in range(2):
        page = browser.get(endpoint, dossier_id=dossier.id, **values)
        assert PERSONNE["nir"] in page.html.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    assert vues(dossier) == [(camille.id, lieu)]


def test_a_page_that_shows_none_writes_nothing(connecte, structure, camille):
    dossier, empty = un_dossier(structure, camille), un_dossier(structure, camille, complet=False)
    browser = connecte(camille)
    browser.get("saisie.montrer", dossier_id=dossier.id, etape="formation")
    browser.get("saisie.montrer", dossier_id=empty.id, etape="salarie")
    assert vues(dossier) == vues(empty) == []


def test_the_organisme_that_typed_it_is_written_too(connecte, structure):
    organisme = une_structure("organisme", "Organisme fictif")
    sacha = un_compte(organisme)
    dossier = un_dossier(structure, sacha, etat="a_valider_employeur", organisme=organisme)
    connecte(sacha).get("preentree.suivre", dossier_id=dossier.id)
    assert vues(dossier) == [(sacha.id, "suivi")]


def test_an_hour_later_it_is_written_again_and_by_another_process_it_is_not(base, structure, camille):
    dossier = un_dossier(structure, camille)
    with freeze_time("2026-11-23 08:00") as clock:
        for minutes, lines in ((0, 1), (59, 1), (2, 2), (59, 2)):
            clock.tick(minutes * 60)
            noter_vue(dossier.id, camille.id, "salarie")
            vues_nir._notees.clear()
            noter_vue(dossier.id, camille.id, "details")
            assert len(vues(dossier)) == lines


def test_looks_at_the_same_instant_make_one_line(base, structure, camille):
    dossier = un_dossier(structure, camille)
    start = threading.Barrier(4)

    def regarder():
        with db.connection_context():
            start.wait()
            vues_nir._ecrire(dossier.id, camille.id, "salarie", vues_nir.maintenant())

    threads = [threading.Thread(target=regarder) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(vues(dossier)) == 1


def test_a_page_that_was_just_seen_costs_no_query(base, structure, camille, requetes):
    dossier = un_dossier(structure, camille)
    noter_vue(dossier.id, camille.id, "salarie")
    del requetes[:]
    noter_vue(dossier.id, camille.id, "salarie")
    assert requetes == []


def test_administrators_and_gestionnaires_read_who_saw_it(connecte, structure, camille):
    dossier = un_dossier(structure, camille, etat="soumis")
    chef = un_compte(structure, "consulter administrer", prenom="Dominique")
    bureau = connecte(un_compte(une_structure("opco", "OPCO fictif"), prenom="Sacha"))
    page = connecte(camille).get("dossiers.detailler", dossier_id=dossier.id)
    assert "Qui a vu le NIR" not in page.texte
    page = connecte(chef).get("dossiers.detailler", dossier_id=dossier.id)
    assert "Camille Démo-Fictif (Hôtel Fictif du Port), détails du dossier" in page.texte
    page = bureau.get("gestion.detailler", dossier_id=dossier.id).soumettre("Afficher le numéro", status=200)
    assert "Sacha Démo-Fictif (OPCO fictif), instruction" in page.texte
    assert "Dominique Démo-Fictif" in page.texte


def test_who_administers_another_structure_reads_nothing_of_it(connecte, structure, camille):
    une_habilitation(camille, une_structure("organisme", "Autre"), "consulter administrer")
    dossier = un_dossier(structure, camille)
    assert "Qui a vu" not in connecte(camille).get("dossiers.detailler", dossier_id=dossier.id).texte
