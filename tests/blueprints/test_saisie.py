"""The entry pages: what is typed is checked, kept and shown again; nothing typed is lost."""

import pytest

from models.contenu import contenu
from models.dossier import Dossier
from models.saisie import Saisie, frappe
from tests.client import egale_page_fraiche
from tests.dossiers_types import INTERIM, JEUNE
from tests.fabriques import relire, un_compte, un_dossier, une_structure
from tests.parcours import PAGES, aller, commencer, dossier_de, envoi, remplir

BIZARRES = {
    "salarie-nom_naissance": "Fictif\x00Démo",
    "salarie-prenom": "<b>Zoé</b> & « co »",
    "salarie-date_naissance": "31/02/2006",
    "salarie-nir": "2 06 11 2A 004 017 99",
    "salarie-commune": "x" * 10_000,
    "salarie-courriel": "pas une adresse",
    "contrat-emploi": "Serveuse 🍽️",
    "contrat-salaire": "beaucoup",
    "contrat-date_debut": "bientôt",
    "contrat-essai_jours": "٣",
}


@pytest.fixture
def brouillon(structure, compte):
    return un_dossier(structure, compte)


def poster(client, dossier, slug, valeurs, action="suivant", status=303, version=None):
    data = envoi(dossier, valeurs, action, version)
    return client.post("saisie.traiter", data, status, dossier_id=dossier.id, etape=slug)


def montrer(client, dossier, slug, status=200):
    return client.get("saisie.montrer", status, dossier_id=dossier.id, etape=slug)


def controle(page, name):
    """What a person sees in the control `name`."""
    field = page.champ(name)
    if field.get("type") == "radio":
        field = page.soup.select_one(f"input[name={name}][checked]")
    if field.name == "select":
        field = field.select_one("option[selected]")
    return field["value"]


def test_nothing_is_recorded_before_suivant_on_employeur(employeur):
    page = commencer(employeur)
    page.soumettre("Suivant", {"employeur-denomination": "Hôtel Fictif"}, status=422)
    assert Dossier.select().count() == 0


def test_a_type_must_be_chosen(employeur):
    page = employeur.get("saisie.choisir_type").soumettre("Suivant", status=422)
    assert "Choisissez une réponse" in page.texte
    assert employeur.get("saisie.nouveau", 303, type="99").suite == "/dossiers/nouveau"


def test_suivant_on_employeur_makes_the_draft_of_the_persons_structure(employeur, compte, structure):
    page = remplir(commencer(employeur), JEUNE["employeur"])
    dossier = dossier_de(page)
    assert (dossier.etat, dossier.etape, dossier.structure_id) == ("brouillon", "formation", structure.id)
    assert dossier.cree_par_id == compte.id
    assert contenu(dossier.id).contrat.type_contrat == "11"


def test_suivant_lists_each_missing_answer_with_a_link_and_keeps_what_was_typed(employeur):
    page = aller(employeur, "formation")
    refused = page.soumettre("Suivant", {"formation-intitule": "Réception"}, status=422)
    links = {a["href"].removeprefix("#") for a in refused.soup.select("#bilan-erreurs ~ ul a")}
    assert {"formation-type_qualification", "formation-date_debut"} <= links
    assert all(refused.soup.find(id=link) for link in links)
    assert "formation-intitule" not in links
    assert controle(refused, "formation-intitule") == "Réception"
    assert controle(montrer(employeur, dossier_de(page), "formation"), "formation-intitule") == "Réception"


def test_sauvegarder_keeps_what_is_valid_and_says_what_is_not(employeur, brouillon):
    before = contenu(brouillon.id)
    page = montrer(employeur, brouillon, "salarie")
    saved = page.soumettre(
        "Sauvegarder", {"salarie-prenom": "Zoé", "salarie-date_naissance": "31/02/2006", "salarie-voie": ""}
    ).suivre()
    assert saved.titre == "Brouillon enregistré"
    assert "Date de naissance (Identité) : Cette date n’existe pas au calendrier" in saved.texte
    after = contenu(brouillon.id)
    assert (after.salarie.prenom, after.salarie.voie) == ("Zoé", None)
    assert after.salarie.date_naissance == before.salarie.date_naissance
    again = montrer(employeur, brouillon, "salarie")
    assert controle(again, "salarie-date_naissance") == "31/02/2006"
    assert "Cette date n’existe pas" in again.message("salarie-date_naissance")


