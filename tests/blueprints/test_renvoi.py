"""Sent back after « Reprendre »: the organisme gets its own entry, the employer gets back what it had added."""

import pytest

from models.base import db
from models.contenu import contenu
from models.preentree import preentree_de
from models.saisie import Saisie
from tests.blueprints import test_preentree
from tests.blueprints.test_preentree import frais, remettre
from tests.client import MEME_SITE
from tests.dossiers_types import SIGNATURE
from tests.fabriques import un_compte, un_dossier, une_habilitation, une_structure
from tests.formulaire import bouton, formulaire_de, lire

ecole, formateur, organisme = test_preentree.ecole, test_preentree.formateur, test_preentree.organisme
hotel, rh, employeur, dossier = (
    test_preentree.hotel,
    test_preentree.rh,
    test_preentree.employeur,
    test_preentree.dossier,
)
NOM, SALAIRE = "NOM-DE-L-EMPLOYEUR", "2 512,34"
MESSAGE = {"message": "Le début est le 7 décembre."}


@pytest.fixture
def repris(organisme, employeur, dossier):
    """A pre-entry that the employer has taken up, changed and completed."""
    remettre(organisme, dossier)
    employeur.post("reprise_employeur.prendre", dossier_id=dossier.id)
    page = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="formation")
    page.soumettre("Sauvegarder", {"formation-service_interne": "non", "formation-paiement_direct": "oui"})
    page = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    changed = {"salarie-nom_naissance": NOM, "contrat-salaire": SALAIRE, "tuteur-attestation": "oui"}
    page.soumettre("Sauvegarder", changed)
    page = employeur.get("depot.relire", dossier_id=dossier.id)
    page.soumettre("Sauvegarder", {"commentaire": "Note confidentielle"})
    return frais(dossier)


def renvoyer(employeur, dossier):
    page = employeur.get("dossiers.detailler", dossier_id=dossier.id).cliquer("Renvoyer à l’organisme")
    return page.soumettre("Renvoyer à l’organisme", MESSAGE).suivre()


def vu_par(organisme, dossier):
    """All that the organisme can read of its dossier."""
    pages = [organisme.get("preentree.suivre", dossier_id=dossier.id), organisme.get("preentree.lister")]
    pages += [organisme.get("saisie.montrer", dossier_id=dossier.id, etape=e) for e in ("formation", "salarie")]
    pages.append(organisme.get("depot.relire", dossier_id=dossier.id))
    return "\n".join(page.html for page in pages)


def test_the_organisme_gets_back_what_it_had_entered_and_nothing_else(organisme, employeur, formateur, repris):
    typed = {"salarie-prenom": "Tapé-Sans-Sauver", "contrat-salaire": "9 999"}
    employeur.http.post(
        f"/dossiers/{repris.id}/salarie/controle",
        data={"version": repris.version} | typed,
        headers=MEME_SITE,
    )
    assert Saisie.select().count() == 1
    renvoyer(employeur, repris)
    now = frais(repris)
    assert (now.etat, now.structure_id, now.cree_par_id) == ("brouillon", None, formateur.id)
    seen = vu_par(organisme, repris)
    for secret in (NOM, "2512,34", "2 512", "Note confidentielle", "Tapé-Sans-Sauver", "9 999"):
        assert secret.casefold() not in seen.casefold().replace("\u202f", " ").replace("\xa0", " ")
    assert "LE GALL-ROUX" in seen
    assert "Convention en cours de signature" in seen
    assert (
        organisme.get("preentree.preparer", dossier_id=repris.id).champ("courriel")["value"] == test_preentree.ADRESSE
    )
    assert MESSAGE["message"] in seen
    d = contenu(repris.id)
    assert (d.formation.paiement_direct, d.contrat.salaire, d.tuteur.attestation) == (None, None, None)
    employeur.get("dossiers.detailler", 404, dossier_id=repris.id)


def test_what_the_employer_had_entered_comes_back_when_it_takes_it_up_again(organisme, employeur, repris):
    renvoyer(employeur, repris)
    page = organisme.get("saisie.montrer", dossier_id=repris.id, etape="salarie")
    page.soumettre("Sauvegarder", {"salarie-telephone": "02 98 00 00 09", "contrat-emploi": "Chef de rang"})
    remettre(organisme, repris)
    details = employeur.get("dossiers.detailler", dossier_id=repris.id)
    assert "revient quand vous le reprenez" in details.texte
    assert NOM not in details.texte
    details.soumettre("Reprendre").suivre()
    d = contenu(repris.id)
    assert (d.salarie.nom_naissance, d.contrat.emploi) == (NOM, "Chef de rang")
    assert (str(d.contrat.salaire), d.tuteur.attestation, d.formation.paiement_direct) == ("2512.34", True, True)
    assert frais(repris).commentaire == "Note confidentielle"
    assert f"LE GALL-ROUX → {NOM}" in employeur.get("dossiers.detailler", dossier_id=repris.id).texte
    assert preentree_de(repris).de_cote is None
    assert "2 512" not in organisme.get("preentree.suivre", dossier_id=repris.id).texte


def test_what_the_organisme_corrected_is_not_undone(organisme, employeur, repris):
    renvoyer(employeur, repris)
    page = organisme.get("saisie.montrer", dossier_id=repris.id, etape="salarie")
    page.soumettre("Sauvegarder", {"salarie-nom_naissance": "LE GALL"})
    remettre(organisme, repris)
    employeur.post("reprise_employeur.prendre", dossier_id=repris.id)
    assert contenu(repris.id).salarie.nom_naissance == "LE GALL"


