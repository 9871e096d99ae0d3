"""Searching and looking up, on the registers that come with the portal."""

import threading
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import siret as stdnum_siret

from models import referentiels
from models.referentiels import certifications, fichier
from models.referentiels.recherche import LIMITE

LE = date(2026, 11, 23)
PARTAGE = "8211"
RECHERCHES = (
    referentiels.chercher_etablissements,
    referentiels.chercher_organismes,
    referentiels.chercher_certifications,
    referentiels.chercher_communes,
    referentiels.chercher_naf,
    referentiels.chercher_idcc,
)
CONSULTATIONS = (
    referentiels.etablissement,
    referentiels.organisme,
    referentiels.certification,
    referentiels.commune,
    referentiels.departement,
    referentiels.naf,
    referentiels.idcc,
    referentiels.nsf,
    referentiels.opco_de,
)
HOSTILES = (
    "",
    " ",
    '"',
    "'",
    'a" OR "b',
    "NEAR(a b, 2)",
    "a AND NOT b",
    "texte:a",
    "^a",
    "a*",
    "-",
    "()",
    "{a b}",
    "a + b",
    "%_",
    "\x00",
    "a\x00b",
    "\ud800",
    "é\u0301",
    "🙂",
    "🙂 hôtel",
    "ﬁ",
    "ß",
    "١٢٣",
    "a" * 1_000_000,
    "a " * 500_000,
    "9" * 1_000_000,
    "; drop table commune",
    "٣٣٠٠٠",
    "\u00b2",
    "\U000e0041",
)


@pytest.fixture(autouse=True)
def registres(referentiels):
    fichier.ouvrir(referentiels)


@pytest.mark.parametrize("q", HOSTILES, ids=lambda q: ascii(q[:12]))
def test_no_text_makes_a_search_fail(q):
    for chercher in RECHERCHES:
        assert len(chercher(q)) <= LIMITE
    for consulter in CONSULTATIONS:
        consulter(q)
    assert referentiels.successeurs(q, LE) == []


@given(st.text(max_size=30))
def test_random_text_neither_fails_nor_floods(q):
    for chercher in RECHERCHES:
        assert len(chercher(q)) <= LIMITE


@pytest.mark.parametrize(
    "q",
    ["boulang lyon", "LYON  Boulang", "69002 boulangerie", "démo boul ly", "boul, (lyon)"],
)
def test_words_find_in_any_order(q):
    found = referentiels.chercher_etablissements(q)
    assert [(e.denomination, e.commune) for e in found] == [("Boulangerie Modèle des Deux Rives (démo)", "Lyon")]


@pytest.mark.parametrize(
    "q",
    ["bulangerie lyon", "boulamgerie lyon", "boulangreie lyon", "lyon bboulang", "boulangerie lyom", "oulangerie lyon"],
)
def test_one_typing_mistake_is_tolerated(q):
    found = referentiels.chercher_etablissements(q)
    assert ("Boulangerie Modèle des Deux Rives (démo)", "Lyon") in {(e.denomination, e.commune) for e in found}


@pytest.mark.parametrize("q", ["bulamgerie lyon", "bulangerie lyom", "xyz", "33001", "lyon xylophone"])
def test_two_mistakes_short_words_and_numbers_are_not_corrected(q):
    assert referentiels.chercher_etablissements(q) == []


def test_mistakes_are_tolerated_in_every_register():
    assert referentiels.chercher_communes("bordaux")[0].libelle == "Bordeaux"
    assert "1979" in {i.code for i in referentiels.chercher_idcc("hotles cafes")}
    assert "56.10A" in {n.code for n in referentiels.chercher_naf("restauartion traditionnelle")}
    assert referentiels.chercher_certifications("managment commercial")[0].code == "RNCP38362"
    assert referentiels.chercher_organismes("acadmie bordeaux") == referentiels.chercher_organismes("academie bordeaux")


def test_what_is_spelled_right_is_not_corrected():
    found = referentiels.chercher_communes("lyons")
    assert found
    assert all("lyons" in c.libelle.lower() for c in found)


def test_certification_by_words_and_level():
    found = referentiels.chercher_certifications("commercial niveau 5")
    assert {c.niveau for c in found} == {5}


@pytest.mark.parametrize("q", ["st etienne", "SAINT-ÉTIENNE", "Saint Étienne", "saint-etien"])
def test_saint_is_found_however_it_is_written(q):
    assert "42218" in {c.code for c in referentiels.chercher_communes(q)}
    assert {e.commune for e in referentiels.chercher_etablissements(q)} == {"Saint-Étienne"}


