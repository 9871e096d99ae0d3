"""The simulator: open to all, the figures of the law, nothing asked that names somebody, nothing kept."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.simulation import CHAMPS, RESULTATS, Simulation, resultats
from forms.steps import CHAMPS as DES_PAGES
from models.dossier import Dossier

JEUNE = {
    "naissance": "05/03/2005",
    "diplome": "42",
    "nature": "cdd",
    "debut": "01/09/2026",
    "fin": "31/08/2027",
    "duree_hebdo": "35",
    "code_postal": "33000",
    "heures": "400",
    "cout": "4 800",
    "naissance_tuteur": "01/02/1970",
}


def test_anyone_gets_the_figures_without_an_account(client):
    page = client.get("/connexion").cliquer("Simulateur")
    page = page.soumettre("Calculer", JEUNE, 200)
    for text in (
        "1 306,91 € par mois (12,31 € × 35 h × 52 / 12 × 70 %",
        "Au plus tard le 31 août 2027 : 12 mois",
        "au plus tard le 6 septembre 2026",
        "400 h × 9,15 € (taux ordinaire) = 3 660,00 €. Reste à la charge de l’employeur : 1 140,00 €.",
        "345,00 € par mois au plus",
        "(15 %, 150 h au moins)",
    ):
        assert text in page.texte
    assert page.champ("naissance")["value"] == "2005-03-05"
    assert Dossier.select().count() == 0


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"naissance": "01/01/1978", "situation": "9"}, "2 000 €"),
        ({"naissance": "12/01/2006"}, "À partir du 1er février 2027"),
        ({"code_postal": "97600"}, "9,56 €"),
        ({"nature": "travail_temporaire"}, "par heure"),
        ({"diplome": "60", "second_cycle": "non"}, "36 mois pour un public prioritaire"),
        ({"diplome": "60", "second_cycle": "oui"}, "12 mois, jusqu’à 24"),
        ({"debut": "04/01/2027", "fin": "31/12/2027"}, "Le SMIC de 2027 n’est pas connu ici"),
        ({"contrat_aide": "oui"}, "36 mois pour un public prioritaire"),
        ({"naissance": "29/02/2000", "debut": "01/09/2025", "fin": "31/05/2026"}, "1er avril 2026 : 1 823,03 €, si"),
        ({"minimum_social": "1"}, "36 mois pour un public prioritaire"),
        ({"forme": "geiq"}, "15,00 €"),
    ],
)
def test_each_answer_counts(client, changes, text):
    page = client.get("simulateur.montrer").soumettre("Calculer", JEUNE | changes, 200)
    assert text in page.texte


def test_while_one_types_only_answers_and_messages_change(client):
    page = client.get("simulateur.montrer")
    after = page.htmx("form.saisie", JEUNE | {"heures": "beaucoup"})
    assert "1 306,91 €" in after.texte
    assert "nombre entier" in after.message("heures")
    assert after.soup.find(id="heures") == page.soup.find(id="heures")
    assert after.url == page.url


def test_what_is_badly_formed_is_told_and_kept(client):
    page = client.get("simulateur.montrer").soumettre("Calculer", JEUNE | {"debut": "31/02/2026"}, 422)
    assert "n’existe pas" in page.message("debut")
    assert page.champ("debut")["value"] == "31/02/2026"
    assert "Au plus tard" not in page.texte


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"naissance": "05/03/2016"}, "naissance", "doit avoir 16 ans"),
        ({"fin": "31/08/2026"}, "fin", "doit suivre celle de début"),
        ({"duree_hebdo": "168"}, "duree_hebdo", "de plus de 0 à 48 heures"),
        ({"heures": "149"}, "heures", "au moins 150 heures"),
    ],
)
def test_what_the_law_refuses_is_told_beside_the_field(client, changes, field, text):
    page = client.get("simulateur.montrer").soumettre("Calculer", JEUNE | changes, 200)
    assert text in page.message(field)
    assert page.champ(field)["aria-invalid"] == "true"


def test_without_hours_there_is_no_pay_to_tell(client):
    page = client.get("simulateur.montrer").soumettre("Calculer", JEUNE | {"duree_hebdo": "0"}, 200)
    assert "Minimum légal" not in page.texte
    assert "Pour ce contrat" not in page.texte


def test_nothing_is_asked_that_names_somebody(client):
    assert CHAMPS.keys() == Simulation()._fields.keys()
    assert {*CHAMPS.values(), *RESULTATS} <= DES_PAGES.keys()
    assert not {"salarie.nir", "salarie.nom_naissance", "salarie.prenom", "tuteur.nom"} & set(CHAMPS.values())


TEXTES = st.one_of(
    st.sampled_from(
        ["", "0", "1900-01-01", "2100-12-31", "29/02/2024", "9999", "99999", "oui", "cdd", "10", "3", "168"]
    ),
    st.sampled_from(sorted(JEUNE.values())),
    st.text(max_size=8),
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(CHAMPS, TEXTES)))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_answer_makes_it_fail(base, answers):
    form = Simulation(Frappe(answers))
    form.validate()
    assert set(resultats(form, "AKTO")) <= set(RESULTATS.values())


class Frappe(dict):
    """Answers as WTForms reads them."""

    def getlist(self, name):
        return [self[name]] if name in self else []
