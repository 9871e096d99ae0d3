"""Each rubrique of the CERFA is asked once, shown, printed and transmitted; each column has its field."""

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest

from forms import fields
from forms.reading import demandes, document, rubriques, synthese
from forms.steps import CHAMPS
from models.contenu import COLONNES, vide
from models.dossier import Dossier
from pdf.cases import CASES
from pdf.cerfa import remplir
from tests.pdf.reading import fragments, inside
from tests.rubriques import RUBRIQUES

OPCO = "O1"  # a setting, asked of nobody
# Together these situations ask for every field there is.
SITUATIONS = {
    "initial": {
        "formation.type_qualification": "1",
        "employeur.particulier_employeur": False,
        "contrat.vaut_avenant": None,
    },
    "particulier": {"employeur.particulier_employeur": True},
    "deux employeurs": {"contrat.type_contrat": "12"},
    "renouvellement": {"contrat.type_contrat": "21"},
    "avenant": {"contrat.type_contrat": "30"},
    "vae": {"formation.type_qualification": "8", "employeur.forme": "groupement"},
    "interne": {"formation.service_interne": True},
    "hors ue, inscrit, sans diplome": {
        "salarie.nationalite": "hors_ue",
        "salarie.inscrit_france_travail": True,
        "salarie.diplome": "60",
        "salarie.rqth": False,
    },
}
EXEMPLES = (
    (fields.OuiNon, True),
    (fields.Case, True),
    (fields.Jour, date(2026, 12, 1)),
    (fields.Euros, Decimal("12.50")),
    (fields.Duree, 2100),
    (fields.Entier, 7),
)
TEXTES = {"employeur.courriel": "rh@demo.example", "salarie.courriel": "a@demo.example", "salarie.nir": "2" * 15}


def exemple(champ, field):
    if isinstance(field, fields.Choix) and not isinstance(field, fields.OuiNon):
        return next(iter(field.liste))
    return next((value for kind, value in EXEMPLES if isinstance(field, kind)), TEXTES.get(champ, "Exemple"))


def plein(changements):
    """Sections where every column is answered, `changements` on top."""
    sections = deepcopy(vide())
    values = {champ: exemple(champ, d.field) for champ, d in CHAMPS.items()} | changements
    for champ, value in values.items():
        section, _, column = champ.partition(".")
        setattr(getattr(sections, section), column, value)
    return sections


def controle(champ):
    return champ.replace(".", "-")


@pytest.fixture(params=SITUATIONS)
def sections(request):
    return plein(SITUATIONS[request.param])


def test_each_rubrique_is_asked_by_the_field_that_the_sheet_wants():
    asked = [(d.field.cerfa, controle(champ)) for champ, d in CHAMPS.items() if d.field.cerfa]
    assert sorted(asked) == sorted(RUBRIQUES.items())


def test_the_rubriques_asked_are_those_that_are_drawn():
    assert RUBRIQUES.keys() | {OPCO} == CASES.keys()


def test_each_column_has_its_field_and_each_field_its_column():
    columns = {f"{section}.{column}" for section, names in COLONNES.items() for column in names}
    assert columns - {"salarie.nir_empreinte"} == CHAMPS.keys()


def test_the_situations_ask_for_every_field():
    asked = {d.champ for changes in SITUATIONS.values() for d in demandes(plein(changes))}
    assert CHAMPS.keys() - asked == set()


def test_what_is_asked_is_shown_in_the_synthesis_once_on_its_page(sections):
    shown = [(bloc.etape, ligne.champ) for bloc in synthese(sections) for ligne in bloc.lignes]
    assert sorted(shown) == sorted((d.etape.slug, d.champ) for d in demandes(sections))
    assert [ligne.champ for bloc in synthese(sections) for ligne in bloc.lignes if not ligne.valeur] == []


def test_what_is_asked_is_transmitted(sections):
    sent = document(Dossier(numero="N"), sections)["sections"]
    found = {f"{section}.{column}" for section, values in sent.items() for column in values}
    assert found == {d.champ for d in demandes(sections)}


def test_what_is_asked_and_has_a_rubrique_is_printed(sections):
    printed = remplir(rubriques(sections, "AKTO"))
    asked = {d.field.cerfa for d in demandes(sections) if d.field.cerfa} | {OPCO}
    found = fragments(printed)
    written = {rubrique for rubrique, case in CASES.items() if any(inside(found, box) for box in case.boxes)}
    assert written == asked