def test_ligatures_and_accents_are_ignored():
    assert referentiels.chercher_etablissements("oeuvre")[0].denomination.startswith("Œuvre")
    assert referentiels.chercher_etablissements("ŒUVRE") == referentiels.chercher_etablissements("oeuvre")
    assert referentiels.chercher_communes("l hay les roses")[0].libelle == "L'Haÿ-les-Roses"


def test_siret_and_siren_are_found_however_they_are_grouped():
    hotel = referentiels.chercher_etablissements("hotel port bordeaux")[0]
    siret = hotel.siret
    grouped = f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}"
    for q in (siret, grouped, f"hotel {grouped}", f"{siret} bordeaux"):
        assert referentiels.chercher_etablissements(q) == [hotel]
    for q in (hotel.siren, grouped[:11]):
        found = referentiels.chercher_etablissements(q)
        assert found[0] == hotel
        assert {e.siren for e in found} == {hotel.siren}
    assert hotel in referentiels.chercher_etablissements(siret[:7])
    assert referentiels.etablissement(grouped) == hotel
    assert referentiels.etablissement(siret[:13]) is None


def test_few_digits_are_a_postal_code_then_the_beginning_of_a_siret():
    assert {e.code_postal for e in referentiels.chercher_etablissements("33000")} == {"33000"}
    assert len(referentiels.chercher_etablissements("000")) == LIMITE


def test_active_stands_before_closed_and_head_office_before_the_others():
    found = referentiels.chercher_etablissements("hotel port")
    ranks = [(e.ferme_le is not None, not e.siege) for e in found]
    assert len(found) > 1
    assert ranks == sorted(ranks)


def test_establishment_is_told_its_opco_by_its_agreement():
    hotel = referentiels.chercher_etablissements("hotel port bordeaux")[0]
    assert (hotel.idcc, hotel.opco) == ("1979", "AKTO")
    sans_idcc = referentiels.chercher_etablissements("agence de voyages")[0]
    assert (sans_idcc.idcc, sans_idcc.opco) == (None, None)


@pytest.mark.parametrize("saut", [" ", "", "."])
def test_organisme_is_found_by_name_town_and_numbers(saut):
    first = referentiels.chercher_organismes("academie bordeaux")[0]
    nda = saut.join((first.nda[:2], first.nda[2:4], first.nda[4:]))
    assert referentiels.chercher_organismes(nda) == [first]
    assert referentiels.organisme(nda=nda) == first
    assert referentiels.organisme(siret=first.siret) == first
    assert referentiels.organisme(siret=first.siret, nda="00000000000") == first
    assert referentiels.organisme() is None


def test_unknown_qualiopi_is_not_no():
    answers = {o.qualiopi["actions_de_formation"] for q in "aceil" for o in referentiels.chercher_organismes(q)}
    assert answers == {True, False, None}


@pytest.mark.parametrize("q", ["38362", "rncp 38362", "RNCP38362", "management commercial", "bts operationnel"])
def test_certification_is_found_by_code_or_words(q):
    assert referentiels.chercher_certifications(q)[0].code == "RNCP38362"


def test_certification_says_what_the_register_says():
    found = referentiels.certification("38362")
    assert found == referentiels.certification("RNCP 38362")
    assert (found.intitule, found.niveau, found.abrege) == ("Management commercial opérationnel", 5, "BTS")
    assert (found.actif, found.date_fin, found.certificateur) == (True, date(2028, 12, 31), None)
    assert referentiels.certification("RNCP34031").nsf == ("310", "312")


def test_active_certifications_stand_first():
    found = referentiels.chercher_certifications("tp")
    ended = [not c.active(LE) for c in referentiels.chercher_certifications("tourisme")]
    assert len(found) == LIMITE
    assert any(ended)
    assert ended == sorted(ended)


def test_a_certification_that_ended_since_the_export_gives_way(monkeypatch):
    later = date(2027, 12, 1)
    monkeypatch.setattr(certifications, "aujourdhui", lambda: later)
    ended = [not c.active(later) for c in referentiels.chercher_certifications("comptable")]
    assert set(ended) == {True, False}
    assert ended == sorted(ended)


@pytest.mark.parametrize(
    ("code", "le", "active"),
    [
        ("RNCP38362", date(2026, 11, 23), True),
        ("RNCP38362", date(2028, 12, 31), True),
        ("RNCP38362", date(2029, 1, 1), False),  # ACTIVE at the export, ended since
        ("RNCP34031", date(2026, 11, 23), False),
        ("RNCP34031", date(2023, 12, 1), True),  # INACTIVE at the export, not yet at the conclusion
        ("RNCP31923", date(2018, 12, 1), False),  # before the decision
        ("RNCP99999", date(2026, 11, 23), None),
        ("", date(2026, 11, 23), None),
    ],
)
def test_state_of_a_certification_at_a_day(code, le, active):
    assert referentiels.certification_active(code, le) is active


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("RNCP34031", ["RNCP38362"]),
        ("RNCP17285", ["RNCP38822", "RNCP38823"]),
        ("RNCP13357", ["RNCP36523"]),  # by itself and through RNCP28119
        ("RNCP18476", []),
        ("RNCP99999", []),
    ],
)
def test_replacement_of_a_certification(code, after):
    assert [c.code for c in referentiels.successeurs(code, LE)] == after


