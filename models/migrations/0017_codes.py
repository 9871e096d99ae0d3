"""Codes that prove a mailbox."""

from peewee import CharField, DateTimeField, ForeignKeyField, Model, SmallIntegerField


def up(migrator, db):
    class Lien(Model):
        id = CharField(primary_key=True, max_length=22)

        class Meta:
            database = db
            table_name = "lien"

    class Code(Model):
        id = CharField(primary_key=True, max_length=22)
        lien = ForeignKeyField(Lien, on_delete="CASCADE")
        empreinte = CharField(max_length=64)
        essais = SmallIntegerField(default=0)
        expire_le = DateTimeField()

        class Meta:
            database = db
            table_name = "code"

    db.create_tables([Code])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("code"))
