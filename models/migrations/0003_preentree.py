"""What an organisme handed over to the employer."""

from peewee import CharField, DateTimeField, ForeignKeyField, Model, TextField


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

    class Preentree(Model):
        dossier = ForeignKeyField(Dossier, primary_key=True, on_delete="CASCADE")
        compte = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        destinataire = TextField()
        blocs = TextField()
        pieces = TextField()
        commentaire = TextField()
        message = TextField(null=True)
        remise_le = DateTimeField()

        class Meta:
            database = db
            table_name = "preentree"

    db.create_tables([Preentree])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("preentree"))
