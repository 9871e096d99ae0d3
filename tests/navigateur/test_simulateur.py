"""The simulator answers while one types, without an account."""

from playwright.sync_api import expect

from tests.blueprints.test_simulateur import JEUNE
from tests.navigateur.pages import remplir

JOURS = {"naissance": "2005-03-05", "debut": "2026-09-01", "fin": "2027-08-31", "naissance_tuteur": "1970-02-01"}


def test_the_answers_come_while_one_types(page):
    page.goto("/simulateur")
    remplir(page, JEUNE | JOURS)
    answers = page.locator("#resultats")
    expect(answers).to_contain_text("306,91")
    expect(answers).to_contain_text("345,00")
    expect(page.locator('[name="heures"]')).to_have_value("400")
    assert page.url.endswith("/simulateur")
