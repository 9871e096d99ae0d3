"""Exports for organismes, too: an archive says for whom it was made."""

from peewee import CharField, Check


def up(migrator, db):
    partie = CharField(max_length=10, default="employeur", constraints=[Check("partie in ('employeur', 'organisme')")])
    migrator.migrate(migrator.add_column("export", "partie", partie))


def down(migrator, db):
    migrator.migrate(migrator.drop_column("export", "partie"))
