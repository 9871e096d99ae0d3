"""Mes dossiers: search, order, the gear of a line, results as one types, spreadsheets, several drafts deleted."""

import csv
import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest

from forms.preentree import figer
from forms.tableur import FEUILLE
from models.contenu import contenu, ecrire, ouvrir_sections
from models.dossier import Dossier
from models.etats import LIBELLES
from models.listes_dossiers import PAR_PAGE, Criteres
from models.listes_preentrees import lister
from models.preentree import retenir
from models.recherches import MAX_GARDEES, RechercheGardee
from tests.client import MEME_SITE
from tests.fabriques import relire, un_compte, un_dossier, une_habilitation, une_structure


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
    page = employeur.get("dossiers.lister").soumettre("Rechercher", search).suivre()
    assert set(noms(page)) == found
    assert [page.champ(name)["value"] for name in search.keys() & {"salarie", "formation", "etablissement"}] == [
        search[name] for name in search.keys() & {"salarie", "formation", "etablissement"}
    ]


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
    page = employeur.get("dossiers.lister").htmx("form.filtres", {"salarie": "aba"})
    url = page.response.headers["HX-Push-Url"]
    fresh = employeur.get(url)
    swapped = page.soup.find(id="resultats")
    for control in [*swapped.select("input[name=s], input[name=cle]"), *fresh.soup.select("input[name=s]")]:
        control["value"] = ""
    assert swapped.get_text().split() == fresh.soup.find(id="resultats").get_text().split()
    assert noms(page) == noms(fresh) == ["Abadie"]


def test_the_address_holds_the_search_and_no_name(employeur, trois):
    page = employeur.get("dossiers.lister").soumettre("Rechercher", {"salarie": "Béranger", "etat": "brouillon"})
    assert "eranger" not in page.suite
    assert "etat=brouillon" in page.suite
    assert noms(page.suivre()) == noms(employeur.get(page.suite)) == ["Béranger"]
    old = employeur.get("dossiers.lister", 303, salarie="Béranger", etat="brouillon")
    assert "eranger" not in old.suite
    assert noms(old.suivre()) == ["Béranger"]


@pytest.mark.parametrize("broken", ["x", "é", "a" * 500, ""])
def test_an_address_whose_name_cannot_be_read_says_so_and_finds_nothing(employeur, trois, broken):
    page = employeur.get("dossiers.lister").soumettre("Rechercher", {"salarie": "Béranger"})
    token = page.suite.partition("s=")[2]
    answer = employeur.get("dossiers.lister", 200 if not broken else 422, s=broken and token[:-9] + broken)
    assert len(noms(answer)) == (0 if broken else 3)
    if broken:
        assert "tapez-le à nouveau" in answer.texte


def test_the_address_of_another_person_does_not_tell_the_name_looked_for(employeur, connecte, structure, trois):
    suite = employeur.get("dossiers.lister").soumettre("Rechercher", {"salarie": "Béranger"}).suite
    page = connecte(un_compte(structure)).get(suite, 422)
    assert "Béranger" not in page.html


def test_the_name_in_an_address_is_forgotten_after_some_hours(employeur, structure, trois, monkeypatch):
    suite = employeur.get("dossiers.lister").soumettre("Rechercher", {"salarie": "Béranger"}).suite
    monkeypatch.setattr("models.recherches.DUREE", -1)  # nobody waits twelve hours
    assert "tapez-le à nouveau" in employeur.get(suite, 422).texte


@pytest.mark.parametrize("etat", LIBELLES)
def test_the_gear_leads_only_where_one_may_go(employeur, structure, etat):
    dossier = un_dossier(structure, etat=etat)
    page = employeur.get("dossiers.lister")
    labels = [" ".join(item.get_text().split()) for item in page.soup.select(".rouage li")]
    drafts = ["Détails", "Reprendre", "Dupliquer"]
    expected = {"brouillon": [*drafts, "Supprimer"], "a_valider_employeur": drafts}
    filed = ["Détails"] if etat == "annule" else ["Détails", "Déposer un document"]
    assert labels == expected.get(etat, filed)
    for link in page.soup.select(".rouage a"):
        assert employeur.http.get(link["href"], headers=MEME_SITE).status_code in (200, 303), link
    assert dossier.id in page.html


def test_a_reader_is_offered_reading_only(connecte, structure):
    un_dossier(structure)
    page = connecte(un_compte(structure, droits="consulter")).get("dossiers.lister")
    assert [item.get_text().strip() for item in page.soup.select(".rouage li")] == ["Détails"]
    offered = [button.get_text() for button in page.soup.select("button") if "cochés" in button.get_text()]
    assert offered == ["Exporter les dossiers cochés avec leurs pièces"]


