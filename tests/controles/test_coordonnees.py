"""FMT-01 to FMT-09 as rules on the fields."""

import pytest

from tests.controles.fabrique import niveau


@pytest.mark.parametrize(
    ("id", "changements", "attendu"),
    [
        ("FMT-01", {"employeur.courriel": "a.b@exemple.fr"}, None),
        ("FMT-01", {"salarie.courriel": "a@b"}, "erreur"),
        ("FMT-02", {"salarie.courriel": "lea@y.fr", "employeur.courriel": "rh@x.fr"}, None),
        ("FMT-02", {"salarie.courriel": "RH@x.fr", "employeur.courriel": "rh@x.fr"}, "alerte"),
        ("FMT-03", {"salarie.telephone": "0612345678"}, None),
        ("FMT-03", {"employeur.telephone": "012345"}, "erreur"),
        ("FMT-04", {"salarie.code_postal": "97400"}, None),
        ("FMT-04", {"employeur.code_postal": "7500"}, "erreur"),
        ("FMT-05", {"salarie.nom_naissance": "LE GALL-ROUX"}, None),
        ("FMT-05", {"salarie.nom_naissance": "M4RTIN"}, "erreur"),
        ("FMT-05", {"tuteur.prenom": "Ann3"}, "erreur"),
        ("FMT-06", {"salarie.departement_naissance": "2A"}, None),
        ("FMT-06", {"salarie.departement_naissance": "96"}, "erreur"),
        ("FMT-08", {"salarie.prenom": "A" * 30}, None),
        ("FMT-08", {"employeur.denomination": "A" * 49}, None),
        ("FMT-08", {"employeur.denomination": "A" * 50}, "alerte"),
        ("FMT-08", {"employeur.denomination": "A" * 60}, "alerte"),
        ("FMT-09", {"salarie.numero_france_travail": "1234567A"}, None),
        ("FMT-09", {"salarie.numero_france_travail": "12345678901"}, None),
        ("FMT-09", {"salarie.numero_france_travail": "12"}, "alerte"),
    ],
)
def test_coordonnees(id, changements, attendu):
    assert niveau(id, changements) == attendu


@pytest.mark.parametrize(
    ("commune", "attendu"), [("BORDEAUX", None), ("Bordeaux Cedex 2", None), ("Lyon", "alerte"), ("Bègles", None)]
)
def test_commune_of_the_postal_code(commune, attendu):
    communes = {"33000": ("Bordeaux", "Bègles")}
    assert niveau("FMT-04", {"salarie.commune": commune}, communes_du_code_postal=communes) == attendu


def test_unknown_postal_code_says_nothing():
    assert niveau("FMT-04", {"salarie.commune": "Lyon"}) is None
