"""What each write changed, kept with both values: the base of the merge, of « Saisi par… » and of both-values lists."""

from datetime import date
from decimal import Decimal

import pytest

from models.base import db
from models.contenu import contenu, ecrire, ouvrir_sections
from models.dossier import Dossier
from models.etats import Conflit
from models.modifications import Modification, auteurs, changements_depuis, revenir
from tests.fabriques import un_compte, un_dossier, une_structure


@pytest.fixture
def structure(base):
    return une_structure()


@pytest.fixture
def dossier(structure):
    return un_dossier(structure, changements={"contrat.salaire": Decimal("1450.00")})


def champs(changes):
    return {f"{section}.{column}": value for section, values in changes.items() for column, value in values.items()}


def test_each_write_keeps_who_changed_what_with_both_values(dossier, structure):
    compte, version = un_compte(structure).id, dossier.version
    ecrire(dossier, {"salarie": {"prenom": "Alice"}, "contrat": {"salaire": Decimal("1500.10")}}, compte, "saisie")
    found = {c.champ: c for c in changements_depuis(dossier.id, version)}
    assert (found["salarie.prenom"].avant, found["salarie.prenom"].apres) == ("Yann", "Alice")
    assert (found["contrat.salaire"].avant, found["contrat.salaire"].apres) == (Decimal("1450.00"), Decimal("1500.10"))
    assert {(c.compte, c.partie, c.version) for c in found.values()} == {(compte, "employeur", version + 1)}
    assert changements_depuis(dossier.id, dossier.version) == []


def test_dates_numbers_and_boxes_come_back_as_they_were(dossier):
    d, version = contenu(dossier.id), dossier.version
    new = {
        "salarie": {"date_naissance": date(2000, 2, 29), "rqth": not d.salarie.rqth, "nir": None},
        "contrat": {"date_debut": date(2027, 1, 4), "essai_jours": 0},
    }
    ecrire(dossier, new, None, "saisie")
    changes = changements_depuis(dossier.id, version)
    assert {c.champ: c.apres for c in changes} == champs(new)
    earlier = revenir(contenu(dossier.id), changes)
    assert {champ: earlier.valeur(champ) for champ in champs(new)} == {champ: d.valeur(champ) for champ in champs(new)}


def test_several_writes_are_undone_to_any_version(dossier):
    states = {dossier.version: contenu(dossier.id).salarie.prenom}
    for prenom in ("Alice", "Bernard", None, "Zoé"):
        ecrire(dossier, {"salarie": {"prenom": prenom}}, None, "saisie")
        states[dossier.version] = prenom
    for version, prenom in states.items():
        assert revenir(contenu(dossier.id), changements_depuis(dossier.id, version)).salarie.prenom == prenom


def test_the_comment_is_kept_as_an_answer(dossier):
    version = dossier.version
    ecrire(dossier, {}, None, "saisie", commentaire="Urgent.")
    ecrire(dossier, {}, None, "saisie", commentaire="Urgent.")
    assert [(c.champ, c.avant, c.apres) for c in changements_depuis(dossier.id, version)] == [
        ("dossier.commentaire", "", "Urgent.")
    ]


def test_what_an_organisme_writes_alone_is_its_own(structure):
    organisme = une_structure("organisme", "Organisme Fictif")
    dossier = Dossier.create(organisme=organisme, cle_creation="seul")
    ouvrir_sections(dossier.id)
    ecrire(dossier, {"salarie": {"prenom": "Alice"}}, None, "saisie")
    ecrire(dossier, {}, None, "saisie", structure=structure.id)
    dossier = Dossier.get_by_id(dossier.id)
    ecrire(dossier, {"salarie": {"prenom": "Zoé"}}, None, "saisie")
    assert [row.partie for row in Modification.select().order_by(Modification.version)] == [
        "organisme",
        "organisme",
        "employeur",
    ]
    assert auteurs(dossier.id)["salarie.prenom"].partie == "employeur"


@pytest.mark.parametrize("version", [-1, 0, 10**9])
def test_a_version_that_never_was_is_not_known(dossier, version):
    assert changements_depuis(dossier.id, version) in (None, [])
    assert changements_depuis(dossier.id, 0) is None


def test_a_version_that_an_earlier_release_wrote_is_not_known(dossier):
    Modification.delete().execute()
    assert changements_depuis(dossier.id, dossier.version) is None
    before = dossier.version
    ecrire(dossier, {"salarie": {"prenom": "Alice"}}, None, "saisie")
    assert changements_depuis(dossier.id, before - 1) is None
    assert len(changements_depuis(dossier.id, before)) == 1


def test_whoever_is_too_late_leaves_no_trace(dossier):
    stale = Dossier.get_by_id(dossier.id)
    ecrire(dossier, {"salarie": {"prenom": "Alice"}}, None, "saisie")
    count = Modification.select().count()
    with pytest.raises(Conflit):
        ecrire(stale, {"salarie": {"prenom": "Bernard"}}, None, "saisie")
    assert Modification.select().count() == count


def test_what_was_changed_is_unreadable_in_the_database(dossier):
    ecrire(dossier, {"salarie": {"prenom": "Reconnaissable"}}, None, "saisie")
    rows = db.execute_sql("select champs, valeurs from modification order by version").fetchall()
    assert rows[-1][0] == "salarie.prenom"
    assert not [row for row in rows if "Reconnaissable" in (row[1] or "")]


def test_it_goes_with_the_dossier(dossier):
    dossier.delete_instance()
    assert Modification.select().count() == 0
