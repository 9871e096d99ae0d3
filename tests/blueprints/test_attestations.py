"""The filing receipt: what it says, whose digests it holds, and that anybody can compute them again."""

import hashlib
import io
import zipfile

import pytest

from models import coffre, pieces, transmission
from models.dossier import Dossier
from models.gestion import DossierRecu, PieceRecue
from models.pieces import Fiche
from models.transmission import Transmission
from tasks import relay
from tests.client import MEME_SITE
from tests.fabriques import PERSONNE, un_compte, un_dossier, une_structure
from tests.pdf.reading import texte

NUMERO = "2026-000042-61"
CERFA, PIECE = b"%PDF fictif", b"%PDF piece fictive" * 100_000


@pytest.fixture
def dossier(structure):
    """Filed, with one piece; nothing has left yet."""
    cerfa = coffre.ranger(io.BytesIO(CERFA), 1000)
    made = un_dossier(structure, etat="soumis", numero=NUMERO, cerfa=cerfa.id, soumis_le="2026-07-01 22:30:00")
    kept = coffre.ranger(io.BytesIO(PIECE), 10_000_000)
    piece = pieces.deposer(made.id, "cerfa_signe", Fiche("Nom-Fictif.pdf", "application/pdf", 1), kept, None)
    transmission.ajouter(made.id, "dossier")
    transmission.ajouter(made.id, "piece", piece.id)
    return Dossier.get_by_id(made.id)


def attestation(client, dossier):
    answer = client.http.get(f"/dossiers/{dossier.id}/attestation", headers=MEME_SITE)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return " ".join(texte(answer.data).replace("\u00a0", " ").split())


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def test_the_receipt_says_what_was_delivered_and_nothing_of_the_person(employeur, dossier):
    relay.livrer()
    text = attestation(employeur, dossier)
    assert "Attestation de dépôt" in text
    assert NUMERO in text
    assert "Déposé le 2 juillet 2026 à 0 h 30, heure de Paris" in text  # two hours after UTC
    assert DossierRecu.get().numero_gestion in text
    squeezed = text.replace(" ", "")
    for digest in (sha256(CERFA), sha256(PIECE), Transmission.get(Transmission.genre == "dossier").sha256):
        assert digest in squeezed
    for secret in (PERSONNE["nir"], PERSONNE["nom_naissance"], "Nom-Fictif"):
        assert secret not in text


def test_the_digests_are_those_of_the_bytes_that_arrived(dossier):
    relay.livrer()
    row = Transmission.get(Transmission.genre == "dossier")
    data = b"".join(coffre.lire(row.coffre_id))
    assert sha256(data) == row.sha256
    assert DossierRecu.get().document == relay.json.loads(data)
    assert sha256(b"".join(coffre.lire(DossierRecu.get().cerfa))) == row.sha256_cerfa
    assert PieceRecue.get().sha256 == Transmission.get(Transmission.genre == "piece").sha256 == sha256(PIECE)


def test_each_try_delivers_the_bytes_of_the_first_one(dossier):
    row = Transmission.get(Transmission.genre == "dossier")
    first = relay.donnees_figees(row, dossier)
    Dossier.update(commentaire="écrit autrement").execute()
    assert relay.donnees_figees(row, Dossier.get_by_id(dossier.id)) == first
    relay.livrer()
    assert Transmission.get(Transmission.genre == "dossier").sha256 == sha256(first)


def test_there_is_no_receipt_before_the_arrival(employeur, dossier):
    details = employeur.get("dossiers.detailler", dossier_id=dossier.id)
    assert "Attestation de dépôt" not in details.texte
    page = employeur.get("attestations.telecharger", 303, dossier_id=dossier.id).suivre()
    assert "pas encore transmis" in page.texte
    relay.livrer()
    for where in ("dossiers.detailler", "pieces.remercier"):
        page = employeur.get(where, dossier_id=dossier.id)
        assert f"/dossiers/{dossier.id}/attestation" in page.liens()


def test_the_page_computes_the_digests_again_and_sees_what_was_altered(employeur, dossier, reglages):
    relay.livrer()
    page = employeur.get("dossiers.detailler", dossier_id=dossier.id).cliquer("Vérifier l’attestation")
    assert page.texte.count("Identique à ce qui a été transmis") == 3
    Transmission.update(sha256="0" * 64).where(Transmission.genre == "piece").execute()
    coffre.jeter(dossier.cerfa)
    page = employeur.get("attestations.controler", dossier_id=dossier.id)
    assert (
        page.texte.count("Identique") == page.texte.count("Différent") == page.texte.count("n’est plus conservé") == 1
    )


def test_the_files_of_the_export_have_the_digests_of_the_receipt(employeur, dossier):
    relay.livrer()
    answer = employeur.http.get(f"/dossiers/{dossier.id}/export", headers=MEME_SITE)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        data = archive.read(f"{NUMERO}/donnees.json")
    assert sha256(data) in attestation(employeur, dossier).replace(" ", "")


def test_the_receipt_of_others_does_not_exist(connecte, dossier):
    relay.livrer()
    stranger = connecte(un_compte(une_structure(nom="Autre")))
    stranger.get("attestations.telecharger", 404, dossier_id=dossier.id)
    stranger.get("attestations.controler", 404, dossier_id=dossier.id)
