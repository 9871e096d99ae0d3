"""SIRENE, from small files with the official columns."""

import shutil
import sys
from datetime import date

import pyarrow.parquet
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


def en_parquet(path, columns, rows):
    """The same columns as Parquet has them: nulls, a boolean, days, row groups of two."""
    kinds = {"etablissementSiege": pyarrow.bool_(), "dateDebut": pyarrow.date32()}
    read = {"etablissementSiege": "true".__eq__, "dateDebut": date.fromisoformat}
    table = {"colonneAutre": pyarrow.array(range(len(rows)))}
    for name in columns:
        values = [read.get(name, str)(row[name]) if row.get(name) else None for row in rows]
        table[name] = pyarrow.array(values, kinds.get(name, pyarrow.string()))
    pyarrow.parquet.write_table(pyarrow.table(table), path, row_group_size=2)
    return path


@pytest.fixture
def stocks_en_parquet(tmp_path, request):
    shutil.copyfile(request.getfixturevalue("referentiels"), tmp_path / "r.db")
    referentiels.ouvrir(tmp_path / "r.db")
    lieux = [
        un_lieu("10000000900001", etablissementSiege="true", enseigne1="LE FOURNIL"),
        un_lieu("12"),
        un_lieu("10000000900002", etatAdministratif="F", dateDebut="2026-03-31"),
        un_lieu("20000000800001"),
        un_lieu("10000000900001"),
    ]
    return [
        en_parquet(tmp_path / "StockUniteLegale_utf8.parquet", UNITE, UNITES),
        en_parquet(tmp_path / "StockEtablissement_utf8.parquet", ETABLISSEMENT, lieux),
    ]


def test_the_parquet_stocks_give_the_same_register_as_the_csv(stocks_en_parquet, tmp_path):
    report = importer(tmp_path / "r.db", "sirene", stocks_en_parquet, le=LE, forcer=True)
    assert (report.lignes, report.rejets, report.lus) == (3, 2, 8)
    assert sirets("boulang lyon") == ["10000000900001", "10000000900002"]
    found = referentiels.etablissement("10000000900001")
    assert (found.siege, found.enseigne, found.voie_numero, found.voie) == (
        True,
        "LE FOURNIL",
        "3 B",
        "AVENUE DES ESSAIS",
    )
    assert referentiels.etablissement("10000000900002").ferme_le == date(2026, 3, 31)
    listed = report.liste.read_text(encoding="utf-8")
    assert "StockEtablissement_utf8.parquet;2;SIRET : 14 chiffres attendus" in listed
    assert "StockEtablissement_utf8.parquet;5;SIRET déjà lu à la ligne 1" in listed


def test_one_stock_may_be_csv_and_the_other_parquet(stocks_en_parquet, tmp_path):
    units = ecrire(tmp_path / "StockUniteLegale_utf8.csv", UNITE, UNITES)
    report = importer(tmp_path / "r.db", "sirene", [stocks_en_parquet[1], units], le=LE, forcer=True)
    assert report.lignes == 3


def test_a_damaged_or_foreign_parquet_is_refused(stocks_en_parquet, tmp_path):
    units, lieux = stocks_en_parquet
    whole = lieux.read_bytes()
    for content in (whole[:-20], whole[:100], b"PAR1", whole[:200] + b"x" * 300 + whole[500:]):
        lieux.write_bytes(content)
        with pytest.raises(FichierRefuse, match="Parquet tronqué ou abîmé"):
            importer(tmp_path / "r.db", "sirene", [units, lieux])
    en_parquet(lieux, ("siret", "etatAdministratifEtablissement"), [un_lieu("10000000900001")])
    with pytest.raises(FichierRefuse, match="il manque les colonnes « statutDiffusionEtablissement »"):
        importer(tmp_path / "r.db", "sirene", [units, lieux])


def test_a_parquet_bomb_is_refused(stocks_en_parquet, tmp_path):
    _, lieux = stocks_en_parquet
    rows = [un_lieu("10000000900001", enseigne1="A" * 200_000 + str(i)) for i in range(60)]
    with pytest.raises(FichierRefuse, match="se décompresse plus de 200 fois"):
        importer(tmp_path / "r.db", "sirene", [stocks_en_parquet[0], bombe(lieux, rows)])


def bombe(path, rows):
    table = {name: pyarrow.array([row.get(name, "") for row in rows]) for name in ETABLISSEMENT}
    pyarrow.parquet.write_table(pyarrow.table(table), path, compression="zstd", use_dictionary=False)
    return path


def test_without_pyarrow_parquet_is_refused_with_the_command_that_brings_it(stocks_en_parquet, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(FichierRefuse, match="pip install --require-hashes -r requirements-parquet.lock"):
        importer(tmp_path / "r.db", "sirene", stocks_en_parquet)
