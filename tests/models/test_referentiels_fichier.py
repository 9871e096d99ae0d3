"""The search file: absent, replaced, of another release, half built."""

import sqlite3
import threading
from datetime import date

import pytest

from models import referentiels
from models.referentiels.ecriture import construire, inserer
from models.referentiels.schema import TABLES

LE = date(2026, 11, 23)


def une_certification(code, remplacee_par="", actif=1, date_fin="2030-01-01"):
    values = {"code": code, "intitule": code, "actif": actif, "date_fin": date_fin, "remplacee_par": remplacee_par}
    return tuple(values.get(column) for column in TABLES["certification"].colonnes), f"{code} titre"


def un_fichier(path, *certifications):
    with construire(path) as connexion:
        inserer(connexion, "certification", certifications)
    referentiels.ouvrir(path)


def test_nothing_is_known_without_a_file(tmp_path):
    referentiels.ouvrir(tmp_path / "none.db")
    assert referentiels.chercher_communes("lyon") == []
    assert referentiels.certification("38362") is None
    assert referentiels.certification_active("38362", LE) is None
    assert referentiels.sources() == []


def test_new_file_is_seen_by_a_reader_that_has_the_old_one_open(tmp_path):
    path = tmp_path / "référentiels ?.db"
    referentiels.ouvrir(path)
    assert referentiels.certification("RNCP1") is None
    un_fichier(path, une_certification("RNCP1"))
    assert referentiels.certification("RNCP1").intitule == "RNCP1"
    un_fichier(path, une_certification("RNCP2"))
    assert referentiels.certification("RNCP1") is None
    assert referentiels.certification("RNCP2").intitule == "RNCP2"


def test_readers_never_see_a_half_built_file(tmp_path):
    path = tmp_path / "r.db"
    un_fichier(path, *[une_certification(f"RNCP{i}") for i in range(100)])
    seen, stop = set(), threading.Event()

    def read():
        while not stop.is_set():
            seen.add(len(referentiels.chercher_certifications("titre")))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(20):
        un_fichier(path, *[une_certification(f"RNCP{i}") for i in range(100)])
    stop.set()
    for reader in readers:
        reader.join()
    assert seen == {12}


def test_builder_that_fails_leaves_the_file_in_service(tmp_path):
    path = tmp_path / "r.db"
    un_fichier(path, une_certification("RNCP1"))
    with pytest.raises(sqlite3.IntegrityError), construire(path) as connexion:
        inserer(connexion, "certification", [une_certification("RNCP2"), une_certification("RNCP2")])
    assert referentiels.certification("RNCP1")
    assert [p.name for p in tmp_path.glob("*.nouveau")] == []


def test_remains_of_a_killed_builder_do_no_harm(tmp_path):
    path = tmp_path / "r.db"
    (tmp_path / "r.db.nouveau").write_bytes(b"half a file")
    un_fichier(path, une_certification("RNCP1"))
    assert referentiels.certification("RNCP1")


def test_two_builders_wait_for_each_other(tmp_path):
    path = tmp_path / "r.db"
    builders = [
        threading.Thread(target=un_fichier, args=(path, *(une_certification(f"RNCP{i}{j}") for j in range(50))))
        for i in range(1, 5)
    ]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert len({c.code[:5] for c in referentiels.chercher_certifications("titre")}) == 1


def test_file_of_another_release_is_not_read(tmp_path, caplog):
    path = tmp_path / "r.db"
    un_fichier(path, une_certification("RNCP1"))
    with sqlite3.connect(path) as connexion:
        connexion.execute("pragma user_version = 99")
    connexion.close()
    assert referentiels.certification("RNCP1") is None
    assert "another release" in caplog.text


def test_readers_cannot_write(tmp_path):
    un_fichier(tmp_path / "r.db", une_certification("RNCP1"))
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        referentiels.fichier.lire("delete from certification")


@pytest.mark.parametrize(
    ("links", "after"),
    [
        ({"RNCP1": "RNCP2", "RNCP2": "RNCP1"}, []),
        ({"RNCP1": "RNCP1"}, []),
        ({"RNCP1": "RNCP2", "RNCP2": "RNCP3", "RNCP3": "RNCP4 RNCP2"}, ["RNCP4"]),
        ({"RNCP1": "RNCP2 RNCP4", "RNCP2": "RNCP4"}, ["RNCP4"]),
        ({"RNCP1": "RS5550 RNCP4"}, ["RNCP4"]),
        ({"RNCP1": "RNCP4 RNCP5"}, ["RNCP4", "RNCP5"]),
    ],
)
def test_replacements_are_followed_to_the_first_active_one(tmp_path, links, after):
    ended = [une_certification(f"RNCP{i}", links.get(f"RNCP{i}", ""), 0, "2020-01-01") for i in (1, 2, 3)]
    active = [une_certification("RNCP4", "RNCP5"), une_certification("RNCP5")]
    un_fichier(tmp_path / "r.db", *ended, *active)
    assert [c.code for c in referentiels.successeurs("RNCP1", LE)] == after


def test_record_withdrawn_before_its_end_is_not_active(tmp_path):
    un_fichier(tmp_path / "r.db", une_certification("RNCP1", actif=0), une_certification("RNCP2", "", 0, None))
    assert not referentiels.certification("RNCP1").active(LE)
    assert not referentiels.certification("RNCP2").active(LE)
