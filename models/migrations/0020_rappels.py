"""Since when each dossier waits for what it waits for, and the reminders that were given."""

from peewee import AutoField, CharField, DateField, DateTimeField, ForeignKeyField, Model, SmallIntegerField

INDEX = (("etat", "debut"), ("etat", "delai_depuis"))
# The last change of state that the journal knows; for the others the last write.
DEPUIS = """
update dossier set delai_depuis = coalesce(
    (select max(le) from journal where journal.dossier_id = dossier.id and vers is not null), modifie_le)
"""


def up(migrator, db):
    class Dossier(Model):
        id = CharField(primary_key=True, max_length=16)

        class Meta:
            database = db
            table_name = "dossier"

    class Rappel(Model):
        id = AutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        serie = CharField(max_length=20)
        rang = SmallIntegerField()
        depuis = DateField()
        le = DateTimeField()

        class Meta:
            database = db
            table_name = "rappel"
            indexes = ((("dossier", "serie", "rang", "depuis"), True),)

    db.create_tables([Rappel])
    migrator.migrate(migrator.add_column("dossier", "delai_depuis", DateTimeField(null=True)))
    db.execute_sql(DEPUIS)
    migrator.migrate(*(migrator.add_index("dossier", columns, False) for columns in INDEX))


def down(migrator, db):
    names = [i.name for i in db.get_indexes("dossier") if tuple(i.columns) in INDEX]
    migrator.migrate(
        *(migrator.drop_index("dossier", name) for name in names),
        migrator.drop_column("dossier", "delai_depuis"),
        migrator.drop_table("rappel"),
    )
