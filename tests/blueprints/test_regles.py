"""The public pages of the law: every rule is there once, constats lead to it, the table leaves as CSV."""

import csv
import io

import pytest

from forms.controles import REGISTRE, SANS_CONTROLE
from forms.steps import CHAMPS
from models import referentiels
from tests.fabriques import un_compte, un_dossier, une_structure

IDS = {ligne.id for ligne in REGISTRE} | SANS_CONTROLE.keys()


def test_anyone_reads_every_rule_with_its_source_and_examples(client):
    page = client.get("regles.lister")
    assert {element["id"] for element in page.soup.select("main [id]")} >= IDS
    card = page.soup.find(id="REM-01").find_parent("article").get_text(" ").replace("\u00a0", " ")
    for text in ("1 026,86 €", "D6325-15", "Salaire brut mensuel à l’embauche"):
        assert text in card
    assert "FOR-05" in page.soup.find(id="TPS-07").get_text()


def test_the_table_leaves_as_csv(client):
    response = client.http.get("/regles.csv")
    assert response.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig")), delimiter=";"))
    assert {row[0] for row in rows[1:]} == IDS
    assert {len(row) for row in rows} == {8}


def test_a_constat_leads_to_its_rule(connecte):
    structure = une_structure()
    compte = un_compte(structure)
    dossier = un_dossier(structure, compte, changements={"contrat.salaire": 900})
    page = connecte(compte).get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    link = page.soup.select_one("#contrat-salaire-message a")
    assert link["href"] == "/regles#REM-01"
    page = connecte(compte).get("depot.relire", dossier_id=dossier.id)
    assert "/regles#REM-01" in page.liens()


@pytest.mark.parametrize("rule", REGISTRE, ids=lambda rule: f"{rule.id} {rule.sur}")
def test_the_fields_of_a_rule_are_asked_somewhere(rule):
    assert {*rule.champs, *rule.facultatifs, rule.sur} <= CHAMPS.keys()


def test_the_sources_of_the_registers_are_told(client):
    page = client.get("/connexion").cliquer("Sources des données")
    assert referentiels.sources()
    for source in referentiels.sources():
        assert source.libelle.split()[0] in page.texte
        assert f"{source.date:%d/%m/%Y}" in page.texte
