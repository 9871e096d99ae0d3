"""The last pages: an inactive certification, the synthesis, the submission, and what is closed after it."""

from datetime import date

import pytest

from models.contenu import contenu
from models.dossier import Dossier
from models.journal import Journal
from models.saisie import Saisie
from models.transmission import Transmission
from tests.client import egale_page_fraiche
from tests.dossiers_types import JEUNE, SIGNATURE
from tests.fabriques import relire, un_compte, un_dossier
from tests.parcours import aller, deposer, dossier_de, envoi, remplir

INACTIVE, NOUVELLE = "RNCP1174", "RNCP38381"
PAGES = ("depot.conclure", "depot.relire", "depot.signer")
POSTS = ("depot.trancher", "depot.commenter", "depot.generer")


@pytest.fixture
def perime(structure, compte):
    """A draft whose certification was inactive at its conclusion."""
    changes = {"formation.rncp": INACTIVE, "contrat.date_conclusion": date(2026, 8, 25)}
    return un_dossier(structure, compte, changements=changes)


@pytest.fixture
def pret(structure, compte):
    """A draft that only waits for its signature."""
    done = "type-contrat employeur formation salarie"
    unsigned = dict.fromkeys(f"signature.{box}" for box in ("exactitude", "information_salarie", "donnees_figees"))
    return un_dossier(structure, compte, faites=done, changements=unsigned)


def relire_page(client, dossier):
    return client.get("depot.relire", dossier_id=dossier.id)


def signer(client, dossier):
    return client.get("depot.signer", dossier_id=dossier.id)


def conclure(client, dossier, status=200):
    return client.get("depot.conclure", status, dossier_id=dossier.id)


def test_the_page_of_the_rncp_comes_only_when_the_sheet_is_inactive(employeur, structure, compte):
    changes = {"formation.rncp": "RNCP38362", "contrat.date_conclusion": date(2026, 8, 25)}
    active = un_dossier(structure, compte, changements=changes)
    assert conclure(employeur, active, 303).suite == f"/dossiers/{active.id}/synthese"
    steps = employeur.get("depot.relire", dossier_id=active.id).soup.select_one("nav.etapes").get_text()
    assert "RNCP" not in steps


def test_salarie_leads_to_the_rncp_page_when_the_sheet_is_inactive(employeur):
    contrat = JEUNE | {"formation": JEUNE["formation"] | {"formation-rncp": INACTIVE}}
    page = remplir(aller(employeur, "salarie", contrat), JEUNE["salarie"])
    assert page.titre == "Date de conclusion du contrat et RNCP"
    assert "une relance vous sera alors envoyée" in page.texte


def test_prendre_takes_the_certification_that_replaces_it(employeur, perime):
    before = contenu(perime.id).formation
    page = conclure(employeur, perime).soumettre(f"prendre:{NOUVELLE}").suivre()
    assert page.titre == "Synthèse"
    assert NOUVELLE in page.soup.select_one("p.avis").get_text()
    after = contenu(perime.id).formation
    assert (after.rncp, after.type_qualification) == (NOUVELLE, before.type_qualification)
    assert after.intitule != before.intitule
    assert (after.organisme_siret, after.heures_total) == (before.organisme_siret, before.heures_total)
    assert conclure(employeur, perime, 303).suite.endswith("/synthese")


def test_continuer_goes_on_with_the_inactive_one(employeur, perime):
    assert conclure(employeur, perime).soumettre("continuer").suivre().titre == "Synthèse"
    dossier, sections = relire(perime)
    assert sections.formation.rncp == INACTIVE
    assert "conclusion" in dossier.faites.split()


def test_precedent_leaves_the_rncp_page_as_it_was(employeur, perime):
    assert conclure(employeur, perime).soumettre("precedent").suivre().titre == "Salarié(e)"
    assert relire(perime)[0].version == perime.version


