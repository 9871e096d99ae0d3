"""The registers that come with the portal."""

import csv
import threading
import time

from stdnum.fr import siret as stdnum_siret

from forms.controles.formats import refus_idcc, refus_naf, refus_nda, refus_rncp, refus_siret
from models import referentiels
from models.referentiels.ecriture import verrou
from tasks import fictifs
from tasks.imports import DONNEES, charger_donnees_embarquees, lire
from tasks.registres.importation import importer


def test_all_registers_are_loaded_and_counted(tmp_path):
    bilans = charger_donnees_embarquees(tmp_path / "data" / "r.db")
    assert {b.registre: b.lignes for b in bilans} == {
        "commune": 37_590,
        "departement": 109,
        "naf": 732,
        "nsf": 93,
        "idcc": 959,
        "opco": 953,
        "certification": 140,
        "etablissement": 60,
        "organisme": 25,
    }
    assert str(bilans[2]) == "naf: 732 rows (Insee, 01/01/2008)"


def test_without_demonstration_nothing_fictional_is_loaded(tmp_path):
    bilans = charger_donnees_embarquees(tmp_path / "r.db", demo=False)
    referentiels.ouvrir(tmp_path / "r.db")
    assert not any(b.fictif for b in bilans)
    assert referentiels.chercher_etablissements("demo") == []
    assert referentiels.chercher_organismes("demo") == []
    assert referentiels.certification("38362")


def test_loading_again_gives_the_same_answers(tmp_path):
    answers = []
    for name in ("a.db", "b.db"):
        charger_donnees_embarquees(tmp_path / name)
        referentiels.ouvrir(tmp_path / name)
        answers.append(referentiels.chercher_etablissements("demo") + referentiels.chercher_organismes("demo"))
    assert answers[0] == answers[1]


def test_nothing_is_built_when_nothing_would_change(tmp_path):
    path = tmp_path / "r.db"
    charger_donnees_embarquees(path)
    before = path.stat().st_ino
    assert charger_donnees_embarquees(path) == []
    assert path.stat().st_ino == before
    assert charger_donnees_embarquees(path, demo=False)
    assert path.stat().st_ino != before


def test_every_shipped_file_has_its_attribution():
    sources = (DONNEES / "SOURCES.md").read_text(encoding="utf-8")
    shipped = [path.name for path in DONNEES.iterdir() if path.name != "SOURCES.md"]
    assert len(shipped) == 5
    assert [name for name in shipped if f"`{name}`" not in sources] == []


def test_shipped_codes_pass_the_checks_of_the_forms():
    assert [n["code"] for n in lire("naf.csv") if refus_naf(n["code"])] == []
    assert [i["code"] for i in lire("idcc.csv") if refus_idcc(i["code"])] == []
    assert [c["code"] for c in lire("certifications.csv") if refus_rncp(c["code"])] == []


def test_at_most_150_certifications_are_shipped_and_every_path_of_replacement_exists():
    with open(DONNEES / "certifications.csv", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    assert len(rows) <= 150
    assert {len(c["successeurs"].split()) for c in rows if c["etat"] == "INACTIVE"} == {0, 1, 2}
    known = {c["code"] for c in rows}
    assert {code for c in rows for code in c["successeurs"].split()} <= known


def test_fictional_employers_look_so_and_pass_every_check():
    rows = list(fictifs.etablissements())
    sirens = [e["siret"][:9] for e in rows]
    assert len({e["siret"] for e in rows}) == 60
    assert len(set(sirens)) < 40
    assert [e["siret"] for e in rows if refus_siret(e["siret"]) or not stdnum_siret.is_valid(e["siret"])] == []
    assert all(e["denomination"].endswith("(démo)") for e in rows)
    assert {bool(e["ferme_le"]) for e in rows} == {True, False}
    assert sum(e["siege"] for e in rows) == len(set(sirens))


def test_fictional_organismes_give_every_answer_about_qualiopi():
    rows = list(fictifs.organismes())
    assert len({o["nda"] for o in rows}) == 25
    assert [o for o in rows if refus_siret(o["siret"]) or refus_nda(o["nda"]) or o["nda"][:2] != "99"] == []
    assert {o["actions_de_formation"] for o in rows} == {1, 0, None}


def test_an_import_that_ends_while_loading_waits_is_not_lost(tmp_path):
    path = tmp_path / "r.db"
    charger_donnees_embarquees(path)
    naf = tmp_path / "naf_2025.csv"
    naf.write_text("Code;Libelle\n56.11G;Restauration traditionnelle\n", encoding="utf-8")
    importer(path, "naf2025", [naf])
    newer = path.with_name("newer.db")
    path.rename(newer)
    charger_donnees_embarquees(path)
    waiting = threading.Thread(target=charger_donnees_embarquees, args=(path, False))
    with verrou(path):
        waiting.start()
        time.sleep(0.5)  # by now it has looked at the file, and waits for the lock
        newer.rename(path)
    waiting.join()
    referentiels.ouvrir(path)
    assert referentiels.naf("56.11G").nomenclature == "NAF2025"
    assert referentiels.chercher_etablissements("demo") == []
