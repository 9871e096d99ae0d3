"""The searches: results under a field, what choosing one fills, and that nothing typed is lost by it."""

from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprints.recherche import qualiopi
from models import referentiels
from models.contenu import contenu
from models.etablissements import EtablissementSaisi
from tests.client import MEME_SITE
from tests.dossiers_types import JEUNE
from tests.fabriques import un_dossier, une_structure
from tests.parcours import commencer, envoi, remplir

HOTEL, SANS_IDCC = "00000100800010", "00000113100010"
RNCP = "RNCP38362"
NOUVEAU = {
    "nouvel-denomination": "Auberge Inconnue (démo)",
    "nouvel-siret": "732 829 320 00074",
    "nouvel-voie": "rue des Essais",
    "nouvel-code_postal": "33000",
    "nouvel-commune": "Bordeaux",
}


def vide(structure, compte):
    return un_dossier(structure, compte, complet=False, changements={"contrat.type_contrat": "11"})


def chercher(client, quoi, **args):
    response = client.http.get(f"/recherche/{quoi}", query_string=args, headers=MEME_SITE)
    return response.status_code, response.get_data(as_text=True)


def saisi(page, *names):
    return [page.champ(name)["value"] for name in names]


@pytest.mark.parametrize(
    "q", ["hotel du port", "HÔTEL FICTIF port", "000 001 008 00010", "0000010080", "bordeaux hotel"]
)
def test_an_establishment_is_found_by_its_name_its_siret_or_its_town(employeur, q):
    status, html = chercher(employeur, "etablissements", q=q)
    assert status == 200
    assert f"choisir:etablissements:{HOTEL}" in html


def test_an_organisme_is_found_with_its_qualiopi(employeur):
    _, html = chercher(employeur, "organismes", q="Académie Fictive de l’Ill")
    assert "choisir:organismes:00000915900013" in html
    assert "non certifié Qualiopi" in html


@pytest.mark.parametrize(
    ("certified", "said"),
    [
        ({"actions_de_formation": True}, "Qualiopi : actions de formation"),
        (
            {"actions_de_formation": False, "apprentissage": True, "vae": True},
            "non certifié Qualiopi pour les actions de formation ; certifié pour l’apprentissage et la VAE",
        ),
        (
            {"actions_de_formation": None, "apprentissage": True, "bilans_de_competences": False},
            "Qualiopi : non renseigné pour les actions de formation ; certifié pour l’apprentissage",
        ),
    ],
)
def test_each_category_of_qualiopi_is_said(certified, said):
    assert qualiopi(SimpleNamespace(qualiopi=certified)) == said


@pytest.mark.parametrize("q", [RNCP, "38362"])
def test_a_certification_is_found_by_its_code(employeur, q):
    assert f"choisir:certifications:{RNCP}" in chercher(employeur, "certifications", q=q)[1]


def test_what_is_not_found_is_said_with_what_to_do(employeur):
    html = chercher(employeur, "etablissements", q="<b>rien de tel")[1]
    assert "Aucun résultat pour « &lt;b&gt;rien de tel »" in html.replace("\u00a0", " ")
    assert "Nouvel établissement" in html


@pytest.mark.parametrize(("quoi", "q", "code"), [("naf", "hôtel", "55.10Z"), ("idcc", "1979", "1979")])
def test_codes_are_suggested(employeur, quoi, q, code):
    assert f'value="{code}"' in chercher(employeur, quoi, **{"employeur-code": q})[1]


def test_a_suggested_activity_names_its_nomenclature(employeur):
    html = chercher(employeur, "naf", q="55.10Z")[1].replace("\u00a0", " ")
    assert 'value="55.10Z">Hôtels et hébergement similaire (NAF rév. 2)<' in html


def test_communes_are_suggested_with_their_postal_codes(employeur):
    assert "33000" in chercher(employeur, "communes", q="Bordeaux")[1]


