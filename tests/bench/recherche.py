"""`make bench-recherche`: a synthetic SIRENE is imported as an operator does, then searched as people type."""

import contextlib
import http.client
import json
import os
import platform
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urlsplit

import config
from app import create_app
from models import referentiels
from models.referentiels import fichier
from models.referentiels.schema import TABLES, creation
from tests import fabriques, serveurs
from tests.bench import donnees, sirene_synthetique
from tests.bench.__main__ import serveur

TABLE = Path(__file__).with_name("derniere_recherche.md")
SUITES = 2_000  # sequences of keystrokes
TITRE = "## "
HTTP = 2_000  # keystrokes sent through the web server
PIRES = ("a", "s", "d", "sa", "de", "la", "de la", "sarl", "sci", "sas", "association", "de la sa", "sci de la paris")


def suites(connexion, dice):
    """(kind, what stands in the field after each keystroke), from establishments of the register."""
    top = connexion.execute("select max(rang) from etablissement").fetchone()[0]
    for n in range(SUITES):
        sql = "select denomination, commune, siret, code_postal from etablissement where rang = ?"
        name, town, siret, postal = connexion.execute(sql, (dice.randint(1, top),)).fetchone()
        name, town = name.lower(), town.lower()
        kind = ("name", "name and town", "town and name", "typing mistake", "SIRET")[n % 5]
        if kind == "name":
            yield kind, debuts(name, 8)
        elif kind == "name and town":
            first = max(name.split(), key=len)[:5]
            yield kind, [f"{first} {end}" for end in debuts(dice.choice((town, postal)), 8)]
        elif kind == "town and name":
            yield kind, [f"{town} {end}" for end in debuts(max(name.split(), key=len), 8)]
        elif kind == "typing mistake":
            yield kind, [f"{faute(max(name.split(), key=len)[:9], dice)} {town[:5]}"]
        else:
            yield kind, debuts(siret, 14)
    for q in PIRES:
        yield "worst", [q] * 20


def debuts(text, longest):
    return [text[:n] for n in range(1, min(len(text), longest) + 1)]


def faute(word, dice):
    """`word` with two letters exchanged, one missing, one too many or one wrong."""
    i = dice.randrange(1, max(2, len(word) - 1))
    a, b = word[:i], word[i:]
    return dice.choice((a + b[1:2] + b[:1] + b[2:], a + b[1:], a + "x" + b, a + "x" + b[1:]))


def mesurer(asked):
    """kind → (ms of processor, ms on the clock) of each keystroke, in-process."""
    times = {}
    for kind, queries in asked:
        for q in queries:
            start, busy = time.perf_counter(), time.thread_time()
            referentiels.chercher_etablissements(q)
            spent = (time.thread_time() - busy) * 1000, (time.perf_counter() - start) * 1000
            times.setdefault(kind, []).append(spent)
    return times


def par_http(environ, queries):
    """Latencies in ms through the web server, one after the other on one connection."""
    app = create_app(config.reglages(environ))
    compte = fabriques.un_compte(fabriques.une_structure())
    headers = {"Cookie": donnees.cookie(app, compte), "HX-Request": "true"}
    times = []
    with serveur(environ) as url:
        client = http.client.HTTPConnection(urlsplit(url).netloc)
        for q in queries:
            start = time.perf_counter()
            client.request("GET", f"/recherche/etablissements?q={quote(q)}", headers=headers)
            answer = client.getresponse()
            answer.read()
            times.append((time.perf_counter() - start) * 1000)
            assert answer.status == 200
    return times


def importer(environ, paths):
    """Import as the command does, in a process of its own; answers seconds on the clock, of processor, and peak MB."""
    line = [sys.executable, "-m", "flask", "--app", "app", "referentiels", "importer", "sirene", *map(str, paths)]
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    before, start = usage.ru_utime + usage.ru_stime, time.perf_counter()
    process = subprocess.Popen(line, cwd=serveurs.RACINE, env=environ, stdout=subprocess.DEVNULL)  # noqa: S603 our own
    peak = 0
    while process.poll() is None:  # not the usage of the dead process: that counts this one too, up to its exec
        peak = max(peak, memoire(process.pid))
        time.sleep(0.1)
    assert process.returncode == 0
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime - before, peak / 1024


def memoire(pid):
    """The peak memory of a process so far, in KB."""
    with contextlib.suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
        return int(found[1]) if found else 0
    return 0


def nu(path, folder):
    """Seconds of processor that a bare `executemany` of the same rows and words takes."""
    bare, spent = folder / "nu.db", 0.0
    words = "denomination || ' ' || ifnull(enseigne, '') || ' ' || commune || ' ' || code_postal"
    with contextlib.closing(sqlite3.connect(path)) as old, contextlib.closing(sqlite3.connect(bare)) as new:
        new.execute("pragma journal_mode=off")
        new.execute("pragma synchronous=off")
        for statement in creation("etablissement")[:2]:  # the two tables, nothing tuned
            new.execute(statement)
        places = ", ".join("?" * (len(TABLES["etablissement"].colonnes) + 1))
        rows = old.execute(f"select *, {words} from etablissement order by rang")  # noqa: S608 (our own names)
        while lot := list(islice(rows, 20_000)):
            start = time.process_time()
            new.executemany(f"insert into etablissement values ({places})", [row[:-1] for row in lot])  # noqa: S608
            sql = "insert into etablissement_mots (rowid, texte) values (?, ?)"
            new.executemany(sql, [(row[0], row[-1]) for row in lot])
            spent += time.process_time() - start
        start = time.process_time()
        new.commit()
        spent += time.process_time() - start
    bare.unlink()
    return spent


