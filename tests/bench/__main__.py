"""`make bench`: the portal's own server under load, each page as a ratio to a view of it that does nothing."""

import contextlib
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import config
from app import create_app
from forms.reading import rubriques
from models.contenu import contenu
from pdf.cerfa import remplir
from tests import bases, serveurs
from tests.bench import donnees, loi
from tests.bench.charge import Mesure, Requetes, charger, melanges

TABLE = Path(__file__).with_name("derniere_mesure.md")
MOTS = ["hôtel", "fictif", "boulangerie", "port", "paris", "lyon", "garage", "bordeaux", "maison", "restaurant"]
CERFAS = 30
TRANCHES = 5
BARRE = 0.15  # the POST of the Salarié page, as a part of the view that does nothing


@contextlib.contextmanager
def serveur(environ):
    """gunicorn as it serves the portal, with the view that does nothing."""
    line = [sys.executable, "-m", "gunicorn", "--config", "python:tasks.serveur", "tests.bench.serveur:create_app()"]
    process = subprocess.Popen(line, cwd=serveurs.RACINE, env=environ)  # noqa: S603 our own words
    try:
        serveurs.attendre(environ["PUBLIC_URL"], process)
        yield environ["PUBLIC_URL"]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def essais(app, compte, ouverts):
    """(name, requests) of each measure, in order; the first is the measure of all."""
    cookie = donnees.cookie(app, compte)
    salarie = [f"/dossiers/{dossier.id}/salarie" for dossier in ouverts]
    recherches = [f"/recherche/etablissements?q={word}" for word in melanges([*map(ascii_, MOTS)], 200)]
    yield "Hello (a view that does nothing)", Requetes("GET", ["/bonjour"], cookie=cookie)
    yield "Salarié page, GET", Requetes("GET", salarie, cookie=cookie)
    body = donnees.corps(app, compte, ouverts[0])
    people = tuple(donnees.personne(rank) for rank in range(len(ouverts)))
    yield "Salarié page, POST (checked, saved, journal)", Requetes("POST", salarie, body, cookie, people)
    yield "Search of an establishment", Requetes("GET", recherches, cookie=cookie)
    yield "Mes dossiers, 10,000 dossiers", Requetes("GET", ["/dossiers"], cookie=cookie)


def ascii_(word):
    return word.encode("ascii", "ignore").decode()


def cerfa(dossier):
    """Milliseconds per CERFA in one process, (median, worst)."""
    values, times = rubriques(contenu(dossier.id), "AKTO"), []
    for _ in range(CERFAS):
        start = time.perf_counter()
        remplir(values)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), max(times)


def mesurer(url, requests, hello, secondes):
    """The measure over all slices, and its part of hello: the median of those of each slice.

    A slice of hello goes before each: the speed of a machine that others use too wanders within a minute.
    """
    each = max(1, secondes // TRANCHES)
    slices, parts = [], []
    for _ in range(TRANCHES):
        bonjour = charger(url, hello, each)
        slices.append(charger(url, requests, each, donnees.version_commune()))
        parts.append(slices[-1].debit / bonjour.debit)
    mean = Mesure(
        statistics.mean(m.debit for m in slices),
        statistics.median(m.p50 for m in slices),
        max(m.p99 for m in slices),
        sum(m.refus for m in slices),
    )
    return mean, statistics.median(parts)


def ligne(name, measure, part):
    return f"| {name} | {measure.debit:,.0f} | {measure.p50:.1f} | {measure.p99:.1f} | {part:.1%} | {measure.refus} |"


def tableau(app, compte, ouverts, url, secondes):
    """The lines of the table, printed as they come; whether the bar was reached and nothing was refused."""
    yield "| measure | req/s | p50 ms | p99 ms | of hello | refused |"
    yield "|---|---|---|---|---|---|"
    hello, good = None, True
    for name, requests in essais(app, compte, ouverts):
        hello = hello or requests
        measure, part = mesurer(url, requests, hello, secondes)
        good = good and not measure.refus and (requests.method == "GET" or part >= BARRE)
        yield ligne(name, measure, part)
    median, worst = cerfa(ouverts[0])
    yield f"| CERFA, in one process | {1000 / median:,.0f} | {median:.1f} | {worst:.1f} (worst) | | |"
    lines, quick = loi.lignes(app, ouverts[-1], compte)
    yield from lines
    yield ""
    verdict = "yes" if good and quick else "NO"
    yield (
        f"The POST of the Salarié page must reach {BARRE:.0%} of hello, nothing may be refused, "
        f"the rules must take {loi.BARRE:.0f} ms at most at p99: {verdict}."
    )


def entete(reglages, secondes):
    workers, threads = reglages["WEB_WORKERS"], reglages["WEB_THREADS"]
    return (
        f"# Last measure: {date.today():%Y-%m-%d}\n\n"  # noqa: DTZ011 the day of this machine
        f"{os.cpu_count()} cores, Python {platform.python_version()}, gunicorn with {workers} processes of {threads} "
        f"threads, SQLite, 16 connections, load generator on the same machine; {secondes} s each in {TRANCHES} slices, "
        f"each of them after a slice of hello; load average before: {os.getloadavg()[0]:.1f} (from 1 on, others were "
        "using the machine).\n\n"
    )


def main(secondes):
    with tempfile.TemporaryDirectory() as folder:
        referentiels = bases.fichier_de_recherche(Path(folder))
        environ = serveurs.environ(Path(folder), referentiels, WEB_WORKERS="2")
        serveurs.preparer(environ)
        reglages = config.reglages(environ)
        app = create_app(reglages)
        compte, ouverts = donnees.creer()
        lines = [entete(reglages, secondes)]
        with serveur(environ) as url:
            for line in tableau(app, compte, ouverts, url, secondes):
                lines.append(line + "\n")
                print(line, flush=True)  # noqa: T201 what the command is for
    TABLE.write_text("".join(lines), encoding="utf-8")
    return "NO." in lines[-1]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
