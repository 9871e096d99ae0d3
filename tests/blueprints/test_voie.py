"""The whole way by requests, without JavaScript: three contracts typed page by page, compared with what comes out."""

import pytest

from forms.fields import Courriel, Nom, Texte
from forms.reading import document
from forms.steps import CHAMPS
from models import coffre
from models.contenu import contenu
from models.transmission import Transmission
from pdf.cases import CASES
from tests.dossiers_types import CONTRATS, SIGNATURE
from tests.fabriques import un_compte, une_structure
from tests.parcours import PAGES, aller, commencer, dossier_de, remplir
from tests.pdf.reading import fragments, written
from tests.rubriques import RUBRIQUES, ecrit

SOUS = "\u00a0"


def tape(contrat):
    """Everything that is typed on the way, control → text, what is left empty aside."""
    typed = {"contrat-type_contrat": "11"} | SIGNATURE
    for slug in PAGES:
        typed |= contrat[slug]
    return {name: text for name, text in typed.items() if text}


@pytest.fixture
def employeur(connecte, base):
    return connecte(un_compte(une_structure()))


@pytest.mark.parametrize("nom", CONTRATS)
def test_a_contract_goes_from_its_type_to_the_cerfa_with_every_answer(employeur, nom):
    contrat = CONTRATS[nom]
    typed = tape(contrat)
    page = commencer(employeur)
    assert page.titre == "Employeur"
    for slug, then in zip(PAGES, ("Formation", "Salarié(e)", "Synthèse"), strict=True):
        page = remplir(page, contrat[slug])
        assert page.titre == then
    assert page.soup.select("#bilan-erreurs") == []
    assert [text for text in mots(typed) if text not in page.texte] == []

    page = page.soumettre("Suivant").suivre()
    assert page.titre == "Soumission du dossier"
    page = page.soumettre("Générer le CERFA", SIGNATURE).suivre()
    dossier = dossier_de(page)
    assert page.titre == "Pièces"
    assert dossier.etat == "soumis"
    assert dossier.numero in page.texte
    assert [(t.genre, t.etat) for t in Transmission.select()] == [("dossier", "a_faire")]

    response = employeur.http.get(f"/dossiers/{dossier.id}/cerfa")
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    comparer(fragments(response.data), typed)
    sent = document(dossier, contenu(dossier.id))
    sections = {f"{section}-{column}" for section, values in sent["sections"].items() for column in values}
    assert typed.keys() - sections == set()
    assert (sent["numero"], sent["commentaire"]) == (dossier.numero, "")
    # What no one typed and is there all the same: boxes not ticked, answered no.
    assert {v for name in sections - typed.keys() for v in [valeur(sent, name)]} <= {False}


def mots(typed):
    """What was typed in words, and is shown as it was typed."""
    kinds = {name: type(CHAMPS[name.replace("-", ".", 1)].field) for name in typed if name not in SIGNATURE}
    return [typed[name] for name, kind in kinds.items() if kind in (Texte, Nom, Courriel)]


def valeur(sent, name):
    section, _, column = name.partition("-")
    return sent["sections"][section][column]


def comparer(found, typed):
    """Every box of the sheet holds what was typed for it; what was not typed is empty."""
    for rubrique, name in RUBRIQUES.items():
        boxes = CASES[rubrique].boxes
        expected = ecrit(rubrique, typed[name]) if name in typed else ("",) * len(boxes)
        assert tuple(written(found, box).replace(SOUS, " ") for box in boxes) == expected, rubrique


def test_the_cerfa_of_a_file_that_is_gone_is_not_found(employeur):
    page = aller(employeur, "soumission").soumettre("Générer le CERFA", SIGNATURE).suivre()
    dossier = dossier_de(page)
    coffre.jeter(dossier.cerfa)
    employeur.get("dossiers.cerfa", 404, dossier_id=dossier.id)
