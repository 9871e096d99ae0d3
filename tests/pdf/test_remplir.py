"""The form, filled: texts and places, read back from the PDF (the renderer's own « no error » proves nothing)."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from pdf.cases import CASES
from pdf.cerfa import remplir
from tests.pdf.dossiers import DOSSIERS
from tests.pdf.dossiers.jeune_cdd import RUBRIQUES as JEUNE_CDD
from tests.pdf.reading import fragments, inside, texte, written

BANDS = ("L’EMPLOYEUR", "LE SALARIÉ", "LE TUTEUR", "LE CONTRAT", "LA FORMATION", "CADRE RÉSERVÉ À L’OPCO")


@pytest.fixture(scope="module")
def blank():
    return remplir({})


@pytest.fixture(scope="module")
def jeune():
    return remplir(JEUNE_CDD)


def compact(text):
    return "".join(text.split())


def expected(dossier, rubrique):
    if rubrique not in dossier.RUBRIQUES:
        return ("",) * len(CASES[rubrique].boxes)
    return dossier.WRITTEN.get(rubrique) or (str(dossier.RUBRIQUES[rubrique]),)


@pytest.mark.parametrize("name", DOSSIERS)
def test_each_value_stands_in_its_boxes_and_nowhere_else(name):
    dossier = DOSSIERS[name]
    found = fragments(remplir(dossier.RUBRIQUES))
    for rubrique, case in CASES.items():
        texts = tuple(written(found, box).replace("\u00a0", " ") for box in case.boxes)
        assert texts == expected(dossier, rubrique), rubrique


@pytest.mark.parametrize("name", DOSSIERS)
def test_the_numero_is_at_the_top_and_bottom_of_both_pages(name):
    rubriques = DOSSIERS[name].RUBRIQUES
    found = [fragment for fragment in fragments(remplir(rubriques)) if rubriques["numero"] in fragment.text]
    assert [(fragment.page, fragment.baseline < 30) for fragment in found] == [
        (1, True),
        (1, False),
        (2, True),
        (2, False),
    ]


def test_a_brouillon_forbids_to_sign_on_both_pages(jeune):
    pages = [
        fragment.page
        for fragment in fragments(remplir(JEUNE_CDD | {"brouillon": True}))
        if fragment.text == "BROUILLON – ne pas signer"
    ]
    assert pages == [1, 2]
    assert "BROUILLON" not in texte(jeune)


@pytest.mark.parametrize("page", [1, 2])
def test_every_printed_label_of_the_official_sheet_is_there_in_its_section(blank, page):
    labels = (Path(__file__).parent / f"labels_page{page}.txt").read_text("utf-8").splitlines()
    rest = compact(PdfReader(BytesIO(blank)).pages[page - 1].extract_text())
    for label in labels:
        before, found, after = rest.partition(compact(label))
        assert found, label
        # A band closes the section before it: nothing of that one may follow. Within a section columns go their way.
        rest = after if label in BANDS else before + after


def test_a_blank_form_has_empty_boxes_and_no_numero(blank):
    found = fragments(blank)
    assert not any(inside(found, box) for case in CASES.values() for box in case.boxes)
    assert "Dossier" not in texte(blank)


def test_an_empty_answer_leaves_every_kind_of_box_empty():
    found = fragments(remplir(dict.fromkeys(CASES, "") | {"numero": None, "brouillon": None}))
    assert not any(inside(found, box) for case in CASES.values() for box in case.boxes)


def test_a_value_is_read_right_after_its_label(jeune):
    text = compact(texte(jeune))
    for couple in (
        "Nom de naissance du salarié : D’ALMÉIDA-NUÑEZ",
        "Voie : rue de l’Œuvre",
        "NIR du salarié : 2 08 05 78 006 084 92",
        "Salaire brut mensuel à l’embauche : 1801 , 80 €",
        "Durée hebdomadaire du travail : 35 heures 00 minutes",
    ):
        assert compact(couple) in text


def test_two_a4_pages_titled_in_french_without_personal_data(jeune):
    reader = PdfReader(BytesIO(jeune))
    assert [tuple(round(float(side)) for side in page.mediabox) for page in reader.pages] == [(0, 0, 595, 842)] * 2
    assert reader.metadata.title == "Contrat de professionnalisation"
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    said = {key: value for key, value in reader.metadata.items() if "Date" not in key}
    assert set(said.values()) <= {reader.metadata.title, reader.metadata.producer, "", "(unspecified)", "/False"}
    assert reader.metadata.producer.startswith("xhtml2pdf")


def test_all_fonts_are_ours_and_embedded(jeune):
    fonts = [
        font.get_object() for page in PdfReader(BytesIO(jeune)).pages for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert {font["/BaseFont"].partition("+")[2].partition("-")[0] for font in fonts} == {"DejaVuSansCondensed"}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_unknown_rubriques_are_refused_by_name():
    with pytest.raises(ValueError, match="E18, nom"):
        remplir({"nom": "Dupont", "E18": "x", "E1": "y"})


def test_a_value_of_another_kind_names_its_rubrique_only():
    with pytest.raises(TypeError, match="^S12: str given, date expected$"):
        remplir({"S12": "2008-05-03"})


def test_threads_do_not_mix_their_dossiers():
    names = [f"Employeur{rank}" for rank in range(6)]
    with ThreadPoolExecutor(3) as threads:
        texts = [texte(pdf) for pdf in threads.map(lambda name: remplir({"E1": name}), names)]
    assert [[name for name in names if name in text] for text in texts] == [[name] for name in names]