def test_sauvegarder_on_the_rncp_page_comes_back_to_it(employeur, perime):
    saved = conclure(employeur, perime).soumettre("Sauvegarder").suivre()
    assert (
        saved.cliquer("Revenir à la page Date de conclusion du contrat et RNCP").titre
        == "Date de conclusion du contrat et RNCP"
    )
    assert relire(perime)[1].formation.rncp == INACTIVE


@pytest.mark.parametrize("action", ["prendre:RNCP38362", "prendre:", "prendre:\x00", "n’importe quoi", ""])
def test_what_the_rncp_page_does_not_offer_changes_nothing(employeur, perime, action):
    answer = employeur.post("depot.trancher", envoi(perime, {}, action), dossier_id=perime.id)
    assert answer.suite == f"/dossiers/{perime.id}/conclusion"
    assert (relire(perime)[1].formation.rncp, relire(perime)[0].version) == (INACTIVE, perime.version)


def test_a_stale_rncp_page_replaces_nothing(employeur, perime):
    data = envoi(perime, {}, f"prendre:{NOUVELLE}", version=perime.version - 1)
    page = employeur.post("depot.trancher", data, dossier_id=perime.id).suivre()
    assert "modifié entre-temps" in page.texte
    assert relire(perime)[1].formation.rncp == INACTIVE


def test_the_synthesis_shows_every_part_with_its_way_back(employeur):
    page = aller(employeur, "synthese")
    dossier = dossier_de(page)
    back = {a["href"].partition("#")[0] for a in page.soup.select("section.synthese h3 a")}
    assert back == {f"/dossiers/{dossier.id}/{slug}" for slug in ("type-contrat", "employeur", "formation", "salarie")}
    assert "Lefèvre-d’Exemple" in page.texte
    assert "2 06 11 2A 004 017 05" in page.texte


def test_the_synthesis_keeps_the_comment_whatever_button_is_pressed(employeur, pret):
    page = relire_page(employeur, pret)
    back = page.soumettre("Précédent", {"commentaire": "Urgent."}).suivre()
    assert back.titre == "Salarié(e)"
    assert relire(pret)[0].commentaire == "Urgent."
    saved = relire_page(employeur, pret).soumettre("Sauvegarder", {"commentaire": "Très."})
    assert saved.suivre().cliquer("Revenir à la page Synthèse").champ("commentaire").get_text().strip() == "Très."
    assert "synthese" not in Dossier.get().faites.split()


def test_a_comment_that_is_too_long_is_shown_again(employeur, pret):
    page = relire_page(employeur, pret)
    refused = page.soumettre("Suivant", {"commentaire": "x" * 2001}, status=422)
    assert refused.champ("commentaire").get_text().strip() == "x" * 2001
    assert "retirez-en 1" in refused.texte


def test_an_incomplete_dossier_does_not_pass_the_synthesis(employeur, structure, compte):
    dossier = un_dossier(structure, compte, changements={"salarie.nir": None})
    page = relire_page(employeur, dossier)
    blocking = [a["href"] for a in page.soup.select("#bilan-erreurs ~ ul a")]
    assert f"/dossiers/{dossier.id}/salarie#salarie-nir" in blocking
    assert "Numéro de sécurité sociale (NIR) – " in page.soup.select_one("#bilan-erreurs ~ ul").get_text()
    refused = page.soumettre("Suivant", {"commentaire": "Urgent."}, status=422)
    assert refused.champ("commentaire").get_text().strip() == "Urgent."
    assert relire(dossier)[0].commentaire == "Urgent."
    assert "synthese" not in relire(dossier)[0].faites.split()


def test_an_incomplete_dossier_cannot_be_filed_by_its_url(employeur, structure, compte):
    dossier = un_dossier(structure, compte, changements={"salarie.nir": None})
    page = employeur.post("depot.generer", envoi(dossier, SIGNATURE, "generer"), 422, dossier_id=dossier.id)
    assert "D’autres pages sont à corriger" in page.texte
    assert (relire(dossier)[0].etat, relire(dossier)[0].numero) == ("brouillon", None)


