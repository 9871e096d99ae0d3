"""`make bench-listes`: Mes dossiers with a million dossiers in twenty thousand structures, on SQLite and on PostgreSQL.

Each measure is a whole request in this process, page drawn and compressed included.
"""

import gc
import os
import platform
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import config
from app import create_app
from models.base import db
from models.comptes import Structure
from models.etats import LIBELLES
from models.numeros import composer
from tests import bases, fabriques
from tests.bench import semis
from tests.client import MEME_SITE, PageClient
from tests.postgresql import server

TABLE = Path(__file__).with_name("dernieres_listes.md")
BARRE, POIDS = 50, 14_000  # milliseconds at p99, bytes of a compressed page
FOIS = 60
OCCUPEE = 1.0  # load average from which others take so much that the time on the wall says little
CABINET = 100
AUTRES = {"first page": {}, "sort numero": {"tri": "numero"}, "a name that nobody has": {"salarie": "zzyzx"}}
GESTION = {"a state": {"etat": "refuse"}, "a number": {"numero": semis.NUMERO}, "page 40": {"page": 40}}
TRIS = ("recent", "ancien", "debut", "debut_ancien", "salarie", "numero", "etat")


class Mesure(NamedTuple):
    """One line: times in milliseconds, the largest answer in bytes."""

    nom: str
    p50: float
    p99: float
    max: float
    octets: int

    @property
    def tenue(self):
        return self.p99 <= BARRE and self.octets <= POIDS


