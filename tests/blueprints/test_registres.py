"""What people see of the registers: their page, the source under a search, the operator's commands."""

import pytest

from models import referentiels
from models.etablissements import EtablissementSaisi, etablissements_saisis, saisir
from tests.fabriques import un_compte, une_structure

ETABLISSEMENTS = (
    "siret,statutDiffusionEtablissement,etatAdministratifEtablissement,dateDebut,etablissementSiege,"
    "trancheEffectifsEtablissement,enseigne1Etablissement,denominationUsuelleEtablissement,numeroVoieEtablissement,"
    "indiceRepetitionEtablissement,typeVoieEtablissement,libelleVoieEtablissement,complementAdresseEtablissement,"
    "codePostalEtablissement,libelleCommuneEtablissement,codeCommuneEtablissement,activitePrincipaleEtablissement,"
    "caractereEmployeurEtablissement\n"
    "73282932000074,O,A,2020-01-01,true,12,,,3,,RUE,DES ESSAIS,,42000,SAINT-ETIENNE,42218,55.10Z,O\n"
    "73282932000082,O,F,2026-03-31,false,NN,LA VIEILLE AUBERGE,,5,,RUE,DES ESSAIS,,42000,SAINT-ETIENNE,42218,55.10Z,O\n"
)
UNITES = (
    "siren,statutDiffusionUniteLegale,denominationUniteLegale,sigleUniteLegale,categorieJuridiqueUniteLegale,"
    "prenomUsuelUniteLegale,prenom1UniteLegale,nomUsageUniteLegale,nomUniteLegale\n"
    "732829320,O,AUBERGE DE L'OEILLET,,5710,,,,\n"
)


@pytest.fixture
def seul(app, referentiels, tmp_path):
    """The application with a search file of its own, which a command may replace."""
    import shutil

    from models import referentiels as registres

    path = tmp_path / "seul.db"
    shutil.copyfile(referentiels, path)
    app.config["REFERENTIELS"] = path
    registres.ouvrir(path)
    return app


@pytest.fixture
def commande(seul):
    def lancer(*words, code=0):
        result = seul.test_cli_runner().invoke(args=["referentiels", *map(str, words)])
        assert result.exit_code == code, result.output
        return result.output

    return lancer


@pytest.fixture
def stocks(tmp_path):
    paths = tmp_path / "StockEtablissement_utf8.csv", tmp_path / "StockUniteLegale_utf8.csv"
    for path, content in zip(paths, (ETABLISSEMENTS, UNITES), strict=True):
        path.write_text(content, encoding="utf-8")
    return paths


def test_an_operator_imports_looks_and_copies_to_another_machine(commande, stocks, tmp_path):
    assert "2 lignes en service, données du 01/11/2026" in commande(
        "importer", "sirene", *stocks, "--date", "2026-11-01"
    ).replace("\u202f", " ")
    assert "importé" in commande("etat")
    assert "loaded already" in commande("charger")
    assert referentiels.etablissement("73282932000074").denomination == "AUBERGE DE L'OEILLET"
    digest = commande("exporter", tmp_path / "copie.db").split()[0]
    assert digest in (tmp_path / "copie.db.sha256").read_text(encoding="utf-8")
    commande("importer", "sirene", *stocks)
    assert "01/11/2026" in commande("installer", tmp_path / "copie.db")


def test_a_damaged_or_foreign_copy_is_not_installed(commande, tmp_path):
    commande("exporter", tmp_path / "copie.db")
    content = bytearray((tmp_path / "copie.db").read_bytes())
    content[len(content) // 2] ^= 0xFF
    (tmp_path / "copie.db").write_bytes(content)
    assert "empreinte" in commande("installer", tmp_path / "copie.db", code=1)
    (tmp_path / "autre.db").write_bytes(b"SQLite format 3\0" + b"x" * 5_000)
    assert "de cette version" in commande("installer", tmp_path / "autre.db", code=1)
    assert "introuvable" in commande("installer", tmp_path / "absent.db", code=1)
    assert referentiels.chercher_communes("lyon")


def test_a_refusal_is_a_sentence(commande, tmp_path):
    assert "introuvable" in commande("importer", "naf", tmp_path / "absent.csv", code=1)
    assert "--url" in commande("telecharger", "nsf", code=1)
    assert commande("importer", "planetes", tmp_path / "absent.csv", code=2)


def test_what_was_typed_by_hand_gives_way_to_the_official_row(commande, stocks):
    structure = une_structure().id
    values = {"siret": "73282932000074", "denomination": "Auberge tapée", "commune": "Saint-Étienne"}
    saisir(structure, "employeur", values)
    assert len(etablissements_saisis([structure], "auberge", "employeur")) == 1
    assert "1 saisis à la main" in commande("importer", "sirene", *stocks)
    assert etablissements_saisis([structure], "auberge", "employeur") == []


def test_registers_are_loaded_before_the_database_is_made(commande, stocks, base):
    base.drop_tables([EtablissementSaisi])
    try:
        assert "2 lignes en service" in commande("importer", "sirene", *stocks).replace("\u202f", " ")
    finally:
        base.create_tables([EtablissementSaisi])  # PostgreSQL's database serves the next tests, too


def test_closed_ones_say_so_and_the_source_stands_under_the_results(commande, stocks, connecte):
    client = connecte(un_compte(une_structure()))
    html = client.http.get("/recherche/etablissements?q=hotel").get_data(as_text=True)
    assert "ces 60 lignes servent à essayer le portail" in html.replace("\u00a0", " ")
    assert "referentiels telecharger sirene --importer" in html
    commande("importer", "sirene", *stocks, "--date", "2026-11-01")
    html = client.http.get("/recherche/etablissements?q=auberge+saint-etienne").get_data(as_text=True)
    assert html.index("siège") < html.index("fermé le 31/03/2026")
    assert "Insee (SIRENE), données du 01/11/2026" in html
    assert "essayer le portail" not in html


def test_a_replaced_certification_names_its_successor(connecte):
    client = connecte(un_compte(une_structure()))
    html = client.http.get("/recherche/certifications?q=RNCP34031").get_data(as_text=True).replace("\u00a0", " ")
    assert "inactive depuis le 01/01/2024, remplacée par RNCP38362" in html


def test_the_page_of_the_registers_is_for_the_opco(connecte):
    page = connecte(un_compte(une_structure("opco"))).get("registres.lister")
    assert page.titre == "Registres"
    assert "Communes et codes postaux" in page.texte
    assert "referentiels telecharger sirene --importer" in page.texte
    connecte(un_compte(une_structure())).get("registres.lister", status=403)


def test_the_page_of_the_sources_tells_how_to_load_the_official_registers(client):
    page = client.get("regles.citer")
    assert "referentiels telecharger rncp --importer" in page.soup.select_one("#charger ~ table").get_text()
    assert "37 590" in page.texte.replace("\u00a0", " ")


def test_a_search_without_its_register_says_so(app, tmp_path, connecte):
    referentiels.ouvrir(tmp_path / "aucun.db")
    client = connecte(un_compte(une_structure()))
    for quoi in ("etablissements", "organismes", "certifications"):
        html = client.http.get(f"/recherche/{quoi}?q=hotel").get_data(as_text=True)
        assert "Le registre officiel n’est pas chargé" in html.replace("\u00a0", " ")
    referentiels.ouvrir(app.config["REFERENTIELS"])
