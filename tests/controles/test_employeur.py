"""EMP-01 to EMP-11: examples of the table and edges."""

from datetime import date

import pytest

from tests.controles.fabrique import ETABLISSEMENT, SECOND_TUTEUR, autre, constats, message, niveau


def employeur(**champs):
    return {f"employeur.{champ}": valeur for champ, valeur in champs.items()}


PARTICULIER = employeur(particulier_employeur=True, siret=None, naf=None, numero_urssaf="123456")
INTERIM = {"contrat.nature": "travail_temporaire"}


@pytest.mark.parametrize(
    ("id", "changements", "attendu"),
    [
        ("EMP-01", employeur(siret="73282932000074"), None),
        ("EMP-01", employeur(siret="73282932000079"), "erreur"),
        ("EMP-01", {"formation.organisme_siret": "73282932000079"}, "erreur"),
        ("EMP-01", employeur(second_siret="73282932000079"), "erreur"),
        ("EMP-01", employeur(siret="35600000009076"), None),
        ("EMP-02", employeur(siret="35600000009075"), None),
        ("EMP-02", employeur(siret="35600000000048"), None),
        ("EMP-02", employeur(siret="35600000009076"), "erreur"),
        ("EMP-02", employeur(siret="73282932000079"), None),
        ("EMP-05", employeur(), None),
        ("EMP-05", PARTICULIER, None),
        ("EMP-05", {**PARTICULIER, **employeur(naf="9700Z")}, "erreur"),
        ("EMP-05", {**PARTICULIER, **employeur(siret="73282932000074")}, "erreur"),
        ("EMP-05", {**PARTICULIER, **employeur(numero_urssaf=None)}, "erreur"),
        ("EMP-05", employeur(siret=None), "erreur"),
        ("EMP-05", employeur(naf=""), "erreur"),
        ("EMP-05", employeur(numero_urssaf="123456"), "erreur"),
        ("EMP-06", employeur(naf="7820Z"), None),
        ("EMP-06", employeur(naf="782Z"), "erreur"),
        ("EMP-06", {**SECOND_TUTEUR, "tuteur_utilisatrice.naf": "782Z"}, "erreur"),
        ("EMP-07", employeur(naf="5510Z"), None),
        ("EMP-07", employeur(naf="5610A"), "alerte"),
        ("EMP-08", employeur(idcc="1979"), None),
        ("EMP-08", employeur(idcc="9999"), None),
        ("EMP-08", employeur(idcc="9998"), None),
        ("EMP-08", employeur(idcc="0000"), "erreur"),
        ("EMP-08", employeur(idcc="3180"), "alerte"),
        ("EMP-09", employeur(idcc="1979"), None),
        ("EMP-09", employeur(idcc="1486"), "alerte"),
        ("EMP-09", employeur(idcc="9999"), None),
        ("EMP-10", employeur(effectif=42), None),
        ("EMP-10", employeur(effectif=0), None),
        ("EMP-10", employeur(effectif=-1), "erreur"),
        ("EMP-11", employeur(naf="5610A"), None),
        ("EMP-11", {**INTERIM, **employeur(naf="7820Z")}, None),
        ("EMP-11", {**INTERIM, **employeur(naf="5610A")}, "alerte"),
        ("EMP-11", employeur(naf="7820Z"), "alerte"),
        ("EMP-11", {**INTERIM, **employeur(naf="5610A", idcc="2378")}, None),
        ("EMP-11", employeur(idcc="1413"), "alerte"),
    ],
)
def test_employeur(id, changements, attendu):
    assert niveau(id, changements) == attendu


@pytest.mark.parametrize(
    ("ferme_le", "attendu"),
    [(None, None), (date(2025, 3, 1), "erreur"), (date(2026, 9, 1), "erreur"), (date(2026, 9, 2), None)],
)
def test_closed_etablissement(ferme_le, attendu):
    assert niveau("EMP-03", etablissement=autre(ETABLISSEMENT, ferme_le=ferme_le)) == attendu


@pytest.mark.parametrize(("ferme_le", "attendu"), [(None, None), (date(2025, 3, 1), "alerte")])
def test_closed_etablissement_before_the_start_is_known(ferme_le, attendu):
    closed = autre(ETABLISSEMENT, ferme_le=ferme_le)
    assert niveau("EMP-03", {"contrat.date_debut": None}, etablissement=closed) == attendu


@pytest.mark.parametrize(("connu", "attendu"), [(None, None), (True, None), (False, "alerte")])
def test_etablissement_absent_from_sirene(connu, attendu):
    assert niveau("EMP-03", etablissement=None, etablissement_connu=connu) == attendu


@pytest.mark.parametrize(
    ("categorie", "attendu"),
    [
        ("5499", None),
        ("4110", None),
        ("7210", "erreur"),
        ("7111", "erreur"),
        ("7389", "erreur"),
        ("", None),
        (None, None),
    ],
)
def test_excluded_employers(categorie, attendu):
    assert niveau("EMP-04", etablissement=autre(ETABLISSEMENT, categorie_juridique=categorie)) == attendu


@pytest.mark.parametrize(
    ("connu", "jour", "attendu"),
    [
        (None, date(2026, 8, 28), None),
        (True, date(2026, 8, 28), None),
        (False, date(2026, 12, 31), "erreur"),
        (False, date(2027, 1, 1), "alerte"),
    ],
)
def test_naf_list_in_force(connu, jour, attendu):
    assert niveau("EMP-06", naf_connu=connu, jour=jour) == attendu


@pytest.mark.parametrize(("opco", "dit"), [("OPCO EP", "de l’OPCO EP"), ("Atlas", "d’Atlas")])
def test_the_opco_is_named_in_french(opco, dit):
    assert f"relève {dit} et non d’AKTO" in message("EMP-09", opco_idcc=(opco,))


def test_idcc_absent_from_the_list():
    assert niveau("EMP-08", idcc_connu=False) == "erreur"
    assert niveau("EMP-08", employeur(idcc="9999"), idcc_connu=False) is None


@pytest.mark.parametrize("idcc", ["0000", "19790", "3180"])
def test_a_code_that_is_no_idcc_has_no_opco_to_compare(idcc):
    assert niveau("EMP-08", employeur(idcc=idcc)) is not None
    assert niveau("EMP-09", employeur(idcc=idcc)) is None
    assert niveau("EMP-09", employeur(idcc="1486"), idcc_connu=False) is None


@pytest.mark.parametrize(
    ("opco", "opco_idcc", "attendu"),
    [
        ("OPCO 2i", ("OPCO2I",), None),
        ("Uniformation", ("UNIFORMATION COHESION SOCIALE",), None),
        ("AKTO", ("OCAPIAT", "AKTO"), None),
        ("AKTO", ("ATLAS",), "alerte"),
        ("OPCO EP", ("OPCO 2i",), "alerte"),
        ("", ("ATLAS",), None),
        ("Atlas", None, None),
    ],
)
def test_opco_of_the_convention(opco, opco_idcc, attendu):
    assert niveau("EMP-09", opco=opco, opco_idcc=opco_idcc) == attendu


def test_missing_siret_is_marked_as_missing():
    assert [constat.manque for constat in constats("EMP-05", employeur(siret=None))] == [True]
    assert [constat.manque for constat in constats("EMP-01", employeur(siret="1"))] == [False]
