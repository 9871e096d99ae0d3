"""Searches that a person keeps."""

from peewee import AutoField, CharField, Check, DateTimeField, ForeignKeyField, Model, TextField


def up(migrator, db):
    class Compte(Model):
        class Meta:
            database = db
            table_name = "compte"

    class RechercheGardee(Model):
        id = AutoField()
        compte = ForeignKeyField(Compte, on_delete="CASCADE")
        liste = CharField(max_length=10, constraints=[Check("liste in ('employeur', 'organisme')")])
        nom = TextField()
        criteres = TextField()
        cree_le = DateTimeField()

        class Meta:
            database = db
            table_name = "recherche_gardee"

    db.create_tables([RechercheGardee])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("recherche_gardee"))
