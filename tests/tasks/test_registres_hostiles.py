"""What an import refuses, and that the register in service stays untouched."""

import gzip
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest

from models import referentiels
from models.referentiels.ecriture import construire, verrou
from tasks.registres.importation import importer
from tasks.registres.lecture import FichierRefuse

ENTETE = (
    "numeroDeclarationActivite;numerosDeclarationActivitePrecedent;denomination;siren;siretEtablissementDeclarant;"
    "adressePhysiqueOrganismeFormation.voie;adressePhysiqueOrganismeFormation.codePostal;"
    "adressePhysiqueOrganismeFormation.ville;certifications.actionsDeFormation;certifications.bilansDeCompetences;"
    "certifications.VAE;certifications.actionsDeFormationParApprentissage;\n"
)
LIGNE = '"{nda}";;"{nom}";"000009001";"00000900100018";"1 rue";"33000";"Bordeaux";true;;false;;\n'
BON = ENTETE + LIGNE.format(nda="75331234533", nom="Organisme premier")


@pytest.fixture(scope="module")
def un_organisme(tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("un")
    shutil.copyfile(request.getfixturevalue("referentiels"), folder / "r.db")
    importer(folder / "r.db", "organismes", [ecrire(folder / "bon.csv", BON)])
    return folder


@pytest.fixture
def registre(tmp_path, un_organisme):
    """A search file in service with one organisme; the import of anything else must leave it so."""
    for name in ("r.db", "bon.csv"):
        shutil.copyfile(un_organisme / name, tmp_path / name)
    referentiels.ouvrir(tmp_path / "r.db")
    return tmp_path / "r.db"


def ecrire(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zipper(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return path


def refuser(registre, *paths, genre="organismes", **options):
    """The sentence of the refusal; the register in service has not moved."""
    before = registre.stat().st_ino
    with pytest.raises(FichierRefuse) as refus:
        importer(registre, genre, list(paths), **options)
    assert registre.stat().st_ino == before
    assert [o.denomination for o in referentiels.chercher_organismes("organisme")] == ["Organisme premier"]
    assert {p.suffix for p in registre.parent.iterdir()} & {".nouveau", ".travail"} == set()
    return str(refus.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "est vide"),
        (b"\n\n", "est vide"),
        ("SIRET|IDCC|OPCO_PROPRIETAIRE\n1|2|3\n", "il manque les colonnes « numeroDeclarationActivite »"),
        (BON.replace("certifications.VAE", "certifications.vee"), "il manque la colonne « certifications.VAE »"),
        (BON.replace("premier", "é").encode("latin-1"), "n’est pas en UTF-8"),
        (BON.encode("utf-16"), "n’est pas en UTF-8"),
        (BON + "\0", "octets nuls"),
        (BON + "x" * 2_000_000, "plus d’un million de caractères"),
        (BON + '"' + "x;\n" * 300_000, "guillemet"),
        (BON[:-60], "s’arrête au milieu de la ligne 2"),
        (ENTETE, "Aucune ligne à prendre"),
        (ENTETE + "1;2;3\n" * 5, "Aucune ligne à prendre"),
        (b"PAR1" + b"\0" * 100, "Parquet"),
        (b"PK\x03\x04 cut", "tronquée ou abîmée"),
        (b"\x1f\x8b\x08\0\0\0\0\0 cut", "tronquée ou abîmée"),
        (gzip.compress(BON.encode())[:-12], "tronquée ou abîmée"),
    ],
    ids=range(16),
)
def test_a_file_that_is_not_the_one_expected_is_refused_in_french(registre, tmp_path, content, says):
    assert says in refuser(registre, ecrire(tmp_path / "mauvais.csv", content))


def test_absent_files_folders_and_too_many_files_are_refused(registre, tmp_path):
    assert "introuvable" in refuser(registre, tmp_path / "absent.csv")
    assert "introuvable" in refuser(registre, tmp_path)
    assert "un seul fichier" in refuser(registre, tmp_path / "bon.csv", tmp_path / "bon.csv")
    alone = ecrire(tmp_path / "e.csv", "siren;siret;etatAdministratifEtablissement\n1;2;A\n")
    assert "donnez aussi celui des unités légales" in refuser(registre, alone, genre="sirene")


def test_truncated_archive_is_refused(registre, tmp_path):
    whole = zipper(tmp_path / "z.zip", liste__csv=BON * 50).read_bytes()
    for cut in (len(whole) // 2, len(whole) - 10, 30):
        assert "tronquée ou abîmée" in refuser(registre, ecrire(tmp_path / "coupe.zip", whole[:cut]))
        assert "tronquée ou abîmée" in refuser(registre, tmp_path / "coupe.zip", genre="rncp")
    damaged = bytearray(whole)
    damaged[60] ^= 0xFF
    assert "tronquée ou abîmée" in refuser(registre, ecrire(tmp_path / "abime.zip", bytes(damaged)))


@pytest.mark.parametrize(("genre", "code"), [("naf", "56.11G"), ("naf2025", "56.10A")])
def test_one_nomenclature_is_not_taken_for_the_other(registre, tmp_path, genre, code):
    other = ecrire(tmp_path / "naf.csv", f"Code;Libelle\n{code};Restauration\n")
    assert "Aucune ligne à prendre" in refuser(registre, other, genre=genre)


def test_bombs_are_refused(registre, tmp_path):
    bomb = zipper(tmp_path / "bombe.zip", liste__csv=ENTETE.encode() + b"a;" * 6_000_000)
    assert "se décompresse plus de 200 fois" in refuser(registre, bomb)
    packed = ecrire(tmp_path / "bombe.csv.gz", gzip.compress(ENTETE.encode() + (b"a;" * 1000 + b"\n") * 6_000))
    assert "se décompresse plus de 200 fois" in refuser(registre, packed)


def test_archive_with_other_members_is_refused(registre, tmp_path):
    assert "aucun fichier" in refuser(registre, zipper(tmp_path / "vide.zip"))
    two = zipper(tmp_path / "deux.zip", a__csv=BON, b__csv=BON)
    assert "plusieurs fichiers" in refuser(registre, two)


def test_entities_in_xml_are_refused(registre, tmp_path):
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><FICHES><FICHE>&b;</FICHE></FICHES>'
    )
    assert "entités" in refuser(registre, ecrire(tmp_path / "rncp.xml", laughs), genre="rncp")
    assert "XML complet" in refuser(registre, ecrire(tmp_path / "rncp.xml", "<FICHES><FICHE>"), genre="rncp")
    assert "aucune FICHE" in refuser(registre, ecrire(tmp_path / "rncp.xml", "<FICHES/>"), genre="rncp")


def test_rejected_rows_are_reported_by_line_and_reason_and_name_nobody(registre, tmp_path):
    rows = [LIGNE.format(nda=f"7533123{i:04}", nom=f"Organisme {i}") for i in range(40)]
    rows.insert(3, LIGNE.format(nda="", nom="DUPONT Jeanne"))
    rows.insert(10, rows[0])
    rows.insert(20, "trop;court\n")
    report = importer(registre, "organismes", [ecrire(tmp_path / "l.csv", ENTETE + "".join(rows))])
    assert (report.lignes, report.rejets, report.lus) == (40, 3, 43)
    listed = report.liste.read_text(encoding="utf-8")
    assert "l.csv;5;sans numéro" in listed
    assert "l.csv;12;même numéro et même SIRET qu’à la ligne 2" in listed
    assert "l.csv;22;2 colonnes au lieu de" in listed
    assert "DUPONT" not in listed + str(report)


def test_differences_from_the_version_before_are_told(registre, tmp_path):
    lines = [LIGNE.format(nda="75331234533", nom="Renommé"), LIGNE.format(nda="75331234534", nom="Nouveau")]
    report = importer(registre, "organismes", [ecrire(tmp_path / "n.csv", ENTETE + "".join(lines))])
    assert report.differences == (1, 1, 0)
    again = importer(registre, "organismes", [ecrire(tmp_path / "n.csv", ENTETE + lines[1])])
    assert again.differences == (0, 0, 1)
    assert "1 disparues" in str(again)


def test_a_file_with_many_rejects_or_few_rows_is_taken_by_force_only(registre, tmp_path):
    rows = [LIGNE.format(nda=f"7533123{i:04}", nom=f"Organisme {i}") for i in range(40)]
    importer(registre, "organismes", [ecrire(tmp_path / "quarante.csv", ENTETE + "".join(rows))])
    few = ecrire(tmp_path / "peu.csv", ENTETE + "".join(rows[:19]))
    with pytest.raises(FichierRefuse, match="incomplet"):
        importer(registre, "organismes", [few])
    assert importer(registre, "organismes", [few], forcer=True).lignes == 19
    bad = ecrire(tmp_path / "rejets.csv", ENTETE + "".join(rows) + "x;y\n" * 10)
    with pytest.raises(FichierRefuse, match="10 lignes rejetées sur 50"):
        importer(registre, "organismes", [bad])


def test_two_imports_at_once_are_refused(registre, tmp_path):
    with verrou(registre):
        assert "Un autre import est en cours" in refuser(registre, tmp_path / "bon.csv")


def test_readers_are_answered_while_a_register_is_replaced(registre, tmp_path):
    seen, stop = set(), threading.Event()

    def read():
        while not stop.is_set():
            seen.add((len(referentiels.chercher_organismes("organisme")), len(referentiels.chercher_communes("lyon"))))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(3):
        importer(registre, "organismes", [tmp_path / "bon.csv"])
    stop.set()
    reader.join()
    assert seen == {(1, 12)}


def test_full_disk_leaves_everything_as_it_was(registre, tmp_path):
    """In a process that may not write large files, as on a full disk."""
    rows = "".join(LIGNE.format(nda=f"75{i:09}", nom=f"Organisme numéro {i}") for i in range(30_000))
    path = ecrire(tmp_path / "gros.csv", ENTETE + rows)
    code = (
        "import sys; from pathlib import Path; from tasks.registres.importation import importer\n"
        "from tasks.registres.lecture import FichierRefuse\n"
        "try: importer(Path(sys.argv[1]), 'organismes', [Path(sys.argv[2])])\n"
        "except FichierRefuse as refus: print(refus)"
    )
    size = registre.stat().st_size + 500_000

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    before = registre.stat().st_ino
    done = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-c", code, str(registre), str(path)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
        cwd=Path(__file__).parents[2],
    )
    assert "faute de place sur le disque" in done.stdout, done.stderr
    assert registre.stat().st_ino == before
    assert [o.denomination for o in referentiels.chercher_organismes("organisme")] == ["Organisme premier"]


