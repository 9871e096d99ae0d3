"""The second factor of an account, its closing, and what a session says of the browser it runs in."""

from peewee import AutoField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    class Compte(Model):
        class Meta:
            database = db
            table_name = "compte"

    class SecondFacteur(Model):
        compte = ForeignKeyField(Compte, primary_key=True, on_delete="CASCADE")
        secret = TextField()
        dernier_pas = IntegerField()

        class Meta:
            database = db
            table_name = "second_facteur"

    class CodeDeSecours(Model):
        id = AutoField()
        compte = ForeignKeyField(Compte, on_delete="CASCADE")
        empreinte = CharField(max_length=64)
        utilise_le = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "code_de_secours"

    migrator.migrate(
        migrator.add_column("compte", "second_facteur_le", DateTimeField(null=True)),
        migrator.add_column("compte", "ferme_le", DateTimeField(null=True)),
        migrator.add_column("session", "navigateur", CharField(max_length=60, default="")),
    )
    db.create_tables([SecondFacteur, CodeDeSecours])


def down(migrator, db):
    migrator.migrate(
        migrator.drop_table("code_de_secours"),
        migrator.drop_table("second_facteur"),
        migrator.drop_column("session", "navigateur"),
        migrator.drop_column("compte", "ferme_le"),
        migrator.drop_column("compte", "second_facteur_le"),
    )
