"""Mes dossiers: search, order, the gear of a line, results as one types, spreadsheets, several drafts deleted."""

import csv
import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from forms.tableur import FEUILLE
from models.dossier import Dossier
from models.etats import LIBELLES
from tests.client import HTMX, MEME_SITE
from tests.fabriques import un_compte, un_dossier, une_structure


@pytest.fixture
def structure(base):
    return une_structure()


@pytest.fixture
def employeur(connecte, structure):
    return connecte(un_compte(structure))


def un(structure, nom, debut="2026-09-01", **columns):
    changes = {"salarie.nom_naissance": nom, "contrat.date_debut": date.fromisoformat(debut)}
    return un_dossier(structure, changements=changes | columns.pop("changements", {}), **columns)


@pytest.fixture
def trois(structure):
    return [
        un(structure, "Béranger", "2026-09-01", changements={"formation.intitule": "BTS Tourisme"}),
        un(structure, "Œuvrard", "2026-10-01", changements={"employeur.denomination": "Café fictif"}, etat="soumis"),
        un(structure, "Abadie", "2026-11-02", changements={"formation.rncp": "RNCP12345"}),
    ]


def noms(page):
    cells = page.soup.select("#resultats tbody td[data-titre^=Salarié]")
    return [" ".join(cell.get_text().split()[1:]) for cell in cells]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"salarie": "berang"}, {"Béranger"}),
        ({"salarie": "OEUV"}, {"Œuvrard"}),
        ({"salarie": "eranger"}, set()),
        ({"salarie": "%"}, {"Béranger", "Œuvrard", "Abadie"}),
        ({"formation": "tourisme bts"}, {"Béranger"}),
        ({"formation": "rncp12345"}, {"Abadie"}),
        ({"etablissement": "cafe"}, {"Œuvrard"}),
        ({"etat": "soumis"}, {"Œuvrard"}),
        ({"du": "2026-10-01"}, {"Œuvrard", "Abadie"}),
        ({"du": "02/09/2026", "au": "2026-10-01"}, {"Œuvrard"}),
        ({"dispositif": "contrat_pro", "etat": "brouillon"}, {"Béranger", "Abadie"}),
    ],
)
def test_each_filter_finds_what_it_names(employeur, trois, search, found):
    assert set(noms(employeur.get("dossiers.lister", **search))) == found


@pytest.mark.parametrize(
    ("tri", "order"),
    [
        ("salarie", ["Abadie", "Béranger", "Œuvrard"]),
        ("debut", ["Abadie", "Œuvrard", "Béranger"]),
        ("debut_ancien", ["Béranger", "Œuvrard", "Abadie"]),
    ],
)
def test_the_list_is_sorted_as_asked(employeur, trois, tri, order):
    assert noms(employeur.get("dossiers.lister", tri=tri)) == order


def test_a_filter_that_cannot_be_read_is_said_and_kept(employeur, trois):
    page = employeur.get("dossiers.lister", 422, du="31/02/2026")
    assert "Cette date n’existe pas" in page.texte
    assert page.soup.find(id="du")["value"] == "31/02/2026"


def test_what_htmx_swaps_equals_the_page_at_its_address(employeur, trois):
    page = employeur.get("dossiers.lister")
    answer = employeur.http.get(
        "/dossiers/listes/resultats", query_string={"salarie": "aba", "etat": ""}, headers=MEME_SITE | HTMX
    )
    assert answer.headers["HX-Push-Url"] == "/dossiers?salarie=aba"
    fresh = employeur.get(answer.headers["HX-Push-Url"])
    swapped = BeautifulSoup(answer.text, "html5lib").find(id="resultats")
    assert swapped.get_text().split() == fresh.soup.find(id="resultats").get_text().split()
    assert noms(page) != noms(fresh) == ["Abadie"]
    full = employeur.http.get("/dossiers/listes/resultats?salarie=aba", headers=MEME_SITE)
    assert (full.status_code, full.headers["Location"]) == (303, "/dossiers?salarie=aba")