def test_commune_by_name_and_postal_code():
    assert referentiels.chercher_communes("lyon")[0].codes_postaux[0] == "69001"
    assert [c.code for c in referentiels.chercher_communes("75011")] == ["75056", "75111"]
    assert referentiels.chercher_communes("bordeaux 33")[0].code == "33063"
    assert {c.libelle for c in referentiels.communes_de("01400")} >= {"L'Abergement-Clémenciat"}
    assert referentiels.communes_de("33999") == []


def test_commune_by_code_today_first_then_as_it_was():
    assert referentiels.commune("2a004").libelle == "Ajaccio"
    today, *before = referentiels.communes_du_code("01015")
    assert (today.libelle, today.ancienne) == ("Arboys en Bugey", False)
    assert [(c.libelle, c.ancienne, c.parente) for c in before] == [("Arbignieu", True, "01015")]
    assert referentiels.departement("2A").libelle == "Corse-du-Sud"
    assert referentiels.departement("974").libelle == "La Réunion"


@pytest.mark.parametrize("code", ["56.10A", "5610A", "5610a", " 56 10 a "])
def test_naf_with_and_without_its_dot(code):
    assert referentiels.naf(code).libelle == "Restauration traditionnelle"
    assert referentiels.naf(code).code == "56.10A"
    assert referentiels.chercher_naf(code)[0].code == "56.10A"


def test_naf_by_words():
    assert "56.10A" in {n.code for n in referentiels.chercher_naf("restaur trad")}
    assert referentiels.naf("56.11G") is None


@pytest.mark.parametrize("code", ["16", "016", "0016", "00016"])
def test_idcc_with_and_without_its_zeros(code):
    assert referentiels.idcc(code).code == "0016"
    assert referentiels.chercher_idcc(code)[0].code == "0016"


def test_idcc_by_words_and_special_codes():
    assert "1979" in {i.code for i in referentiels.chercher_idcc("hotel cafe")}
    assert referentiels.chercher_idcc("1979")[0].code == "1979"
    assert referentiels.idcc("9999").titre == "Aucune convention collective"
    assert referentiels.idcc("9998") is not None
    assert referentiels.idcc("0002").titre == "Intitulé non renseigné"
    assert referentiels.idcc("") is None


def test_opco_of_an_agreement_is_unknown_when_several_share_it():
    assert (referentiels.idcc("9999").opco, referentiels.opco_de("9999")) == (None, None)
    assert referentiels.opco_de("1979") == "AKTO"
    shared = referentiels.idcc(PARTAGE)
    assert (shared.ambigu, shared.opco, referentiels.opco_de(PARTAGE)) == (True, "AKTO", None)


def test_nsf_with_and_without_its_letter():
    assert referentiels.nsf("326m") == referentiels.nsf("326")
    assert referentiels.nsf("326").libelle == "Informatique, réseaux"
    assert referentiels.nsf("999") is None


def test_every_register_says_where_it_comes_from():
    found = {s.registre: s for s in referentiels.sources()}
    assert (found["commune"].lignes, found["naf"].lignes, found["idcc"].lignes) == (37_590, 732, 959)
    assert "RNCP, France compétences, données du 31/01/2025, Licence Ouverte 2.0" in found["certification"].mention
    assert {name for name, source in found.items() if source.fictif} == {"etablissement", "organisme"}
    assert "fictives" in found["etablissement"].mention


def test_fictional_numbers_pass_every_check_and_exist_nowhere():
    found = [e for digit in "0123456789" for e in referentiels.chercher_etablissements(f"000001{digit}")]
    assert len(found) > 20
    assert all(stdnum_siret.is_valid(e.siret) and e.siret.startswith("000") for e in found)
    assert all(referentiels.commune(e.code_commune) and referentiels.naf(e.naf) for e in found)
    assert all(e.code_postal in referentiels.commune(e.code_commune).codes_postaux for e in found)
    assert all(e.idcc is None or referentiels.idcc(e.idcc).titre for e in found)


def test_each_thread_reads_by_itself():
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(referentiels.commune("33063").libelle)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["Bordeaux"] * 8
