"""A person asks for their data: found by NIR or by name and birth, handed over, erased where the law allows."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from models import coffre, personne_concernee, pieces
from models.actes_rgpd import ActeRgpd
from models.base import db, maintenant
from models.dossier import Dossier
from models.exports import Export
from models.notifications import Notification
from models.pieces import Fiche
from models.preentree import retenir as retenir_preentree
from models.saisie import Saisie
from models.sqlite import SqliteEnLigne
from models.tables import TABLES
from models.transmission import ajouter
from tasks.relay import livrer
from tests.client import MEME_SITE
from tests.fabriques import PERSONNE, un_compte, un_dossier, une_structure

NIR = PERSONNE["nir"]
NOM, NAISSANCE = PERSONNE["nom_naissance"], PERSONNE["date_naissance"]
PAR_NOM = {"nom": NOM.lower(), "naissance": f"{NAISSANCE:%d/%m/%Y}"}
ACTE = {"motif": "effacement", "identite": "oui"}


@pytest.fixture
def camille(structure):
    return un_compte(structure)


@pytest.fixture
def gestionnaire(base):
    return un_compte(une_structure("opco", "OPCO fictif"))


@pytest.fixture
def bureau(connecte, gestionnaire):
    return connecte(gestionnaire)


def chercher(bureau, **who):
    return bureau.get("gestion.lister").cliquer("Données d’une personne").soumettre("Rechercher", who, status=200)


def trouves(page):
    return len(page.soup.select("#trouves ~ table tbody tr"))


def un_autre(structure, camille, **changes):
    number = int(f"{NIR[:10]}999")
    return un_dossier(structure, camille, changements={"salarie.nir": f"{number}{97 - number % 97:02d}"} | changes)


def test_a_person_is_found_by_the_whole_nir_and_nobody_else(bureau, structure, camille):
    un_dossier(structure, camille), un_dossier(structure, camille, etat="soumis")
    un_autre(structure, camille)
    un_dossier(structure, camille, changements={"salarie.nir": NIR[:13]})
    assert trouves(chercher(bureau, nir=f"{NIR[:1]} {NIR[1:3]} {NIR[3:]}")) == 3
    assert trouves(chercher(bureau, nir=NIR[:13])) == 3


def test_a_person_is_found_by_name_and_birth_and_no_namesake(bureau, structure, camille):
    un_dossier(structure, camille)
    un_autre(structure, camille, **{"salarie.date_naissance": NAISSANCE + timedelta(days=1)})
    un_autre(structure, camille, **{"salarie.nom_naissance": f"{NOM}-DUPONT"})
    assert trouves(chercher(bureau, **PAR_NOM)) == 1
    assert "Aucun dossier" in chercher(bureau, nom="Inconnue", naissance=PAR_NOM["naissance"]).texte


@pytest.mark.parametrize(("bouton", "answers"), [("Rechercher", PAR_NOM), ("Effacer ce qui peut l’être", ACTE)])
def test_a_name_that_too_many_bear_is_never_answered_by_half(bureau, structure, camille, monkeypatch, bouton, answers):
    un_dossier(structure, camille)
    un_autre(structure, camille, **{"salarie.date_naissance": NAISSANCE + timedelta(days=1)})
    page = chercher(bureau, **PAR_NOM)
    monkeypatch.setattr(personne_concernee, "CANDIDATS", 1)
    page = page.soumettre(bouton, answers, status=422)
    assert "Trop de dossiers portent ce nom" in page.message("nom")
    assert Dossier.select().count() == 2
    assert trouves(chercher(bureau, nir=NIR)) == 1


def test_what_was_typed_and_never_validated_is_found_too(bureau, structure, camille):
    for typed in (
        {"salarie-nir": [f" {NIR}"]},
        {"salarie-nom_naissance": [NOM], "salarie-date_naissance": [PAR_NOM["naissance"]]},
    ):
        dossier = un_dossier(structure, camille, complet=False)
        Saisie.create(dossier=dossier, etape="salarie", compte=camille, version=1, valeurs=typed)
    assert trouves(chercher(bureau, nir=NIR)) == 1
    assert trouves(chercher(bureau, **PAR_NOM)) == 1


@pytest.mark.parametrize("who", [{}, {"nom": NOM}, {"naissance": PAR_NOM["naissance"]}, {"nir": "12"}])
def test_half_a_person_is_not_looked_for(bureau, structure, camille, who):
    un_dossier(structure, camille)
    page = bureau.get("personnes.demander").soumettre("Rechercher", who, status=422)
    assert page.message("nir")
    assert "Dossiers de cette personne" not in page.texte


def test_only_gestionnaires_look_for_people(connecte, camille):
    browser = connecte(camille)
    for endpoint in ("personnes.chercher", "personnes.exporter", "personnes.effacer_la_personne"):
        browser.post(endpoint, {"nir": NIR} | ACTE, status=403)


def exporter(bureau, **more):
    data = {"nir": NIR, "motif": "acces", "identite": "oui"} | more
    return bureau.http.post("/gestion/personnes/export", data=data, headers=MEME_SITE)


def test_the_export_holds_all_of_the_person_and_nothing_of_others(bureau, gestionnaire, structure, camille):
    cerfa = coffre.ranger(io.BytesIO(b"%PDF le cerfa"), 100).id
    dossier = un_dossier(structure, camille, etat="accepte", cerfa=cerfa)
    scan = coffre.ranger(io.BytesIO(b"\x89PNG"), 100)
    Dossier.update(etat="soumis").execute()
    pieces.deposer(dossier.id, "autre", Fiche("carte.png", "image/png", 1), scan, None)
    answer = exporter(bureau)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert "no-store" in answer.headers["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert archive.read("dossier-1/cerfa.pdf") == b"%PDF le cerfa"
        assert archive.read("dossier-1/piece-1.png") == b"\x89PNG"
        (data,) = json.loads(archive.read("donnees.json"))
        html = archive.read("donnees.html").decode()
    assert data["donnees"]["salarie"]["nir"] == NIR
    assert data["donnees"]["salarie"]["date_naissance"] == NAISSANCE.isoformat()
    assert NOM in html
    assert "carte.png" in html
    for other in ("DURAND", camille.nom, gestionnaire.courriel):
        assert other not in html
        assert other not in json.dumps(data)
    (act,) = ActeRgpd.select()
    assert (act.compte_id, act.acte, act.motif, act.dossiers) == (gestionnaire.id, "export", "acces", 1)
    assert "Export des données" in bureau.get("personnes.demander").texte


@pytest.mark.parametrize("missing", ["motif", "identite"])
def test_nothing_is_done_without_a_reason_and_a_checked_identity(bureau, structure, camille, missing):
    dossier = un_dossier(structure, camille)
    page = chercher(bureau, nir=NIR)
    answers = {name: value for name, value in ACTE.items() if name != missing}
    refused = page.soumettre("Effacer ce qui peut l’être", answers, status=422)
    assert refused.message(missing)
    assert trouves(refused) == 1
    assert exporter(bureau, **{missing: ""}).status_code == 422
    assert Dossier.get_or_none(Dossier.id == dossier.id)
    assert ActeRgpd.select().count() == 0


def test_what_the_law_holds_stays_and_is_told(bureau, structure, camille):
    draft = un_dossier(structure, camille)
    held = [un_dossier(structure, camille, etat=etat) for etat in ("soumis", "accepte", "refuse")]
    old = un_dossier(structure, camille, etat="annule")
    Dossier.update(modifie_le=maintenant() - timedelta(days=367)).where(Dossier.id == old.id).execute()
    page = chercher(bureau, nir=NIR)
    assert "conservation obligatoire pendant 1 an après la décision" in page.texte
    assert "conservation obligatoire jusqu’à la décision" in page.texte
    done = page.soumettre("Effacer ce qui peut l’être", ACTE).suivre()
    assert "2 dossiers effacés. 3 restent : la loi en impose encore la conservation." in done.texte
    assert {d.id for d in Dossier.select()} == {d.id for d in held}
    assert draft.id not in {d.id for d in Dossier.select()}
    acts = [act.acte for act in ActeRgpd.select()]
    assert (acts.count("effacement"), acts.count("refus")) == (2, 3)
    lines = [line.texte for line in Notification.select().where(Notification.compte == camille)]
    assert len(lines) == 2
    assert "à la demande de la personne concernée" in lines[0]


def test_a_second_click_finds_nothing_left(bureau, structure, camille):
    un_dossier(structure, camille)
    page = chercher(bureau, nir=NIR)
    page.soumettre("Effacer ce qui peut l’être", ACTE)
    assert "Rien n’a été effacé" in page.soumettre("Effacer ce qui peut l’être", ACTE).suivre().texte


def tout(reglages):
    """All that can be read: every column of every table, decrypted where it is encrypted, and every file."""
    for model in TABLES:
        for row in model.select().dicts():
            yield from (f"{model._meta.table_name}.{name}: {value}" for name, value in row.items())
    for path in reglages["PIECES_DIR"].iterdir():
        yield b"".join(coffre.lire(path.name)).decode("utf-8", "replace")


def fichiers_bruts(reglages):
    """The bytes of the database's own files."""
    return b"".join(path.read_bytes() for path in reglages["DATA_DIR"].rglob("dossiers.db*") if path.is_file())


