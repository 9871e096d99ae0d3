"""Avenants: what an employer proposes to change in a filed dossier."""

from peewee import AutoField, CharField, Check, DateField, DateTimeField, ForeignKeyField, Model, TextField


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

    class Avenant(Model):
        id = AutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        rncp_avant = CharField(max_length=9)
        rncp = CharField(max_length=9)
        date_effet = DateField()
        piece_id = CharField(max_length=16)
        etat = CharField(
            max_length=8, default="propose", constraints=[Check("etat in ('propose', 'accepte', 'refuse')")]
        )
        motif = TextField(null=True)
        compte = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        propose_le = DateTimeField()
        decide_le = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "avenant"
            indexes = ((("dossier", "etat"), False),)

    db.create_tables([Avenant])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("avenant"))
