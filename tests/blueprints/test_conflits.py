"""Two windows on one draft, two clicks at once: nothing is overwritten, nothing is made twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from models.base import db
from models.contenu import contenu
from models.dossier import Dossier
from models.journal import Journal
from models.numeros import Compteur
from models.saisie import Saisie, frappe
from models.transmission import Transmission
from tests.client import MEME_SITE
from tests.dossiers_types import DEMANDEUR, JEUNE, SIGNATURE
from tests.fabriques import relire, un_compte, un_dossier, une_structure
from tests.parcours import aller, commencer, deposer, dossier_de, envoi, remplir

CLICS = 50


@pytest.fixture
def structure(base):
    return une_structure()


@pytest.fixture
def compte(structure):
    return un_compte(structure)


@pytest.fixture
def employeur(connecte, compte):
    return connecte(compte)


@pytest.fixture
def collegue(connecte, structure):
    return connecte(un_compte(structure))


@pytest.fixture
def brouillon(structure, compte):
    return un_dossier(structure, compte)


def montrer(client, dossier, slug="salarie"):
    return client.get("saisie.montrer", dossier_id=dossier.id, etape=slug)


def en_meme_temps(app, client, count, url, data):
    """Post the same from `count` browsers with one session at once; answers the statuses."""
    cookie = client.http.get_cookie("monespace").value

    def poster(_):
        http = app.test_client()
        http.set_cookie("monespace", cookie)
        try:
            return http.post(url, data=data, headers=MEME_SITE).status_code
        finally:
            db.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(poster, range(count)))


def test_the_second_to_save_is_told_and_sees_both_versions(employeur, collegue, brouillon):
    first, second = montrer(employeur, brouillon), montrer(collegue, brouillon)
    first.soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    refused = second.soumettre("Sauvegarder", {"salarie-prenom": "Bernard", "contrat-emploi": "Serveur"}, status=409)
    assert relire(brouillon)[1].salarie.prenom == "Alice"
    rows = {row.th.get_text(): [td.get_text() for td in row.select("td")] for row in refused.soup.select("tbody tr")}
    assert rows["Premier prénom, selon l’état civil"] == ["Alice", "Bernard"]
    assert rows["Emploi occupé pendant le contrat"][1] == "Serveur"
    assert len(rows) == 2
    assert refused.champ("salarie-prenom")["value"] == "Bernard"
    refused.soumettre("Sauvegarder")
    after = relire(brouillon)[1]
    assert (after.salarie.prenom, after.contrat.emploi) == ("Bernard", "Serveur")


def test_suivant_on_a_stale_page_is_refused_too(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon, "formation")
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    page.soumettre("Suivant", {"formation-intitule": "Autre"}, status=409)
    assert relire(brouillon)[1].formation.intitule != "Autre"


def test_choosing_a_result_on_a_stale_page_does_not_make_it_fresh(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon, "formation")
    montrer(employeur, brouillon, "formation").soumettre("Sauvegarder", {"formation-intitule": "Le mien"})
    data = envoi(brouillon, {"formation-intitule": "Le sien", "formation-type_qualification": "1"})
    refused = collegue.post(page.url, data | {"action": "choisir:certifications:RNCP38362"}, 409)
    assert "Le mien" in refused.soup.table.get_text()
    assert relire(brouillon)[1].formation.intitule == "Le mien"
    assert Saisie.select().count() == 0


def test_a_live_check_on_a_stale_page_says_so_and_keeps_nothing(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon)
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    told = page.htmx("#salarie-prenom", {"salarie-prenom": "Bernard"}, 409)
    assert "n’est pas encore gardé" in told.texte
    assert Saisie.select().count() == 0


def test_what_one_saves_oneself_on_another_page_is_no_conflict(employeur, brouillon):
    montrer(employeur, brouillon).soumettre("Précédent", {"contrat-salaire": "beaucoup"})
    montrer(employeur, brouillon, "formation").soumettre("Sauvegarder", {"formation-intitule": "Réception"})
    page = montrer(employeur, brouillon)
    assert page.champ("contrat-salaire")["value"] == "beaucoup"
    assert page.soup.table is None


def test_what_one_had_typed_stands_beside_what_a_colleague_saved_since(employeur, collegue, brouillon, compte):
    montrer(employeur, brouillon).htmx("#salarie-prenom", {"salarie-prenom": "Bernard"})
    montrer(collegue, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    page = montrer(employeur, brouillon)
    assert page.champ("salarie-prenom")["value"] == "Bernard"
    assert "Alice" in page.soup.table.get_text()
    assert frappe(brouillon, "salarie", compte.id).valeurs["salarie-prenom"] == ["Bernard"]


def test_a_colleague_sees_what_was_typed_and_is_not_saved(employeur, collegue, brouillon):
    montrer(employeur, brouillon).htmx("#contrat-emploi", {"contrat-emploi": "Serveur"})
    assert montrer(collegue, brouillon).champ("contrat-emploi")["value"] == "Serveur"


def test_a_box_that_nobody_ticked_is_no_difference(employeur, collegue, structure):
    dossier = un_dossier(structure, complet=False)
    page = montrer(employeur, dossier)
    montrer(collegue, dossier).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    refused = page.soumettre("Sauvegarder", {"salarie-prenom": "Bernard"}, status=409)
    assert len(refused.soup.select("tbody tr")) == 1


@pytest.mark.parametrize("version", ["0", "", "-1", "1e3", "9" * 30, "٣", "\x00", "abc"])
def test_a_version_that_no_page_has_is_a_stale_one(employeur, brouillon, version):
    url = f"/dossiers/{brouillon.id}/salarie"
    employeur.post(url, envoi(brouillon, {"salarie-prenom": "X"}, version=version), 409)
    checked = employeur.http.post(f"{url}/controle", data=envoi(brouillon, {}, version=version), headers=MEME_SITE)
    assert checked.status_code == 409
    assert relire(brouillon)[0].version == brouillon.version


def test_the_synthesis_keeps_the_comment_of_the_slower_one(employeur, collegue, brouillon):
    page = collegue.get("depot.relire", dossier_id=brouillon.id)
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    told = page.soumettre("Suivant", {"commentaire": "Urgent, merci."}, status=409)
    assert "modifié entre-temps" in told.texte
    assert told.champ("commentaire").get_text().strip() == "Urgent, merci."
    assert relire(brouillon)[0].commentaire == ""


def test_the_submission_keeps_what_the_slower_one_typed(employeur, collegue):
    page = aller(employeur, "soumission")
    dossier = dossier_de(page)
    montrer(collegue, dossier).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    told = page.soumettre("Générer le CERFA", SIGNATURE | {"signature-lieu": "Pessac"}, status=409)
    assert told.champ("signature-lieu")["value"] == "Pessac"
    assert relire(dossier)[0].etat == "brouillon"


def test_a_double_click_makes_one_dossier(app, employeur):
    page = commencer(employeur)
    data = JEUNE["employeur"] | {"cle": page.champ("cle")["value"], "action": "suivant"}
    assert set(en_meme_temps(app, employeur, 6, page.url, data)) == {303}
    assert Dossier.select().count() == 1
    assert Journal.select().where(Journal.action == "creation").count() == 1


def test_the_key_of_another_account_makes_a_dossier_of_ones_own(employeur, collegue):
    first = commencer(employeur)
    cle = {"cle": first.champ("cle")["value"]}
    remplir(first, JEUNE["employeur"])
    collegue.post(first.url, JEUNE["employeur"] | cle)
    assert Dossier.select().count() == 2


def test_a_form_that_comes_back_with_other_answers_loses_none(employeur):
    page = commencer(employeur)
    dossier = dossier_de(remplir(page, JEUNE["employeur"]))
    again = page.soumettre("Suivant", JEUNE["employeur"] | {"employeur-effectif": "77"}).suivre()
    assert Dossier.select().count() == 1
    assert again.titre == "Employeur"
    assert again.champ("employeur-effectif")["value"] == "77"
    assert contenu(dossier.id).employeur.effectif == 42


def test_many_clicks_on_generer_file_one_dossier(app, employeur):
    page = aller(employeur, "soumission")
    dossier = dossier_de(page)
    data = envoi(dossier, SIGNATURE, "generer")
    statuses = en_meme_temps(app, employeur, CLICS, page.url, data)
    # Who comes after the freeze is told that nothing can be changed any more.
    assert set(statuses) <= {303, 403}
    assert 303 in statuses
    after = relire(dossier)[0]
    assert after.etat == "soumis"
    assert after.numero
    assert [(t.genre, t.cle) for t in Transmission.select()] == [("dossier", f"dossier:{dossier.id}")]
    assert Journal.select().where(Journal.vers == "soumis").count() == 1
    assert [path.name for path in app.config["PIECES_DIR"].iterdir()] == [after.cerfa]
    assert Compteur.get().dernier >= 1


def test_two_dossiers_never_get_the_same_number(employeur):
    assert len({dossier_de(deposer(employeur, contrat)).numero for contrat in (JEUNE, DEMANDEUR)}) == 2


def test_a_dossier_deleted_meanwhile_is_not_found(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon)
    employeur.get("dossiers.confirmer_suppression", dossier_id=brouillon.id).soumettre("Supprimer le brouillon")
    page.soumettre("Sauvegarder", status=404)
