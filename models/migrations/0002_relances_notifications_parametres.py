"""Relances of an inactive certification, the bell, dated parameters of the administrator."""

from peewee import (
    AutoField,
    BooleanField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


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

    class Relance(Model):
        id = AutoField()
        dossier = ForeignKeyField(Dossier, unique=True, on_delete="CASCADE")
        rncp = CharField(max_length=9)
        compte = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        envois = IntegerField(default=0)
        prochain_envoi = DateTimeField()
        ouverte_le = DateTimeField()
        close_le = DateTimeField(null=True)
        fin = CharField(
            max_length=12, default="", constraints=[Check("fin in ('', 'avenant', 'gestionnaire', 'sans_objet')")]
        )

        class Meta:
            database = db
            table_name = "relance"
            indexes = ((("close_le", "prochain_envoi"), False),)

    class Notification(Model):
        id = AutoField()
        cle = CharField(unique=True, max_length=120)
        compte = ForeignKeyField(Compte, on_delete="CASCADE")
        dossier = ForeignKeyField(Dossier, null=True, on_delete="CASCADE")
        texte = CharField(max_length=300)
        cree_le = DateTimeField()
        lue_le = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "notification"
            indexes = ((("compte", "lue_le"), False),)

    class Parametre(Model):
        id = AutoField()
        genre = CharField(max_length=12, constraints=[Check("genre in ('smic', 'smic_mayotte', 'branche')")])
        idcc = CharField(max_length=4, default="")
        depuis = DateField()
        valeurs = TextField(default="{}")
        source = CharField(max_length=200, default="")
        retire = BooleanField(default=False)
        compte = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        cree_le = DateTimeField()

        class Meta:
            database = db
            table_name = "parametre"
            indexes = ((("genre", "idcc", "depuis"), False),)

    db.create_tables([Relance, Notification, Parametre])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("parametre"))
    migrator.migrate(migrator.drop_table("notification"))
    migrator.migrate(migrator.drop_table("relance"))
