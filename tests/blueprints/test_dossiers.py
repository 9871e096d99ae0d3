"""Mes dossiers: the list, its filters and pages, the details, deletion, withdrawal, the CERFA."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import coffre
from models.dossier import Dossier
from models.etats import LIBELLES
from models.journal import Journal
from models.listes_dossiers import PAR_PAGE
from models.numeros import composer
from tests.client import MEME_SITE
from tests.fabriques import relire, un_compte, un_dossier, une_structure

ROUTES = ("detailler", "reprendre", "confirmer_suppression", "confirmer_annulation", "cerfa")
FILTRES = ["numero", "etat", "salarie", "formation", "du", "tri", "page", "x"]


@pytest.fixture
def etranger(connecte, base):
    return connecte(un_compte(une_structure(nom="Autre structure")))


@pytest.fixture
def gestionnaire(connecte, base):
    return connecte(un_compte(une_structure("opco", "OPCO")))


def lignes(page):
    return page.soup.select("main table tbody tr")


def lister(client, **filters):
    return client.get("dossiers.lister", **filters)


def depose(structure, **columns):
    kept = coffre.ranger(io.BytesIO(b"%PDF fictif"), 1000)
    return un_dossier(structure, etat="soumis", cerfa=kept.id, **columns)


def test_the_list_shows_the_dossiers_of_ones_structure_only(employeur, etranger, structure):
    un_dossier(structure, changements={"salarie.prenom": "Aminata"})
    page = lister(employeur)
    assert len(lignes(page)) == 1
    assert "Aminata" in page.texte
    assert "Vous n’avez pas encore de dossier." in lister(etranger).texte


def test_the_list_has_pages_the_latest_change_first(employeur, structure):
    made = [un_dossier(structure, complet=False) for _ in range(PAR_PAGE + 3)]
    first = lister(employeur)
    assert len(lignes(first)) == PAR_PAGE
    second = first.cliquer("Page suivante")
    assert len(lignes(second)) == 3
    shown = [link for page in (first, second) for link in page.liens() if link.split("/")[-1] in {d.id for d in made}]
    assert len(set(shown)) == len(made)
    assert "Page précédente" in second.texte
    assert len(lignes(second.cliquer("Page précédente"))) == PAR_PAGE
    assert "Aucun dossier" in lister(employeur, page=3).texte


@pytest.mark.parametrize("ecrire", [str, lambda n: n.replace("-", ""), lambda n: n.replace("-", " "), lambda n: n[:9]])
def test_a_dossier_is_found_by_its_number_however_it_is_written(employeur, structure, ecrire):
    numero = composer(2026, 42)
    un_dossier(structure, etat="soumis", numero=numero)
    un_dossier(structure, etat="soumis", numero=composer(2026, 999_999))
    page = lister(employeur).soumettre("Rechercher", {"numero": ecrire(numero)}).suivre()
    assert len(lignes(page)) == 1
    assert numero in page.texte


def test_the_number_of_others_is_not_found(employeur, etranger, structure):
    numero = composer(2026, 42)
    un_dossier(structure, etat="soumis", numero=numero)
    assert lignes(lister(etranger, numero=numero)) == []


def test_the_list_is_filtered_by_state_and_the_filter_stays_in_the_pages(employeur, structure):
    for _ in range(PAR_PAGE + 1):
        un_dossier(structure, etat="accepte", complet=False)
    un_dossier(structure)
    page = lister(employeur).soumettre("Rechercher", {"etat": "accepte"}).suivre()
    assert len(lignes(page)) == PAR_PAGE
    assert len(lignes(page.cliquer("Page suivante"))) == 1


@pytest.mark.parametrize("page", ["0", "-3", "abc", "1e9", "9" * 30, "٣", "", "\x00", "1.5"])
def test_a_page_that_is_no_number_is_not_found(employeur, structure, page):
    un_dossier(structure)
    answer = employeur.http.get("/dossiers", query_string={"page": page}, headers=MEME_SITE)
    assert answer.status_code == (200 if page in ("0", "٣") else 404)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(FILTRES), st.text() | st.integers().map(str)))
def test_any_query_string_is_answered(employeur, query):
    query = {name: text.encode("utf-8", "replace").decode() for name, text in query.items()}
    answer = employeur.http.get("/dossiers", query_string=query, headers=MEME_SITE)
    assert answer.status_code in (200, 303, 404, 422)


def test_the_details_show_the_answers_the_history_and_what_can_be_done(employeur, structure, compte):
    dossier = un_dossier(structure, compte)
    page = employeur.get("dossiers.detailler", dossier_id=dossier.id)
    assert "LE GALL-ROUX" in page.texte
    actions = [a.get_text() for a in page.soup.select(".actions a")]
    assert actions == ["Reprendre", "Supprimer"]
    filed = employeur.get("dossiers.detailler", dossier_id=depose(structure).id)
    actions = [a.get_text() for a in filed.soup.select(".actions a")]
    assert actions == [
        "Charger et envoyer les pièces",
        "Ouvrir le CERFA (PDF, nouvel onglet)",
        "Déposer un document",
        "Annuler le dossier",
    ]


def test_reprendre_comes_back_to_the_page_that_was_left(employeur, structure):
    for etape, titre in (("salarie", "Salarié(e)"), ("synthese", "Synthèse"), ("formation", "Formation")):
        dossier = un_dossier(structure, etape=etape)
        assert employeur.get("dossiers.reprendre", 303, dossier_id=dossier.id).suivre().titre == titre


def test_a_draft_is_deleted_after_a_question(employeur, structure):
    dossier, other = un_dossier(structure), un_dossier(structure)
    page = employeur.get("dossiers.confirmer_suppression", dossier_id=dossier.id)
    assert Dossier.select().count() == 2
    assert "Le brouillon est supprimé" in page.soumettre("Supprimer le brouillon").suivre().texte
    assert [d.id for d in Dossier.select()] == [other.id]
    employeur.get("dossiers.detailler", 404, dossier_id=dossier.id)


def test_what_was_filed_is_not_deleted(employeur, structure):
    dossier = depose(structure)
    employeur.post("dossiers.supprimer", status=403, dossier_id=dossier.id)
    assert Dossier.select().count() == 1


def test_a_filed_dossier_is_withdrawn_once(employeur, structure, compte):
    dossier = depose(structure)
    page = employeur.get("dossiers.confirmer_annulation", dossier_id=dossier.id)
    after = page.soumettre(page.soup.select_one("main button").get_text().strip()).suivre()
    assert "Le dossier est annulé" in after.texte
    assert relire(dossier)[0].etat == "annule"
    employeur.post("dossiers.annuler", dossier_id=dossier.id)  # a second click
    assert [(j.de, j.vers) for j in Journal.select().where(Journal.action == "etat")] == [("soumis", "annule")]


@pytest.mark.parametrize("etat", ["brouillon", "accepte", "refuse"])
def test_what_is_not_filed_or_is_decided_is_not_withdrawn(employeur, structure, etat):
    dossier = un_dossier(structure, etat=etat, complet=False)
    employeur.post("dossiers.annuler", status=403, dossier_id=dossier.id)
    assert relire(dossier)[0].etat == etat


def test_the_cerfa_is_opened_by_its_people_and_the_gestionnaire_and_that_is_written_down(
    employeur, gestionnaire, etranger, structure
):
    dossier = depose(structure)
    for client, looks in ((employeur, 1), (gestionnaire, 2)):
        answer = client.http.get(f"/dossiers/{dossier.id}/cerfa")
        assert (answer.status_code, answer.data) == (200, b"%PDF fictif")
        assert "no-store" in answer.headers["Cache-Control"]
        assert Journal.select().where(Journal.action == "nir_vu").count() == looks
    etranger.get("dossiers.cerfa", 404, dossier_id=dossier.id)


@pytest.mark.parametrize("etat", ["brouillon", "annule"])
def test_a_dossier_without_a_cerfa_shows_none(employeur, structure, etat):
    dossier = un_dossier(structure, etat=etat, complet=False)
    employeur.get("dossiers.cerfa", 403 if etat == "brouillon" else 404, dossier_id=dossier.id)


@pytest.mark.parametrize("route", ROUTES)
def test_the_dossier_of_another_structure_does_not_exist(etranger, structure, route):
    dossier = depose(structure)
    page = etranger.get(f"dossiers.{route}", 404, dossier_id=dossier.id)
    assert dossier.numero not in page.texte


def test_a_gestionnaire_does_not_see_drafts_and_reads_what_was_filed(gestionnaire, structure):
    gestionnaire.get("dossiers.detailler", 404, dossier_id=un_dossier(structure).id)
    dossier = depose(structure)
    answer = gestionnaire.get("dossiers.detailler", 303, dossier_id=dossier.id)
    assert answer.suite == f"/gestion/{dossier.id}"


@pytest.mark.parametrize("etat", LIBELLES)
def test_the_details_open_in_every_state(employeur, structure, etat):
    dossier = un_dossier(structure, etat=etat, complet=False)
    page = employeur.get("dossiers.detailler", dossier_id=dossier.id)
    assert LIBELLES[etat] in page.texte


def test_a_draft_is_duplicated_from_its_details_and_two_clicks_make_one(employeur, structure, compte):
    dossier = un_dossier(structure, compte, faites="type-contrat employeur formation")
    page = employeur.get("dossiers.detailler", dossier_id=dossier.id)
    after = page.soumettre("Dupliquer").suivre()
    assert after.titre == "Salarié(e)"
    assert "LE GALL-ROUX" not in after.html
    page.soumettre("Dupliquer")
    assert Dossier.select().count() == 2


def test_what_was_filed_is_not_duplicated(employeur, etranger, structure):
    employeur.post("dossiers.dupliquer", status=403, dossier_id=depose(structure).id)
    etranger.post("dossiers.dupliquer", status=404, dossier_id=un_dossier(structure).id)
    assert Dossier.select().count() == 2
