"""Who is on which page of a draft right now."""

from peewee import AutoField, CharField, DateTimeField, ForeignKeyField, Model


def up(migrator, db):
    class Compte(Model):
        class Meta:
            database = db
            table_name = "compte"

    class Dossier(Model):
        id = CharField(primary_key=True, max_length=16)

        class Meta:
            database = db
            table_name = "dossier"

    class Presence(Model):
        id = AutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        compte = ForeignKeyField(Compte, on_delete="CASCADE")
        etape = CharField(max_length=20)
        partie = CharField(max_length=10)
        depuis = DateTimeField()
        vu_le = DateTimeField()

        class Meta:
            database = db
            table_name = "presence"
            indexes = ((("dossier", "compte"), True),)

    db.create_tables([Presence])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("presence"))