@pytest.mark.parametrize("etat", LIBELLES)
def test_the_gear_leads_only_where_one_may_go(employeur, structure, etat):
    dossier = un_dossier(structure, etat=etat)
    page = employeur.get("dossiers.lister")
    labels = [" ".join(item.get_text().split()) for item in page.soup.select(".rouage li")]
    drafts = ["Détails", "Reprendre", "Dupliquer"]
    expected = {"brouillon": [*drafts, "Supprimer"], "a_valider_employeur": drafts}
    closed = ["Détails"] if etat in ("accepte", "refuse", "annule") else ["Détails", "Déposer un document"]
    assert labels == expected.get(etat, closed)
    for link in page.soup.select(".rouage a"):
        assert employeur.http.get(link["href"], headers=MEME_SITE).status_code in (200, 303), link
    assert dossier.id in page.html


def test_a_reader_is_offered_reading_only(connecte, structure):
    un_dossier(structure)
    page = connecte(un_compte(structure, droits="consulter")).get("dossiers.lister")
    assert [item.get_text().strip() for item in page.soup.select(".rouage li")] == ["Détails"]
    assert not page.soup.select("input[name=d]")


def test_a_draft_is_duplicated_from_the_gear(employeur, structure):
    un_dossier(structure)
    employeur.get("dossiers.lister").soumettre("Dupliquer")
    assert Dossier.select().count() == 2


def exporter(client, genre, **search):
    answer = client.http.get(f"/dossiers/listes/dossiers.{genre}", query_string=search, headers=MEME_SITE)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename=dossiers.{genre}"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.data


def test_the_selection_is_exported_and_no_cell_is_a_formula(employeur, connecte, structure, trois):
    un(structure, "=HYPERLINK(1)", "2026-12-01")
    un_dossier(une_structure(nom="Autre"), changements={"salarie.nom_naissance": "Étranger"})
    rows = list(csv.reader(io.StringIO(exporter(employeur, "csv", tri="salarie").decode("utf-8-sig")), delimiter=";"))
    assert [row[2] for row in rows] == ["Nom", "Abadie", "Béranger", "'=HYPERLINK(1)", "Œuvrard"]
    with zipfile.ZipFile(io.BytesIO(exporter(employeur, "xlsx", etat="brouillon", tri="salarie"))) as book:
        assert book.testzip() is None
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 our own file
    names = ["".join(row[2].itertext()) for row in sheet.iter(f"{{{FEUILLE}}}row")]
    assert names == ["Nom", "Abadie", "Béranger", "=HYPERLINK(1)"]
    assert {cell.get("t") for cell in sheet.iter(f"{{{FEUILLE}}}c")} == {"inlineStr"}


def test_an_export_that_cannot_be_read_says_it_on_the_page(employeur):
    page = employeur.get("/dossiers/listes/dossiers.csv?du=abc", 303)
    assert page.response.headers["Location"] == "/dossiers?du=abc"


def test_checked_drafts_are_deleted_after_a_question(employeur, structure, trois):
    mine = [d for d in trois if d.etat == "brouillon"]
    foreign, filed = un_dossier(une_structure(nom="Autre")), trois[1]
    ids = [d.id for d in (*mine, foreign, filed)]
    page = employeur.get("listes.confirmer_suppression", d=ids)
    assert Dossier.select().count() == 4
    assert "Brouillons cochés : 2." in page.texte
    page.soumettre("Supprimer ces brouillons")
    assert {d.id for d in Dossier.select()} == {foreign.id, filed.id}
    employeur.post("listes.supprimer", {"d": ids})
    assert {d.id for d in Dossier.select()} == {foreign.id, filed.id}
    assert "Cochez d’abord" in employeur.get("listes.confirmer_suppression", 303).suivre().texte