def test_a_page_is_shown_again_exactly_as_it_was_typed(employeur, brouillon, compte):
    employeur.typographie = False
    typed = JEUNE["salarie"] | BIZARRES
    poster(employeur, brouillon, "salarie", typed, "sauvegarder")
    page = montrer(employeur, brouillon, "salarie")
    # NUL has no place in HTML: what browsers put in its place stands there from the start.
    expected = {name: text.replace("\x00", "\ufffd") for name, text in BIZARRES.items()}
    assert {name: controle(page, name) for name in BIZARRES} == expected
    kept = frappe(brouillon, "salarie", compte.id).valeurs
    assert {name: kept[name] for name in BIZARRES} == {name: [text] for name, text in expected.items()}
    assert page.champ("salarie-date_naissance")["type"] == "text"


def test_a_refused_page_is_shown_as_typed_and_changes_nothing(employeur, brouillon):
    employeur.typographie = False
    before = relire(brouillon)[0].version
    page = poster(employeur, brouillon, "salarie", JEUNE["salarie"] | BIZARRES, status=422)
    assert controle(page, "salarie-prenom") == BIZARRES["salarie-prenom"]
    assert page.soup.select("b b") == []
    after, sections = relire(brouillon)
    assert (after.version, sections.salarie.prenom) == (before, "Yann")


def test_precedent_keeps_what_is_typed_and_goes_back(employeur, brouillon):
    back = montrer(employeur, brouillon, "salarie").soumettre("Précédent", {"contrat-salaire": "beaucoup"}).suivre()
    assert back.titre == "Formation"
    assert controle(montrer(employeur, brouillon, "salarie"), "contrat-salaire") == "beaucoup"


def test_a_cleared_field_stays_cleared(employeur, brouillon):
    cleared = JEUNE["salarie"] | {"salarie-voie": "", "contrat-salaire": "?"}
    poster(employeur, brouillon, "salarie", cleared, "precedent")
    assert controle(montrer(employeur, brouillon, "salarie"), "salarie-voie") == ""


def test_what_is_typed_is_kept_silently_while_typing(employeur, brouillon, compte):
    page = montrer(employeur, brouillon, "salarie")
    checked = page.htmx("#salarie-nom_naissance", {"salarie-nom_naissance": "Dupont 1"})
    assert "Erreur" in checked.message("salarie-nom_naissance")
    assert "Votre saisie est gardée" in checked.texte
    assert frappe(brouillon, "salarie", compte.id).valeurs["salarie-nom_naissance"] == ["Dupont 1"]
    assert relire(brouillon)[1].salarie.nom_naissance == "LE GALL-ROUX"
    assert checked.champ("salarie-prenom")["value"] == "Yann"


def test_a_field_appears_and_vanishes_while_typing(employeur, brouillon):
    page = montrer(employeur, brouillon, "salarie")
    assert page.champ("salarie-numero_france_travail") is None
    there = page.htmx("#salarie-inscrit_france_travail-oui", {"salarie-inscrit_france_travail": "oui"})
    assert there.champ("salarie-numero_france_travail") is not None
    gone = there.htmx("#salarie-inscrit_france_travail-non", {"salarie-inscrit_france_travail": "non"})
    assert gone.champ("salarie-numero_france_travail") is None


def test_what_is_hidden_is_not_kept(employeur, brouillon):
    inscrit = {
        "salarie-inscrit_france_travail": "oui",
        "salarie-numero_france_travail": "1234567A",
        "salarie-duree_inscription": "3",
    }
    poster(employeur, brouillon, "salarie", JEUNE["salarie"] | inscrit, "sauvegarder")
    dossier, sections = relire(brouillon)
    assert sections.salarie.numero_france_travail == "1234567A"
    poster(employeur, dossier, "salarie", JEUNE["salarie"] | inscrit | {"salarie-inscrit_france_travail": "non"})
    assert relire(brouillon)[1].salarie.numero_france_travail is None


def test_a_field_of_another_page_that_is_no_longer_asked_is_emptied(employeur, structure, compte):
    interim = {
        "contrat.nature": "travail_temporaire",
        "tuteur_utilisatrice.nom": "Durand",
        "formation.type_qualification": "8",
        "tuteur_utilisatrice.naf": "5510Z",
    }
    dossier = un_dossier(structure, compte, changements=interim)
    poster(employeur, dossier, "formation", JEUNE["formation"])
    sections = relire(dossier)[1]
    assert (sections.tuteur_utilisatrice.naf, sections.tuteur_utilisatrice.nom) == (None, "Durand")


