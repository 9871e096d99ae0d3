"""SIRENE: the stocks of establishments and of legal units, joined by SIREN, in the order in which people see them.

The rows lie in a file of work meanwhile, so that 44 million need no more memory than a few. SQLite joins and sorts
them: taken back into Python for that, they would need twice the time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from tasks.registres.chantier import Chantier
from tasks.registres.lecture import Contenu, FichierRefuse, Tableau, tableau
from tasks.registres.parquet import Parquet, est_parquet, parquet
from tasks.registres.voies import VOIES

LOT = 5_000
FERMES = 2  # years during which a closed establishment is still shown, with its date
PERIMETRES = {
    "employeurs": "active ones with employees",
    "actifs": "active ones, and those closed in the last two years",
    "tous": "all, closed ones included",
}
ETABLISSEMENT = (
    "siret",
    "statutDiffusionEtablissement",
    "etatAdministratifEtablissement",
    "dateDebut",
    "etablissementSiege",
    "trancheEffectifsEtablissement",
    "enseigne1Etablissement",
    "denominationUsuelleEtablissement",
    "numeroVoieEtablissement",
    "indiceRepetitionEtablissement",
    "typeVoieEtablissement",
    "libelleVoieEtablissement",
    "complementAdresseEtablissement",
    "codePostalEtablissement",
    "libelleCommuneEtablissement",
    "codeCommuneEtablissement",
    "activitePrincipaleEtablissement",
    "caractereEmployeurEtablissement",
)
UNITE = (
    "siren",
    "statutDiffusionUniteLegale",
    "denominationUniteLegale",
    "sigleUniteLegale",
    "categorieJuridiqueUniteLegale",
    "prenomUsuelUniteLegale",
    "prenom1UniteLegale",
    "nomUsageUniteLegale",
    "nomUniteLegale",
)
Stock = Tableau | Parquet
CACHE = "[ND]"  # what INSEE writes in the place of what may not be shown

CREATION = (
    "create table travail.unite (siren integer primary key, nom, sigle, categorie)",
    """create table travail.lieu (siret integer primary key, ligne, classe, siege, enseigne, numero, voie, complement,
    code_postal, commune, code_commune, naf, tranche, ferme_le)""",
)
JONCTION = """
insert into etablissement (siret, denomination, enseigne, sigle, voie_numero, voie, complement, code_postal, commune,
    code_commune, naf, effectif_tranche, siege, ferme_le, categorie_juridique)
select printf('%014d', l.siret), coalesce(u.nom, l.enseigne), nullif(l.enseigne, coalesce(u.nom, l.enseigne)), u.sigle,
    l.numero, l.voie, l.complement, l.code_postal, l.commune, l.code_commune, l.naf, l.tranche, l.siege, l.ferme_le,
    u.categorie
from travail.lieu l left join travail.unite u on u.siren = l.siret / 100000
where coalesce(u.nom, l.enseigne) is not null
order by l.classe, coalesce(u.nom, l.enseigne)
"""
SANS_NOM = """
select l.ligne from travail.lieu l left join travail.unite u on u.siren = l.siret / 100000
where coalesce(u.nom, l.enseigne) is null order by l.ligne
"""
MOTS = """
insert into etablissement_mots (rowid, texte) select rang, replace(replace(denomination || ' ' || ifnull(enseigne, '')
    || ' ' || ifnull(sigle, '') || ' ' || ifnull(commune, '') || ' ' || ifnull(code_postal, ''), 'Œ', 'oe'), 'œ', 'oe')
from etablissement where rang > ? and rang <= ?
"""


def charger(chantier: Chantier, paths: list[Path]) -> int:
    """Both stocks, in any order, into the register; answers how many establishments."""
    for statement in CREATION:
        chantier.connexion.execute(statement)
    kinds = {genre_de(path): path for path in paths}
    if len(kinds) != len(paths) or "etablissement" not in kinds:
        raise FichierRefuse("Donnez le stock des établissements (StockEtablissement), puis celui des unités légales.")
    if "unite" not in kinds:
        raise FichierRefuse(
            "Le stock des établissements ne dit pas les raisons sociales : donnez aussi celui des unités légales "
            "(StockUniteLegale)."
        )
    _etaler(chantier, kinds["unite"], "unite", UNITE, "Unités légales", unites)
    _etaler(chantier, kinds["etablissement"], "lieu", ETABLISSEMENT, "Établissements", etablissements)
    return _ranger(chantier, kinds["etablissement"].name)


@contextmanager
def stock(path: Path) -> Iterator[tuple[Stock, Contenu | Parquet]]:
    """A stock as INSEE publishes it: its rows, and how far they were read."""
    if est_parquet(path):
        with parquet(path) as table:
            yield table, table
    else:
        with tableau(path, csv_seul) as found:
            yield found


def genre_de(path: Path) -> str:
    with stock(path) as (table, _):
        if table.a("siret", "etatAdministratifEtablissement"):
            return "etablissement"
        table.places(*UNITE)
        return "unite"


def csv_seul(nom: str) -> bool:
    return nom.lower().endswith(".csv")


def _etaler(
    chantier: Chantier,
    path: Path,
    cible: str,
    columns: tuple[str, ...],
    titre: str,
    lire: Callable[[Chantier, Stock, Iterator[tuple[int, tuple[str, ...]]]], Iterator[tuple[Any, ...]]],
) -> None:
    """The rows of one file into the file of work, in lots."""
    connexion, size = chantier.connexion, path.stat().st_size
    width = 14 if cible == "lieu" else 4
    insert = f"insert or ignore into travail.{cible} values ({', '.join('?' * width)})"  # noqa: S608 (our own names)
    with stock(path) as (table, content):
        show = chantier.progression.etape(titre, size)
        rows = lire(chantier, table, _choisies(chantier, table, columns))
        start = chantier.lus
        while lot := list(islice(rows, LOT)):
            if connexion.executemany(insert, lot).rowcount < len(lot) and cible == "lieu":
                _noter_doubles(chantier, path.name, lot)
            show(content.lu(), chantier.lus - start)


def _choisies(chantier: Chantier, table: Stock, columns: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Of each whole row the columns that count."""
    pick = itemgetter(*table.places(*columns))
    width = table.largeur
    for line, row in table:
        chantier.lus += 1
        if len(row) == width:
            yield line, pick(row)
        else:
            chantier.rejets.noter(table.nom, line, f"{len(row)} colonnes au lieu de {width}")


