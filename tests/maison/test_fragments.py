"""What htmx leaves on the screen equals the page that a browser gets at the same address."""

import pytest

from tests import swapping
from tests.client import HTMX, egale_page_fraiche
from tests.fabriques import un_compte, un_dossier, une_structure
from tests.formulaire import bouton

# The pages of a person who enters dossiers; {} is a draft.
PAGES = (
    "/",
    "/compte",
    "/dossiers",
    "/dossiers?etat=brouillon",
    "/dossiers/nouveau",
    "/dossiers/{}",
    "/dossiers/{}/employeur",
    "/dossiers/{}/formation",
    "/dossiers/{}/salarie",
    "/dossiers/{}/synthese",
    "/dossiers/{}/soumission",
    "/dossiers/{}/suppression",
)
ETAPES = ("employeur", "formation", "salarie")


@pytest.fixture
def camille(base):
    return un_compte(une_structure())


@pytest.fixture
def brouillon(camille):
    faites = "type-contrat employeur formation salarie conclusion synthese"
    return un_dossier(camille.habilitations[0].structure, camille, faites=faites, etape="soumission")


@pytest.mark.parametrize("path", PAGES)
def test_the_fragment_of_a_page_is_its_title_and_main(connecte, camille, brouillon, path):
    client = connecte(camille)
    whole = client.get(path.format(brouillon.id))
    part = client.get(path.format(brouillon.id), headers=HTMX, full=False)
    assert part.html.lstrip().startswith("<title>")
    assert swapping.stable(part.soup.main) == swapping.stable(whole.soup.main)
    assert part.soup.title == whole.soup.title


@pytest.mark.parametrize("slug", ETAPES)
def test_suivant_by_htmx_leads_to_the_page_that_follows(connecte, camille, brouillon, slug):
    page = connecte(camille).get("saisie.montrer", dossier_id=brouillon.id, etape=slug)
    after = page.htmx(bouton(page.soup, "Suivant"))
    assert after.url != page.url
    egale_page_fraiche(after)


@pytest.mark.parametrize("slug", ETAPES)
def test_a_check_while_typing_touches_messages_only(connecte, camille, brouillon, slug):
    client = connecte(camille)
    page = client.get("saisie.montrer", dossier_id=brouillon.id, etape=slug)
    after = page.htmx("[hx-trigger=change]")
    assert controles(after) == controles(page)
    egale_page_fraiche(after)


def controles(page):
    """Every control of the page as it stands."""
    return [str(control) for control in page.soup.select("main :is(input, select, textarea)")]
