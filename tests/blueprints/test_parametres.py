"""The dated parameters: who may change them, that a contract follows them, that nothing is overwritten silently."""

import io
from decimal import Decimal

import pytest

from forms.parametrage_csv import exporter, importer
from forms.parametrage_tables import construire, en_place
from models.parametres import Parametre, historique
from tests.client import MEME_SITE
from tests.fabriques import un_compte, un_dossier, une_structure
from tests.forms.test_parametrage import AIDE, EXPERIMENTATION, FORFAIT, GRILLE, NAF

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
    values = SMIC | {"depuis": shipped.depuis.isoformat(), "horaire": "12,40"}
    bureau.post("parametres.enregistrer", values, table="smic")
    assert {ligne.horaire for ligne in construire(historique()).smic if ligne.depuis == shipped.depuis} == {
        Decimal("12.40")
    }
    bureau.post("parametres.enregistrer", values | {"retire": "oui", "horaire": ""}, table="smic")
    assert construire(historique()).smic == construire([]).smic
    assert "Ligne retirée" in bureau.get("parametres.lister").texte


@pytest.mark.parametrize(
    ("genre", "values", "champ", "message"),
    [
        ("smic", SMIC | {"horaire": "1250"}, "horaire", "de 5 à 100"),
        ("smic", SMIC | {"horaire": "12,30"}, "horaire", "il ne baisse pas"),
        ("experimentation", EXPERIMENTATION | {"au": "27/05/2023"}, "au", "ne précède pas"),
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
    bureau.post("parametres.enregistrer", BRANCHE | {"depuis": "01/10/2026", "smc": "500"}, table="branche")
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
    assert found.inchangees == len(en_place(construire(historique())))
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
        "smic;;01/05/2027;12,60;;;décret;;du 20 mai",
        "smic",
    )
    page = importe(bureau, ENTETE + "\n".join(lines), 422)
    for text in (
        "Ligne 3 : depuis",
        "Ligne 4 : Table inconnue",
        "Ligne 5 : idcc",
        "Ligne 6 : Cette ligne est deux fois",
        "Ligne 7 : Cette ligne a plus de cellules",
        "Ligne 8 : depuis",
    ):
        assert text in page.texte
    assert "6 lignes à corriger" in page.texte
    assert historique() == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"a;b;c\n1;2;3\n",
        b"table;depuis\nsmic;x\n",
        b"depuis;source;table\n01/01/2027;x\n",
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


TABLES = {
    "grille": (GRILLE, "60/70/75/85 % du SMIC"),
    "forfait": (FORFAIT, "16,50 € pour un public prioritaire"),
    "experimentation": (EXPERIMENTATION, "jusqu’au 31 décembre 2028"),
    "naf": (NAF, "NAF 2028"),
    "aide": (AIDE, "aide de 1 500,00 € dès 30 ans"),
}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_added_to_corrected_exported_and_withdrawn(bureau, table):
    values, words = TABLES[table]
    before = construire([])
    page = bureau.post("parametres.enregistrer", values, table=table).suivre()
    assert words in page.texte
    assert "(ajoutée)" in page.texte
    assert construire(historique()) != before
    content = bureau.http.get("/gestion/parametres/export.csv").get_data()
    found = importer(content, historique())
    assert (found.lignes, found.refusees) == ([], [])
    (row,) = historique()
    page = bureau.get("parametres.preparer", table=table, objet=row.objet, depuis=row.depuis.isoformat())
    assert page.champ("source")["value"] == "décret fictif"
    page.soumettre("Enregistrer la ligne", {"retire": "oui"})
    assert construire(historique()) == before


def test_a_file_brings_every_table(bureau):
    heading = "table;depuis;nom;age_minimum;montant;type_qualification;au;ordinaire;majore;tutorat_mensuel;"
    heading += "tutorat_mois;tutorat_majoration_pct;moins_21_base;moins_21_majoree;des_21_base;des_21_majoree;"
    heading += "part_branche_26;source\n"
    lines = (
        "naf;01/01/2028;NAF 2028;;;;;;;;;;;;;;;décret",
        "aide;01/01/2026;Prime;30;1500;;31/12/2027;;;;;;;;;;;décret",
        "experimentation;01/03/2026;;;;8;31/12/2028;;;;;;;;;;;décret",
        "forfait;01/10/2026;;;;;;10;16,5;250;8;50;;;;;;décret",
        "grille;01/01/2027;;;;;;;;;;;60;70;75;85;90;décret",
    )
    page = importe(bureau, heading + "\n".join(lines)).suivre()
    assert "Lignes ajoutées : 5. Lignes inchangées : 0." in page.texte
    now = construire(historique())
    assert len(now.nomenclatures) == len(now.experimentations) == len(now.aides) == 3
    assert len(now.forfaits) == len(now.grilles) == 2


def test_lines_of_a_file_are_judged_together(bureau):
    """Two rises in one file are good together; one that falls under the line before it is told."""
    text = "table;depuis;horaire;source\nsmic;01/01/2027;12,60;décret\nsmic;01/05/2027;12,50;décret\n"
    page = importe(bureau, text, 422)
    assert "Ligne 2 : horaire" in page.texte
    assert historique() == []
    importe(bureau, text.replace("12,50", "12,75"))
    assert len(historique()) == 2
