"""The verbs that pages share: one transaction each, nothing over somebody else's work."""

import io

import pytest

from forms import actions
from forms.page import Page
from forms.steps import PAR_SLUG
from models import coffre
from models.contenu import contenu, vide
from models.dossier import Dossier
from models.etats import Conflit
from models.journal import Journal
from models.pieces import Fiche, deposer
from models.saisie import Saisie, frappe
from models.sections import SECTIONS
from tests.dossiers_types import JEUNE
from tests.fabriques import relire, un_compte, un_dossier, une_structure

MAUVAIS = {"salarie-date_naissance": "31/02/2006"}


@pytest.fixture
def structure(base):
    return une_structure()


@pytest.fixture
def compte(structure):
    return un_compte(structure).id


@pytest.fixture
def dossier(structure):
    return un_dossier(structure, faites="type-contrat employeur formation")


def page(slug, texts, avant=None):
    return Page(PAR_SLUG[slug], avant or vide(), {name: [text] for name, text in texts.items()})


def salarie(dossier, **texts):
    return page("salarie", JEUNE["salarie"] | texts, contenu(dossier.id))


def test_creer_makes_the_draft_with_its_sections_and_its_first_event(structure, compte):
    dossier = actions.creer(page("employeur", JEUNE["employeur"]), "une clé", structure.id, compte)
    stored, sections = relire(dossier)
    assert (stored.etat, stored.etape, stored.faites) == ("brouillon", "formation", "type-contrat employeur")
    assert sections.employeur.siret == "73282932000074"
    assert [model.select().count() for model in SECTIONS.values()] == [1] * len(SECTIONS)
    assert [(j.action, j.vers) for j in Journal.select().order_by(Journal.id)] == [
        ("creation", "brouillon"),
        ("saisie", None),
    ]
    assert dossier.version == stored.version


def test_the_same_key_gives_the_same_dossier_to_one_account_only(structure, compte):
    typed, other = page("employeur", JEUNE["employeur"]), un_compte(structure).id
    first = actions.creer(typed, "une clé", structure.id, compte)
    assert actions.creer(typed, "une clé", structure.id, compte).id == first.id
    assert actions.creer(typed, "une autre", structure.id, compte).id != first.id
    assert actions.creer(typed, "une clé", structure.id, other).id != first.id
    assert Dossier.select().count() == 3


@pytest.mark.parametrize("cle", ["", "\x00", "é" * 5000])
def test_any_text_is_a_key(structure, compte, cle):
    typed = page("employeur", JEUNE["employeur"])
    assert actions.creer(typed, cle, structure.id, compte) == actions.creer(typed, cle, structure.id, compte)


def test_enregistrer_keeps_the_page_and_goes_on(dossier, compte):
    actions.garder(dossier, salarie(dossier, **MAUVAIS), compte, dossier.version)
    actions.enregistrer(dossier, salarie(dossier), compte, "synthese")
    stored, sections = relire(dossier)
    assert (stored.etape, stored.faites.split()[-1]) == ("synthese", "salarie")
    assert (stored.modifie_par_id, stored.version) == (compte, dossier.version)
    assert sections.salarie.prenom == "Éloïse"
    assert frappe(dossier, "salarie", compte) is None


def test_pages_done_stay_in_their_order_however_they_are_done(dossier, compte):
    for slug in ("synthese", "conclusion", "salarie", "employeur"):
        actions.franchir(dossier, slug, compte, "synthese")
    assert relire(dossier)[0].faites == "type-contrat employeur formation salarie conclusion synthese"


def test_sauvegarder_keeps_the_valid_and_holds_the_rest_as_typed(dossier, compte):
    before = contenu(dossier.id).salarie.date_naissance
    actions.sauvegarder(dossier, salarie(dossier, **MAUVAIS), compte)
    stored, sections = relire(dossier)
    assert (stored.etape, "salarie" in stored.faites.split()) == ("salarie", False)
    assert (sections.salarie.prenom, sections.salarie.date_naissance) == ("Éloïse", before)
    kept = frappe(dossier, "salarie", compte)
    assert kept.version == stored.version
    assert kept.valeurs["salarie-date_naissance"] == ["31/02/2006"]
    actions.sauvegarder(dossier, salarie(dossier), compte)
    assert frappe(dossier, "salarie", compte) is None


def test_annoter_keeps_the_comment_and_marks_nothing_done(dossier, compte):
    actions.annoter(dossier, compte, "Urgent.")
    stored = relire(dossier)[0]
    assert (stored.commentaire, stored.etape, stored.faites) == ("Urgent.", "synthese", dossier.faites)


def test_garder_changes_no_section(dossier, compte):
    actions.garder(dossier, salarie(dossier), compte, dossier.version)
    stored, sections = relire(dossier)
    assert (stored.version, sections.salarie.prenom) == (dossier.version, "Yann")
    assert Journal.select().where(Journal.compte == compte).count() == 0


@pytest.mark.parametrize("changed", [{"version": 99}, {"etat": "soumis"}])
def test_whoever_is_too_late_writes_nothing(dossier, compte, changed):
    typed = salarie(dossier)
    Dossier.update(changed).execute()
    for verb in (
        lambda: actions.enregistrer(dossier, typed, compte, "synthese"),
        lambda: actions.sauvegarder(dossier, typed, compte),
        lambda: actions.annoter(dossier, compte, "Urgent."),
        lambda: actions.franchir(dossier, "salarie", compte, "synthese"),
    ):
        with pytest.raises(Conflit):
            verb()
    stored, sections = relire(dossier)
    assert (sections.salarie.prenom, stored.commentaire) == ("Yann", "")
    assert (Saisie.select().count(), Journal.select().where(Journal.compte == compte).count()) == (0, 0)


def test_what_is_typed_on_an_older_version_is_kept_over_that_one(dossier, compte):
    actions.garder(dossier, salarie(dossier), compte, dossier.version - 1)
    assert frappe(dossier, "salarie", compte).version == dossier.version - 1


def test_supprimer_takes_the_draft_and_all_that_it_holds_and_nothing_else(dossier, structure, compte):
    filed = un_dossier(structure, etat="soumis")
    actions.garder(dossier, salarie(dossier), compte, dossier.version)
    actions.supprimer(dossier)
    actions.supprimer(dossier)  # the second of two clicks
    with pytest.raises(Conflit):
        actions.supprimer(filed)
    assert [d.id for d in Dossier.select()] == [filed.id]
    assert (Saisie.select().count(), SECTIONS["salarie"].select().count()) == (0, 1)
    assert Journal.select().where(Journal.dossier == dossier.id).count() == 0


def test_a_draft_handed_over_while_it_is_being_deleted_stays_with_its_files(dossier, compte):
    fiche = Fiche("programme.pdf", "application/pdf", 1)
    piece = deposer(dossier.id, "autre", fiche, coffre.ranger(io.BytesIO(b"%PDF fictif"), 100), compte)
    read_before, _ = relire(dossier)
    actions.annoter(dossier, compte, "Urgent.")
    with pytest.raises(Conflit):
        actions.supprimer(read_before)
    assert b"".join(coffre.lire(piece.coffre_id)) == b"%PDF fictif"
    actions.supprimer(dossier)
    with pytest.raises(coffre.Altere):
        coffre.lire(piece.coffre_id)
