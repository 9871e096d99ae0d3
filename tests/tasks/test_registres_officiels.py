"""The real extracts of the official files, where they lie beside the project; they are never copied into it."""

from datetime import date
from pathlib import Path

import pytest

from models import referentiels
from tasks.registres.importation import importer

EXTRAITS = Path(__file__).parents[3] / "shared" / "referentiels"
LE = date(2026, 11, 23)
pytestmark = pytest.mark.skipif(not EXTRAITS.is_dir(), reason="the extracts are not on this machine")


@pytest.fixture(scope="module")
def fichier(tmp_path_factory):
    """All extracts, imported one after the other into one search file; answers its path and the reports."""
    path = tmp_path_factory.mktemp("officiels") / "r.db"
    rncp = [EXTRAITS / "rncp" / name for name in sorted(p.name for p in (EXTRAITS / "rncp").glob("*.csv"))]
    files = {
        "sirene": [*sorted((EXTRAITS / "sirene").glob("Stock*.csv"))],
        "organismes": [EXTRAITS / "organismes" / "liste_publique_OF_extrait.csv"],
        "rncp": rncp,
        "siret-idcc": [EXTRAITS / "sirene" / "siret_idcc_extrait.csv"],
        "communes": [EXTRAITS / "communes" / "communes_2026.csv"],
        "naf": [EXTRAITS / "naf" / "int_courts_naf_rev_2.csv"],
        "naf2025": [EXTRAITS / "naf" / "naf_2025.csv"],
        "idcc": [EXTRAITS / "idcc" / "idcc_kali.csv"],
        "nsf": [EXTRAITS / "diplomes" / "nsf_codes_rncp.csv"],
        "departements": [EXTRAITS / "insee" / "departements_2026.csv"],
    }
    reports = {kind: importer(path, kind, paths) for kind, paths in files.items()}
    return path, reports


@pytest.fixture
def rapports(fichier):
    path, reports = fichier
    referentiels.ouvrir(path)
    return reports


def test_every_row_is_taken_left_out_by_rule_or_reported(rapports):
    taken = {kind: (r.lignes, r.rejets) for kind, r in rapports.items()}
    assert taken == {
        "sirene": (5_440, 0),
        "organismes": (1_557, 0),
        "rncp": (5_206, 0),
        "siret-idcc": (205, 0),
        "communes": (37_590, 0),
        "naf": (732, 0),
        "naf2025": (747, 0),
        "idcc": (392, 0),
        "nsf": (84, 0),
        "departements": (109, 0),
    }
    assert rapports["sirene"].ignores == 5_572 - 5_440


@pytest.mark.parametrize("q", ["ratp", "RATP paris", "transp parisiens", "775 663 438", "77566343801906"])
def test_an_employer_is_found_by_name_initials_town_and_numbers(rapports, q):
    found = referentiels.chercher_etablissements(q)
    assert {e.siren for e in found} == {"775663438"}
    assert found[0].siege
    assert found[0].denomination == "REGIE AUTONOME DES TRANSPORTS PARISIENS"


def test_four_letters_of_the_name_and_the_town_find_an_establishment(rapports):
    danone = referentiels.chercher_etablissements("dano pari")[0]
    assert (danone.siret, danone.voie_numero, danone.voie) == ("55203253400703", "59", "RUE LA FAYETTE")
    assert (danone.naf, danone.idcc, danone.categorie_juridique) == ("70.10Z", "9999", "5599")
    assert referentiels.chercher_etablissements("dnaone paris")[0] == danone


def test_closed_establishments_stand_last_with_their_date(rapports):
    found = referentiels.chercher_etablissements("la poste")
    assert found
    states = [e.ferme_le is not None for e in found]
    assert states == sorted(states)


def test_organisme_and_its_silence_about_qualiopi(rapports):
    found = referentiels.organisme(nda="01973176997")
    assert (found.siret, found.commune) == ("19971405600025", "Les Abymes")
    assert (found.qualiopi["apprentissage"], found.qualiopi["actions_de_formation"]) == (True, None)
    assert found in referentiels.chercher_organismes("raizet abymes")


def test_certification_with_its_links_and_ways(rapports):
    bts = referentiels.certification("RNCP34031")
    assert (bts.actif, bts.niveau, bts.remplacee_par) == (False, 5, ("RNCP38362",))
    assert [c.code for c in referentiels.successeurs("34031", LE)] == ["RNCP38362"]
    assert bts.professionnalisation is True
    assert "310" in {code[:3] for code in bts.nsf}
    assert referentiels.chercher_certifications("management commercial operationnel niveau 5")[0].active(LE)


def test_both_nomenclatures_of_activities_are_known(rapports):
    assert {referentiels.naf(code).nomenclature for code in ("56.10A", "5610A")} == {"NAFRev2"}
    assert referentiels.naf("5611G").nomenclature == "NAF2025"


def test_every_register_says_its_day_and_digest(rapports):
    found = {s.registre: s for s in referentiels.sources()}
    assert found["certification"].date == date(2025, 1, 31)
    assert all(len(s.sha256) == 64 for s in found.values())
    assert {name for name, s in found.items() if s.importe_le is None} == {"opco"}


def test_official_sample_archive_of_the_rncp_is_read_with_its_quirks(tmp_path):
    path = tmp_path / "r.db"
    sample = EXTRAITS / "rncp" / "exemple-officiel" / "export-fiches-csv-2024-02-22.zip"
    report = importer(path, "rncp", [sample])
    assert (report.lignes, report.rejets, report.le) == (9, 0, date(2024, 2, 22))
    referentiels.ouvrir(path)
    found = [c for q in ("rncp", "rs") for c in referentiels.chercher_certifications(q)]
    assert len(found) == 9
    assert any(c.certificateur for c in found)
    assert any(c.professionnalisation is not None for c in found)
    assert not any("\n" in c.intitule or "\t" in (c.certificateur or "") for c in found)
