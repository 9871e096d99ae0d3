"""Two windows on one draft, two clicks at once: nothing is overwritten, nothing is made twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from models.base import db
from models.contenu import contenu
from models.dossier import Dossier
from models.journal import Journal
from models.modifications import Modification
from models.numeros import Compteur
from models.presences import Presence
from models.saisie import Saisie, frappe
from models.transmission import Transmission
from tasks import depot
from tests import formulaire
from tests.client import HTMX, MEME_SITE
from tests.dossiers_types import DEMANDEUR, JEUNE, SIGNATURE
from tests.fabriques import relire, un_compte, un_dossier
from tests.parcours import aller, commencer, deposer, dossier_de, envoi, remplir

CLICS = 50
PRENOM, EMPLOI = "Premier prénom, selon l’état civil", "Emploi occupé pendant le contrat"


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


def cotes(page):
    """What stands side by side: label → (stored, on the page)."""
    rows = page.soup.select(".comparaison tbody tr")
    return {row.th.get_text(): [cell.get_text().split(" Camille")[0].strip() for cell in row("td")[:2]] for row in rows}


def test_the_second_to_save_is_told_and_sees_both_versions(employeur, collegue, brouillon):
    first, second = montrer(employeur, brouillon), montrer(collegue, brouillon)
    first.soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    refused = second.soumettre("Sauvegarder", {"salarie-prenom": "Bernard", "contrat-emploi": "Serveur"}, status=409)
    assert relire(brouillon)[1].salarie.prenom == "Alice"
    assert cotes(refused) == {PRENOM: ["Alice", "Bernard"]}
    assert "Camille Démo-Fictif, le" in refused.soup.table.get_text()
    assert refused.champ("salarie-prenom")["value"] == "Bernard"
    refused.soumettre("Sauvegarder")
    after = relire(brouillon)[1]
    assert (after.salarie.prenom, after.contrat.emploi) == ("Bernard", "Serveur")


def test_different_fields_are_put_together_and_the_second_is_told(employeur, collegue, brouillon):
    first, second = montrer(employeur, brouillon), montrer(collegue, brouillon)
    first.soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    told = second.soumettre("Sauvegarder", {"contrat-emploi": "Serveur"}).suivre()
    after = relire(brouillon)[1]
    assert (after.salarie.prenom, after.contrat.emploi) == ("Alice", "Serveur")
    assert f"Modifié entre-temps par Camille Démo-Fictif : « {PRENOM} »." in told.texte


def test_different_pages_are_no_conflict(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon, "formation")
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    told = page.soumettre("Suivant", {"formation-intitule": "Autre"}).suivre()
    assert (relire(brouillon)[1].formation.intitule, relire(brouillon)[1].salarie.prenom) == ("Autre", "Alice")
    assert PRENOM in told.texte


def test_the_page_that_stays_shows_the_others_answers_and_marks_them(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon)
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    stays = page.soumettre("Suivant", {"contrat-salaire": "beaucoup"}, status=422)
    assert stays.champ("salarie-prenom")["value"] == "Alice"
    assert stays.champ("contrat-salaire")["value"] == "beaucoup"
    assert "Modifié entre-temps par Camille Démo-Fictif. Réponse précédente : Yann" in stays.texte
    stays.soumettre("Suivant", {"contrat-salaire": "2 100"})
    assert relire(brouillon)[1].salarie.prenom == "Alice"


def test_the_rules_look_at_what_both_changed(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon)
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"contrat-date_debut": "2027-12-01"})
    refused = page.soumettre("Suivant", {"contrat-date_fin": "2027-06-30"}, status=422)
    assert "antérieure" in refused.message("contrat-date_fin") or "fin" in refused.texte
    assert relire(brouillon)[1].contrat.date_fin != date(2027, 6, 30)


def test_precedent_keeps_both(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon)
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    page.soumettre("Précédent", {"contrat-emploi": "Serveur"})
    again = montrer(collegue, brouillon)
    assert again.champ("contrat-emploi")["value"] == "Serveur"
    assert again.champ("salarie-prenom")["value"] == "Alice"
    assert not again.soup.table


def test_each_answer_is_chosen_by_itself(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon)
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Alice", "contrat-emploi": "Commis"})
    both = page.soumettre("Suivant", {"salarie-prenom": "Bernard", "contrat-emploi": "Serveur"}, status=409)
    assert cotes(both) == {PRENOM: ["Alice", "Bernard"], EMPLOI: ["Commis", "Serveur"]}
    one = both.soumettre("prendre:salarie-prenom", status=200)
    assert cotes(one) == {EMPLOI: ["Commis", "Serveur"]}
    one.soumettre("Suivant")
    after = relire(brouillon)[1]
    assert (after.salarie.prenom, after.contrat.emploi) == ("Alice", "Serveur")


def test_both_typing_the_same_is_no_conflict(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon)
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    page.soumettre("Sauvegarder", {"salarie-prenom": " Alice "})
    assert relire(brouillon)[1].salarie.prenom == "Alice"


def test_an_answer_that_the_other_made_needless_is_shown_not_dropped(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon)
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-nationalite": "hors_ue"})
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-autorisation_travail": "oui"})
    asks = montrer(collegue, brouillon)
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-nationalite": "francaise"})
    told = asks.soumettre("Sauvegarder", {"salarie-autorisation_travail": "non"}, status=409)
    assert list(cotes(told).values()) == [["(n’est plus demandé)", "Non"]]
    told.soumettre("Sauvegarder")
    assert relire(brouillon)[1].salarie.autorisation_travail is None
    page.soumettre("Sauvegarder", {"contrat-emploi": "Serveur"})
    assert relire(brouillon)[1].salarie.nationalite == "francaise"


def test_an_answer_of_the_other_that_one_would_take_away_is_shown_first(employeur, collegue, brouillon):
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-nationalite": "hors_ue"})
    page = montrer(collegue, brouillon)
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-autorisation_travail": "oui"})
    told = page.soumettre("Sauvegarder", {"salarie-nationalite": "francaise"}, status=409)
    assert list(cotes(told).values()) == [["Oui", "(n’est plus demandé)"]]
    assert relire(brouillon)[1].salarie.nationalite == "hors_ue"
    told.soumettre("Sauvegarder")
    assert relire(brouillon)[1].salarie.nationalite == "francaise"


def test_choosing_a_result_on_a_stale_page_does_not_make_it_fresh(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon, "formation")
    montrer(employeur, brouillon, "formation").soumettre("Sauvegarder", {"formation-intitule": "Le mien"})
    data = envoi(brouillon, {"formation-intitule": "Le sien", "formation-type_qualification": "1"})
    refused = collegue.post(page.url, data | {"action": "choisir:certifications:RNCP38362"}, 409)
    assert "Le mien" in refused.soup.table.get_text()
    assert relire(brouillon)[1].formation.intitule == "Le mien"


def test_choosing_a_result_keeps_what_the_other_saved_elsewhere_on_the_page(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon, "formation")
    montrer(employeur, brouillon, "formation").soumettre("Sauvegarder", {"formation-heures_total": "444"})
    form = formulaire.lire(page.soup.select_one("form.saisie"))
    chosen = collegue.post(page.url, form | {"action": "choisir:certifications:RNCP38381"}, 200)
    assert chosen.champ("formation-rncp")["value"] == "RNCP38381"
    assert chosen.champ("formation-heures_total")["value"] == "444"


def test_a_live_check_beside_other_changes_keeps_what_is_typed_and_says_who_changed_what(
    employeur, collegue, brouillon, compte
):
    page = montrer(collegue, brouillon)
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    told = page.htmx("#contrat-emploi", {"contrat-emploi": "Serveur"})
    assert "Votre saisie est gardée" in told.texte
    assert f"Modifié entre-temps par Camille Démo-Fictif : « {PRENOM} »" in told.texte
    again = montrer(collegue, brouillon)
    assert (again.champ("contrat-emploi")["value"], again.champ("salarie-prenom")["value"]) == ("Serveur", "Alice")


def test_a_live_check_of_the_same_field_says_so_and_loses_nothing(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon)
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    told = page.htmx("#salarie-prenom", {"salarie-prenom": "Bernard"}, 409)
    assert f"une autre réponse vient d’être enregistrée : {PRENOM}" in told.texte
    again = montrer(collegue, brouillon)
    assert cotes(again) == {PRENOM: ["Alice", "Bernard"]}
    assert again.champ("salarie-prenom")["value"] == "Bernard"


def test_a_check_that_arrives_after_its_page_was_saved_leaves_nothing_behind(employeur, brouillon):
    page = montrer(employeur, brouillon)
    late = formulaire.lire(page.soup.select_one("form.saisie"), {"salarie-prenom": "Alice"})
    page.soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    url = employeur.url("saisie.controler", dossier_id=brouillon.id, etape="salarie")
    assert employeur.http.post(url, data=late, headers=MEME_SITE | HTMX).status_code == 200
    assert Saisie.select().count() == 0


def test_without_its_history_a_stale_page_shows_all_that_differs(employeur, collegue, brouillon):
    page = montrer(collegue, brouillon)
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    Modification.delete().execute()
    told = page.soumettre("Sauvegarder", {"contrat-emploi": "Serveur"}, status=409)
    assert set(cotes(told)) == {PRENOM, EMPLOI}


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


def test_a_colleague_sees_what_was_typed_and_is_not_saved_once_its_author_has_left(employeur, collegue, brouillon):
    montrer(employeur, brouillon).htmx("#contrat-emploi", {"contrat-emploi": "Serveur"})
    assert montrer(collegue, brouillon).champ("contrat-emploi")["value"] != "Serveur"
    Presence.delete().execute()
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
    assert f"Modifié entre-temps par Camille Démo-Fictif : « {PRENOM} »." in told.texte
    assert told.champ("commentaire").get_text().strip() == "Urgent, merci."
    assert relire(brouillon)[0].commentaire == ""


def test_a_comment_beside_other_changes_is_saved_and_one_over_another_is_not(employeur, collegue, brouillon):
    page, again = (collegue.get("depot.relire", dossier_id=brouillon.id) for _ in range(2))
    montrer(employeur, brouillon).soumettre("Sauvegarder", {"salarie-prenom": "Alice"})
    page.soumettre("Sauvegarder", {"commentaire": "Urgent."})
    assert relire(brouillon)[0].commentaire == "Urgent."
    told = again.soumettre("Sauvegarder", {"commentaire": "Autre chose."}, status=409)
    assert told.champ("commentaire").get_text().strip() == "Autre chose."
    assert relire(brouillon)[0].commentaire == "Urgent."


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


def test_many_clicks_on_generer_file_one_dossier(app, employeur, monkeypatch):
    page = aller(employeur, "soumission")
    dossier = dossier_de(page)
    data = envoi(dossier, SIGNATURE, "generer")
    cerfa, drawn = depot.remplir({"numero": "X"}), Barrier(CLICS, timeout=60)

    def dessiner(_):
        """The same sheet for everybody: nobody freezes the dossier before all have theirs."""
        drawn.wait()
        return cerfa

    monkeypatch.setattr(depot, "remplir", dessiner)
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
