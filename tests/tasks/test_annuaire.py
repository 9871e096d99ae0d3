"""The online search: asked for a SIRET that the register lacks, once, and never waited for long."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from models import referentiels
from tasks import annuaire
from tests.serveur_http import envoyer, serveur_http

SIRET = "55203253400703"
EXEMPLES = Path(__file__).parents[3] / "shared" / "referentiels" / "exemples-api"
SIEGE = {
    "siret": SIRET,
    "numero_voie": "59",
    "type_voie": "AV",
    "libelle_voie": "LA FAYETTE",
    "code_postal": "75009",
    "commune": "75109",
    "libelle_commune": "PARIS",
    "activite_principale": "70.10Z",
    "tranche_effectif_salarie": "12",
    "liste_idcc": ["1486"],
    "est_siege": True,
    "etat_administratif": "A",
    "statut_diffusion_etablissement": "O",
}
UNITE = {"siren": SIRET[:9], "nom_complet": "EXEMPLE (EX)", "nom_raison_sociale": "EXEMPLE", "nature_juridique": "5599"}


def reponse(**siege):
    return {"results": [UNITE | {"siege": SIEGE | siege, "dirigeants": [{"nom": "PERSONNE"}]}], "total_results": 1}


@pytest.fixture
def api():
    """Starts an API that answers so; gives its list of asked paths."""
    opened = []

    def demarrer(answer, status=200, headers=None, wait=0):
        def repondre(handler):
            time.sleep(wait)
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            envoyer(handler, body, status, headers)

        context = serveur_http(repondre)
        url, asked = context.__enter__()
        opened.append(context)
        annuaire.brancher(url)
        return asked

    yield demarrer
    annuaire.brancher("")
    for context in opened:
        context.__exit__(None, None, None)


def test_an_establishment_is_read_and_asked_for_once(api):
    asked = api(reponse())
    found = annuaire.demander("552 032 534 00703")
    assert (found.denomination, found.voie_numero, found.voie) == ("EXEMPLE", "59", "AVENUE LA FAYETTE")
    assert (found.commune, found.naf, found.idcc, found.siege) == ("PARIS", "70.10Z", "1486", True)
    assert found.effectif == "20 à 49 salariés"
    assert annuaire.demander(SIRET) == found
    assert asked == [f"/search?q={SIRET}&per_page=1"]


def test_closed_and_hidden_establishments(api):
    api(reponse(etat_administratif="F", date_fermeture="2026-01-31"))
    assert annuaire.demander(SIRET).ferme_le == date(2026, 1, 31)
    api(reponse(statut_diffusion_etablissement="P"))
    assert annuaire.demander(SIRET) is None


@pytest.mark.parametrize("text", ["", "danone", "552032534", "55203253400704", "55203253400703 lyon"])
def test_only_a_whole_right_siret_is_asked(api, text):
    asked = api(reponse())
    assert annuaire.demander(text) is None
    assert asked == []


def test_nothing_is_asked_when_it_is_not_set():
    annuaire.brancher("")
    assert annuaire.demander(SIRET) is None


def test_unknown_siret_is_remembered_as_such(api):
    asked = api({"results": [], "total_results": 0})
    assert annuaire.demander(SIRET) is None
    assert annuaire.demander(SIRET) is None
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("answer", "status", "headers"),
    [
        (b"{", 200, {}),
        (b"[]", 200, {}),
        (b'{"results": [{"siege": 3}]}', 200, {}),
        (b"", 500, {}),
        (b"", 429, {"Retry-After": "20"}),
        (b"\xff\xfe", 200, {}),
    ],
    ids=["cut", "list", "shape", "500", "429", "bytes"],
)
def test_a_failing_api_is_left_alone_and_blocks_nobody(api, answer, status, headers):
    asked = api(answer, status, headers)
    assert annuaire.demander(SIRET) is None
    assert annuaire.demander(SIRET) is None
    assert len(asked) == 1


def test_an_api_that_does_not_listen_blocks_nobody():
    annuaire.brancher("http://127.0.0.1:9")
    assert annuaire.demander(SIRET) is None
    annuaire.brancher("file:///etc")
    assert annuaire.demander(SIRET) is None
    annuaire.brancher("")


@pytest.mark.skipif(not EXEMPLES.is_dir(), reason="the examples are not on this machine")
def test_real_answer_of_the_api_is_read():
    answer = json.loads((EXEMPLES / "recherche-entreprises_search_siren.json").read_text(encoding="utf-8"))
    found = annuaire.lire(answer, SIRET)
    assert (found.denomination, found.commune, found.code_postal) == ("DANONE", "PARIS", "75009")
    empty = json.loads((EXEMPLES / "recherche-entreprises_search_vide.json").read_text(encoding="utf-8"))
    assert annuaire.lire(empty, SIRET) is None


def test_what_is_found_online_is_shown_and_fills_the_page(api, connecte, base):
    from tests.fabriques import un_compte, une_structure

    assert referentiels.etablissement(SIRET) is None
    api(reponse())
    structure = une_structure()
    compte = un_compte(structure)
    html = connecte(compte).http.get("/recherche/etablissements", query_string={"q": SIRET}).get_data(as_text=True)
    assert f"choisir:etablissements:{SIRET}" in html
    assert "trouvé en ligne" in html
