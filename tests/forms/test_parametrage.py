"""The rows of the dated parameters: what an administrator cannot type, and what the law makes of what may be typed."""

from datetime import date
from decimal import Decimal

import pytest

from forms.page import Tape
from forms.parametrage import PAR_GENRE, dispenser, ligne_de
from forms.parametrage_tables import construire, reproche, smic_a_venir
from models.parametres import GENRES, Parametre
from tests.controles.fabrique import constats, message, niveau

SMIC = {"depuis": "01/01/2027", "horaire": "12,50", "source": "décret fictif du 20/12/2026"}
BRANCHE = {"idcc": "1979", "depuis": "01/01/2026", "source": "accord fictif"}
GRILLE = {"depuis": "01/01/2027", "source": "décret fictif", "moins_21_base": "60", "moins_21_majoree": "70"}
GRILLE |= {"des_21_base": "75", "des_21_majoree": "85", "part_branche_26": "90"}
FORFAIT = {"depuis": "01/10/2026", "source": "décret fictif", "ordinaire": "10", "majore": "16,50"}
FORFAIT |= {"tutorat_mensuel": "250", "tutorat_mois": "8", "tutorat_majoration_pct": "50"}
EXPERIMENTATION = {"depuis": "28/05/2023", "source": "décret fictif", "type_qualification": "8", "au": "31/12/2028"}
NAF = {"depuis": "01/01/2028", "source": "décret fictif", "nom": "NAF 2028"}
AIDE = {"depuis": "01/01/2026", "source": "décret fictif", "nom": "Prime", "age_minimum": "30", "montant": "1500"}


def rangee(genre, values, id=1):
    """The row that these answers make; the messages when they make none."""
    form = PAR_GENRE[genre].form(Tape({name: [text] for name, text in values.items() if text}))
    if values.get("retire"):
        dispenser(genre, form)
    if not form.validate():
        return {field.short_name: field.errors[0] for field in form.champs() if field.errors}
    return Parametre(id=id, **ligne_de(genre, form))


def tables(*rows):
    return construire([rangee(genre, values, id) for id, (genre, values) in enumerate(rows, start=1)])


def test_the_tables_of_the_page_are_those_of_the_database():
    assert set(PAR_GENRE) == set(GENRES)


@pytest.mark.parametrize(
    ("genre", "values", "champ", "dit"),
    [
        ("smic", SMIC | {"horaire": "12,30"}, "horaire", "il ne baisse pas"),
        ("smic", SMIC | {"horaire": "21,50"}, "horaire", "le SMIC est de 12,31\u00a0€ de l’heure, et aucune hausse"),
        ("smic", SMIC | {"depuis": "01/03/2026", "horaire": "12,40"}, "horaire", "au 1er\u00a0juin\u00a02026"),
        ("smic_mayotte", SMIC | {"horaire": "9,50"}, "horaire", "9,56"),
        ("smic", SMIC | {"depuis": "01/01/2062"}, "depuis", "Vérifiez l’année"),
        ("smic", SMIC | {"retire": "oui"}, "retire", "rien à retirer"),
        ("grille", GRILLE | {"des_21_base": "50"}, "moins_21_base", "augmente avec l’âge"),
        ("grille", GRILLE | {"des_21_base": "700"}, "des_21_base", "de 1 à 100"),
        ("grille", GRILLE | {"part_branche_26": ""}, "part_branche_26", "obligatoire"),
        ("forfait", FORFAIT | {"majore": "9"}, "majore", "n’est pas inférieur"),
        ("forfait", FORFAIT | {"tutorat_mois": "0"}, "tutorat_mois", "de 1 à 36"),
        ("experimentation", EXPERIMENTATION | {"au": "27/05/2023"}, "au", "ne précède pas"),
        ("experimentation", EXPERIMENTATION | {"type_qualification": "12"}, "type_qualification", "liste"),
        ("naf", NAF | {"nom": ""}, "nom", "obligatoire"),
        ("aide", AIDE | {"montant": "0"}, "montant", "de 1 à 20000"),
        ("branche", BRANCHE | {"grille_pct": "50/65/70/80"}, "grille_pct", "ne descend pas sous la loi"),
        ("branche", BRANCHE | {"duree_max_mois": "36"}, "duree_max_mois", "24 au plus"),
        ("branche", BRANCHE | {"duree_max_mois": "6"}, "duree_max_mois", "de 12 à 24"),
        ("branche", BRANCHE | {"part_max_pct": "20"}, "part_max_pct", "de 25 à 100"),
        ("branche", BRANCHE | {"idcc": "9999", "smc": "1900"}, "idcc", "n’est pas dans la liste"),
    ],
)
def test_nonsense_is_told_beside_its_field(genre, values, champ, dit):
    row = rangee(genre, values)
    if isinstance(row, Parametre):
        found = reproche(row, [row])
        row = {found.champ: found.message}
    assert dit in row[champ]


