"""FOR-01 to 05, 15 to 17, OF-01 to OF-05: examples of the table and edges."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from forms.controles.parametres import Branche, Parametres
from tests.controles.fabrique import ORGANISME, autre, message, niveau

SIX_MOIS = {"contrat.date_fin": date(2027, 2, 28)}
MEME_SIREN = {"formation.organisme_siret": "73282932000074"}


def formation(**champs):
    return {f"formation.{champ}": valeur for champ, valeur in champs.items()}


@pytest.mark.parametrize(
    ("id", "changements", "attendu"),
    [
        ("FOR-01", formation(heures_total=150), None),
        ("FOR-01", formation(heures_total=149), "erreur"),
        ("FOR-01", formation(heures_total=140), "erreur"),
        ("FOR-01", formation(heures_total=140, mois_etranger=4), "alerte"),
        ("FOR-02", formation(heures_total=280), None),
        ("FOR-02", formation(heures_total=274), None),
        ("FOR-02", formation(heures_total=273), "alerte"),
        ("FOR-02", formation(heures_total=250), "alerte"),
        ("FOR-02", formation(heures_total=242), "alerte"),
        ("FOR-02", formation(heures_total=241), "erreur"),
        ("FOR-02", formation(heures_total=200), "erreur"),
        ("FOR-02", formation(heures_total=200, mois_etranger=4), None),
        ("FOR-03", formation(heures_total=400), None),
        ("FOR-03", formation(heures_total=402), None),
        ("FOR-03", formation(heures_total=403), "alerte"),
        ("FOR-03", formation(heures_total=520), "alerte"),
        ("FOR-04", formation(heures_enseignement=380), None),
        ("FOR-04", formation(heures_enseignement=400), None),
        ("FOR-04", formation(heures_enseignement=401), "erreur"),
        ("FOR-04", formation(heures_enseignement=420), "erreur"),
        ("FOR-04", formation(heures_enseignement=0), "erreur"),
        ("FOR-05", {**SIX_MOIS, **formation(heures_total=200)}, None),
        ("FOR-05", {**SIX_MOIS, **formation(heures_total=905)}, None),
        ("FOR-05", {**SIX_MOIS, **formation(heures_total=906)}, "erreur"),
        ("FOR-05", {**SIX_MOIS, **formation(heures_total=1000)}, "erreur"),
        ("FOR-15", {**MEME_SIREN, **formation(service_interne=True, moyens_attestes=True)}, None),
        ("FOR-15", {**MEME_SIREN, **formation(service_interne=True, moyens_attestes=None)}, "erreur"),
        ("FOR-15", formation(service_interne=True, moyens_attestes=True), "erreur"),
        ("FOR-15", formation(service_interne=False, moyens_attestes=True), "erreur"),
        ("FOR-15", formation(service_interne=False, moyens_attestes=False), None),
        ("FOR-16", formation(), None),
        ("FOR-16", MEME_SIREN, "alerte"),
        ("FOR-16", {**MEME_SIREN, **formation(service_interne=True)}, None),
        ("FOR-17", formation(nombre_organismes=1), None),
        ("FOR-17", formation(nombre_organismes=0), "erreur"),
        ("OF-01", formation(organisme_nda="11751234567"), None),
        ("OF-01", formation(organisme_nda="1175123456"), "erreur"),
        ("OF-01", formation(organisme_nda="1175P234567"), "alerte"),
        ("OF-02", formation(), None),
        ("OF-02", formation(organisme_nda="11751234568"), "alerte"),
        ("OF-02", MEME_SIREN, "alerte"),
        ("OF-03", formation(), None),
    ],
)
def test_formation(id, changements, attendu):
    assert niveau(id, changements) == attendu


LONG = {"contrat.duree_hebdo": 40 * 60, "contrat.date_fin": date(2026, 9, 1) + timedelta(days=6369)}


@pytest.mark.parametrize(
    ("id", "changements", "heures", "attendu"),
    [
        ("FOR-02", {"contrat.date_fin": date(2027, 8, 30)}, 273, None),
        ("FOR-02", {"contrat.date_fin": date(2027, 8, 30)}, 272, "alerte"),
        ("FOR-02", LONG, 4821, "alerte"),
        ("FOR-02", LONG, 4820, "erreur"),
        ("FOR-03", LONG, 8035, None),
        ("FOR-03", LONG, 8036, "alerte"),
        ("FOR-02", {"contrat.date_fin": date(2026, 8, 31), "formation.mois_etranger": 1}, 150, None),
    ],
)
def test_shares_of_contracts_of_whole_hours(id, changements, heures, attendu):
    assert niveau(id, {**changements, **formation(heures_total=heures)}) == attendu


def test_branch_maximum_of_whole_hours():
    parametres = Parametres(branches=(Branche("1979", date(2020, 1, 1), "fictif", part_max_pct=Decimal(40)),))
    assert niveau("FOR-03", {**LONG, **formation(heures_total=12856)}, parametres=parametres) is None
    assert niveau("FOR-03", {**LONG, **formation(heures_total=12857)}, parametres=parametres) == "erreur"


@pytest.mark.parametrize(("heures", "attendu"), [(403, None), (644, None), (645, "erreur")])
def test_branch_maximum_decides_beyond_25_per_cent(heures, attendu):
    branche = Branche("1979", date(2020, 1, 1), "accord fictif", part_max_pct=Decimal(40))
    parametres = Parametres(branches=(branche,))
    assert niveau("FOR-03", formation(heures_total=heures), parametres=parametres) == attendu


@pytest.mark.parametrize(
    ("id", "fin", "heures", "dites"),
    [
        ("FOR-02", date(2027, 9, 5), 245, "soit 245,1 h"),  # 15 % are 245,02 h
        ("FOR-03", date(2027, 8, 13), 383, "(382,9 h)"),  # 25 % are 382,99 h
    ],
)
def test_the_hours_told_are_hours_that_do(id, fin, heures, dites):
    changements = {"contrat.date_fin": fin, **formation(heures_total=heures)}
    assert dites.replace(" h", "\u00a0h") in message(id, changements)


def test_floor_is_told_in_hours():
    assert "241,7\u00a0h" in message("FOR-02", formation(heures_total=200))


@pytest.mark.parametrize(
    ("qualiopi", "interne", "attendu"),
    [(True, False, None), (False, False, "erreur"), (None, False, "alerte"), (False, True, None)],
)
def test_qualiopi_of_an_external_organisme(qualiopi, interne, attendu):
    organisme = autre(ORGANISME, qualiopi={"actions_de_formation": qualiopi, "apprentissage": True})
    assert niveau("OF-03", formation(service_interne=interne), organisme=organisme) == attendu


def test_unknown_organisme_is_an_alerte_only():
    assert niveau("OF-03", organisme=None) == "alerte"
    assert niveau("OF-02", organisme=None, organisme_connu=False) == "alerte"
    assert niveau("OF-02", organisme=None) is None


def test_former_number_of_the_organisme_is_known_too():
    organisme = autre(ORGANISME, nda_precedents=("11750000001",))
    assert niveau("OF-02", formation(organisme_nda="11750000001"), organisme=organisme) is None


@pytest.mark.parametrize(
    ("nda", "qualiopi", "attendu"), [(None, False, None), ("11751234567", False, "alerte"), ("11751234567", True, None)]
)
def test_internal_service_with_a_number_but_no_certificate(nda, qualiopi, attendu):
    organisme = autre(ORGANISME, qualiopi={"actions_de_formation": qualiopi})
    assert niveau("OF-05", formation(service_interne=True, organisme_nda=nda), organisme=organisme) == attendu
