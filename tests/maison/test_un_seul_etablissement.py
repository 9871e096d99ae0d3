"""An employer with one establishment never reads the word « structure »: it is ours, not its own."""

import re

import pytest

from models.dossier import Dossier
from tests.client import MEME_SITE, PageClient
from tests.fabriques import SAISIR, un_compte, un_dossier, une_structure
from tests.maison.sources import gabarits
from tests.maison.test_routes import adresse, regles
from tests.reading import soupe

MOT = re.compile(r"\bstructures?\b", re.IGNORECASE)
BALISES = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", re.DOTALL)


@pytest.fixture
def hotel(base):
    return une_structure(siren="732829320", siret="73282932000074")


def lu(html):
    """All that a person reads or hears, but for the names of specialities and trades in the lists."""
    soup = soupe(html)
    for option in soup.select("option"):
        option.decompose()
    said = [
        tag.get(name, "") for tag in soup.select("main *") for name in ("aria-label", "title", "placeholder", "alt")
    ]
    return " ".join([soup.get_text(" "), *said])


def test_no_page_of_its_administrator_says_structure(app, hotel):
    """Every page of the URL map, and what it answers to an empty form, dossiers in several states."""
    http = PageClient(app).connecter(un_compte(hotel, f"{SAISIR} administrer")).http
    ecole = une_structure("organisme", "Organisme Fictif")
    dossiers = [un_dossier(hotel, etat=etat) for etat in ("brouillon", "pieces_demandees", "accepte")]
    dossiers.append(un_dossier(hotel, etat="a_valider_employeur", organisme=ecole))
    found, seen = [], 0
    for rule, method, _ in regles(app):
        about = dossiers if "dossier_id" in rule.arguments and method == "GET" else dossiers[:1]
        for dossier in about if rule.endpoint != "comptes.deconnecter" else ():
            url = adresse(app, rule, dossier.id).replace("/utilisateurs/1", f"/utilisateurs/{hotel.id}", 1)
            answer = http.open(url, method=method, headers=MEME_SITE, follow_redirects=True)
            seen += answer.status_code in (200, 422)
            body = answer.get_data()
            said = lu(body.decode()) if answer.mimetype == "text/html" else ""
            found += [(method, url, said[max(0, m.start() - 60) : m.end() + 20]) for m in MOT.finditer(said)]
    assert found == []
    assert seen > 100
    assert Dossier.select().exists()


def test_no_template_says_structure_to_anybody():
    """Mails, too, and what a walk does not meet."""
    found = []
    for path in gabarits():
        words = BALISES.sub(" ", path.read_text())
        found += [(path.name, words[max(0, m.start() - 40) : m.end() + 20]) for m in MOT.finditer(words)]
    assert found == []
