"""How long things are kept: when a draft was last opened, what was purged, what was done with a person's data."""

from peewee import AutoField, CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, Model


def up(migrator, db):
    class Compte(Model):
        class Meta:
            database = db
            table_name = "compte"

    class Purge(Model):
        id = AutoField()
        jour = DateField()
        regle = CharField(max_length=30)
        nombre = IntegerField()

        class Meta:
            database = db
            table_name = "purge"
            indexes = ((("jour", "regle"), True),)

    class ActeRgpd(Model):
        id = AutoField()
        compte = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        le = DateTimeField()
        acte = CharField(max_length=12)
        motif = CharField(max_length=20)
        dossiers = IntegerField()

        class Meta:
            database = db
            table_name = "acte_rgpd"

    migrator.migrate(
        migrator.add_column("dossier", "ouvert_le", DateTimeField(null=True)),
        migrator.add_column("dossier", "preavis_le", DateTimeField(null=True)),
    )
    db.create_tables([Purge, ActeRgpd])


def down(migrator, db):
    migrator.migrate(
        migrator.drop_table("acte_rgpd"),
        migrator.drop_table("purge"),
        migrator.drop_column("dossier", "preavis_le"),
        migrator.drop_column("dossier", "ouvert_le"),
    )
