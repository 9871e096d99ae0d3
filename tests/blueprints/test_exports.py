"""Exports with CERFA and pieces: what is in them, for whom, made by the worker, thrown in time."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest

from forms.preentree import figer
from models import coffre, pieces
from models.base import maintenant
from models.comptes import Habilitation
from models.contenu import ecrire
from models.dossier import Dossier
from models.exports import BAIL, DUREE, ESSAIS, MAX_EN_COURS, Export, finir, oublier_exports, reclamer
from models.journal import Journal
from models.notifications import Notification
from models.pieces import Fiche
from models.preentree import retenir
from tasks import exports
from tasks.archive import Lecteur, archiver
from tasks.ramassage import connus
from tests.client import MEME_SITE
from tests.fabriques import PERSONNE, relire, un_compte, un_dossier, une_habilitation, une_structure

NUMERO = "2026-000042-61"


def fichier(content):
    return coffre.ranger(io.BytesIO(content), 10_000_000)


@pytest.fixture
def depose(structure):
    made = un_dossier(structure, etat="soumis", numero=NUMERO, cerfa=fichier(b"%PDF cerfa").id)
    for name in (b"un", b"deux"):
        fiche = Fiche(f"{PERSONNE['nom_naissance']}.pdf", "application/pdf", 1)
        pieces.deposer(made.id, "cerfa_signe", fiche, fichier(b"%PDF " + name), None)
    return made


def ouvrir(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return archive


def un_seul(client, dossier):
    answer = client.http.get(f"/dossiers/{dossier.id}/export", headers=MEME_SITE)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Cache-Control"] == "no-store"
    return ouvrir(answer.data)


def travailler():
    """What the worker does when the bell rings."""
    exports.exporter.call_local()


def test_one_dossier_is_exported_whole_with_a_manifest(employeur, compte, depose):
    archive = un_seul(employeur, depose)
    names = [f"{NUMERO}/{name}" for name in ("donnees.json", "cerfa.pdf")]
    names += [f"{NUMERO}/pieces/0{rank}-cerfa_signe.pdf" for rank in (1, 2)]
    assert archive.namelist() == [*names, "manifeste.json"]
    lines = json.loads(archive.read("manifeste.json"))["fichiers"]
    assert [line["fichier"] for line in lines] == names
    for line in lines:
        content = archive.read(line["fichier"])
        assert (line["octets"], line["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert json.loads(archive.read(names[0]))["sections"]["salarie"]["nir"] == PERSONNE["nir"]
    assert {
        (row.action, row.compte_id) for row in Journal.select().where(Journal.action.in_(("export", "nir_vu")))
    } == {
        ("export", compte.id),
        ("nir_vu", compte.id),
    }
    assert "Dossier exporté avec ses pièces" in employeur.get("dossiers.detailler", dossier_id=depose.id).texte


def test_a_file_that_is_gone_is_named_and_stops_nothing(employeur, depose):
    coffre.jeter(depose.cerfa)
    lines = json.loads(un_seul(employeur, depose).read("manifeste.json"))["fichiers"]
    assert [line.get("etat", "") for line in lines] == ["", "illisible", "", ""]


def test_who_only_reads_a_draft_exports_no_nir(connecte, structure, employeur):
    draft = un_dossier(structure)
    reader = un_seul(connecte(un_compte(structure, droits="consulter")), draft)
    assert reader.namelist()[0] == f"brouillon-{draft.id}/donnees-sans-nir.json"
    assert PERSONNE["nir"].encode() not in reader.read(reader.namelist()[0])
    assert Journal.select().where(Journal.action == "nir_vu").count() == 0
    assert PERSONNE["nir"].encode() in un_seul(employeur, draft).read(f"brouillon-{draft.id}/donnees.json")


def test_an_organisme_or_a_stranger_exports_nothing(connecte, structure, depose):
    ecole = une_structure("organisme", "Organisme Fictif")
    un_dossier(structure, organisme=ecole, etat="a_valider_employeur")
    for other in (ecole, une_structure(nom="Autre")):
        client = connecte(un_compte(other))
        client.get("exports.exporter", 404, dossier_id=depose.id)
        assert "Aucun dossier à exporter" in client.get("exports.preparer", d=[depose.id]).texte


@pytest.fixture
def ecole(base):
    return une_structure("organisme", "Organisme Fictif")


@pytest.fixture
def transmis(ecole, structure, client):
    """Begun by the organisme with a piece, handed over, taken up: the employer has changed names and added its pay."""
    made = un_dossier(structure, organisme=ecole, changements={"contrat.salaire": None, "salarie.prenom": "Ancien"})
    Dossier.update(structure=None).where(Dossier.id == made.id).execute()
    fiche = Fiche("a.pdf", "application/pdf", 1)
    loaded = pieces.deposer(made.id, "document_formation", fiche, fichier(b"%PDF organisme"), None)
    made, d = relire(made)
    retenir(made, destinataire="x@demo.fictif", blocs=figer(d), pieces=[loaded.id], commentaire="De l’organisme")
    ecrire(made, {}, None, "saisie", structure=structure.id)
    secret = {"salarie": {"prenom": "Nouveau"}, "contrat": {"salaire": Decimal("4321.00"), "emploi": "Emploi-secret"}}
    ecrire(made, secret | {"employeur": {"siret": "55210055400013"}}, None, "saisie", commentaire="De l’employeur")
    pieces.deposer(made.id, "cv", fiche, fichier(b"%PDF employeur"), None)
    return Dossier.get_by_id(made.id)


RESERVES = ("contrat.salaire", "tuteur.attestation", "formation.paiement_direct", "formation.service_interne")
EMPLOYEUR = ("Nouveau", "4321", "4 321", "Emploi-secret", "55210055400013", "552 100 554", "PDF employeur")
SECRETS = [text.encode() for text in (*RESERVES, *EMPLOYEUR, "De l’employeur")]


def texte(archive):
    return b"".join(archive.read(name) for name in archive.namelist())


def test_an_organisme_exports_what_it_entered_and_its_own_pieces(connecte, ecole, transmis):
    compte = un_compte(ecole, "consulter")
    client = connecte(compte)
    page = client.get("preentree.suivre", dossier_id=transmis.id)
    assert [link for link in page.liens() if link.endswith("/export")] == [f"/dossiers/{transmis.id}/export"]
    archive = un_seul(client, transmis)
    folder = f"brouillon-{transmis.id}"
    names = [f"{folder}/{name}" for name in ("saisie.json", "pieces/01-document_formation.pdf")]
    assert archive.namelist() == [*names, "manifeste.json"]
    assert [secret for secret in SECRETS if secret in texte(archive)] == []
    data = json.loads(archive.read(f"{folder}/saisie.json"))
    given = {row["champ"]: row["reponse"] for bloc in data["saisie"] for row in bloc["reponses"]}
    assert (given["salarie.prenom"], data["commentaire"]) == ("Ancien", "De l’organisme")
    assert {row.action for row in Journal.select().where(Journal.compte == compte)} == {"export", "nir_vu"}


def test_the_worker_makes_the_archive_of_an_organisme(connecte, ecole, transmis):
    client = connecte(un_compte(ecole))
    own = un_dossier(organisme=ecole)
    Dossier.update(structure=None).where(Dossier.id == own.id).execute()
    page = client.get("preentree.lister").cliquer("Exporter tout avec les pièces")
    assert "ce que vous avez saisi" in page.texte
    page.soumettre("Préparer l’export").suivre()
    travailler()
    link = client.get("exports.lister").soup.select_one("main a[download]")
    archive = ouvrir(client.http.get(link["href"], headers=MEME_SITE).data)
    assert {name.split("/")[0] for name in archive.namelist()[:-1]} == {f"brouillon-{d.id}" for d in (own, transmis)}
    assert [secret for secret in SECRETS if secret in texte(archive)] == []


def test_an_organisme_exports_no_dossier_of_another_one(connecte, transmis):
    client = connecte(un_compte(une_structure("organisme", "Autre organisme")))
    client.get("exports.exporter", 404, dossier_id=transmis.id)
    page = client.get("exports.preparer", d=[transmis.id], liste="organisme")
    assert "Aucun dossier à exporter" in page.texte
    client.get("exports.preparer", 404, d=[transmis.id], liste="opco")


def test_who_loses_the_employer_does_not_fetch_its_archive_as_the_organisme(connecte, structure, ecole, transmis):
    compte = un_compte(structure)
    une_habilitation(compte, ecole)
    client = connecte(compte)
    demander(client, d=[transmis.id])
    demander(client, d=[transmis.id], liste="organisme")
    travailler()
    whole, own = Export.select().order_by(Export.partie)
    assert b"Emploi-secret" in texte(ouvrir(b"".join(coffre.lire(whole.coffre_id))))
    assert b"Emploi-secret" not in texte(ouvrir(b"".join(coffre.lire(own.coffre_id))))
    Habilitation.delete().where(Habilitation.structure == structure).execute()
    client.get("exports.telecharger", 303, export_id=whole.id)
    assert client.http.get(f"/dossiers/exports/{own.id}", headers=MEME_SITE).status_code == 200


def test_what_an_employer_took_up_while_the_archive_was_made_is_not_in_it(ecole, transmis):
    stale = Dossier.get_by_id(transmis.id)
    stale.structure = None
    lecteur = Lecteur(un_compte(ecole).id, "organisme", list(Habilitation.select()))
    archive = ouvrir(b"".join(archiver([stale], lecteur, "OPCO")))
    assert [secret for secret in SECRETS if secret in texte(archive)] == []


def demander(client, **search):
    page = client.get("exports.preparer", **search)
    return page.soumettre("Préparer l’export").suivre()


def test_a_search_is_exported_by_the_worker_and_the_bell_tells(employeur, compte, structure, depose):
    un_dossier(structure)
    page = demander(employeur, etat="soumis")
    assert "En préparation" in page.texte
    assert Export.get().dossiers == [depose.id]
    travailler()
    bell = Notification.get()
    assert (bell.compte_id, bell.chemin) == (compte.id, "/dossiers/exports")
    link = employeur.get("exports.lister").soup.select_one("main a[download]")
    answer = employeur.http.get(link["href"], headers=MEME_SITE)
    assert int(answer.headers["Content-Length"]) == len(answer.data) == Export.get().taille
    assert f"{NUMERO}/cerfa.pdf" in ouvrir(answer.data).namelist()
    assert b"%PDF cerfa" not in b"".join(path.read_bytes() for path in coffre._lieu["dossier"].iterdir())


def test_checked_dossiers_are_exported_together(employeur, structure, depose):
    draft, foreign = un_dossier(structure), un_dossier(une_structure(nom="Autre"))
    demander(employeur, d=[draft.id, depose.id, foreign.id])
    assert set(Export.get().dossiers) == {draft.id, depose.id}


def test_what_one_may_no_longer_read_is_not_downloaded(employeur, connecte, compte, structure, depose):
    demander(employeur, etat="soumis")
    travailler()
    number = Export.get().id
    connecte(un_compte(structure)).get("exports.telecharger", 404, export_id=number)
    Habilitation.delete().where(Habilitation.compte == compte).execute()
    page = employeur.get("exports.telecharger", 303, export_id=number).suivre()
    assert "ne vous sont plus accessibles" in page.texte


def test_a_right_withdrawn_before_the_worker_comes_exports_nothing(employeur, compte, depose):
    demander(employeur, etat="soumis")
    Habilitation.delete().where(Habilitation.compte == compte).execute()
    travailler()
    assert ouvrir(b"".join(coffre.lire(Export.get().coffre_id))).namelist() == ["manifeste.json"]


def test_what_is_too_large_or_fails_is_said(employeur, depose, monkeypatch, caplog):
    demander(employeur, etat="soumis")
    monkeypatch.setattr(exports, "LIMITE", 10)  # nobody fills two gigabytes
    travailler()
    assert Export.get().etat == "trop_lourd"
    assert "dépasse 2 Go" in Notification.get().texte
    demander(employeur, etat="soumis")
    monkeypatch.setattr(exports, "morceaux", lambda export: 1 / 0)  # no real failure comes when it is called
    for _ in range(ESSAIS):
        travailler()
        Export.update(bail_jusqu_au=maintenant() - timedelta(minutes=1)).where(Export.etat == "en_cours").execute()
    assert [row.etat for row in Export.select().order_by(Export.cree_le, Export.etat.desc())] == [
        "trop_lourd",
        "echoue",
    ]
    assert "ZeroDivisionError" in caplog.text


def test_one_waits_for_three_exports_at_most(employeur, depose):
    for _ in range(MAX_EN_COURS):
        demander(employeur, etat="soumis")
    assert "attendez que l’un d’eux soit prêt" in demander(employeur, etat="soumis").texte
    assert Export.select().count() == MAX_EN_COURS


def test_one_archive_is_made_at_a_time_and_a_dead_worker_leaves_it_to_the_next(employeur, depose):
    for _ in range(2):
        demander(employeur, etat="soumis")
    first = reclamer(maintenant())
    assert reclamer(maintenant()) is None
    later = maintenant() + BAIL + timedelta(seconds=1)
    again = reclamer(later)
    assert (again.id, again.tentatives) == (first.id, 2)
    assert not finir(first, "pret")
    assert finir(again, "pret")
    assert reclamer(later).id != first.id


def test_an_archive_is_thrown_after_its_time(employeur, depose):
    demander(employeur, etat="soumis")
    travailler()
    number, kept = Export.get().id, Export.get().coffre_id
    assert kept in connus()
    assert oublier_exports(maintenant() - DUREE) == 0
    Export.update(cree_le=maintenant() - DUREE - timedelta(hours=1)).execute()
    employeur.get("exports.telecharger", 404, export_id=number)
    assert oublier_exports(maintenant() - DUREE) == 1
    assert kept not in connus()
