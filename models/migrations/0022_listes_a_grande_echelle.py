"""Lists of a million dossiers: every list reads indexes that hold all that it filters or sorts by."""

from peewee import CharField

TEXTES = ("salarie_plie", "employeur_plie", "formation_plie")
ANCIENS = (
    ("structure_id", "modifie_le"),
    ("structure_id", "etat", "modifie_le"),
    ("structure_id", "siret", "modifie_le"),
    ("structure_id", "debut", "etat", *TEXTES, "numero", "modifie_le", "id"),
    ("organisme_id",),
)
INDEX = (
    ("structure_id", "modifie_le", "id", "etat", "debut", "siret", "numero", *TEXTES),
    ("structure_id", "etat", "modifie_le", "id", "debut", "siret", "numero", *TEXTES),
    ("structure_id", "debut", "etat", "siret", *TEXTES, "numero", "modifie_le", "id"),
    ("structure_id", "salarie_plie", "id"),
    ("structure_id", "numero", "id"),
    ("organisme_id", "modifie_le", "id", "etat", "numero", "organisme_plie"),
    ("etat", "soumis_le", "id"),
    ("soumis_le", "id"),
)
# Numbers are compared byte by byte, so that an index finds those that begin alike, whatever the language of the server.
NUMEROS = (("dossier", "numero"), ("dossier_recu", "numero_gestion"))
LIRE = """
select id, salarie_plie, employeur_plie, formation_plie from dossier
where organisme_id is not null and structure_id is null and id > {0} order by id limit 1000
"""
ECRIRE = "update dossier set organisme_plie = {0} where id = {0}"


def marquer(letter, words):
    return "".join(f" {letter}·{word}" for word in words.split())


def remplir(db):
    """What an organisme still holds alone. What it has handed over lies encrypted: it is found by its state only."""
    after = ""
    while rows := db.execute_sql(LIRE.format(db.param), (after,)).fetchall():
        for key, *texts in rows:
            words = "".join(map(marquer, "sef", texts))
            db.execute_sql(ECRIRE.format(db.param), (words[:560], key))
        after = rows[-1][0]


def nom_de(db, columns):
    return next(i.name for i in db.get_indexes("dossier") if tuple(i.columns) == columns)


def up(migrator, db):
    migrator.migrate(migrator.add_column("dossier", "organisme_plie", CharField(max_length=560, default="")))
    remplir(db)
    if db.param == "%s":
        for table, column in NUMEROS:
            db.execute_sql(f'alter table {table} alter column {column} type varchar(20) collate "C"')
    migrator.migrate(
        *(migrator.drop_index("dossier", nom_de(db, columns)) for columns in ANCIENS),
        *(migrator.add_index("dossier", columns, False) for columns in INDEX),
    )


def down(migrator, db):
    migrator.migrate(
        *(migrator.drop_index("dossier", nom_de(db, columns)) for columns in INDEX),
        *(migrator.add_index("dossier", columns, False) for columns in ANCIENS),
    )
    migrator.migrate(migrator.drop_column("dossier", "organisme_plie"))