def test_a_draft_is_duplicated_from_the_gear(employeur, structure):
    un_dossier(structure)
    employeur.get("dossiers.lister").soumettre("Dupliquer")
    assert Dossier.select().count() == 2


@pytest.mark.parametrize("etat", ["brouillon", "a_valider_employeur"])
def test_a_contract_of_an_organisme_is_duplicated_from_its_details(organisme, ecole, etat):
    made = preentree(ecole, "Abadie", contrat={"emploi": "Serveur"})
    Dossier.update(etat=etat).where(Dossier.id == made.id).execute()
    organisme.get("preentree.suivre", dossier_id=made.id).soumettre("Dupliquer")
    copy = Dossier.get(Dossier.id != made.id)
    d = contenu(copy.id)
    assert (copy.organisme_id, copy.etat, d.contrat.emploi) == (ecole.id, "brouillon", "Serveur")
    assert (d.salarie.nom_naissance, d.contrat.salaire) == (None, None)


def test_the_dossiers_found_are_counted_up_to_a_thousand(employeur, structure, trois, monkeypatch):
    assert "3 dossiers" in employeur.get("dossiers.lister").texte
    for _ in range(PAR_PAGE):
        un_dossier(structure, complet=False)
    assert f"{PAR_PAGE + 3} dossiers" in employeur.get("dossiers.lister").texte
    monkeypatch.setattr("models.listes_dossiers.COMPTES", 5)  # nobody makes a thousand here
    monkeypatch.setattr("blueprints.listes.COMPTES", 5)
    assert "Plus de 5 dossiers" in employeur.get("dossiers.lister").texte


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
    assert all(relire(d)[1].salarie.nom_naissance in page.texte for d in mine)
    page.soumettre("Supprimer ces brouillons")
    assert {d.id for d in Dossier.select()} == {foreign.id, filed.id}
    employeur.post("listes.supprimer", {"d": ids})
    assert {d.id for d in Dossier.select()} == {foreign.id, filed.id}
    assert "Cochez d’abord" in employeur.get("listes.confirmer_suppression", 303).suivre().texte


@pytest.fixture
def ecole(base):
    return une_structure("organisme", "Organisme Fictif")


@pytest.fixture
def organisme(connecte, ecole):
    return connecte(un_compte(ecole))


def preentree(ecole, nom, **changements):
    """A contract that is the organisme's alone."""
    dossier = Dossier.create(organisme=ecole, cle_creation=nom)
    ouvrir_sections(dossier.id)
    sections = {"salarie": {"nom_naissance": nom, "prenom": "Yann"}, **changements}
    ecrire(dossier, sections, None, "saisie")
    return dossier


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"salarie": "abad"}, {"Abadie"}),
        ({"salarie": "hotel"}, set()),
        ({"etablissement": "hotel", "formation": "bts"}, {"Abadie"}),
        ({"etat": "soumis"}, set()),
        ({"tri": "numero"}, {"Abadie", "Béranger"}),
    ],
)
def test_the_organisme_has_the_same_comfort(organisme, ecole, search, found):
    preentree(ecole, "Abadie", employeur={"denomination": "Hôtel"}, formation={"intitule": "BTS"})
    preentree(ecole, "Béranger")
    page = organisme.get("preentree.lister")
    assert [page.champ(name) for name in ("du", "au", "dispositif")] == [None] * 3
    assert set(noms(page.soumettre("Rechercher", search).suivre())) == found


def test_what_the_employer_changes_is_not_found_by_the_organisme(organisme, ecole, structure):
    dossier = preentree(ecole, "Abadie")
    ecrire(dossier, {}, None, "saisie", structure=structure.id)
    ecrire(dossier, {"salarie": {"nom_naissance": "Nouvelle"}}, None, "saisie")
    assert [lister([ecole.id], Criteres(salarie=name), 1)[0] != [] for name in ("abadie", "nouv")] == [True, False]


