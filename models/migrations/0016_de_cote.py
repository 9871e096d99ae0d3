"""What the employer keeps aside when it sends a pre-entry back."""

from peewee import IntegerField, TextField


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("preentree", "prise", IntegerField(null=True)),
        migrator.add_column("preentree", "de_cote", TextField(null=True)),
    )


def down(migrator, db):
    migrator.migrate(
        migrator.drop_column("preentree", "de_cote"),
        migrator.drop_column("preentree", "prise"),
    )
