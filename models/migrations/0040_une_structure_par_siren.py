"""One employer and one organisme for each SIREN: two people who register at once come to the same one.

Those that were doubled before stay as they are, dossiers and people included: the first keeps the SIREN, the others
their SIRET alone. Only people can say whether they are to be one.
"""

INDEX = ("genre", "siren")
REMPLIR = "update structure set siren = substr(siret, 1, 9) where siren is null and length(siret) = 14"
DEDOUBLER = """
update structure set siren = null where siren is not null and exists (
select 1 from structure s where s.genre = structure.genre and s.siren = structure.siren and s.id < structure.id)
"""


def up(migrator, db):
    db.execute_sql(REMPLIR)
    db.execute_sql(DEDOUBLER)
    migrator.migrate(migrator.add_index("structure", INDEX, True))


def down(migrator, db):
    index = next(i.name for i in db.get_indexes("structure") if tuple(i.columns) == INDEX)
    migrator.migrate(migrator.drop_index("structure", index))
