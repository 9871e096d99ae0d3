"""Every dated parameter of the law can be a row: more tables than the SMIC and the branches, told apart by `objet`."""

from peewee import (
    AutoField,
    BooleanField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    Model,
    TextField,
)

AVANT = ("smic", "smic_mayotte", "branche")
APRES = (*AVANT, "grille", "forfait", "experimentation", "naf", "aide")


def table(db, cle, longueur, genres):
    """The table as a release had it: how its rows are told apart, and which tables of the law it may hold."""

    class Compte(Model):
        class Meta:
            database = db
            table_name = "compte"

    class Parametre(Model):
        id = AutoField()
        genre = CharField(max_length=longueur[0], constraints=[Check(f"genre in {genres}")])
        depuis = DateField()
        valeurs = TextField(default="{}")
        source = CharField(max_length=200, default="")
        retire = BooleanField(default=False)
        compte = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        cree_le = DateTimeField()

        class Meta:
            database = db
            table_name = "parametre"

    Parametre._meta.add_field(cle, CharField(max_length=longueur[1], default=""))
    Parametre._meta.indexes = ((("genre", cle, "depuis"), False),)
    return Parametre


def refaire(db, avant, apres, cle_avant, cle_apres, genres):
    """SQLite changes no constraint of a table that is there: the rows, which are few, go through memory."""
    columns = [name for name in avant._meta.fields if name != cle_avant]
    rows = list(avant.select().where(avant.genre.in_(genres)).order_by(avant.id).dicts())
    avant.drop_table()
    db.create_tables([apres])
    for row in rows:
        apres.insert({name: row[name] for name in columns} | {cle_apres: row[cle_avant]}).execute()
    if rows and not hasattr(db, "pragma"):
        db.execute_sql("SELECT setval(pg_get_serial_sequence('parametre', 'id'), MAX(id)) FROM parametre")


def up(migrator, db):
    refaire(db, table(db, "idcc", (12, 4), AVANT), table(db, "objet", (16, 80), APRES), "idcc", "objet", AVANT)


def down(migrator, db):
    refaire(db, table(db, "objet", (16, 80), APRES), table(db, "idcc", (12, 4), AVANT), "objet", "idcc", AVANT)
