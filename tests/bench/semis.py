"""A million fictional dossiers, the same at each run, sown as fast as the database takes them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache

from models.comptes import Structure
from models.dossier import Dossier
from models.numeros import composer
from models.recherches import masquer
from models.reperes import marquer, plier
from models.sections import Contrat, Employeur, Formation, Salarie

DOSSIERS, STRUCTURES = 1_000_000, 20_000
PLUS_GRANDE, PENTE = 40_000, 0.84
RARE = "zéphyrin"
NUMERO = composer(2026, 7)
ETATS = ("accepte",) * 60 + ("refuse",) * 4 + ("annule",) * 5 + ("en_instruction",) * 10 + ("pieces_envoyees",) * 6
ETATS += ("soumis",) * 5 + ("pieces_demandees",) * 2 + ("brouillon",) * 6 + ("a_valider_employeur",) * 2
NOMS = ("Martin", "Bernard", "Petit", "Marchand", "Le Gall-Roux", "Béranger", "Traoré", "Nguyen", "Da Silva", "Œuvrard")
PRENOMS = ("Camille", "Yann", "Aminata", "Zoé", "Éléonore", "Malo", "Inès", "Noé", "Lou", "Sacha")
METIERS = ("hôtellerie", "tourisme", "banque", "logistique", "restauration", "vente", "boulangerie", "soins")
ENSEIGNES = ("Hôtel", "Garage", "Boulangerie", "Transports", "Cabinet", "Restaurant", "Ateliers", "Clinique")
SYLLABES = [consonne + voyelle for consonne in "bcdfglmnprstv" for voyelle in "aeiou"]
MINUIT = datetime(2024, 1, 1)  # noqa: DTZ001 as the tables hold it
TAILLES: list[int] = []  # how many dossiers each structure was sown with


def organisme() -> int:
    """Identifier of an organisme that pre-entered one dossier in fifty."""
    return STRUCTURES + 1


@cache
def tailles(count: int) -> tuple[int, ...]:
    """How many dossiers each structure has: a few have very many, most a handful."""
    scale = count / DOSSIERS
    sizes = [max(1, int(PLUS_GRANDE * scale / rank**PENTE)) for rank in range(1, STRUCTURES + 1)]
    rest = count - sum(sizes)
    for rank in range(abs(rest)):
        place = STRUCTURES - 1 - rank % (STRUCTURES // 2)
        sizes[place] = max(1, sizes[place] + (1 if rest > 0 else -1))
    return tuple(sizes)


def semer(database, count, chance):
    """Fill the database; answers the largest structure."""
    TAILLES[:] = tailles(count)
    kinds = [("employeur", f"Structure fictive {rank}") for rank in range(STRUCTURES)]
    rows = [(rank, *kind, MINUIT) for rank, kind in enumerate([*kinds, ("organisme", "Organisme Fictif")], 1)]
    verser(database, Structure, ("id", "genre", "nom", "cree_le"), iter(rows))
    owners = [rank for rank, size in enumerate(TAILLES, 1) for _ in range(size)]
    chance.shuffle(owners)
    dossiers = Dossiers(owners, chance)
    kept = retirer_les_index(database)
    for model, columns in COLONNES.items():
        verser(database, model, columns, dossiers.lignes(model))
    for sql in kept:
        database.execute_sql(sql)
    terminer(database)
    return Structure.get_by_id(1)


COLONNES = {
    Dossier: (
        "id numero etat etape faites version structure_id organisme_id cle_creation commentaire motif cree_le "
        "modifie_le soumis_le debut salarie_plie employeur_plie formation_plie organisme_plie"
    ).split(),
    Salarie: ["dossier_id", "nom_naissance", "prenom"],
    Employeur: ["dossier_id", "denomination", "siret"],
    Formation: ["dossier_id", "rncp", "intitule"],
    Contrat: ["dossier_id", "date_debut", "date_fin"],
}


class Dossiers:
    """The rows of each table; asked again they are the same, so that nothing is held in memory."""

    def __init__(self, owners, chance):
        self.owners, self.seed = owners, chance.random()
        self.names = ["".join(chance.choices(SYLLABES, k=chance.randint(2, 4))).capitalize() for _ in range(20_000)]

    def lignes(self, model) -> Iterator[tuple]:
        for rank, owner in enumerate(self.owners):
            yield self.ligne(model, rank, owner)

    def ligne(self, model, rank, owner):
        key, draw = f"bench-{rank:010}", hash((self.seed, rank)) & 0xFFFFFFFFFFFF
        nom = NOMS[draw % 10] if draw % 3 == 0 else self.names[draw // 7 % len(self.names)]
        nom = RARE.capitalize() if rank % 30_011 == 7 else nom
        prenom = PRENOMS[draw // 11 % 10]
        enseigne = f"{ENSEIGNES[owner % 8]} Fictif {owner}"
        siret = f"{owner:09}{draw % 4:05}"
        rncp, intitule = f"RNCP{30_000 + draw % 900}", f"BTS {METIERS[draw % 8]} et gestion"
        debut = date(2024, 9, 1) + timedelta(days=draw // 13 % 900)
        if model is Salarie:
            return key, nom, prenom
        if model is Employeur:
            return key, enseigne, siret
        if model is Formation:
            return key, rncp, intitule
        if model is Contrat:
            return key, debut, debut + timedelta(days=365)
        words = plie(nom) + plie(prenom), f" {siret}{plie(enseigne)}", plie(rncp) + plie(intitule)
        return self.dossier(key, rank, draw, owner, debut, words)

    def dossier(self, key, rank, draw, owner, debut, words):
        etat = ETATS[draw // 17 % len(ETATS)]
        filed = etat not in ("brouillon", "a_valider_employeur")
        changed = MINUIT + timedelta(seconds=draw // 19 % 90_000_000)
        mine = organisme() if rank % 50 == 0 else None
        known = (
            marquer(dict(zip(("salarie_plie", "employeur_plie", "formation_plie"), words, strict=True))) if mine else ""
        )
        numero = composer(2026, rank) if filed or rank == 7 else None
        soumis = changed if filed else None
        head = (key, numero, etat, "synthese", "", 1, owner, mine, key, "", "", MINUIT, changed, soumis, debut)
        return *head, *words, known


@cache
def plie(text):
    """`plier` of a text that many dossiers have."""
    return plier(text)


def retirer_les_index(database):
    """Drop the indexes that are no constraint; answers the statements that make them again, faster afterwards."""
    kept = []
    for model in COLONNES:
        for index in database.get_indexes(model._meta.table_name):
            if not index.unique and index.sql:
                kept.append(index.sql)
                database.execute_sql(f'drop index "{index.name}"')
    return kept


def verser(database, model, columns, rows):
    """Write all rows of one table in one transaction."""
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.table_name
    with database.atomic():
        cursor = database.cursor()
        if database.param == "%s":
            with cursor.copy(f'copy "{table}" ({names}) from stdin') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join("?" * len(columns))
        sql = f'insert into "{table}" ({names}) values ({places})'  # noqa: S608 our own names
        cursor.executemany(sql, (tuple(map(texte, row)) for row in rows))


def texte(value):
    """Dates as SQLite keeps them."""
    return str(value) if isinstance(value, date) else value


def terminer(database):
    """What a database that has lived for a while has done by itself."""
    if database.param == "%s":
        connection = database.connection()
        connection.autocommit = True
        database.execute_sql("select setval('structure_id_seq', (select max(id) from structure))")
        connection.execute("vacuum analyze")
    else:
        database.execute_sql("pragma wal_checkpoint(truncate)")


def adresse(query: dict, compte: int) -> dict:
    """The query of a search as it stands in the URL."""
    name = query.pop("salarie", "")
    return query | ({"s": masquer(name, compte)} if name else {})
