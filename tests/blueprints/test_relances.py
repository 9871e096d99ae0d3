"""A relance as people see it: in Détails, on the bell, and where a gestionnaire closes it."""

import pytest

from models.notifications import notifier
from models.relances import GESTIONNAIRE, ouvrir_relance, relance_de
from tests.fabriques import un_compte, un_dossier, une_structure


@pytest.fixture
def employeur(structure):
    return un_compte(structure)


@pytest.fixture
def dossier(structure, employeur):
    dossier = un_dossier(structure, employeur, etat="soumis")
    ouvrir_relance(dossier.id, "RNCP34031", employeur.id)
    return dossier


def test_the_employer_sees_it_in_details(connecte, employeur, dossier):
    page = connecte(employeur).get("dossiers.detailler", dossier_id=dossier.id)
    assert "Certification à remplacer" in page.texte
    assert "RNCP34031" in page.texte
    assert "Relance ouverte" in page.texte


def test_a_gestionnaire_closes_it_once(connecte, employeur, dossier):
    desk = connecte(un_compte(une_structure("opco", "OPCO fictif")))
    page = desk.get("gestion.detailler", dossier_id=dossier.id)
    after = page.soumettre("Clore la relance").suivre()
    assert "close par l’OPCO" in after.texte
    page.soumettre("Clore la relance").suivre()
    assert relance_de(dossier.id).fin == GESTIONNAIRE
    assert "close par l’OPCO" in connecte(employeur).get("dossiers.detailler", dossier_id=dossier.id).texte


def test_an_employer_closes_nothing(connecte, employeur, dossier):
    connecte(employeur).post("gestion.clore_la_relance", {}, 403, dossier_id=dossier.id)
    assert relance_de(dossier.id).close_le is None


def test_the_bell_counts_what_is_not_read(connecte, employeur, dossier):
    for key in ("a", "a", "b"):
        notifier(key, employeur.id, f"Nouvelle {key}", dossier.id)
    page = connecte(employeur).get("accueil.montrer")
    assert page.soup.find(id="cloche").get_text(" ", strip=True) == "Notifications 2 non lues"
    page = page.cliquer(page.soup.find(id="cloche").get_text().strip())
    assert len(page.soup.select("ul.notifications li")) == 2
    assert page.cliquer("Nouvelle a", 303).suite == f"/dossiers/{dossier.id}"
    page = page.soumettre("Tout marquer comme lu").suivre()
    assert page.soup.find(id="cloche").get_text(" ", strip=True) == "Notifications"
    assert "Non lue" not in page.texte


def test_nobody_reads_the_lines_of_others(connecte, employeur, structure, dossier):
    notifier("a", employeur.id, "Nouvelle", dossier.id)
    other = connecte(un_compte(structure))
    assert "Nouvelle" not in other.get("notifications.lister").texte
    other.post("notifications.marquer_lues")
    assert "non lue" in connecte(employeur).get("accueil.montrer").texte


def test_the_bell_follows_when_htmx_swaps_a_page(connecte, employeur, dossier):
    gestionnaire = un_compte(une_structure("opco", "OPCO fictif"))
    page = connecte(gestionnaire).get("gestion.detailler", dossier_id=dossier.id)
    notifier("c", gestionnaire.id, "Nouvelle", dossier.id)
    form = page.soup.find("button", string="Clore la relance").find_parent("form")
    swapped = page.htmx(form)
    assert "non lue" in swapped.soup.find(id="cloche").get_text()
    assert len(swapped.soup.select("#cloche")) == 1