@pytest.mark.parametrize("quoi", ["tuteurs", "rien", "sqlite_master"])
def test_other_words_are_not_found(employeur, quoi):
    assert chercher(employeur, quoi, q="a")[0] == 404


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quoi=st.sampled_from(["etablissements", "organismes", "certifications", "communes", "naf", "idcc"]), q=st.text())
def test_any_text_may_be_searched(employeur, quoi, q):
    q = q.encode("utf-8", "replace").decode()
    assert chercher(employeur, quoi, q=q)[0] == 200
    posted = employeur.http.post("/recherche/tuteurs", data={"q": q}, headers=MEME_SITE)
    assert posted.status_code == 200


def test_an_establishment_is_chosen_before_the_draft_exists(employeur):
    page = commencer(employeur)
    typed = {"employeur-effectif": "42", "employeur-courriel": "pas encore", "q-etablissements": "hotel du port"}
    found = page.soumettre("Rechercher", typed, status=200)
    assert saisi(found, "employeur-effectif", "employeur-courriel", "q-etablissements") == list(typed.values())
    chosen = found.soumettre(f"choisir:etablissements:{HOTEL}", status=200)
    names = ("employeur-siret", "employeur-denomination", "employeur-naf", "employeur-idcc", "employeur-commune")
    assert saisi(chosen, *names) == [HOTEL, "Hôtel Fictif du Port (démo)", "55.10Z", "1979", "Bordeaux"]
    assert saisi(chosen, "employeur-effectif", "employeur-courriel") == ["42", "pas encore"]
    assert chosen.soup.select_one("input[name=employeur-particulier_employeur][checked]")["value"] == "non"
    rest = {name: text for name, text in JEUNE["employeur"].items() if not chosen.champ(name).get("value")}
    after = remplir(chosen, rest | {"employeur-courriel": "rh@demo.example"})
    assert after.titre == "Formation"
    assert contenu(after.url.split("/")[2]).employeur.siret == HOTEL


def test_what_the_register_does_not_know_stays_as_it_was_typed(employeur):
    page = commencer(employeur)
    chosen = page.soumettre("Rechercher", {"employeur-idcc": "1710", "q-etablissements": SANS_IDCC}, status=200)
    chosen = chosen.soumettre(f"choisir:etablissements:{SANS_IDCC}", status=200)
    assert saisi(chosen, "employeur-siret", "employeur-idcc") == [SANS_IDCC, "1710"]


def test_choosing_on_a_draft_fills_and_keeps_silently(employeur, structure, compte):
    dossier = vide(structure, compte)
    page = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="formation")
    found = page.soumettre("Rechercher", {"q-organismes": "Ill", "formation-date_debut": "bientôt"}, status=200)
    chosen = found.soumettre("choisir:organismes:00000915900013", status=200)
    names = ("formation-organisme_siret", "formation-organisme_nda", "formation-date_debut")
    assert saisi(chosen, *names) == ["00000915900013", "99784605596", "bientôt"]
    assert contenu(dossier.id).formation.organisme_siret is None
    again = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="formation")
    assert saisi(again, *names) == saisi(chosen, *names)


@pytest.mark.parametrize(
    ("code", "diplome"),
    [
        ("RNCP38362", "31"),  # BTS
        ("RNCP37274", "39"),  # titre professionnel
        ("RNCP36758", ""),  # a master: the CERFA knows two kinds
    ],
)
def test_a_chosen_certification_fills_its_level_and_says_its_record(employeur, structure, compte, code, diplome):
    dossier = vide(structure, compte)
    chosen = employeur.post(
        f"/dossiers/{dossier.id}/formation", envoi(dossier, {}, f"choisir:certifications:{code}"), 200
    )
    record = referentiels.certification(code)
    chosen_diplome = chosen.champ("formation-diplome_vise").select_one("[selected]")
    assert (chosen_diplome["value"] if chosen_diplome else "") == diplome
    said = chosen.soup.select_one("#formation-rncp-calcul").get_text()
    assert f"niveau {record.niveau}" in said.replace("\u00a0", " ")
    assert record.certificateur is None or record.certificateur in said