def test_an_interim_contract_asks_for_the_tutor_of_the_user_company(employeur):
    page = aller(employeur, "salarie", INTERIM)
    typed = {name: text for name, text in INTERIM["salarie"].items() if page.champ(name)}
    refused = page.soumettre("Suivant", typed, status=422)
    assert refused.champ("tuteur_utilisatrice-nom") is not None
    assert controle(refused, "contrat-nature") == "travail_temporaire"


def test_the_same_rule_says_the_same_while_typing_and_on_suivant(employeur, brouillon):
    page = montrer(employeur, brouillon, "salarie")
    live = page.htmx("#salarie-nir", {"salarie-nir": "105037511234599"}).message("salarie-nir")
    refused = page.soumettre("Suivant", {"salarie-nir": "105037511234599"}, status=422)
    assert live
    assert refused.message("salarie-nir") == live


@pytest.mark.parametrize("slug", ["type-contrat", *PAGES])
def test_a_page_that_htmx_swaps_equals_a_fresh_one(employeur, brouillon, slug):
    egale_page_fraiche(montrer(employeur, brouillon, slug).htmx("form.saisie", status=200))


def test_the_type_of_a_draft_can_be_changed(employeur, brouillon):
    page = montrer(employeur, brouillon, "type-contrat")
    page.soumettre("Suivant", {"contrat-type_contrat": "30"}).suivre()
    assert relire(brouillon)[1].contrat.type_contrat == "30"


@pytest.mark.parametrize(
    ("closed", "status", "words"),
    [({"etat": "annule"}, 403, "dans l’état « Annulé »"), ({"structure": None}, 404, "Vous n’avez plus accès")],
)
def test_who_types_in_a_dossier_that_closes_is_told_and_keeps_the_text(employeur, brouillon, closed, status, words):
    page = montrer(employeur, brouillon, "salarie")
    Dossier.update(closed).where(Dossier.id == brouillon.id).execute()
    told = page.htmx("#salarie-prenom", {"salarie-prenom": "Bernard"}, status)
    told = told.htmx("form.saisie", {"salarie-prenom": "Bernard"}, status)
    assert words in told.texte
    assert "Ce que vous tapez n’est plus gardé." in told.texte
    assert told.titre == "Salarié(e)"


@pytest.mark.parametrize("slug", ["conclure", "nimporte", "Salarie", "pieces%00"])
def test_a_page_that_does_not_exist_is_not_found(employeur, brouillon, slug):
    employeur.get(f"/dossiers/{brouillon.id}/{slug}", 404)


@pytest.mark.parametrize("slug", ["type-contrat", *PAGES])
def test_after_the_submission_no_page_opens_and_nothing_changes(employeur, structure, slug):
    dossier = un_dossier(structure, etat="soumis")
    before = vars(relire(dossier)[1].salarie)
    refused = montrer(employeur, dossier, slug, 403)
    assert "Soumis, pièces à envoyer" in refused.texte
    assert f"/dossiers/{dossier.id}" in refused.liens()
    for action in ("suivant", "sauvegarder", "precedent", "choisir:tuteurs:x"):
        poster(employeur, dossier, slug, JEUNE.get(slug, {}), action, 403)
    employeur.post("saisie.controler", envoi(dossier, JEUNE.get(slug, {})), 403, dossier_id=dossier.id, etape=slug)
    after, sections = relire(dossier)
    assert (after.version, vars(sections.salarie)) == (dossier.version, before)
    assert Saisie.select().count() == 0


def test_a_person_who_may_only_read_cannot_type(connecte, structure, brouillon):
    reader = connecte(un_compte(structure, droits="consulter"))
    montrer(reader, brouillon, "salarie", 403)
    poster(reader, brouillon, "salarie", JEUNE["salarie"], status=403)
    reader.get("saisie.choisir_type", 403)


def test_only_an_employeur_or_an_organisme_begins_a_dossier(connecte, base):
    other = connecte(un_compte(une_structure("opco", "Autre"), droits="consulter saisir"))
    other.get("saisie.choisir_type", 403)
    other.post("saisie.creer", JEUNE["employeur"], 403, type="11")
    assert Dossier.select().count() == 0
