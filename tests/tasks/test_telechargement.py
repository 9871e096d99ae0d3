"""Fetching official files from a server of this machine."""

import hashlib
import json
from datetime import UTC, date, datetime

import pytest

from models import referentiels
from tasks.registres import actualisation
from tasks.registres.actualisation import actualiser
from tasks.registres.importation import jour_des_donnees
from tasks.registres.lecture import FichierRefuse
from tasks.registres.telechargement import telecharger
from tests.serveur_http import envoyer, serveur_http

NAF = b"Code;Libelle\n56.11G;Restauration traditionnelle\n82.20Y;Centres d'appels\n" + b"".join(
    b"%02d.11Y;Autre\n" % i for i in range(10, 60)
)


def fichier(handler, body=NAF):
    """Sends `body`, or what of it the Range asks for."""
    start = int((handler.headers.get("Range") or "bytes=0-").removeprefix("bytes=").rstrip("-"))
    envoyer(handler, body[start:], 206 if start else 200)


def chercher(tmp_path, url, adresse=None, data_gouv=""):
    return telecharger(adresse or f"{url}/naf%20é.csv", tmp_path, data_gouv or url, pause=0.01)


def test_a_file_is_fetched_under_a_harmless_name(tmp_path):
    with serveur_http(fichier) as (url, _):
        found = telecharger(f"{url}/a/..%2f..%2fnaf%20e.csv", tmp_path, url)
    assert found.parent == tmp_path
    assert found.read_bytes() == NAF


@pytest.mark.parametrize(
    ("written", "day"), [("Wed, 01 Jul 2026 03:00:00 GMT", date(2026, 7, 1)), ("hier", None), ("", None)]
)
def test_a_fetched_file_is_of_the_day_on_which_it_was_published(tmp_path, written, day):
    with serveur_http(lambda handler: envoyer(handler, NAF, 200, {"Last-Modified": written})) as (url, _):
        found = chercher(tmp_path, url, f"{url}/naf.csv")
    assert jour_des_donnees([found]) == (day or datetime.now(UTC).date())


def test_a_cut_transfer_goes_on_where_it_stopped(tmp_path):
    ranges = []

    def repondre(handler):
        ranges.append(handler.headers.get("Range"))
        if len(ranges) == 1:
            envoyer(handler, NAF[:100], annonce=len(NAF))
            handler.close_connection = True
        else:
            fichier(handler)

    with serveur_http(repondre) as (url, _):
        assert chercher(tmp_path, url, f"{url}/naf.csv").read_bytes() == NAF
    assert ranges == [None, "bytes=100-"]


def test_a_server_that_fails_is_asked_again_then_given_up(tmp_path):
    with serveur_http(lambda handler: envoyer(handler, b"", 503)) as (url, asked):
        with pytest.raises(FichierRefuse, match="réponse 503"):
            chercher(tmp_path, url, f"{url}/naf.csv")
        assert len(asked) == 4
    with serveur_http(lambda handler: envoyer(handler, b"", 404)) as (url, asked):
        with pytest.raises(FichierRefuse, match="réponse 404"):
            chercher(tmp_path, url, f"{url}/naf.csv")
        assert len(asked) == 1
    with pytest.raises(FichierRefuse, match="connexion impossible"):
        chercher(tmp_path, "", "http://127.0.0.1:9/naf.csv")
    with pytest.raises(FichierRefuse, match="http://"):
        telecharger("x", tmp_path, "file:///etc")
    assert list(tmp_path.glob("*.csv")) == []


def gouv(somme, bodies=NAF):
    """A data.gouv.fr whose resources have this checksum."""

    def repondre(handler):
        host = f"http://{handler.headers['Host']}"
        found = {"title": "export-2026-07-05.zip", "url": f"{host}/naf.csv", "checksum": somme}
        older = found | {"title": "export-2026-07-04.zip", "url": f"{host}/older.csv"}
        if handler.path.startswith("/api/2/"):
            envoyer(handler, json.dumps({"resource": found}).encode())
        elif handler.path.startswith("/api/1/"):
            envoyer(handler, json.dumps({"resources": [older, found, {"title": "autre"}]}).encode())
        else:
            envoyer(handler, bodies)

    return repondre


@pytest.mark.parametrize("adresse", ["11111111-2222", "dataset:123#export-"])
def test_the_checksum_of_the_publisher_is_verified(tmp_path, adresse):
    good = {"type": "sha1", "value": hashlib.sha1(NAF, usedforsecurity=False).hexdigest()}
    with serveur_http(gouv(good)) as (url, asked):
        assert chercher(tmp_path, url, adresse).read_bytes() == NAF
        assert asked[-1] == "/naf.csv"
    with serveur_http(gouv(good, NAF[:-1])) as (url, _), pytest.raises(FichierRefuse, match="empreinte"):
        chercher(tmp_path, url, adresse)


def test_without_metadata_the_stable_address_serves(tmp_path):
    def repondre(handler):
        envoyer(handler, b"" if "api" in handler.path else NAF, 404 if "api" in handler.path else 200)

    with serveur_http(repondre) as (url, asked):
        chercher(tmp_path, url, "11111111-2222")
        assert asked[-1] == "/datasets/r/11111111-2222"


@pytest.mark.parametrize("answer", [b"{", b"[]", b"{}", b'{"resources": []}'])
def test_metadata_of_another_shape_are_refused(tmp_path, answer):
    with serveur_http(lambda handler: envoyer(handler, answer)) as (url, _):
        with pytest.raises(FichierRefuse, match="data.gouv.fr"):
            chercher(tmp_path, url, "dataset:123#export-")


def test_a_register_is_fetched_and_imported_at_once(tmp_path):
    with serveur_http(fichier) as (url, _):
        reglages = {
            "DATA_DIR": tmp_path,
            "REFERENTIELS": tmp_path / "r.db",
            "REFERENTIELS_URLS": [f"naf2025={url}/naf_2025.csv"],
            "SIRENE_PERIMETRE": "actifs",
            "DATA_GOUV_URL": url,
        }
        assert actualiser(reglages, "naf2025").lignes == 52
        with pytest.raises(FichierRefuse, match="--url"):
            actualiser(reglages, "nsf")
    referentiels.ouvrir(tmp_path / "r.db")
    assert referentiels.naf("5611G").nomenclature == "NAF2025"
    assert not (tmp_path / "telechargements" / "naf2025").exists()


def test_each_month_the_chosen_registers_are_renewed_and_one_that_fails_stops_no_other(tmp_path, caplog):
    with serveur_http(fichier) as (url, _):
        actualisation.brancher(
            {
                "DATA_DIR": tmp_path,
                "REFERENTIELS": tmp_path / "r.db",
                "REFERENTIELS_MENSUELS": ["nsf", "naf2025"],
                "REFERENTIELS_URLS": [f"nsf={url}/naf_2025.csv", f"naf2025={url}/naf_2025.csv"],
                "SIRENE_PERIMETRE": "actifs",
                "DATA_GOUV_URL": url,
            }
        )
        actualisation.actualiser_les_registres.call_local()
        actualisation.brancher({"REFERENTIELS_MENSUELS": []})
    referentiels.ouvrir(tmp_path / "r.db")
    assert referentiels.source("naf2025").lignes == 52
    assert referentiels.source("nsf").importe_le is None
    assert "register nsf not renewed" in caplog.text