def test_each_box_must_be_ticked_and_what_is_filled_stays(employeur, pret):
    page = signer(employeur, pret)
    assert page.champ("signature-lieu")["value"] == "Bordeaux"
    refused = page.soumettre(
        "Générer le CERFA", {"signature-exactitude": True, "signature-date": "31/02/2026"}, status=422
    )
    links = {a["href"] for a in refused.soup.select("#bilan-erreurs ~ ul a")}
    assert links == {"#signature-information_salarie", "#signature-donnees_figees", "#signature-date"}
    assert refused.champ("signature-date")["value"] == "31/02/2026"
    again = employeur.get(page.url)
    assert again.champ("signature-date")["value"] == "31/02/2026"
    assert again.champ("signature-exactitude").has_attr("checked")
    assert dossier_de(page).etat == "brouillon"


@pytest.mark.parametrize("bouton", ["Précédent", "Sauvegarder"])
def test_the_submission_page_is_shown_again_as_it_was_typed(employeur, pret, bouton):
    page = signer(employeur, pret)
    left = page.soumettre(bouton, {"signature-date": "demain", "signature-lieu": "Pessac"}).suivre()
    assert left.titre in ("Synthèse", "Brouillon enregistré")
    again = employeur.get(page.url)
    assert [again.champ(f"signature-{name}")["value"] for name in ("date", "lieu")] == ["demain", "Pessac"]


def test_nobody_attests_with_the_boxes_that_a_colleague_ticked(employeur, connecte, structure, pret):
    page = signer(employeur, pret)
    page.soumettre("Précédent", {"signature-exactitude": True})
    other = connecte(un_compte(structure)).get(page.url)
    assert not other.champ("signature-exactitude").has_attr("checked")


def test_the_page_says_before_the_click_that_nothing_can_change_after_it(employeur, pret):
    assert "rien de ce qui est saisi ne pourra être modifié" in signer(employeur, pret).texte


def test_filing_freezes_numbers_and_hands_over_in_one_go(employeur, compte):
    page = deposer(employeur)
    dossier = dossier_de(page)
    assert page.titre == "Pièces"
    assert (dossier.etat, dossier.etape, dossier.faites) == (
        "soumis",
        "pieces",
        "type-contrat employeur formation salarie synthese",
    )
    assert dossier.soumis_le
    assert [t.genre for t in Transmission.select()] == ["dossier"]
    assert Saisie.select().count() == 0
    moved = Journal.get(Journal.vers == "soumis")
    assert (moved.de, moved.compte_id) == ("brouillon", compte.id)


def test_a_person_without_the_right_to_file_prepares_only(connecte, structure, pret):
    helper = connecte(un_compte(structure, droits="consulter saisir"))
    page = signer(helper, pret)
    page.soumettre("Générer le CERFA", SIGNATURE, status=403)
    assert dossier_de(page).etat == "brouillon"


def test_after_the_submission_the_last_pages_are_closed(employeur, structure):
    dossier = un_dossier(structure, etat="soumis")
    for endpoint in PAGES:
        refused = employeur.get(endpoint, 403, dossier_id=dossier.id)
        assert "Soumis, pièces à envoyer" in refused.texte
    typed = envoi(dossier, SIGNATURE | {"commentaire": "x"})
    for endpoint in POSTS:
        filed = endpoint == "depot.generer"  # a second click on « Générer le CERFA » goes where the first one went
        employeur.post(endpoint, typed, 303 if filed else 403, dossier_id=dossier.id)
    after = relire(dossier)[0]
    assert (after.version, after.commentaire, after.etat) == (dossier.version, "", "soumis")


@pytest.mark.parametrize("slug", ["synthese", "soumission"])
def test_a_last_page_that_htmx_swaps_equals_a_fresh_one(employeur, pret, slug):
    page = relire_page(employeur, pret).htmx("form.saisie")
    assert page.url.endswith("/soumission")
    if slug == "synthese":
        page = employeur.get(page.url).htmx("form.saisie", SIGNATURE)
        assert page.url.endswith("/pieces")
    egale_page_fraiche(page)