def partout(structure, camille):
    """A dossier that stands in as many tables and files as it can."""
    organisme = une_structure("organisme", "Organisme fictif")
    cerfa = coffre.ranger(io.BytesIO(f"CERFA de {NOM}".encode()), 1000).id
    dossier = un_dossier(structure, camille, etat="soumis", organisme=organisme, cerfa=cerfa, commentaire=f"Pour {NOM}")
    scan = coffre.ranger(io.BytesIO(f"Carte de {NOM}, {NIR}".encode()), 1000)
    piece = pieces.deposer(dossier.id, "autre", Fiche(f"{NOM}.pdf", "application/pdf", 1), scan, camille.id)
    Saisie.create(dossier=dossier, etape="salarie", compte=camille, version=1, valeurs={"salarie-nir": [NIR]})
    blocs = [("salarie", "Identité", [("salarie.nir", "NIR", NIR)])]
    retenir_preentree(dossier, compte=camille.id, destinataire="a@demo.fictif", blocs=blocs, pieces=[], commentaire=NOM)
    ajouter(dossier.id, "dossier")
    ajouter(dossier.id, "piece", piece.id)
    livrer()
    archive = coffre.ranger(io.BytesIO(f"Export de {NOM}".encode()), 1000).id
    Export.create(compte=camille, dossiers=[dossier.id], nombre=1, etat="pret", coffre_id=archive)
    Dossier.update(etat="refuse", modifie_le=maintenant() - timedelta(days=400)).execute()
    return dossier


def test_nothing_of_an_erased_person_can_be_read_anywhere(bureau, structure, camille, reglages):
    dossier = partout(structure, camille)
    others = {"nom_naissance": "RESTANT", "date_naissance": NAISSANCE + timedelta(days=3)}
    others |= {"telephone": "0600000000", "courriel": "restant@demo.fictif"}
    un_autre(structure, camille, **{f"salarie.{name}": value for name, value in others.items()})
    marks = [NIR, NOM, f"{NAISSANCE:%Y-%m-%d}", PERSONNE["telephone"], PERSONNE["courriel"]]
    before = "\n".join(tout(reglages))
    assert [mark for mark in marks if mark not in before] == []
    page = chercher(bureau, nir=NIR)
    page.soumettre("Effacer ce qui peut l’être", ACTE)
    assert Dossier.get_or_none(Dossier.id == dossier.id) is None
    after = "\n".join(tout(reglages))
    assert [mark for mark in marks if mark in after] == []
    assert "RESTANT" in after
    if isinstance(db.obj, SqliteEnLigne):
        assert b"RESTANT" in fichiers_bruts(reglages)
        assert [mark for mark in marks if mark.encode() in fichiers_bruts(reglages)] == []
