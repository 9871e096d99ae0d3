"""Kinds of notification and what each person prefers; what a mail is about and who sent it."""

from peewee import AutoField, BooleanField, CharField, Check, DateTimeField, ForeignKeyField, Model

COURRIEL = ("genre", "dossier_id", "auteur_id", "regle_le")
NOTIFICATION = ("genre", "chemin", "a_resumer")
RESUME = ("a_resumer", "compte_id", "cree_le")


def up(migrator, db):
    class Compte(Model):
        id = AutoField()

        class Meta:
            database = db
            table_name = "compte"

    class Dossier(Model):
        id = CharField(primary_key=True, max_length=16)

        class Meta:
            database = db
            table_name = "dossier"

    class Preference(Model):
        compte = ForeignKeyField(Compte, on_delete="CASCADE")
        genre = CharField(max_length=20)
        mode = CharField(max_length=10, constraints=[Check("mode in ('immediat', 'quotidien', 'aucun')")])

        class Meta:
            database = db
            table_name = "preference"
            indexes = ((("compte", "genre"), True),)

    def lien(model):
        return ForeignKeyField(model, field=model.id, null=True, on_delete="SET NULL")

    db.create_tables([Preference])
    migrator.migrate(
        migrator.add_column("notification", "genre", CharField(max_length=20, default="")),
        migrator.add_column("notification", "chemin", CharField(max_length=200, null=True)),
        migrator.add_column("notification", "a_resumer", BooleanField(default=False)),
        migrator.add_index("notification", RESUME, False),
        migrator.add_column("courriel", "genre", CharField(max_length=20, default="")),
        migrator.add_column("courriel", "dossier_id", lien(Dossier)),
        migrator.add_column("courriel", "auteur_id", lien(Compte)),
        migrator.add_column("courriel", "regle_le", DateTimeField(null=True)),
    )


def down(migrator, db):
    migrator.migrate(
        *(migrator.drop_index(table, name) for table, name in index(db)),
        *(migrator.drop_column("notification", column) for column in NOTIFICATION),
        *(migrator.drop_column("courriel", column) for column in COURRIEL),
        migrator.drop_table("preference"),
    )


def index(db):
    """The indexes that hold a column of ours: (table, name)."""
    for table, columns in (("notification", NOTIFICATION), ("courriel", COURRIEL)):
        for found in db.get_indexes(table):
            if set(found.columns) & set(columns):
                yield table, found.name
