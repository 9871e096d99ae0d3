"""SIRENE, from small files with the official columns."""

import shutil
from datetime import date

import pytest

from models import referentiels
from tasks.registres.importation import importer
from tasks.registres.lecture import FichierRefuse
from tasks.registres.sirene import ETABLISSEMENT, UNITE

LE = date(2026, 11, 1)
UNITES = (
    {"siren": "100000009", "denominationUniteLegale": "BOULANGERIE DE L'ŒUVRE", "sigleUniteLegale": "BDO"},
    {"siren": "200000008", "prenomUsuelUniteLegale": "JEANNE", "nomUniteLegale": "EXEMPLE"},
    {"siren": "300000007", "statutDiffusionUniteLegale": "P", "nomUniteLegale": "[ND]"},
)


def un_lieu(siret, **values):
    """An active establishment in Lyon; `values` by column, without the ending « Etablissement »."""
    row = {
        "siret": siret,
        "statutDiffusionEtablissement": "O",
        "etatAdministratifEtablissement": "A",
        "dateDebut": "2020-01-01",
        "etablissementSiege": "false",
        "caractereEmployeurEtablissement": "O",
        "codePostalEtablissement": "69002",
        "libelleCommuneEtablissement": "LYON",
        "typeVoieEtablissement": "AV",
        "libelleVoieEtablissement": "DES ESSAIS",
        "numeroVoieEtablissement": "3",
        "indiceRepetitionEtablissement": "B",
    }
    return row | {name if name in ETABLISSEMENT else f"{name}Etablissement": value for name, value in values.items()}


def ecrire(path, columns, rows):
    """A CSV with the columns that are read, in another order and among others, as they were added over the years."""
    names = [*reversed(columns), "colonneNouvelle"]
    lines = [",".join(names), *(",".join(f'"{row.get(name, "")}"' for name in names) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def charger(tmp_path, request):
    """Imports these establishments; answers the report."""
    shutil.copyfile(request.getfixturevalue("referentiels"), tmp_path / "r.db")

    def importe(*lieux, unites=UNITES, **options):
        files = [
            ecrire(tmp_path / "StockUniteLegale_utf8.csv", UNITE, unites),
            ecrire(tmp_path / "StockEtablissement_utf8.csv", ETABLISSEMENT, lieux),
        ]
        referentiels.ouvrir(tmp_path / "r.db")
        return importer(tmp_path / "r.db", "sirene", files, le=LE, forcer=True, **options)

    return importe


def sirets(q):
    return [e.siret for e in referentiels.chercher_etablissements(q)]


def test_active_employers_and_head_offices_stand_first_and_closed_ones_last(charger):
    charger(
        un_lieu("10000000900001", etatAdministratif="F", dateDebut="2026-03-31"),
        un_lieu("10000000900002", caractereEmployeur="N", etablissementSiege="true"),
        un_lieu("10000000900003"),
        un_lieu("10000000900004", etablissementSiege="true"),
    )
    assert [siret[-1] for siret in sirets("boulang lyon")] == ["4", "3", "2", "1"]
    assert referentiels.etablissement("10000000900001").ferme_le == date(2026, 3, 31)


def test_name_initials_shop_name_and_ligatures_find(charger):
    charger(un_lieu("10000000900001", enseigne1="LE FOURNIL"), un_lieu("10000000900002", denominationUsuelle="AU PAIN"))
    for q in ("oeuvre", "ŒUVRE", "bdo lyon", "boulangerie 69002", "l'oeuvre"):
        assert len(sirets(q)) == 2
    assert sirets("fournil lyon") == ["10000000900001"]
    assert sirets("au pain") == ["10000000900002"]
    found = referentiels.etablissement("10000000900001")
    assert (found.denomination, found.sigle, found.voie_numero, found.voie) == (
        "BOULANGERIE DE L'ŒUVRE",
        "BDO",
        "3 B",
        "AVENUE DES ESSAIS",
    )


def test_what_may_not_be_shown_is_left_out(charger):
    report = charger(
        un_lieu("20000000800001"),
        un_lieu("30000000700001"),
        un_lieu("10000000900001", statutDiffusion="P"),
        un_lieu("10000000900002", enseigne1="[ND]"),
    )
    assert sirets("jeanne exemple") == ["20000000800001"]
    assert referentiels.etablissement("30000000700001") is None
    assert referentiels.etablissement("10000000900001") is None
    assert referentiels.etablissement("10000000900002").enseigne is None
    assert (report.lignes, report.ignores, report.rejets) == (2, 2, 1)


@pytest.mark.parametrize(("perimetre", "taken"), [("employeurs", "1"), ("actifs", "123"), ("tous", "1234")])
def test_the_perimeter_decides_which_ones_are_taken(charger, perimetre, taken):
    charger(
        un_lieu("10000000900001"),
        un_lieu("10000000900002", caractereEmployeur="N"),
        un_lieu("10000000900003", etatAdministratif="F", dateDebut="2025-01-01"),
        un_lieu("10000000900004", etatAdministratif="F", dateDebut="2019-01-01"),
        perimetre=perimetre,
    )
    assert sorted(siret[-1] for siret in sirets("boulangerie")) == list(taken)


def test_duplicate_and_malformed_numbers_are_rejected_with_their_line(charger):
    report = charger(un_lieu("10000000900001"), un_lieu("12"), un_lieu("10000000900001", enseigne1="AUTRE"))
    assert (report.lignes, report.rejets) == (1, 2)
    assert "StockEtablissement_utf8.csv;4;SIRET déjà lu à la ligne 2" in report.liste.read_text(encoding="utf-8")
    assert referentiels.etablissement("10000000900001").enseigne is None


def test_establishments_without_their_units_are_no_register(charger):
    with pytest.raises(FichierRefuse, match="Aucune ligne à prendre"):
        charger(un_lieu("10000000900001"), unites=())


def test_competent_opco_and_agreement_come_from_their_own_tables(charger, tmp_path):
    charger(un_lieu("10000000900001"), un_lieu("10000000900002"), un_lieu("10000000900003"))
    opco = tmp_path / "SIRO_202608.csv"
    opco.write_text(
        "SIRET|IDCC|OPCO_PROPRIETAIRE|OPCO_GESTION\n10000000900001|1486|ATLAS|AKTO\n10000000900002|||\n"
        "10000000900003|16|INCONNU|\n",
        encoding="utf-8",
    )
    assert importer(tmp_path / "r.db", "opco", [opco], forcer=True).rejets == 2
    idcc = tmp_path / "siret_idcc.csv"
    idcc.write_text(
        "MOIS,SIRET,IDCC,DATE_MAJ\n2026-05,10000000900001,9999  ,2026/06/29\n2026-05,10000000900001,1486  ,2026/06/29\n"
        "2026-05,10000000900002,1979  ,2026/06/29\n",
        encoding="utf-8",
    )
    importer(tmp_path / "r.db", "siret-idcc", [idcc])
    first = referentiels.etablissement("10000000900001")
    assert (first.idcc, first.opco) == ("1486", "Atlas")
    assert referentiels.opco_de("1486") == "Atlas"
    assert referentiels.etablissement("10000000900002").idcc == "1979"
    assert referentiels.etablissement("10000000900003").opco is None