@pytest.mark.parametrize(("before", "after"), [(None, "1"), ("3", "1"), ("2", "2"), ("8", "8")])
def test_a_chosen_certification_keeps_its_code(employeur, structure, compte, before, after):
    dossier = vide(structure, compte)
    typed = {"formation-type_qualification": before} if before else {}
    chosen = employeur.post(
        f"/dossiers/{dossier.id}/formation", envoi(dossier, typed, f"choisir:certifications:{RNCP}"), 200
    )
    assert saisi(chosen, "formation-rncp", "formation-intitule") == [RNCP, referentiels.certification(RNCP).intitule]
    assert chosen.champ("formation-type_qualification").select_one("[selected]")["value"] == after


def test_a_known_tutor_fills_all_but_the_job(employeur, structure, compte):
    known = un_dossier(structure, compte, changements={"tuteur.nom": "Martin", "tuteur.prenom": "Zoé"})
    dossier = vide(structure, compte)
    page = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    found = page.htmx("#q-tuteurs", {"q-tuteurs": "mart"})
    assert "Zoé Martin" in found.texte
    page = page.soumettre("rechercher:tuteurs", {"q-tuteurs": "mart"}, status=200)
    chosen = page.soumettre(f"choisir:tuteurs:{known.id}", status=200)
    assert saisi(chosen, "tuteur-nom", "tuteur-prenom", "tuteur-emploi") == ["Martin", "Zoé", ""]
    assert saisi(chosen, "q-tuteurs") == [""]
    assert chosen.champ("tuteur-date_naissance")["value"]


@pytest.mark.parametrize("typed", ["lefev", "LEFÈVRE", "ana lefevre", "lefèvre anaïs", "gall"])
def test_a_tutor_is_found_by_any_name_without_accents(employeur, structure, compte, typed):
    for nom in ("Lefèvre-Gall", "LEFÈVRE-GALL", "Martin"):
        un_dossier(structure, compte, changements={"tuteur.nom": nom, "tuteur.prenom": "Anaïs"})
    asked = employeur.http.post("/recherche/tuteurs", data={"q": typed}, headers=MEME_SITE).get_data(as_text=True)
    assert asked.count("choisir:tuteurs") == 1
    assert ">1 résultat sous le champ.<" in asked


def test_a_tutor_of_many_dossiers_hides_no_other(employeur, structure, compte):
    for rank in range(51):
        un_dossier(
            structure, compte, changements={"tuteur.nom": "Martin", "tuteur.prenom": "Zoé" if rank else "Zuzana"}
        )
    asked = employeur.http.post("/recherche/tuteurs", data={"q": "martin"}, headers=MEME_SITE).get_data(as_text=True)
    assert asked.count("choisir:tuteurs") == 2


def test_the_page_comes_back_where_one_searches_and_chooses_on_it(employeur, structure, compte):
    """The tutor is four screens below the top of his page: whoever was sent back there would have to look for him."""
    known = un_dossier(structure, compte, changements={"tuteur.nom": "Martin"})
    dossier = vide(structure, compte)
    found, chosen, unknown = (
        employeur.post(f"/dossiers/{dossier.id}/salarie", envoi(dossier, {"q-tuteurs": "mart"}, action), 200)
        for action in ("rechercher:tuteurs", f"choisir:tuteurs:{known.id}", "choisir:tuteurs:x")
    )
    for there in (found, chosen, unknown):
        assert [tag["id"] for tag in there.soup.select("[autofocus]")] == ["resultats-tuteurs"]
    assert chosen.soup.select_one("#resultats-tuteurs .choisi")
    assert not chosen.soup.select(".resultat")
    assert unknown.soup.select(".resultat")
    assert not unknown.soup.select(".choisi")


def test_tutors_of_other_structures_are_unknown(employeur, structure, compte):
    foreign = un_dossier(une_structure(nom="Autre"), changements={"tuteur.nom": "Martin"})
    dossier = vide(structure, compte)
    asked = employeur.http.post("/recherche/tuteurs", data={"q": "Martin"}, headers=MEME_SITE)
    assert "Aucun résultat" in asked.get_data(as_text=True)
    assert "choisir:tuteurs" not in asked.get_data(as_text=True)
    page = employeur.post(f"/dossiers/{dossier.id}/salarie", envoi(dossier, {}, f"choisir:tuteurs:{foreign.id}"), 200)
    assert saisi(page, "tuteur-nom") == [""]


