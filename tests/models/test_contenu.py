"""The sections of a dossier: read together, written together, never over somebody else's."""

from datetime import date
from decimal import Decimal

import pytest

from models.base import db
from models.contenu import COLONNES, changements, contenu, ecrire, vide
from models.crypto import empreinte
from models.dossier import Dossier
from models.etats import Conflit
from models.journal import Journal
from models.sections import Salarie
from tests.fabriques import PERSONNE, relire, un_compte, un_dossier, une_structure

CHIFFRES = (
    "nir",
    "date_naissance",
    "departement_naissance",
    "commune_naissance",
    "numero_france_travail",
    "minimum_social",
    "rqth",
    "equivalence_jeunes",
    "extension_boe",
)


@pytest.fixture
def dossier(base):
    return un_dossier(une_structure())


def test_every_value_comes_back_with_its_type(dossier):
    d = contenu(dossier.id)
    assert d.salarie.nir == PERSONNE["nir"]
    assert d.salarie.date_naissance == PERSONNE["date_naissance"]
    assert d.salarie.rqth is PERSONNE["rqth"]
    assert (type(d.contrat.salaire), type(d.contrat.date_debut), d.employeur.effectif) == (Decimal, date, 42)
    assert d.employeur.particulier_employeur is False
    assert d.valeur("salarie.nir") == d.salarie.nir


def test_a_new_dossier_is_empty(base):
    assert changements(vide(), contenu(un_dossier(complet=False).id)) == {}


def test_only_what_changed_is_written(dossier, requetes):
    before, after = contenu(dossier.id), contenu(dossier.id)
    after.salarie.prenom = "Zoé"
    changes = changements(before, after)
    assert changes == {"salarie": {"prenom": "Zoé"}}
    requetes.clear()
    ecrire(dossier, changes, None, "saisie")
    written = [sql.lower() for sql in requetes if sql.lower().startswith('update "salarie"')]
    assert len(written) == 1
    assert "nir" not in written[0]
    assert relire(dossier)[1].salarie.prenom == "Zoé"


def test_two_copies_of_one_dossier_do_not_erase_each_other(dossier):
    before = contenu(dossier.id).contrat.emploi
    first, second = Dossier.get_by_id(dossier.id), Dossier.get_by_id(dossier.id)
    ecrire(first, {"salarie": {"prenom": "Alice"}}, None, "saisie")
    with pytest.raises(Conflit):
        ecrire(second, {"salarie": {"prenom": "Bernard"}, "contrat": {"emploi": "Serveur"}}, None, "saisie")
    after = relire(dossier)[1]
    assert (after.salarie.prenom, after.contrat.emploi) == ("Alice", before)


def test_whoever_wrote_may_write_again(dossier):
    ecrire(dossier, {"salarie": {"prenom": "Alice"}}, None, "saisie")
    ecrire(dossier, {"salarie": {"prenom": "Zoé"}}, None, "saisie")
    assert relire(dossier)[0].version == dossier.version


def test_what_was_filed_meanwhile_is_not_written(dossier):
    Dossier.update(etat="soumis").execute()
    with pytest.raises(Conflit):
        ecrire(dossier, {"salarie": {"prenom": "Alice"}}, None, "saisie")


def test_the_journal_names_fields_and_no_value(dossier):
    compte = un_compte()
    ecrire(dossier, {"salarie": {"prenom": "Alice", "nir": "2" * 15}}, compte.id, "saisie")
    row = Journal.select().order_by(Journal.id.desc()).get()
    assert (row.action, row.compte_id, row.details) == ("saisie", compte.id, "salarie.prenom salarie.nir")


@pytest.mark.parametrize("nir", ["206112A00401705", None])
def test_the_blind_index_follows_the_nir(dossier, nir):
    ecrire(dossier, {"salarie": {"nir": nir}}, None, "saisie")
    assert Salarie.get().nir_empreinte == (nir and empreinte(nir))


def test_identity_birth_and_health_are_unreadable_in_the_database(dossier):
    assert set(CHIFFRES) <= set(COLONNES["salarie"])
    columns = ", ".join(CHIFFRES)
    row = db.execute_sql(f"select {columns} from salarie").fetchone()  # noqa: S608 names of ours
    stored = dict(zip(CHIFFRES, row, strict=True))
    assert all(value is None or value.startswith("gAAAA") for value in stored.values())
    assert stored["nir"]


def test_a_dossier_that_is_gone_is_a_conflict(dossier):
    dossier.delete_instance()
    with pytest.raises(Conflit):
        contenu(dossier.id)
