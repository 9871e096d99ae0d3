"""Which pieces a dossier needs."""

from datetime import date

import pytest

from forms.pieces_attendues import GENRES, LIBELLES, manquantes, pieces_attendues, verifier_genres
from models.contenu import vide

BASE = {
    "formation.service_interne": False,
    "salarie.nationalite": "francaise",
    "salarie.situation": "9",
    "salarie.inscrit_france_travail": False,
    "salarie.date_naissance": date(2003, 5, 4),
    "contrat.date_conclusion": date(2026, 9, 1),
    "contrat.type_contrat": "11",
}
TOUJOURS = ["cerfa_signe", "document_formation", "convention_formation"]


def sections(**changes):
    d = vide()
    for champ, value in (BASE | {name.replace("__", "."): value for name, value in changes.items()}).items():
        section, _, column = champ.partition(".")
        setattr(getattr(d, section), column, value)
    return d


def genres(d, obligatoires=(), **options):
    return [a.genre for a in pieces_attendues(d, obligatoires) if a.obligatoire]


def facultatives(d):
    return [a.genre for a in pieces_attendues(d) if not a.obligatoire]


def test_an_ordinary_dossier_needs_three_pieces_and_takes_any_other():
    d = sections()
    assert genres(d) == TOUJOURS
    assert facultatives(d) == ["autre"]


def test_an_internal_training_needs_no_convention():
    assert genres(sections(formation__service_interne=True)) == ["cerfa_signe", "document_formation"]


@pytest.mark.parametrize(
    ("changes", "genre"),
    [
        ({"contrat__type_contrat": "12"}, "convention_tripartite"),
        ({"formation__heures_accueil": 35}, "convention_accueil"),
        ({"formation__mois_etranger": 2}, "convention_mobilite"),
        ({"formation__type_qualification": "8"}, "notification_dgefp"),
        ({"salarie__nationalite": "hors_ue"}, "autorisation_travail"),
    ],
)
def test_a_case_of_the_law_adds_its_mandatory_piece(changes, genre):
    assert genres(sections(**changes)) == [*TOUJOURS, genre]


@pytest.mark.parametrize(
    "changes",
    [{"salarie__nationalite": "ue"}, {"formation__heures_accueil": 0}, {"formation__mois_etranger": 0}],
)
def test_near_to_a_case_is_no_case(changes):
    assert genres(sections(**changes)) == TOUJOURS


def test_an_amendment_of_the_experiment_needs_the_first_contract():
    d = sections(formation__type_qualification="8", contrat__vaut_avenant=True)
    assert genres(d) == [*TOUJOURS, "notification_dgefp", "contrat_initial"]
    assert genres(sections(contrat__vaut_avenant=True)) == TOUJOURS


@pytest.mark.parametrize(
    "changes",
    [
        {"salarie__inscrit_france_travail": True},
        {"salarie__minimum_social": "1"},
        {"salarie__ancien_contrat_aide": True},
        {"salarie__situation": "6"},
        {"salarie__rqth": True},
        {"salarie__equivalence_jeunes": True},
        {"salarie__extension_boe": True},
    ],
)
def test_a_declared_status_asks_for_its_proof_without_naming_it(changes):
    attendues = {a.genre: a for a in pieces_attendues(sections(**changes))}
    reference = {a.genre: a for a in pieces_attendues(sections(salarie__rqth=True))}
    assert attendues == reference
    assert not attendues["justificatif_statut"].obligatoire


@pytest.mark.parametrize(("birth", "minor"), [(date(2008, 9, 1), False), (date(2008, 9, 2), True), (None, False)])
def test_a_minor_at_the_conclusion_needs_an_authorisation(birth, minor):
    d = sections(salarie__date_naissance=birth)
    assert ("autorisation_parentale" in facultatives(d)) is minor


def test_the_setting_replaces_what_is_mandatory():
    asked = verifier_genres(["cerfa_signe", "rib", "convention_tripartite"])
    d = sections()
    assert genres(d, asked) == ["cerfa_signe", "rib"]
    assert "document_formation" in [a.genre for a in pieces_attendues(d, asked)]
    assert genres(sections(contrat__type_contrat="12"), asked) == ["cerfa_signe", "convention_tripartite", "rib"]


def test_an_unknown_genre_in_the_setting_is_told():
    with pytest.raises(ValueError, match="passeport.*cerfa_signe"):
        verifier_genres(["passeport"])


def test_an_empty_dossier_asks_for_what_is_always_needed():
    assert genres(vide()) == TOUJOURS


def test_what_lacks_is_what_is_mandatory_and_not_there():
    attendues = pieces_attendues(sections(salarie__rqth=True))
    assert [a.genre for a in manquantes(attendues, {"cerfa_signe", "autre"})] == TOUJOURS[1:]
    assert manquantes(attendues, set(TOUJOURS)) == []


def test_each_genre_is_declared_once_and_fits_its_column():
    assert len(LIBELLES) == len(GENRES)
    assert max(map(len, LIBELLES)) <= 40
