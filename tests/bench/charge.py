"""Load on a server of this machine: wrk when it is there, else threads of Python (which cost more themselves)."""

import http.client
import json
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

CONNEXIONS = 16
UNITES = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


class Requetes(NamedTuple):
    """What is sent: each in turn. `corps` may hold {version}, which grows by one each time round, and the {nir} and
    {nom} of the person of each path."""

    method: str
    chemins: list[str]
    corps: str = ""
    cookie: str = ""
    personnes: tuple[tuple[str, str], ...] = ()


class Mesure(NamedTuple):
    """Requests per second; latencies in ms; answers that were neither 2xx nor 3xx."""

    debit: float
    p50: float
    p99: float
    refus: int


LUA = """
local chemins = %(chemins)s
local corps = %(corps)s
local nirs, noms = %(nirs)s, %(noms)s
local n, tour = -1, %(version)d
wrk.method = %(method)s
wrk.headers["Cookie"] = %(cookie)s
wrk.headers["Sec-Fetch-Site"] = "same-origin"
wrk.headers["Accept-Encoding"] = "gzip"
if corps ~= "" then wrk.headers["Content-Type"] = "application/x-www-form-urlencoded" end
function request()
  n = n + 1 -- the first call is wrk trying the script: what it gives is not sent
  if n > #chemins then n = 1; tour = tour + 1 end
  local body = nil
  if corps ~= "" then
    local i = math.max(n, 1)
    local places = {version = tour, essai = tour %% 28 + 1, nir = nirs[i], nom = noms[i]}
    body = string.gsub(corps, "{(%%l+)}", places)
  end
  return wrk.format(nil, chemins[math.max(n, 1)], nil, body)
end
"""


def charger(url: str, requetes: Requetes, secondes: int, version: int = 1) -> Mesure:
    """Send `requetes` for so long on 16 connections. Each path must leave the server in the version that follows."""
    measure = par_wrk if shutil.which("wrk") else par_python
    return measure(url, requetes, secondes, version)


def par_wrk(url: str, requetes: Requetes, secondes: int, version: int) -> Mesure:
    values = {
        "chemins": "{" + ",".join(map(json.dumps, requetes.chemins)) + "}",
        "corps": json.dumps(requetes.corps),
        "nirs": "{" + ",".join(json.dumps(nir) for nir, _ in requetes.personnes) + "}",
        "noms": "{" + ",".join(json.dumps(nom) for _, nom in requetes.personnes) + "}",
        "method": json.dumps(requetes.method),
        "cookie": json.dumps(requetes.cookie),
        "version": version,
    }
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "requetes.lua"
        script.write_text(LUA % values)
        command = ["wrk", "-t1", f"-c{CONNEXIONS}", f"-d{secondes}s", "--latency", "-s", str(script), url]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 our own words
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", out)
    failed = sum(map(int, errors.groups())) if errors else 0
    return Mesure(debit(out), centile(out, 50), centile(out, 99), failed + int(refused[1] if refused else 0))


def debit(out: str) -> float:
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])


def centile(out: str, rank: int) -> float:
    number, unit = re.search(rf"^\s+{rank}%\s+([\d.]+)([a-z]+)", out, re.M).groups()
    return float(number) * UNITES[unit]


def par_python(url: str, requetes: Requetes, secondes: int, version: int) -> Mesure:
    """The same by threads: each has its own share of the paths."""
    until = time.monotonic() + secondes
    with ThreadPoolExecutor(CONNEXIONS) as pool:
        shares = [requetes.chemins[i::CONNEXIONS] or requetes.chemins for i in range(CONNEXIONS)]
        found = list(pool.map(lambda share: enchainer(url, requetes, share, until, version), shares))
    latencies = [latency for latencies, _ in found for latency in latencies]
    centiles = statistics.quantiles(latencies, n=100)
    return Mesure(len(latencies) / secondes, centiles[49], centiles[98], sum(refused for _, refused in found))


def enchainer(url: str, requetes: Requetes, share: list[str], until: float, version: int) -> tuple[list[float], int]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    headers = {"Cookie": requetes.cookie, "Sec-Fetch-Site": "same-origin", "Accept-Encoding": "gzip"}
    if requetes.corps:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    latencies, refused = [], 0
    while time.monotonic() < until:
        for path in share:
            body = requetes.corps.replace("{version}", str(version)).replace("{essai}", str(version % 28 + 1))
            if requetes.personnes:
                nir, nom = requetes.personnes[requetes.chemins.index(path)]
                body = body.replace("{nir}", nir).replace("{nom}", nom)
            start = time.perf_counter()
            connection.request(requetes.method, path, body or None, headers)
            response = connection.getresponse()
            response.read()
            latencies.append((time.perf_counter() - start) * 1000)
            refused += response.status >= 400
        version += 1
    return latencies, refused


def melanges(words: list[str], count: int) -> list[str]:
    """The beginnings of `words` that people type, in an order that is the same at each run."""
    generator = random.Random(20261123)  # noqa: S311 no secret
    return [word[: generator.randint(2, len(word))] for word in generator.choices(words, k=count)]
