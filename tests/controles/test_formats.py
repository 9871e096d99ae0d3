"""Shapes: examples of EMP-01/02/06/08, NIR-01/02/03/08, OF-01, FOR-08, FMT-01/03/04/05/06, and their edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.controles import formats
from forms.controles.formats import (
    cle_nir,
    refus_code_postal,
    refus_courriel,
    refus_departement,
    refus_idcc,
    refus_naf,
    refus_nda,
    refus_nom,
    refus_rncp,
    refus_siret,
    refus_telephone,
)


def refus_nir(text):
    """What the first of the rules on the number alone says."""
    return next((said for refus in formats.REFUS_NIR.values() if (said := refus(text))), None)


NIRS = [
    "105037511234537",
    "203062B03302101",
    "202112A00401707",
    "198099935002737",
    "204079741102373",
    "105339935001246",
    "205209910900442",
    "109093306301162",
]
BONS = [
    *((refus_nir, nir) for nir in NIRS),
    (refus_nir, "1050375112345"),
    (refus_nir, "7100112345678"),
    (refus_siret, "73282932000074"),
    (refus_siret, "35600000009075"),
    (refus_siret, "35600000000048"),
    (refus_naf, "7820Z"),
    (refus_naf, "78.20Z"),
    (refus_idcc, "1979"),
    (refus_idcc, "9999"),
    (refus_idcc, "9998"),
    (refus_nda, "11751234567"),
    (refus_nda, "1175P234567"),
    (refus_rncp, "RNCP38565"),
    (refus_rncp, "38565"),
    (refus_rncp, "12"),
    (refus_code_postal, "97400"),
    (refus_telephone, "0612345678"),
    (refus_telephone, "+33612345678"),
    (refus_courriel, "a.b@exemple.fr"),
    (refus_courriel, "x" * 64 + "@" + "y" * 12 + ".fr"),
    *(
        (refus_departement, code)
        for code in ("01", "19", "2A", "2B", "21", "95", "971", "978", "984", "986", "988", "99")
    ),
    (refus_nom, "LE GALL-ROUX"),
    (refus_nom, "D’Œuf-Ñandú"),
    (refus_nom, "O'Neill"),
]
MAUVAIS = [
    (refus_nir, "10503751123", "15 caractères"),
    (refus_nir, "10503751123453", "15 caractères"),
    (refus_nir, "203132B03302101", "forme"),
    (refus_nir, "2031X2B033021AA", "chiffres"),
    (refus_nir, "105037511234538", "clé attendue\u00a0: 37"),
    (refus_nir, "505037511234537", "définitif"),
    (refus_nir, "005037511234537", "9 ou 0"),
    (refus_nir, "710011234567", "13 chiffres"),
    (refus_nir, "", "15 caractères"),
    (refus_siret, "73282932000079", "clé"),
    (refus_siret, "73282932100074", "SIREN"),
    (refus_siret, "35600000009076", "multiple de 5"),
    (refus_siret, "7328293200007", "14 chiffres"),
    (refus_siret, "٧3282932000074", "14 chiffres"),
    (refus_naf, "782Z", "78.20Z"),
    (refus_naf, "7820z", "78.20Z"),
    (refus_idcc, "0000", "9999"),
    (refus_idcc, "158", "4 chiffres"),
    (refus_nda, "1175123456", "11 chiffres"),
    (refus_nda, "117512345678", "11 chiffres"),
    (refus_nda, "1175-234567", "11 chiffres"),
    (refus_rncp, "RS5550", "répertoire spécifique"),
    (refus_rncp, "RNCP1", "2 à 5"),
    (refus_rncp, "RNCP123456", "2 à 5"),
    (refus_code_postal, "7500", "5 chiffres"),
    (refus_code_postal, "750012", "5 chiffres"),
    (refus_telephone, "012345", "10 chiffres"),
    (refus_telephone, "0012345678", "10 chiffres"),
    (refus_courriel, "a@b", "nom@domaine.fr"),
    (refus_courriel, "a@b@c.fr", "nom@domaine.fr"),
    (refus_courriel, "a..b@c.fr", "nom@domaine.fr"),
    (refus_courriel, "x" * 64 + "@" + "y" * 13 + ".fr", "80 caractères"),
    *((refus_departement, code, "étranger") for code in ("96", "20", "00", "979", "985", "970", "2C", "")),
    (refus_nom, "M4RTIN", "chiffre"),
    (refus_nom, "Иванов", "latines"),
    (refus_nom, "--", "latines"),
]


@pytest.mark.parametrize(("refus", "text"), BONS)
def test_good_text_passes(refus, text):
    assert refus(text) is None


@pytest.mark.parametrize(("refus", "text", "mots"), MAUVAIS)
def test_bad_text_is_refused_with_what_to_do(refus, text, mots):
    assert mots in refus(text)


@pytest.mark.parametrize("nir", NIRS)
def test_key_of_a_nir(nir):
    assert cle_nir(nir[:13]) == nir[13:]


@given(
    st.sampled_from([getattr(formats, nom) for nom in dir(formats) if nom.startswith("refus_")]), st.text(max_size=90)
)
def test_no_text_raises_and_each_refusal_is_typographic_french(refus, text):
    phrase = refus(text)
    assert phrase is None or (phrase.endswith(".") and " :" not in phrase and "'" not in phrase)