def rangs(times):
    """p50, p95, p99, max."""
    ordered = sorted(times)
    last = len(ordered) - 1
    return " | ".join(f"{ordered[min(last, int(p * len(ordered)))]:.2f}" for p in (0.5, 0.95, 0.99, 1))


def ligne(kind, found):
    busy, clock = zip(*found, strict=True)
    return f"| {kind} | {len(found):,} | {rangs(busy)} | {rangs(clock)} |"


def mesures(millions, folder):
    """The lines of the section of one size, printed as they come."""
    environ = serveurs.environ(folder, folder / "referentiels.db", WEB_WORKERS="1", WEB_THREADS="4")
    path = Path(environ["REFERENTIELS"])
    yield f"{TITRE}{millions:g} million establishments\n"
    yield f"{date.today():%Y-%m-%d}, load {os.getloadavg()[0]:.1f} at the start.\n"  # noqa: DTZ011 of this machine
    yield importation(environ, folder, int(millions * 1_000_000))
    fichier.ouvrir(path)
    with contextlib.closing(sqlite3.connect(path)) as connexion:
        asked = list(suites(connexion, random.Random(sirene_synthetique.GRAINE)))  # noqa: S311
    mesurer(asked)  # the file is read from the disk once
    times = mesurer(asked)
    yield "| keystrokes | count | p50 | p95 | p99 | max, ms of processor | p50 | p95 | p99 | max, ms on the clock |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for kind, found in times.items():
        yield ligne(kind, found)
    every = [t for found in times.values() for t in found]
    yield ligne("**all, in-process**", every)
    queries = [q for _, several in asked for q in several]
    through = par_http(environ, random.Random(1).sample(queries, min(HTTP, len(queries))))  # noqa: S311
    yield f"| all, through HTTP | {len(through):,} | | | | | {rangs(through)} |\n"


def importation(environ, folder, rows):
    """The line of the import. In a folder that is kept it is done, and measured, once."""
    kept = folder / "importation.json"
    if kept.exists():
        return json.loads(kept.read_text(encoding="utf-8"))
    serveurs.preparer(environ)
    serveurs.commande(environ, "referentiels", "charger")
    paths = sirene_synthetique.ecrire(folder, rows)
    seconds, busy, memory = importer(environ, paths)
    for path in paths:
        path.unlink()
    path = Path(environ["REFERENTIELS"])
    bare = nu(path, folder)
    line = (
        f"Import: {rows / busy:,.0f} rows/s of processor ({busy:.0f} s; {seconds:.0f} s on the clock), "
        f"{busy / bare:.1f} times a bare `executemany` of the same rows and words ({bare:.0f} s). Peak memory "
        f"{memory:.0f} MB. File {path.stat().st_size / 1e9:.2f} GB.\n"
    )
    kept.write_text(json.dumps(line), encoding="utf-8")
    return line


def entete():
    return (
        f"# Last measure of the search\n\n{os.cpu_count()} cores, Python {platform.python_version()}, SQLite "
        f"{sqlite3.sqlite_version}. Each keystroke is measured twice: in time of the processor that its thread had, "
        "and on the clock; other work on the machine makes the second longer. Bars: p50 ≤ 1 ms; p99 ≤ 10 ms at 5 "
        "million, ≤ 20 ms at 16 million; import ≥ 50,000 rows/s or within 2 times the bare `executemany`; memory "
        "≤ 300 MB.\n\n"
    )


def sections():
    """The sections of the table by their title: a size that is not measured now keeps its last one."""
    text = TABLE.read_text(encoding="utf-8") if TABLE.exists() else ""
    found = [part for part in text.split(f"\n{TITRE}") if part[:1].isdigit()]
    return {TITRE + section.partition("\n")[0]: TITRE + section.strip() + "\n" for section in found}


def main(sizes):
    for millions in sizes:
        kept = os.environ.get("BENCH_DOSSIER")
        folder = Path(kept, f"{millions:g}") if kept else Path(tempfile.mkdtemp())
        folder.mkdir(parents=True, exist_ok=True)
        lines = []
        try:
            for line in mesures(millions, folder):
                lines.append(line)
                print(line, flush=True)  # noqa: T201 what the command is for
        finally:
            if not kept:
                shutil.rmtree(folder)
        found = sections() | {lines[0].strip(): "\n".join(lines).strip() + "\n"}
        ordered = sorted(found.items(), key=lambda section: float(section[0].split()[1]))
        TABLE.write_text(entete() + "\n".join(section for _, section in ordered), encoding="utf-8")


if __name__ == "__main__":
    main([float(word) for word in sys.argv[1:]] or [1, 5, 16])
