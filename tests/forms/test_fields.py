"""The kinds of field: what each reads, what it says in French of the rest, and that nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import codes, fields
from forms.base import Form, vide
from forms.page import Tape
from forms.steps import CHAMPS

PLANCHES = [(champ, d.field) for champ, d in CHAMPS.items()]
NIR = "206112A00401705"
textes = st.text(max_size=60) | st.sampled_from(
    ["\x00", "NaN", "1e999999", "٣", "Infinity", "9" * 500, "\ud800", "\ufffe"]
)


class Essai(Form):
    texte = fields.Texte("Texte", max=10)
    zone = fields.Zone("Zone")
    nom = fields.Nom("Nom")
    entier = fields.Entier("Entier", plafond=366)
    euros = fields.Euros("Euros")
    duree = fields.Duree("Durée")
    jour = fields.Jour("Jour")
    choix = fields.Choix("Choix", {"a": "Un", "b": "Deux", "mort": "Ancien"}, retires={"mort"})
    ouinon = fields.OuiNon("Oui ?")
    case = fields.Case("Case")
    siret = codes.Siret("SIRET")
    nda = codes.Nda("NDA")
    naf = codes.Naf("NAF")
    idcc = codes.Idcc("IDCC")
    rncp = codes.Rncp("RNCP")
    nir = codes.Nir("NIR")
    postal = codes.CodePostal("Code postal")
    departement = codes.Departement("Département")
    telephone = codes.Telephone("Téléphone")
    courriel = fields.Courriel("Courriel")


def lire(name, *texts):
    """The field `name` after these texts were posted for it."""
    return Essai(Tape({name: list(texts)}))[name]


def erreur(name, text):
    field = lire(name, text)
    assert field.data is None
    (message,) = field.process_errors
    return str(message).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("texte", "  deux   mots ", "deux mots"),
        ("texte", "e\u0301te\u0301", "été"),
        ("texte", "", None),
        ("texte", " \u00a0\t ", None),
        ("texte", "x" * 10, "x" * 10),
        ("zone", "un\r\n\r\n deux  ", "un\n\ndeux"),
        ("nom", "Le Gall-d’Œuvre", "Le Gall-d’Œuvre"),
        ("entier", "0", 0),
        ("entier", "1 0", 10),
        ("entier", "007", 7),
        ("entier", "1\u202f0", 10),
        ("euros", "1 234,56", Decimal("1234.56")),
        ("euros", "1\u202f234,5 €", Decimal("1234.50")),
        ("euros", "1234.5", Decimal("1234.50")),
        ("euros", "0", Decimal("0.00")),
        ("duree", "35", 2100),
        ("duree", "35 h 30", 2130),
        ("duree", "35:30", 2130),
        ("duree", "35,5", 2130),
        ("duree", "35h", 2100),
        ("jour", "2026-12-31", date(2026, 12, 31)),
        ("jour", "31/12/2026", date(2026, 12, 31)),
        ("jour", "1.2.2026", date(2026, 2, 1)),
        ("jour", "29/02/2028", date(2028, 2, 29)),
        ("choix", "a", "a"),
        ("choix", "mort", "mort"),
        ("ouinon", "non", False),
        ("ouinon", "oui", True),
        ("case", "oui", True),
        ("case", "", False),
        ("siret", "732 829 320 00074", "73282932000074"),
        ("nda", "11 75 12345 67", "11751234567"),
        ("naf", "55.10z", "5510Z"),
        ("idcc", "16", "0016"),
        ("idcc", "01979", "1979"),
        ("rncp", "38362", "RNCP38362"),
        ("rncp", "rncp 38362", "RNCP38362"),
        ("nir", "2 06 11 2a 004 017 05", NIR),
        ("postal", "33 000", "33000"),
        ("departement", "1", "01"),
        ("departement", "2a", "2A"),
        ("telephone", "05.56.00 00-01", "0556000001"),
        ("courriel", " rh@hotel-fictif.example ", "rh@hotel-fictif.example"),
    ],
)
def test_what_people_write_is_read(name, text, value):
    field = lire(name, text)
    assert (field.data, list(field.process_errors)) == (value, [])
    assert type(field.data) is type(value)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("texte", "x" * 11, "retirez-en 1"),
        ("texte", "a\x00b", "invisible ou interdit"),
        ("texte", "a\u200bb", "invisible ou interdit"),
        ("texte", "a\u202eb", "invisible ou interdit"),
        ("texte", "a\ufffdb", "invisible ou interdit"),
        ("entier", "-1", "nombre entier"),
        ("entier", "1,5", "nombre entier"),
        ("entier", "٣", "nombre entier"),
        ("entier", "1e3", "nombre entier"),
        ("entier", "367", "366 au plus"),
        ("entier", "9" * 5000, "366 au plus"),
        ("euros", "NaN", "montant en euros"),
        ("euros", "1e999999", "montant en euros"),
        ("euros", "-5", "montant en euros"),
        ("euros", "1,234", "montant en euros"),
        ("euros", "1" * 10, "montant en euros"),
        ("duree", "35h75", "de 0 à 59"),
        ("duree", "beaucoup", "35 h 30"),
        ("jour", "31/02/2026", "n’existe pas"),
        ("jour", "29/02/2026", "n’existe pas"),
        ("jour", "2026/12/31", "comme 31/12/2026"),
        ("jour", "01/01/26", "comme 31/12/2026"),
        ("jour", "01/01/0026", "quatre chiffres"),
        ("jour", "0000-00-00", "n’existe pas"),
        ("jour", "demain", "comme 31/12/2026"),
        ("choix", "c", "de la liste"),
        ("choix", "A", "de la liste"),
        ("ouinon", "on", "de la liste"),
        ("siret", "732 829 320 00075", "SIRET"),
        ("siret", "123", "14 chiffres"),
        ("nir", "2 06 11 2A 004 017 99", "clé"),
        ("courriel", "rh@", "nom@domaine.fr"),
    ],
)
def test_what_has_no_value_says_what_to_do(name, text, says):
    assert says in erreur(name, text)


@pytest.mark.parametrize("name", list(Essai()._fields))
@given(text=textes)
def test_any_text_has_a_value_or_a_message_and_is_shown_again(name, text):
    field = lire(name, text)
    if field.process_errors:
        assert field.data is None
        assert str(field.process_errors[0])
        assert "\x00" not in field.saisi
    elif field.data is not None and name not in ("case", "zone"):
        again = lire(name, field.texte(field.data))
        assert again.data == field.data
    assert isinstance(field.saisi, str)
    assert isinstance(field.lisible(field.data), str)


@pytest.mark.parametrize("text", ["31/02/2026", "abc", " x ", "12,5", "a\nb"])
def test_a_refused_text_stands_as_it_was_typed(text):
    for name in ("jour", "entier", "euros", "choix"):
        if lire(name, text).process_errors:
            assert lire(name, text).saisi == text


def test_what_no_page_can_hold_is_shown_as_a_browser_would():
    for char in ("\x00", "\x01", "\x0b", "\x7f", "\x9f", "\ufdd0", "\uffff", "\U0010fffe"):
        assert lire("texte", f"a{char}b").saisi == "a\ufffdb"
    assert lire("texte", "a\tb").saisi == "a\tb"


def test_a_date_control_is_one_only_when_the_browser_can_show_its_text():
    assert lire("jour", "31/12/2026").type_html == "date"
    assert lire("jour", "31/12/2026").saisi == "2026-12-31"
    assert lire("jour", "").type_html == "date"
    assert lire("jour", "31/02/2026").type_html == "text"


def test_a_dead_code_is_read_and_shown_but_not_proposed():
    assert [code for code, _ in lire("choix", "a").options] == ["a", "b"]
    assert [code for code, _ in lire("choix", "mort").options] == ["a", "b", "mort"]


def test_a_password_is_never_shown_again():
    class Connexion(Form):
        secret = fields.Secret("Mot de passe")

    form = Connexion(Tape({"secret": ["  deux  espaces "]}))
    assert (form.secret.data, form.secret.saisi) == ("  deux  espaces ", "")


def test_zero_and_no_are_answers_and_an_unticked_box_is_none():
    assert not vide(lire("entier", "0"))
    assert not vide(lire("ouinon", "non"))
    assert vide(lire("case"))
    assert vide(lire("texte", "  "))


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("jour", "2026-12-31", "31/12/2026"),
        ("euros", "1234,5", "1 234,50 €"),
        ("duree", "35,5", "35 h 30"),
        ("siret", "73282932000074", "732 829 320 00074"),
        ("nir", NIR, "2 06 11 2A 004 017 05"),
        ("naf", "5510Z", "55.10Z"),
        ("telephone", "0556000001", "05 56 00 00 01"),
        ("choix", "a", "Un"),
        ("ouinon", "non", "Non"),
        ("case", "oui", "Oui"),
    ],
)
def test_a_value_is_read_in_french(name, text, read):
    field = lire(name, text)
    assert field.lisible(field.data).replace("\u00a0", " ").replace("\u202f", " ") == read


@pytest.mark.parametrize(("champ", "field"), PLANCHES, ids=[champ for champ, _ in PLANCHES])
def test_every_field_of_the_pages_reads_nothing_as_nothing(champ, field):
    assert field.label.text
    assert field.lisible(None) == ""