@pytest.mark.parametrize("choix", ["etablissements:0", "etablissements:", "rien:1", "tuteurs:\x00", "organismes:é", ""])
def test_choosing_what_does_not_exist_changes_nothing(employeur, structure, compte, choix):
    dossier = vide(structure, compte)
    page = employeur.post(
        f"/dossiers/{dossier.id}/salarie", envoi(dossier, {"salarie-prenom": "Zoé"}, f"choisir:{choix}"), 200
    )
    assert saisi(page, "salarie-prenom") == ["Zoé"]


def test_a_new_establishment_is_added_and_chosen_before_the_draft_exists(employeur, structure):
    page = commencer(employeur).soumettre(
        "Rechercher", {"q-etablissements": "introuvable", "employeur-effectif": "7"}, status=200
    )
    form = page.soumettre("Nouvel établissement", status=200)
    assert form.titre == "Nouvel établissement"
    refused = form.soumettre("Valider et choisir", NOUVEAU | {"nouvel-siret": "123"}, status=422)
    assert "SIRET" in refused.soup.select_one(".bilan").get_text()
    chosen = refused.soumettre("Valider et choisir", {"nouvel-siret": NOUVEAU["nouvel-siret"]}, status=200)
    assert chosen.titre == "Employeur"
    names = ("employeur-siret", "employeur-denomination", "employeur-effectif")
    assert saisi(chosen, *names) == ["73282932000074", "Auberge Inconnue (démo)", "7"]
    assert EtablissementSaisi.get().structure_id == structure.id
    assert "saisi manuellement" in chercher(employeur, "etablissements", q="auberge inconnue")[1]


def test_a_new_establishment_is_added_to_a_draft_and_nothing_typed_is_lost(employeur, structure, compte):
    dossier = vide(structure, compte)
    page = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="formation")
    typed = {"q-organismes": "introuvable", "formation-date_debut": "bientôt", "formation-type_qualification": "1"}
    form = page.soumettre("rechercher:organismes", typed, status=200).soumettre("nouvel:organismes", status=200)
    chosen = form.soumettre("Valider et choisir", NOUVEAU | {"nouvel-nda": "11 75 12345 67"}, status=200)
    names = ("formation-organisme_nda", "formation-organisme_siret", "formation-date_debut")
    assert saisi(chosen, *names) == ["11751234567", "73282932000074", "bientôt"]
    assert employeur.get(page.url).champ("formation-date_debut")["value"] == "bientôt"


def test_one_may_come_back_without_a_new_establishment(employeur):
    page = commencer(employeur).soumettre(
        "Rechercher", {"q-etablissements": "introuvable", "employeur-effectif": "7"}, status=200
    )
    back = page.soumettre("Nouvel établissement", status=200).soumettre("Revenir sans rien ajouter", status=200)
    assert (back.titre, saisi(back, "employeur-effectif")) == ("Employeur", ["7"])
    assert back.soup.select_one("#resultats-etablissements[autofocus]")
    assert EtablissementSaisi.select().count() == 0


def test_what_is_typed_waits_while_the_new_establishment_is_filled_in(employeur, structure, compte):
    dossier = vide(structure, compte)
    data = envoi(dossier, {"formation-date_debut": "bientôt"}, "nouvel:organismes")
    employeur.post(f"/dossiers/{dossier.id}/formation", data, 200)
    page = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="formation")
    assert saisi(page, "formation-date_debut") == ["bientôt"]


def test_enter_in_a_search_box_searches_and_enter_after_it_goes_on(employeur, structure, compte):
    """Without JavaScript Enter presses the first button of the page, whatever box it was typed in."""
    dossier = vide(structure, compte)
    page = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="formation")
    found = page.soumettre("entree", {"q-certifications": RNCP}, status=200)
    assert found.soup.find("button", value=f"choisir:certifications:{RNCP}")
    refused = found.soumettre("entree", status=422)
    assert refused.soup.find(id="bilan-erreurs")
    assert refused.champ("q-certifications")["value"] == RNCP
