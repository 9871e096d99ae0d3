"""Digests of what was delivered, and exports of dossiers with their files."""

from peewee import (
    BigIntegerField,
    CharField,
    Check,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

COLONNES = {"coffre_id": 32, "sha256": 64, "sha256_cerfa": 64}


def up(migrator, db):
    class Compte(Model):
        class Meta:
            database = db
            table_name = "compte"

    class Export(Model):
        id = CharField(max_length=16, primary_key=True)
        compte = ForeignKeyField(Compte, on_delete="CASCADE")
        dossiers = TextField()
        nombre = IntegerField()
        etat = CharField(
            max_length=10, constraints=[Check("etat in ('a_faire', 'en_cours', 'pret', 'trop_lourd', 'echoue')")]
        )
        tentatives = IntegerField()
        bail_jusqu_au = DateTimeField(null=True)
        coffre_id = CharField(max_length=32, null=True)
        taille = BigIntegerField(null=True)
        cree_le = DateTimeField()
        fini_le = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "export"
            indexes = ((("etat", "cree_le"), False),)

    migrator.migrate(
        *(migrator.add_column("transmission", name, CharField(max_length=n, null=True)) for name, n in COLONNES.items())
    )
    db.create_tables([Export])


def down(migrator, db):
    migrator.migrate(
        migrator.drop_table("export"), *(migrator.drop_column("transmission", column) for column in COLONNES)
    )
