"""The migrations make what the models say, from nothing and from each release before."""

import pytest
from playhouse.migrations import Runner
from playhouse.schema_diff import diff_models

from models.base import db
from models.comptes import Structure
from models.structures import structure_du_siret
from models.tables import MIGRATIONS, TABLES, migrer
from tests.fabriques import relire, un_dossier

SIREN, SIRET, ANNEXE = "732829320", "73282932000074", "73282932000082"
NOMS = sorted(path.stem for path in MIGRATIONS.glob("[0-9]*.py"))


def test_the_migrations_make_the_tables_of_the_models(base):
    assert not diff_models(base, TABLES)


def test_each_number_is_used_once():
    numbers = [int(name[:4]) for name in NOMS]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("before", range(1, len(NOMS)))
def test_what_an_earlier_release_kept_is_there_after_the_migration(base, before):
    dossier = un_dossier()
    for _ in NOMS[before:]:
        Runner(db.obj, str(MIGRATIONS)).down()
    assert migrer(db.obj) == NOMS[before:]
    assert not diff_models(base, TABLES)
    assert relire(dossier)[1].salarie.prenom == "Yann"


def test_doubled_structures_stay_and_the_first_of_them_keeps_the_siren(base):
    before = NOMS.index("0040_une_structure_par_siren")
    for _ in NOMS[before:]:
        Runner(db.obj, str(MIGRATIONS)).down()
    rows = [("employeur", SIREN, SIRET), ("employeur", SIREN, ANNEXE), ("organisme", None, SIRET), ("opco", None, None)]
    for genre, siren, siret in rows:
        Structure.insert(genre=genre, nom="Fictive", siren=siren, siret=siret).execute()
    migrer(db.obj)
    found = [(s.genre, s.siren, s.siret) for s in Structure.select().order_by(Structure.id)]
    assert found == [rows[0], ("employeur", None, ANNEXE), ("organisme", SIREN, SIRET), rows[3]]
    assert structure_du_siret("employeur", ANNEXE).siret == SIRET
