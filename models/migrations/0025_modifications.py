"""What each write changed in a dossier, with both values, encrypted."""

from peewee import CharField, CompositeKey, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


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

    class Modification(Model):
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        version = IntegerField()
        compte = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        partie = CharField(max_length=10)
        le = DateTimeField()
        champs = TextField()
        valeurs = TextField(null=True)

        class Meta:
            database = db
            table_name = "modification"
            primary_key = CompositeKey("dossier", "version")

    db.create_tables([Modification])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("modification"))