def tableau(client, **search):
    answer = client.http.get(client.url("listes.exporter_preentrees", genre="csv", **search), headers=MEME_SITE)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_the_spreadsheet_of_an_organisme_has_what_it_entered_and_no_more(organisme, ecole, structure):
    formation = {"type_qualification": "1", "rncp": "RNCP1234"}
    sections = {"employeur": {"denomination": "Hôtel", "siret": "73282932000074"}, "formation": formation}
    handed = preentree(ecole, "Abadie", **sections, contrat={"date_debut": date(2026, 9, 1)})
    preentree(ecole, "Béranger", **sections)
    preentree(une_structure("organisme", "Autre organisme"), "Clément")
    retenir(handed, destinataire="x@demo.fictif", blocs=figer(contenu(handed.id)), pieces=[], commentaire="")
    ecrire(handed, {}, None, "saisie", structure=structure.id)
    changes = {"salarie": {"nom_naissance": "Nouvelle"}, "employeur": {"siret": "55210055400013"}}
    ecrire(handed, changes | {"contrat": {"date_debut": date(2027, 1, 1)}}, None, "saisie")
    page = organisme.get("preentree.lister")
    assert {"Exporter en CSV", "Exporter en XLSX"} <= {link.get_text() for link in page.soup.select("main a")}
    rows = sorted(tableau(organisme), key=lambda row: row["Nom"])
    assert [row["Nom"] for row in rows] == ["Abadie", "Béranger"]
    for row in rows:
        assert (row["SIRET"], row["RNCP"], row["Employeur"]) == ("73282932000074", "RNCP1234", "Hôtel")
    assert [row["Début"] for row in rows] == ["01/09/2026", ""]
    assert [len(tableau(organisme, etablissement=name)) for name in ("hotel", "552100554")] == [2, 0]


def test_the_spreadsheets_of_organismes_are_for_them(employeur, organisme):
    employeur.get("listes.exporter_preentrees", 403, genre="csv")
    organisme.get("listes.exporter_preentrees", 404, genre="ods")
    assert organisme.http.get("/dossiers/listes/preentrees.xlsx", headers=MEME_SITE).data.startswith(b"PK")
    page = organisme.get("/dossiers/listes/preentrees.csv?tri=abc", 303)
    assert page.suite == "/preentrees?tri=abc"


def test_the_gear_of_an_organisme_offers_what_it_may_do(organisme, ecole):
    preentree(ecole, "Abadie")
    page = organisme.get("preentree.lister")
    labels = [" ".join(item.get_text().split()) for item in page.soup.select(".rouage li")]
    assert labels == ["Détails", "Reprendre", "Transmettre à l’employeur", "Dupliquer", "Supprimer"]
    organisme.get("preentree.lister").soumettre("Dupliquer")
    copy = Dossier.get(Dossier.cree_par.is_null(False))
    assert (copy.organisme_id, copy.structure_id) == (ecole.id, None)


def test_a_person_of_both_sides_goes_from_one_list_to_the_other(connecte, ecole, structure):
    compte = un_compte(structure)
    une_habilitation(compte, ecole)
    page = connecte(compte).get("dossiers.lister").cliquer("Contrats saisis pour des employeurs")
    assert page.cliquer("Dossiers de mes établissements").url == "/dossiers"


def test_a_search_is_kept_opened_renamed_and_forgotten(employeur, connecte, structure, trois, base):
    found = employeur.get("dossiers.lister").soumettre("Rechercher", {"salarie": "Béranger", "etat": "brouillon"})
    page = found.suivre().soumettre("Garder cette recherche", {"nom": "Ceux de Béranger"}).suivre()
    assert noms(page) == ["Béranger"]
    kept = base.execute_sql("select nom, criteres from recherche_gardee").fetchone()
    assert "eranger" not in "".join(kept)
    assert noms(employeur.get("dossiers.lister").cliquer("Ceux de Béranger", 303).suivre()) == ["Béranger"]
    page = employeur.get("recherches_gardees.lister")
    assert page.soumettre("Renommer", {"nom": " "}, 422).titre == "Mes recherches"
    page = page.soumettre("Renommer", {"nom": "Mes brouillons"}).suivre()
    assert "Mes brouillons" in page.texte
    number = RechercheGardee.get().id
    stranger = connecte(un_compte(structure))
    stranger.get("recherches_gardees.ouvrir", 404, recherche_id=number)
    stranger.post("recherches_gardees.changer", {"action": "supprimer"}, 404, recherche_id=number)
    page.soumettre("Supprimer")
    assert RechercheGardee.select().count() == 0


def test_a_search_without_a_name_is_not_kept_and_not_lost(employeur, trois):
    found = employeur.get("dossiers.lister").soumettre("Rechercher", {"etat": "soumis"}).suivre()
    page = found.soumettre("Garder cette recherche", {"nom": ""}, 422)
    page = page.soumettre("Garder cette recherche", {"nom": "Les soumis"}).suivre()
    assert noms(page) == ["Œuvrard"]
    assert RechercheGardee.get().criteres == {"etat": "soumis"}


def test_one_keeps_fifty_searches_at_most(employeur, base):
    search = {"liste": "employeur", "etat": "soumis", "nom": "x"}
    for _ in range(MAX_GARDEES + 1):
        employeur.post("recherches_gardees.enregistrer", search)
    assert RechercheGardee.select().count() == MAX_GARDEES
    employeur.post("recherches_gardees.enregistrer", search | {"liste": "autre"}, 404)