def unites(chantier: Chantier, table: Stock, rows: Iterator[tuple[int, tuple[str, ...]]]) -> Iterator[tuple]:
    """Legal units that may be shown: their name, of a person first name and name."""
    for line, (siren, diffusion, nom, sigle, categorie, usuel, prenom, usage, patronyme) in rows:
        if not (len(siren) == 9 and siren.isdecimal()):
            chantier.rejets.noter(table.nom, line, "SIREN : 9 chiffres attendus")
        elif diffusion != "O" and diffusion:
            chantier.ignores += 1
        else:
            shown = nom or f"{usuel or prenom} {usage or patronyme}".strip()
            yield int(siren), shown if CACHE not in shown and shown else None, _montrable(sigle), categorie or None


def etablissements(chantier: Chantier, table: Stock, rows: Iterator[tuple[int, tuple[str, ...]]]) -> Iterator[tuple]:
    """Establishments of the perimeter that may be shown.

    An unknown state, as in extracts, counts for active: whoever is closed is said to be.
    """
    since = str(chantier.le.year - FERMES) + chantier.le.isoformat()[4:]
    only_employers, closed_too = chantier.perimetre == "employeurs", chantier.perimetre == "tous"
    for line, row in rows:
        siret, diffusion, etat, debut, siege, tranche, enseigne, usuelle = row[:8]
        numero, indice, voie, libelle, complement, postal, commune, insee, naf, employeur = row[8:]
        closed = etat == "F"
        if not (len(siret) == 14 and siret.isdecimal()):
            chantier.rejets.noter(table.nom, line, "SIRET : 14 chiffres attendus")
            continue
        if not _dans_le_perimetre(closed, debut >= since, employeur == "N", only_employers, closed_too):
            chantier.ignores += 1
            continue
        if diffusion not in ("O", ""):
            chantier.ignores += 1
            continue
        head = siege == "true"
        yield (
            int(siret),
            line,
            4 * closed + 2 * (employeur != "O") + (not head),
            int(head),
            _montrable(enseigne or usuelle),
            f"{numero} {indice}".strip() or None,
            f"{VOIES.get(voie, voie)} {libelle}".strip() or None,
            complement or None,
            postal or None,
            commune or None,
            insee or None,
            naf or None,
            tranche or None,
            (debut or None) if closed else None,
        )


def _dans_le_perimetre(closed: bool, recent: bool, alone: bool, only_employers: bool, closed_too: bool) -> bool:
    if closed_too:
        return True
    return not (closed and (only_employers or not recent)) and not (only_employers and alone)


def _montrable(text: str) -> str | None:
    return None if not text or CACHE in text else text


def _noter_doubles(chantier: Chantier, nom: str, lot: list[tuple[Any, ...]]) -> None:
    """The rows of the lot whose SIRET another row has taken before them."""
    for siret, line, *_ in lot:
        first = chantier.connexion.execute("select ligne from travail.lieu where siret = ?", (siret,)).fetchone()[0]
        if first != line:
            chantier.rejets.noter(nom, line, f"SIRET déjà lu à la ligne {first}")


def _ranger(chantier: Chantier, nom: str) -> int:
    """Join, sort, write, and index the words."""
    connexion, progression = chantier.connexion, chantier.progression
    for (line,) in connexion.execute(SANS_NOM):
        chantier.rejets.noter(nom, line, "ni raison sociale ni enseigne : unité légale absente ou non diffusible")
    connexion.set_progress_handler(lambda: progression.dire("Classement des établissements…"), 50_000_000)
    connexion.execute(JONCTION)
    connexion.set_progress_handler(None, 0)
    total: int = connexion.execute("select ifnull(max(rang), 0) from etablissement").fetchone()[0]
    show = progression.etape("Index des mots", total)
    for rang in range(0, total, LOT * 20):
        connexion.execute(MOTS, (rang, rang + LOT * 20))
        show(min(rang + LOT * 20, total), rang)
    return total
