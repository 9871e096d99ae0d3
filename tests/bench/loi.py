"""The law in one process, in CPU time: all rules over a full dossier, and one check while typing with its queries."""

import statistics
import time

from forms.checking import contexte
from forms.controles import REGISTRE, controler
from models.contenu import contenu
from models.dossier import Dossier
from tests.bench import donnees
from tests.client import HTMX, MEME_SITE

REGLES_FOIS, CONTROLE_FOIS = 1000, 300
BARRE = 3.0  # CPU milliseconds, p99 of all rules over a full dossier


def centiles(act, fois):
    """CPU milliseconds of `act`, (median, 99th percentile)."""
    times = []
    for _ in range(fois):
        start = time.process_time()
        act()
        times.append((time.process_time() - start) * 1000)
    cuts = statistics.quantiles(times, n=100)
    return cuts[49], cuts[98]


def regles(dossier, compte):
    d = contenu(dossier.id)
    known = contexte(d, dossier.id, "AKTO", compte.id)
    return centiles(lambda: controler(d, known), REGLES_FOIS)


def controle(app, dossier, compte):
    """The request that htmx sends when a field is left: read, checked, kept, answered."""
    browser = app.test_client(use_cookies=False)
    headers = {"Cookie": donnees.cookie(app, compte), "Content-Type": "application/x-www-form-urlencoded"}
    body = donnees.corps(app, compte, dossier).replace("{version}", str(dossier.version)).replace("{essai}", "30")

    def verifier():
        response = browser.post(
            f"/dossiers/{dossier.id}/salarie/controle", data=body, headers=headers | MEME_SITE | HTMX
        )
        assert response.status_code == 200

    return centiles(verifier, CONTROLE_FOIS)


def lignes(app, dossier, compte):
    """The lines of the table, and whether the bar was reached."""
    dossier = Dossier.get_by_id(dossier.id)  # the load before has written to it
    median, p99 = regles(dossier, compte)
    checked = controle(app, dossier, compte)
    return (
        ligne(f"All {len(REGISTRE)} rules over a full dossier, in one process, CPU", median, p99),
        ligne("One check while typing on the Salarié page, in one process, CPU", *checked),
    ), p99 <= BARRE


def ligne(name, median, p99):
    return f"| {name} | {1000 / median:,.0f} | {median:.1f} | {p99:.1f} | | |"