def test_an_import_that_was_killed_is_simply_started_again(registre, tmp_path):
    rows = "".join(LIGNE.format(nda=f"75{i:09}", nom=f"Organisme numéro {i}") for i in range(30_000))
    path = ecrire(tmp_path / "gros.csv", ENTETE + rows)
    code = (
        "import sys; from pathlib import Path; from tasks.registres.importation import importer\n"
        "importer(Path(sys.argv[1]), 'organismes', [Path(sys.argv[2])])"
    )
    line = [sys.executable, "-c", code, str(registre), str(path)]
    process = subprocess.Popen(line, cwd=Path(__file__).parents[2])  # noqa: S603 (our own words)
    half = registre.with_name(registre.name + ".nouveau")
    while process.poll() is None and not (half.exists() and half.stat().st_size > 1_000_000):
        time.sleep(0.01)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert [o.denomination for o in referentiels.chercher_organismes("organisme")] == ["Organisme premier"]
    again = importer(registre, "organismes", [ecrire(tmp_path / "encore.csv", BON.replace("premier", "second"))])
    assert again.lignes == 1
    assert [o.denomination for o in referentiels.chercher_organismes("organisme")] == ["Organisme second"]
    assert not half.exists()


def test_the_other_registers_are_kept_with_their_words(registre, tmp_path):
    assert referentiels.chercher_communes("bordeaux")[0].libelle == "Bordeaux"
    assert referentiels.chercher_communes("bordaux")[0].libelle == "Bordeaux"
    assert referentiels.communes_de("33000")[0].libelle == "Bordeaux"
    assert referentiels.opco_de("1979") == "AKTO"
    with sqlite3.connect(registre) as connexion:
        assert connexion.execute("pragma integrity_check").fetchone() == ("ok",)
        connexion.execute("insert into commune_mots (commune_mots) values ('integrity-check')")
    connexion.close()
    with construire(registre, garder=("commune",)):
        pass
    assert referentiels.chercher_communes("bordeaux")
    assert not referentiels.chercher_organismes("organisme")
