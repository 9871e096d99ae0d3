"""The dossier read through its fields: the synthesis, the rubriques, the document that is sent."""

import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from forms.fields import ORGANISME
from forms.reading import demandes, document, rubriques, synthese
from forms.steps import CHAMPS
from models.contenu import vide
from models.dossier import Dossier
from tests.controles.fabrique import VALEURS


@pytest.fixture
def d():
    """A dossier that breaks no rule."""
    sections = vide()
    for name, values in VALEURS.items():
        vars(getattr(sections, name, sections.signature)).update(values)
    return sections


def lignes(d, pour="employeur"):
    return {ligne.champ: ligne.valeur for bloc in synthese(d, pour) for ligne in bloc.lignes}


def test_the_synthesis_reads_as_french_does(d):
    d.salarie.date_naissance, d.contrat.salaire = date(2005, 3, 5), Decimal("1450.5")
    shown = {champ: text.replace("\u00a0", " ").replace("\u202f", " ") for champ, text in lignes(d).items()}
    assert shown["salarie.date_naissance"] == "05/03/2005"
    assert shown["contrat.salaire"] == "1 450,50 €"
    assert shown["contrat.duree_hebdo"] == "35 h 00"
    assert shown["employeur.siret"] == "732 829 320 00074"
    assert shown["employeur.effectif"] == "42 salariés"
    assert shown["salarie.rqth"] == "Non"
    assert shown["salarie.nom_usage"] == ""


def test_the_synthesis_follows_the_pages(d):
    order = [champ for champ in CHAMPS if champ in lignes(d)]
    assert list(lignes(d)) == order
    assert [bloc.etape for bloc in synthese(d)] == sorted((b.etape for b in synthese(d)), key=etapes(d).index)


def etapes(d):
    return list(dict.fromkeys(declaration.etape.slug for declaration in demandes(d)))


def test_what_is_not_asked_is_neither_shown_nor_printed_nor_sent(d):
    d.salarie.numero_france_travail = "1234567A"
    d.salarie.inscrit_france_travail = False
    assert "salarie.numero_france_travail" not in lignes(d)
    assert "S20" not in rubriques(d, "AKTO")
    assert "numero_france_travail" not in document(Dossier(), d)["sections"]["salarie"]


def test_an_organisme_reads_nothing_that_is_reserved_to_the_employer(d):
    reserved = {champ for champ, declaration in CHAMPS.items() if declaration.field.reserve}
    assert reserved & lignes(d, ORGANISME).keys() == set()
    assert reserved & lignes(d).keys()


def test_the_rubriques_hold_values_and_the_opco(d):
    values = rubriques(d, "AKTO")
    assert (values["O1"], values["E15"], values["C12"]) == ("AKTO", 42, 2100)
    assert values["E2"] is False
    assert None not in values.values()
    assert "S2" not in values


def test_the_document_is_json_and_says_all_that_was_answered(d):
    dossier = Dossier(numero="2026-000042-61", commentaire="Urgent.", soumis_le=datetime(2026, 11, 23, 10, 0))  # noqa: DTZ001 as stored
    sent = json.loads(json.dumps(document(dossier, d)))
    assert (sent["numero"], sent["commentaire"], sent["soumis_le"]) == (
        "2026-000042-61",
        "Urgent.",
        "2026-11-23T10:00:00Z",
    )
    assert sent["sections"]["contrat"]["date_debut"] == d.contrat.date_debut.isoformat()
    assert sent["sections"]["contrat"]["salaire"] == f"{d.contrat.salaire:.2f}"
    assert sent["sections"]["formation"]["frais_annexes"] == "0.00"
    assert sent["sections"]["employeur"]["particulier_employeur"] is False


def test_a_dossier_that_is_not_filed_has_no_date_of_filing(d):
    assert document(Dossier(), d)["soumis_le"] is None


def test_an_empty_dossier_can_be_read():
    assert set(lignes(vide()).values()) == {""}
    assert rubriques(vide(), "AKTO") == {"O1": "AKTO"}
    assert document(Dossier(), vide())["sections"] == {}