def recherches(size):
    """(name, query) of each search; the names typed change at each request."""
    last = -(-size // 20)
    yield "no filter, first page", {}
    yield "no filter, page in the middle", {"page": last // 2}
    yield "no filter, last page", {"page": last}
    yield "no filter, page after the last", {"page": last + 1}
    for tri in TRIS:
        yield f"sort {tri}", {"tri": tri}
        yield f"sort {tri}, last page", {"tri": tri, "page": last}
        yield f"sort {tri}, a name that nobody has", {"tri": tri, "salarie": "zzyzx"}
    yield "number, whole", {"numero": semis.NUMERO}
    yield "number, its beginning", {"numero": semis.NUMERO[:8]}
    yield "number that does not exist", {"numero": composer(2020, 1)}
    for etat in LIBELLES:
        yield f"state {etat}", {"etat": etat}
    yield "state accepte, a deep page", {"etat": "accepte", "page": last // 4}
    yield "name, frequent beginning", {"salarie": "ma"}
    yield "name, frequent beginning, a deep page", {"salarie": "ma", "page": 40}
    yield "name, rare", {"salarie": semis.RARE}
    yield "name and first name", {"salarie": "martin camille"}
    yield "training", {"formation": "bts"}
    yield "training that nobody has", {"formation": "rncp99999"}
    yield "establishment", {"etablissement": "hotel"}
    yield "establishment that nobody has", {"etablissement": "00000000000000"}
    yield "dates", {"du": "2026-03-01", "au": "2026-03-31"}
    yield "dates without a dossier", {"du": "2031-01-01"}
    yield (
        "all filters at once",
        {"etat": "accepte", "salarie": "ma", "formation": "bts", "etablissement": "hotel"}
        | {
            "du": "2025-01-01",
            "tri": "salarie",
        },
    )
    yield "all filters at once, nothing found", {"etat": "refuse", "salarie": "martin", "formation": "rncp99999"}


def mesurer(name, ask, clock):
    """`ask` several times over; one call before is not counted."""
    times, size = [], 0
    ask()
    gc.collect()
    for _ in range(FOIS):
        start = clock()
        size = max(size, ask())
        times.append((clock() - start) * 1000)
    times.sort()
    return Mesure(name, times[len(times) // 2], times[int(len(times) * 0.99)], times[-1], size)


def horloge():
    """Seconds that pass; on a machine that others use, those that this thread and its database server compute."""
    if os.getloadavg()[0] < OCCUPEE:
        return time.perf_counter
    server = None
    if db.obj.param == "%s":
        pid = db.execute_sql("select pg_backend_pid()").fetchone()[0]
        server = Path(f"/proc/{pid}/schedstat")
    return lambda: time.thread_time() + (int(server.read_text().split()[0]) / 1e9 if server else 0)


def page(client, where, query):
    """Asks for one page; answers its compressed size."""
    url = where + ("?" + urlencode(query) if query else "")

    def ask():
        response = client.http.get(url, headers=MEME_SITE | {"Accept-Encoding": "br"})
        assert response.status_code == 200, f"{response.status} for {url}"
        return len(response.data)

    return ask


def premier_octet(client, url):
    """Asks for an export and reads its first piece alone."""

    def ask():
        response = client.http.get(url, headers=MEME_SITE)
        assert response.status_code == 200
        next(response.iter_encoded())
        response.close()
        return 0

    return ask


def personne(app, structures):
    """(client, function that asks for a page) of somebody who has all rights in these structures."""
    compte = fabriques.un_compte(*structures[:1])
    for structure in structures[1:]:
        fabriques.une_habilitation(compte, structure)
    client = PageClient(app).connecter(compte)
    return client, lambda where, query: page(client, where, semis.adresse(dict(query), compte.id))


def mesures(app, largest):
    """All measures of one database, one after another."""
    client, ask = personne(app, [largest])
    clock = horloge()
    for name, query in recherches(semis.TAILLES[0]):
        yield mesurer(name, ask("/dossiers", query), clock)
    yield mesurer("home page: counts by state", ask("/", {}), clock)
    for genre in ("csv", "xlsx"):
        first = premier_octet(client, f"/dossiers/listes/dossiers.{genre}")
        yield mesurer(f"export {genre}, first byte", first, clock)
    others = list(Structure.select().where(Structure.id.between(1001, 1000 + CABINET)))
    opco = fabriques.une_structure("opco", "OPCO Fictif")
    for who, where, structures, queries in (
        (f"an accountant of {CABINET} structures", "/dossiers", others, AUTRES),
        ("an organisme", "/preentrees", [Structure.get_by_id(semis.organisme())], AUTRES),
        ("a gestionnaire, all structures", "/gestion", [opco], {"first page": {}, **GESTION}),
    ):
        _, ask = personne(app, structures)
        for name, query in queries.items():
            yield mesurer(f"{who}: {name}", ask(where, query), clock)


def export_complet(app, largest):
    """Rows per second of a whole CSV."""
    client = PageClient(app).connecter(fabriques.un_compte(largest))
    start = time.perf_counter()
    lines = client.http.get("/dossiers/listes/dossiers.csv", headers=MEME_SITE).data.count(b"\n") - 1
    return lines, lines / (time.perf_counter() - start)


def passer(url, folder, count):
    """(measures, rows exported, rows per second) on the database of `url`."""
    referentiels = bases.fichier_de_recherche(folder)
    reglages = config.reglages(bases.environ(folder, url, referentiels))
    bases.migrer(url, folder)
    app = create_app(reglages)
    print(f"{url.partition(':')[0]}: sowing {count:,} dossiers", flush=True)  # noqa: T201 what the command is for
    largest = semis.semer(db.obj, count, random.Random(20261128))  # noqa: S311 the same dossiers each time
    found = []
    for measure in mesures(app, largest):
        found.append(measure)
        print(f"{measure.nom:60}{measure.p50:8.1f}{measure.p99:8.1f}{measure.octets:8}", flush=True)  # noqa: T201 the same
    result = found, *export_complet(app, largest)
    db.close()
    return result


def tableau(count, sqlite, postgresql):
    yield f"# Last measure: {date.today():%Y-%m-%d}\n"  # noqa: DTZ011 the day of this machine
    yield (
        f"{count:,} dossiers in {semis.STRUCTURES:,} structures, the largest with {semis.TAILLES[0]:,}; "
        f"{os.cpu_count()} cores, Python {platform.python_version()}; whole requests in one process, {FOIS} of each, "
        f"milliseconds; load average {os.getloadavg()[0]:.1f} (from {OCCUPEE:.0f} on, others use the machine: then the "
        "milliseconds are those computed, by the portal and its database, not those waited).\n"
    )
    yield "| asked for, in the largest structure | SQLite p50 | p99 | max | PostgreSQL p50 | p99 | max | bytes |"
    yield "|---|---|---|---|---|---|---|---|"
    for one, other in zip(sqlite[0], postgresql[0], strict=True):
        times = " | ".join(f"{value:.1f}" for value in (*one[1:4], *other[1:4]))
        yield f"| {one.nom} | {times} | {max(one.octets, other.octets):,} |"
    yield ""
    rates = " and ".join(f"{rate:,.0f}" for rate in (sqlite[2], postgresql[2]))
    yield f"A whole CSV of {sqlite[1]:,} dossiers is streamed at {rates} rows per second.\n"
    late = [m.nom for m in (*sqlite[0], *postgresql[0]) if not m.tenue]
    verdict = f"NO: {', '.join(late)}." if late else "yes."
    yield f"p99 must be {BARRE} ms at most, a page {POIDS:,} bytes at most when compressed: {verdict}"


def main(count):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sqlite = passer(f"sqlite:///{folder}/dossiers.db", folder, count)
    with tempfile.TemporaryDirectory() as name, server() as url:
        postgresql = passer(url, Path(name), count)
    lines = list(tableau(count, sqlite, postgresql))
    if count == semis.DOSSIERS:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))  # noqa: T201 what the command is for
    return "NO:" in lines[-1]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else semis.DOSSIERS))