def test_another_employer_gets_nothing_of_it(organisme, employeur, connecte, repris):
    renvoyer(employeur, repris)
    other = un_compte(une_structure(nom="Autre employeur fictif"), courriel="autre@demo.fictif")
    remettre(organisme, repris, other.courriel)
    browser = connecte(other)
    browser.post("reprise_employeur.prendre", dossier_id=repris.id)
    d = contenu(repris.id)
    assert (d.salarie.nom_naissance, d.contrat.salaire) == ("LE GALL-ROUX", None)
    details = browser.get("dossiers.detailler", dossier_id=repris.id).texte
    assert "Note confidentielle" not in details
    assert NOM not in details


def test_what_was_typed_and_not_saved_comes_back_too(organisme, employeur, repris):
    page = employeur.get("saisie.montrer", dossier_id=repris.id, etape="salarie")
    page.soumettre("Sauvegarder", {"contrat-salaire": "deux mille"})
    renvoyer(employeur, repris)
    assert Saisie.select().count() == 0
    remettre(organisme, repris)
    employeur.post("reprise_employeur.prendre", dossier_id=repris.id)
    page = employeur.get("saisie.montrer", dossier_id=repris.id, etape="salarie")
    assert page.champ("contrat-salaire")["value"] == "deux mille"


def test_it_goes_back_and_forth_until_it_is_filed(organisme, employeur, repris):
    for _ in range(2):
        renvoyer(employeur, repris)
        remettre(organisme, repris)
        page = employeur.get("dossiers.detailler", dossier_id=repris.id).soumettre("Reprendre").suivre()
    for _ in range(5):
        page = page.soumettre("Suivant").suivre()
    page.soumettre("Générer le CERFA", SIGNATURE).suivre()
    assert frais(repris).etat == "soumis"
    followed = organisme.get("preentree.suivre", dossier_id=repris.id).texte
    assert NOM not in followed
    assert "Soumis" in followed


def test_one_that_was_taken_up_is_refused_not_deleted(organisme, employeur, repris):
    employeur.post("dossiers.supprimer", status=403, dossier_id=repris.id)
    page = employeur.get("dossiers.detailler", dossier_id=repris.id).cliquer("Refuser")
    page.soumettre("Refuser le contrat", {"message": "Le poste est pourvu."})
    assert frais(repris).etat == "annule"
    seen = organisme.get("preentree.suivre", dossier_id=repris.id).texte
    assert "Le poste est pourvu." in seen
    assert NOM not in seen


def test_an_old_window_of_the_organisme_meets_nothing_of_the_employers(organisme, employeur, dossier):
    old = organisme.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    remettre(organisme, dossier)
    employeur.post("reprise_employeur.prendre", dossier_id=dossier.id)
    page = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    page.soumettre("Sauvegarder", {"salarie-nom_naissance": NOM})
    renvoyer(employeur, dossier)
    answer = organisme.http.post(
        f"/dossiers/{dossier.id}/salarie",
        data=lire(formulaire_de(bouton(old.soup, "Suivant")), {"salarie-nom_naissance": "AUTRE"})
        | {"action": "suivant"},
        headers=MEME_SITE,
    )
    assert NOM not in answer.get_data(as_text=True)
    assert NOM not in vu_par(organisme, dossier)


def test_a_second_click_or_a_colleague_too_late_finds_it_gone(employeur, repris):
    renvoyer(employeur, repris)
    employeur.post("reprise_employeur.renvoyer", MESSAGE, 404, dossier_id=repris.id)
    assert contenu(repris.id).salarie.nom_naissance == "LE GALL-ROUX"


def test_a_draft_that_no_organisme_began_goes_to_none(employeur, hotel, rh):
    mine = un_dossier(hotel, rh)
    employeur.get("reprise_employeur.preparer_renvoi", 403, dossier_id=mine.id)
    assert "Renvoyer" not in employeur.get("dossiers.detailler", dossier_id=mine.id).texte


def test_both_values_are_shown_to_the_employer_alone(organisme, employeur, connecte, hotel, repris):
    section = employeur.get("dossiers.detailler", dossier_id=repris.id).soup.select_one(
        "[aria-labelledby=modifications]"
    )
    text = " ".join(section.get_text(" ").replace("\xa0", " ").split())
    assert f"Nom de naissance : LE GALL-ROUX → {NOM}" in text
    assert "Camille Démo-Fictif" in text
    assert "2 512" not in text
    for page in (organisme.get("preentree.suivre", dossier_id=repris.id), organisme.get("preentree.lister")):
        assert NOM not in page.texte
    reader = un_compte()
    une_habilitation(reader, hotel, "consulter")
    assert NOM in connecte(reader).get("dossiers.detailler", dossier_id=repris.id).texte


def test_what_is_kept_aside_is_encrypted(employeur, repris):
    employeur.post("reprise_employeur.renvoyer", MESSAGE, dossier_id=repris.id)
    rows = db.execute_sql("select de_cote, blocs from preentree").fetchall()
    assert rows[0][0]
    assert NOM not in str(rows)
    assert "LE GALL" not in str(rows)


def test_a_value_put_back_is_said_to_be(employeur, repris):
    page = employeur.get("saisie.montrer", dossier_id=repris.id, etape="salarie")
    page.soumettre("Sauvegarder", {"salarie-nom_naissance": "LE GALL-ROUX"})
    assert "LE GALL-ROUX (rétabli)" in employeur.get("dossiers.detailler", dossier_id=repris.id).texte
