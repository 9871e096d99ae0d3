"""TUT-01 to TUT-09: examples of the table and edges."""

from datetime import date

import pytest

from tests.controles.fabrique import SECOND_TUTEUR, message, niveau


def tuteur(**champs):
    return {f"tuteur.{champ}": valeur for champ, valeur in champs.items()}


def second(**champs):
    return {**SECOND_TUTEUR, **{f"tuteur_utilisatrice.{champ}": valeur for champ, valeur in champs.items()}}


INTERIM = {"contrat.nature": "travail_temporaire"}
SALARIE = {"nom": "Le Gall Roux", "prenom": "YANN", "date_naissance": date(2005, 3, 5)}


@pytest.mark.parametrize(
    ("id", "changements", "attendu"),
    [
        ("TUT-01", tuteur(), None),
        ("TUT-01", tuteur(attestation=False), "erreur"),
        ("TUT-01", tuteur(attestation=None), "erreur"),
        *(("TUT-01", tuteur(**{champ: None}), "erreur") for champ in ("nom", "prenom", "emploi", "date_naissance")),
        ("TUT-02", {}, None),
        ("TUT-02", {**INTERIM, **second()}, None),
        ("TUT-02", INTERIM, "erreur"),
        *(("TUT-02", {**INTERIM, **second(**{champ: None})}, "erreur") for champ in ("nom", "prenom", "emploi")),
        ("TUT-02", {**INTERIM, **second(date_naissance=None)}, "erreur"),
        ("TUT-02", {"employeur.forme": "groupement"}, "erreur"),
        ("TUT-02", {"employeur.forme": "geiq"}, "erreur"),
        ("TUT-02", {"employeur.forme": "association_intermediaire"}, "erreur"),
        ("TUT-02", {"employeur.forme": "geiq", **second()}, None),
        ("TUT-02", second(), "alerte"),
        ("TUT-03", tuteur(experience=2), None),
        ("TUT-03", tuteur(experience=1), "erreur"),
        ("TUT-03", {**INTERIM, **second(), **tuteur(experience=1)}, None),
        ("TUT-03", {**INTERIM, **second(experience=1)}, "erreur"),
        ("TUT-04", tuteur(tutorats=3), None),
        ("TUT-04", tuteur(tutorats=4), "erreur"),
        ("TUT-04", tuteur(qualite="employeur", tutorats=2), None),
        ("TUT-04", tuteur(qualite="employeur", tutorats=3), "erreur"),
        ("TUT-04", {**INTERIM, **second(), **tuteur(tutorats=6)}, None),
        ("TUT-04", {**INTERIM, **second(tutorats=4)}, "erreur"),
        ("TUT-05", tuteur(volontaire=True), None),
        ("TUT-05", tuteur(volontaire=False), "erreur"),
        ("TUT-05", tuteur(volontaire=None), "erreur"),
        ("TUT-05", tuteur(qualite="employeur", volontaire=None), None),
        ("TUT-05", {**INTERIM, **second(), **tuteur(volontaire=False)}, None),
        ("TUT-05", {**INTERIM, **second(volontaire=False)}, "erreur"),
        ("TUT-07", tuteur(), None),
        ("TUT-07", tuteur(**SALARIE), "erreur"),
        ("TUT-07", tuteur(**{**SALARIE, "date_naissance": date(1975, 3, 5)}), None),
        ("TUT-07", tuteur(**{**SALARIE, "prenom": "Yannick"}), None),
        ("TUT-07", {**INTERIM, **second(**SALARIE)}, "erreur"),
        ("TUT-08", tuteur(date_naissance=date(1991, 1, 1)), None),
        ("TUT-08", tuteur(date_naissance=date(2006, 9, 1)), None),
        ("TUT-08", tuteur(date_naissance=date(2006, 9, 2)), "alerte"),
        ("TUT-08", tuteur(date_naissance=date(2008, 9, 1)), "alerte"),
        ("TUT-08", tuteur(date_naissance=date(2008, 9, 2)), "erreur"),
        ("TUT-08", tuteur(date_naissance=date(2009, 1, 1)), "erreur"),
        ("TUT-09", tuteur(qualite="salarie"), None),
        ("TUT-09", {**tuteur(qualite="employeur"), "employeur.effectif": 60}, "alerte"),
    ],
)
def test_tuteur(id, changements, attendu):
    assert niveau(id, changements) == attendu


@pytest.mark.parametrize(
    ("qualite", "mots"), [("employeur", "L’employeur suit au plus 2"), ("salarie", "salarié suit au plus 3")]
)
def test_limit_of_the_tutor_is_told(qualite, mots):
    assert mots in message("TUT-04", tuteur(qualite=qualite, tutorats=9))
