"""Who may act for a structure: establishments, mandates, registrations, invitations, requests and their journal."""

from peewee import (
    AutoField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

SIRETS = """
update dossier set siret = (select e.siret from employeur e where e.dossier_id = dossier.id)
"""
INDEX = ("structure_id", "siret", "modifie_le")
NOUVELLES = ("mandat", "inscription", "invitation", "demande_acces", "journal_acces")


def reponse(*words):
    return CharField(max_length=10, default="", constraints=[Check(f"reponse in ('', {', '.join(map(repr, words))})")])


def tables(db):
    class Lie(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Compte(Lie):
        pass

    class Structure(Lie):
        pass

    class Lien(Lie):
        id = CharField(max_length=22, primary_key=True)

    class Mandat(Lie):
        id = AutoField()
        mandant = ForeignKeyField(Structure, on_delete="CASCADE")
        mandataire = ForeignKeyField(Structure, on_delete="CASCADE")
        droits = CharField(max_length=100)
        etablissements = TextField(default="")
        debut = DateField()
        fin = DateField()
        demande_par = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        accepte_par = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        cree_le = DateTimeField()
        accepte_le = DateTimeField(null=True)
        revoque_le = DateTimeField(null=True)

        class Meta:
            indexes = ((("mandataire", "revoque_le"), False), (("mandant", "revoque_le"), False))

    class Inscription(Lie):
        lien = ForeignKeyField(Lien, primary_key=True, on_delete="CASCADE")
        genre = CharField(max_length=10, constraints=[Check("genre in ('employeur', 'organisme')")])
        siret = CharField(max_length=14)
        nda = CharField(max_length=11, null=True)
        denomination = CharField(max_length=200)
        identite = TextField()

    class Invitation(Lie):
        id = AutoField()
        structure = ForeignKeyField(Structure, on_delete="CASCADE")
        lien = ForeignKeyField(Lien, unique=True, on_delete="CASCADE")
        courriel = TextField()
        droits = CharField(max_length=100)
        etablissements = TextField(default="")
        cree_par = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        cree_le = DateTimeField()
        reponse = reponse("acceptee", "retiree")

    class DemandeAcces(Lie):
        id = AutoField()
        structure = ForeignKeyField(Structure, on_delete="CASCADE")
        compte = ForeignKeyField(Compte, on_delete="CASCADE")
        lien = ForeignKeyField(Lien, null=True, on_delete="SET NULL")
        cree_le = DateTimeField()
        reponse = reponse("acceptee", "refusee")
        repondue_par = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        repondue_le = DateTimeField(null=True)

        class Meta:
            indexes = ((("structure", "reponse"), False), (("reponse", "cree_le"), False))

    class JournalAcces(Lie):
        id = AutoField()
        structure = ForeignKeyField(Structure, on_delete="CASCADE")
        compte = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        personne = ForeignKeyField(Compte, null=True, on_delete="SET NULL")
        autre = ForeignKeyField(Structure, null=True, on_delete="SET NULL")
        le = DateTimeField()
        action = CharField(max_length=40)
        details = TextField(default="")

    return [Mandat, Inscription, Invitation, DemandeAcces, JournalAcces]


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("habilitation", "etablissements", TextField(default="")),
        migrator.add_column("structure", "contact", TextField(null=True)),
        migrator.add_column("journal", "mandataire", IntegerField(null=True)),
        migrator.add_column("dossier", "siret", CharField(max_length=14, null=True)),
    )
    db.execute_sql(SIRETS)
    migrator.migrate(migrator.add_index("dossier", INDEX, False))
    db.create_tables(tables(db))


def down(migrator, db):
    for name in reversed(NOUVELLES):
        migrator.migrate(migrator.drop_table(name))
    index = next(i.name for i in db.get_indexes("dossier") if tuple(i.columns) == INDEX)
    migrator.migrate(
        migrator.drop_index("dossier", index),
        migrator.drop_column("dossier", "siret"),
        migrator.drop_column("journal", "mandataire"),
        migrator.drop_column("structure", "contact"),
        migrator.drop_column("habilitation", "etablissements"),
    )
