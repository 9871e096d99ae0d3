"""The law over a dossier: what the registers let it know, and the page where each rule speaks."""

from datetime import date

import pytest

from forms.checking import REGLES, constats_de_page, contexte, etape_de, tous
from forms.controles import ERREUR, REGISTRE, Contexte, controler
from forms.fields import ORGANISME
from forms.page import Page
from forms.steps import CHAMPS, ETAPES, PAR_SLUG
from models.contenu import contenu, vide
from tests.controles.fabrique import JOUR
from tests.fabriques import PERSONNE, un_compte, un_dossier, une_structure


@pytest.fixture
def dossier(base):
    return un_dossier(une_structure())


def regarder(d, dossier=None, compte=None):
    return contexte(d, dossier and dossier.id, "AKTO", compte)


def test_every_rule_speaks_on_exactly_one_page():
    placed = [rule for rules in REGLES.values() for rule in rules]
    assert len(placed) == len(REGISTRE)
    assert set(map(id, placed)) == set(map(id, REGISTRE))


def test_a_rule_shows_where_the_last_of_its_fields_is_asked():
    assert etape_de(("employeur.siret",)) == "employeur"
    assert etape_de(("contrat.salaire", "employeur.idcc")) == "salarie"
    assert etape_de(("signature.date", "contrat.date_debut")) == "soumission"


def test_the_fields_of_the_rules_exist():
    named = {champ for rule in REGISTRE for champ in (*rule.champs, *rule.facultatifs, rule.sur)}
    assert named - CHAMPS.keys() == set()


def test_each_constat_of_a_page_stands_beside_a_field_of_that_page(dossier):
    d = contenu(dossier.id)
    d.contrat.date_fin, d.contrat.salaire, d.salarie.nir = date(2020, 1, 1), 1, "105037511234599"
    found = tous(d, regarder(d, dossier))
    assert found
    assert [(slug, c.champ) for slug, c in found if CHAMPS[c.champ].etape.slug != slug] == []
    assert [slug for slug, _ in found] == sorted(
        (slug for slug, _ in found), key=[etape.slug for etape in ETAPES].index
    )


def test_a_dossier_that_breaks_no_rule_is_not_blocked(dossier):
    d = contenu(dossier.id)
    assert [c.id for _, c in tous(d, regarder(d, dossier)) if c.niveau == ERREUR] == []


def test_an_empty_dossier_lacks_every_required_answer_and_says_nothing_else(base):
    found = [c for _, c in tous(vide(), regarder(vide()))]
    assert {c.id for c in found} == {"obligatoire"}
    assert len(found) == len({c.champ for c in found})


def test_a_field_that_is_badly_formed_is_told_once(dossier):
    d = contenu(dossier.id)
    page = Page(PAR_SLUG["salarie"], d, Page(PAR_SLUG["salarie"], d).saisies() | {"salarie-nir": ["123"]})
    found = [
        c for c in constats_de_page(page, regarder(page.apres, dossier), complete=True) if c.champ == "salarie.nir"
    ]
    assert [c.id for c in found] == ["NIR-01"]


@pytest.mark.parametrize(
    ("champ", "text", "id"),
    [
        ("employeur.siret", "73282932000079", "EMP-01"),
        ("employeur.naf", "782Z", "EMP-06"),
        ("employeur.idcc", "0000", "EMP-08"),
        ("employeur.telephone", "012345", "FMT-03"),
        ("employeur.courriel", "a@b", "FMT-01"),
        ("salarie.code_postal", "75", "FMT-04"),
        ("formation.rncp", "RS5550", "FOR-08"),
        ("formation.organisme_nda", "1175123456", "OF-01"),
        ("salarie.nom_naissance", "M4RTIN", "FMT-05"),
        ("salarie.departement_naissance", "96", "FMT-06"),
        ("salarie.nir", "505037511234537", "NIR-08"),
        ("salarie.nir", "203132B03302101", "NIR-02"),
        ("salarie.nir", "105037511234538", "NIR-03"),
        ("salarie.date_naissance", "31/02/2005", "format"),
    ],
)
def test_a_refused_text_names_the_rule_that_refuses_it(champ, text, id):
    """The same id, words and source as the rule itself has for a value that came from elsewhere."""
    etape = CHAMPS[champ].etape
    texts = {"formation-type_qualification": ["1"], champ.replace(".", "-"): [text]}
    page = Page(etape, vide(), texts)
    (constat,) = (c for c in page.refuses if c.champ == champ)
    assert constat.id == id
    if id != "format":
        section, _, column = champ.partition(".")
        d = vide()
        setattr(getattr(d, section), column, text)
        (rule,) = (c for c in controler(d, Contexte(jour=JOUR), {champ}) if c.id == id)
        assert (rule.message, rule.source) == (constat.message, constat.source)


def test_missing_answers_are_told_only_when_the_page_is_left():
    page = Page(PAR_SLUG["salarie"], vide())
    assert constats_de_page(page, regarder(vide())) == []
    assert constats_de_page(page, regarder(vide()), complete=True) != []


def test_an_organisme_hears_nothing_of_what_is_reserved_to_the_employer(dossier):
    d = contenu(dossier.id)
    d.contrat.salaire = 1
    told = {c.champ for _, c in tous(d, regarder(d, dossier))}
    assert "contrat.salaire" in told
    reserved = {champ for champ, declaration in CHAMPS.items() if declaration.field.reserve}
    assert {c.champ for _, c in tous(d, regarder(d, dossier), ORGANISME)} & reserved == set()


def test_the_registers_are_asked_only_for_what_is_answered(base):
    known = regarder(vide())
    assert (known.etablissement, known.organisme, known.certification) == (None, None, None)
    assert known.opco == "AKTO"


def test_what_the_registers_know_and_do_not_know_differs(dossier):
    d = contenu(dossier.id)
    d.employeur.siret, d.formation.rncp, d.employeur.naf = "00000100800010", "RNCP38362", "5510Z"
    known = regarder(d, dossier)
    assert known.etablissement.denomination == "Hôtel Fictif du Port (démo)"
    assert (known.etablissement_connu, known.certification_connue, known.naf_connu) == (True, True, True)
    d.employeur.siret, d.formation.rncp, d.employeur.naf = "73282932000074", "RNCP1", "0000Z"
    known = regarder(d, dossier)
    assert (known.etablissement_connu, known.certification_connue, known.naf_connu) == (False, False, False)


def test_an_inactive_certification_comes_with_what_replaces_it(dossier):
    d = contenu(dossier.id)
    d.formation.rncp = "RNCP1174"
    assert [c.code for c in regarder(d, dossier).successeurs] == ["RNCP38381"]


def test_other_filed_contracts_of_the_same_person_are_known_drafts_are_not(base):
    structure = une_structure()
    un_dossier(structure)
    filed = un_dossier(structure, etat="soumis")
    mine = un_dossier(structure)
    d = contenu(mine.id)
    known = regarder(d, mine, un_compte(structure).id).autres_contrats
    assert [(c.debut, c.fin) for c in known] == [
        (contenu(filed.id).contrat.date_debut, contenu(filed.id).contrat.date_fin)
    ]
    assert regarder(contenu(filed.id), filed).autres_contrats == ()


def test_no_constat_quotes_the_nir(dossier):
    d = contenu(dossier.id)
    d.salarie.sexe, d.salarie.date_naissance = "F", date(1999, 1, 1)
    said = " ".join(c.message for _, c in tous(d, regarder(d, dossier)))
    assert said
    assert PERSONNE["nir"] not in said.replace(" ", "").replace("\u00a0", "")