@pytest.mark.parametrize(
    ("genre", "values"),
    [
        ("smic", SMIC),
        ("smic", SMIC | {"horaire": "12,31"}),
        ("smic_mayotte", SMIC | {"horaire": "10,00"}),
        ("grille", GRILLE),
        ("forfait", FORFAIT | {"majore": "10"}),
        ("experimentation", EXPERIMENTATION | {"au": ""}),
        ("naf", NAF),
        ("aide", AIDE | {"montant": ""}),
        ("branche", BRANCHE | {"grille_pct": "55/65/70/80", "duree_max_mois": "24", "part_max_pct": "25"}),
    ],
)
def test_what_the_law_may_say_is_taken(genre, values):
    row = rangee(genre, values)
    assert reproche(row, [row]) is None


def test_a_grid_counts_from_its_day_on():
    """In 2027 a new grid: 60 % of the SMIC of that day under 21, the old one for whoever begins before."""
    then = tables(("grille", GRILLE), ("smic", SMIC))
    young = {"salarie.date_naissance": date(2007, 6, 15), "contrat.salaire": Decimal("1030.00")}
    assert niveau("REM-01", young, parametres=then) is None
    later = young | {"contrat.date_debut": date(2027, 1, 1), "contrat.date_fin": date(2027, 12, 31)}
    assert "1\u00a0137,50\u00a0€" in message("REM-01", later, parametres=then)  # 12,50 × 35 × 52 / 12 × 60 %


def test_half_a_percent_is_told_as_it_is():
    then = tables(("branche", BRANCHE | {"grille_pct": "62,5/65/72,5/80"}))
    young = {"salarie.date_naissance": date(2006, 6, 15), "contrat.salaire": Decimal("1030.00")}
    assert "62,5\u00a0% du SMIC" in message("REM-06", young, parametres=then)


def test_the_default_rates_count_from_the_conclusion_on():
    then = tables(("forfait", FORFAIT))
    concluded = {"formation.cout_pedagogique": Decimal("4000.00"), "contrat.date_conclusion": date(2026, 9, 30)}
    assert "340,00\u00a0€" in message("FIN-02", concluded, parametres=then)  # 4 000 − 400 × 9,15
    assert constats("FIN-02", concluded | {"contrat.date_conclusion": date(2026, 10, 1)}, parametres=then) == []


def test_an_experiment_is_prolonged_or_begins_again():
    vae = {"formation.type_qualification": "8", "contrat.date_conclusion": date(2026, 4, 1)}
    assert niveau("FOR-06", vae) == "erreur"
    assert niveau("FOR-06", vae, parametres=tables(("experimentation", EXPERIMENTATION))) is None
    again = EXPERIMENTATION | {"depuis": "01/05/2026"}
    assert "du 1er\u00a0mai\u00a02026" in message("FOR-06", vae, parametres=tables(("experimentation", again)))
    endless = tables(("experimentation", again | {"au": ""}))
    assert "à partir du 1er\u00a0mai\u00a02026" in message("FOR-06", vae, parametres=endless)


def test_a_postponed_naf_is_told_with_its_day():
    """An unknown code blocks until the new edition begins, at the conclusion or today."""
    concluded = {"contrat.date_conclusion": date(2027, 1, 4)}
    assert niveau("EMP-06", concluded, naf_connu=False) == "alerte"
    assert "NAF 2025" in message("EMP-06", concluded, naf_connu=False)
    assert niveau("EMP-06", {"contrat.date_conclusion": date(2026, 12, 31)}, naf_connu=False) == "erreur"
    later = tables(("naf", NAF))
    text = message("EMP-06", {"contrat.date_conclusion": date(2028, 1, 4)}, naf_connu=False, parametres=later)
    assert "NAF 2028" in text
    assert "1er\u00a0janvier\u00a02028" in text


@pytest.mark.parametrize(
    ("le", "attendu"),
    [
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), 2027),
        (date(2027, 1, 1), 2027),
        (date(2027, 12, 1), 2028),
    ],
)
def test_the_administrator_is_told_when_the_table_of_the_smic_ends(le, attendu):
    """Days are given: the suite says the same on any day."""
    shipped = tables()
    assert shipped.smic[-1].depuis.year == 2026
    assert smic_a_venir(shipped, le) == attendu
    assert smic_a_venir(tables(("smic", SMIC)), le) in (None, 2028)
