"""What lists search and sort by stands in the dossier itself, in one index."""

import unicodedata

from peewee import CharField, DateField

INDEX = (
    "structure_id",
    "debut",
    "etat",
    "salarie_plie",
    "employeur_plie",
    "formation_plie",
    "numero",
    "modifie_le",
    "id",
)
LIRE = """
select d.id, s.nom_naissance, s.nom_usage, s.prenom, e.siret, e.denomination, f.rncp, f.intitule, c.date_debut
from dossier d
left join salarie s on s.dossier_id = d.id left join employeur e on e.dossier_id = d.id
left join formation f on f.dossier_id = d.id left join contrat c on c.dossier_id = d.id
where d.id > {0} order by d.id limit 1000
"""
ECRIRE = "update dossier set salarie_plie = {0}, employeur_plie = {0}, formation_plie = {0}, debut = {0} where id = {0}"


def plier(*texts):
    flat = unicodedata.normalize("NFKD", " ".join(t or "" for t in texts).replace("œ", "oe").replace("Œ", "oe"))
    letters = (c if c.isalnum() else " " for c in flat.casefold() if not unicodedata.combining(c))
    return "".join(f" {word}" for word in "".join(letters).split())[:160]


def remplir(db):
    after = ""
    while rows := db.execute_sql(LIRE.format(db.param), (after,)).fetchall():
        for key, *names, siret, denomination, rncp, intitule, debut in rows:
            values = (plier(*names), plier(siret, denomination), plier(rncp, intitule), debut, key)
            db.execute_sql(ECRIRE.format(db.param), values)
        after = rows[-1][0]


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("dossier", "debut", DateField(null=True)),
        migrator.add_column("dossier", "salarie_plie", CharField(max_length=160, default="")),
        migrator.add_column("dossier", "employeur_plie", CharField(max_length=160, default="")),
        migrator.add_column("dossier", "formation_plie", CharField(max_length=160, default="")),
    )
    remplir(db)
    migrator.migrate(migrator.add_index("dossier", INDEX, False))


def down(migrator, db):
    name = next(i.name for i in db.get_indexes("dossier") if "debut" in i.columns)
    migrator.migrate(
        migrator.drop_index("dossier", name),
        *(migrator.drop_column("dossier", column) for column in INDEX if column.endswith("_plie") or column == "debut"),
    )
