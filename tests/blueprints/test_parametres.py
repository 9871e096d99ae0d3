"""The dated parameters: who may change them, that a contract follows them, that nothing is overwritten silently."""

import io

import pytest

from forms.parametrage import construire
from forms.parametrage_csv import exporter, importer
from models.parametres import Parametre, historique
from tests.client import MEME_SITE
from tests.fabriques import un_compte, un_dossier, une_structure

SMIC = {"depuis": "01/01/2027", "horaire": "12,50", "source": "décret fictif du 20/12/2026"}
BRANCHE = {"idcc": "1979", "depuis": "01/01/2026", "source": "accord fictif"}
ENTETE = "table;idcc;depuis;horaire;duree_max_mois;grille_pct;source;retire\n"


@pytest.fixture
def administrateur(base):
    opco = une_structure("opco", "OPCO fictif")
    return un_compte(opco, "consulter instruire administrer", prenom="Dominique", nom="Essai-Fictif")


@pytest.fixture
def bureau(connecte, administrateur):
    return connecte(administrateur)


def importe(bureau, text, status=303):
    data = {"fichier": (io.BytesIO(text if isinstance(text, bytes) else text.encode()), "p.csv")}
    response = bureau.http.post(
        "/gestion/parametres/import", data=data, headers=MEME_SITE, content_type="multipart/form-data"
    )
    return bureau.lire(response, "/gestion/parametres/import", status)


@pytest.mark.parametrize(
    ("genre", "droits"), [("opco", "consulter instruire"), ("employeur", "consulter saisir administrer")]
)
def test_only_an_administrator_of_the_opco_comes_in(connecte, genre, droits):
    browser = connecte(un_compte(une_structure(genre, "Structure fictive"), droits))
    browser.get("parametres.lister", 403)
    browser.post("parametres.enregistrer", SMIC, 403, table="smic")
    assert historique() == []


def test_a_row_is_added_with_its_author_and_counts_at_once(bureau, administrateur):
    page = bureau.get("gestion.lister").cliquer("Paramètres de la loi").cliquer("Ajouter une ligne\u00a0: SMIC")
    page = page.soumettre("Enregistrer la ligne", SMIC).suivre()
    assert "12,50 € de l’heure (ajoutée)" in page.texte
    assert administrateur.nom_complet in page.texte
    (row,) = historique()
    assert (row.compte, row.source) == (administrateur, SMIC["source"])


def test_a_correction_is_a_new_row_and_the_old_one_stays(bureau):
    bureau.post("parametres.enregistrer", SMIC, table="smic")
    page = bureau.get("parametres.preparer", table="smic", depuis="2027-01-01")
    assert page.champ("horaire")["value"] == "12,50"
    page = page.soumettre("Enregistrer la ligne", {"horaire": "12,60"}).suivre()
    assert "12,60 € de l’heure (ajoutée)" in page.texte
    assert page.texte.count("12,50 €") == 1
    assert len(historique()) == 2


def test_a_withdrawn_row_gives_way_to_what_the_portal_ships(bureau):
    shipped = construire([]).smic[-1]
    values = SMIC | {"depuis": shipped.depuis.isoformat(), "horaire": "99"}
    bureau.post("parametres.enregistrer", values, table="smic")
    assert {ligne.horaire for ligne in construire(historique()).smic if ligne.depuis == shipped.depuis} == {99}
    bureau.post("parametres.enregistrer", values | {"retire": "oui", "horaire": ""}, table="smic")
    assert construire(historique()).smic == construire([]).smic
    assert "Ligne retirée" in bureau.get("parametres.lister").texte


@pytest.mark.parametrize(
    ("genre", "values", "champ", "message"),
    [
        ("smic", SMIC | {"horaire": "1250"}, "horaire", "par exemple 12,31"),
        ("smic", SMIC | {"source": ""}, "source", "obligatoire"),
        ("smic", SMIC | {"depuis": "31/02/2027"}, "depuis", "n’existe pas"),
        ("branche", BRANCHE, "idcc", "au moins une valeur"),
        ("branche", BRANCHE | {"grille_pct": "60/70/75"}, "grille_pct", "quatre pourcentages"),
        ("branche", BRANCHE | {"grille_pct": "60/70/75/NaN"}, "grille_pct", "quatre pourcentages"),
        ("branche", BRANCHE | {"idcc": "12345", "smc": "1900"}, "idcc", "IDCC"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(bureau, genre, values, champ, message):
    page = bureau.post("parametres.enregistrer", values, 422, table=genre)
    assert message in page.message(champ)
    assert page.champ("source")["value"] == values["source"]
    assert historique() == []


def test_a_contract_is_judged_with_the_values_of_its_own_dates(bureau, connecte):
    structure = une_structure()
    compte = un_compte(structure)
    salaire = {"contrat.salaire": 1320}
    before = un_dossier(structure, compte, changements=salaire)
    bureau.post("parametres.enregistrer", BRANCHE | {"grille_pct": "60/70/75/85"}, table="branche")
    browser = connecte(compte)
    page = browser.get("saisie.montrer", dossier_id=before.id, etape="salarie")
    assert "grille de branche" in page.soup.find(id="contrat-salaire-calcul").get_text()
    assert "75\u00a0%" in page.message("contrat-salaire")
    bureau.post("parametres.enregistrer", BRANCHE | {"depuis": "01/10/2026", "smc": "1"}, table="branche")
    assert "75\u00a0%" in browser.get("saisie.montrer", dossier_id=before.id, etape="salarie").message(
        "contrat-salaire"
    )


def test_what_is_exported_comes_back_unchanged(bureau):
    bureau.post("parametres.enregistrer", SMIC, table="smic")
    bureau.post(
        "parametres.enregistrer",
        BRANCHE | {"grille_pct": "60/70/75/85,5", "part_max_pct": "40", "publics_24": "=cmd()"},
        table="branche",
    )
    content = bureau.http.get("/gestion/parametres/export.csv").get_data()
    assert "'=cmd()" in content.decode()
    assert "60/70/75/85,5" in content.decode()
    found = importer(content, historique())
    assert (found.lignes, found.refusees) == ([], [])
    assert found.inchangees == len(construire(historique()).smic) + len(construire(historique()).smic_mayotte) + 1
    assert exporter(construire(historique())) == content.decode()


def test_a_file_is_taken_whole(bureau):
    text = ENTETE + "smic;;01/01/2027;12,50;;;décret;\nbranche;1979;01/01/2026;;24;60/70/75/85;accord;\n\n"
    page = importe(bureau, text).suivre()
    assert "Lignes ajoutées : 2. Lignes inchangées : 0." in page.texte
    assert "Lignes ajoutées : 0. Lignes inchangées : 2." in importe(bureau, text).suivre().texte
    assert len(historique()) == 2


def test_every_wrong_line_is_told_and_none_is_taken(bureau):
    lines = (
        "smic;;01/01/2027;12,50;;;décret;",
        "smic;;demain;12,50;;;décret;",
        "prime;;01/01/2027;12,50;;;décret;",
        "branche;;01/01/2026;;24;;accord;",
        "smic;;01/01/2027;12,60;;;décret;",
    )
    page = importe(bureau, ENTETE + "\n".join(lines), 422)
    for text in (
        "Ligne 3 : depuis",
        "Ligne 4 : Table inconnue",
        "Ligne 5 : idcc",
        "Ligne 6 : Cette ligne est deux fois",
    ):
        assert text in page.texte
    assert "4 lignes à corriger" in page.texte
    assert historique() == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"a;b;c\n1;2;3\n",
        b"table;depuis\nsmic;x\n",
        b"\x00\x01\x02",
        b'table;depuis;source\n"smic;x',
        b"\xff" * 50,
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(bureau, content):
    assert importe(bureau, content, 422).soup.select_one("[role=alert] li")
    assert historique() == []


def test_a_file_from_an_old_spreadsheet_is_read(bureau):
    importe(bureau, (ENTETE + "smic;;01/01/2027;12,50;;;arrêté « février »;\n").encode("cp1252"))
    assert Parametre.get().source == "arrêté « février »"
