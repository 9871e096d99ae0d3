"""A walk of the URL map: every route says who may come in, and keeps everyone else out."""

import re

import pytest

from models.droits import EMPLOYEUR, OPCO, ORGANISME, peut
from models.etats import LIBELLES
from tests.client import HTMX, MEME_SITE
from tests.fabriques import un_compte, un_dossier, une_structure

ACCES = re.compile(r"public|connecte|administre|ouvrir:(?P<action>\w+)|habilite:\w+")
# What stands in a URL beside the dossier, where a converter does not list its words.
VALEURS = {"quoi": "etablissements", "genre": "autre", "sens": "donner"}
UN_CLIC = "desabonnement.obeir"  # comes from a mail server, which names no site; a signed token is all its right
MOTS = re.compile(r"[a-z-]+(\|[a-z-]+)*")
# What an employer may do in each state; whatever is not named is forbidden.
BROUILLON = {"suivre", "consulter", "modifier", "dupliquer", "supprimer", "revoquer", "signer", "soumettre"}
REPRIS = BROUILLON - {"supprimer"} | {"renvoyer", "refuser"}  # from an organisme, which must learn what becomes of it
OUVERT = {"suivre", "consulter", "lire_cerfa", "charger", "deposer", "annuler", "amender"}
CLOS = {"suivre", "consulter", "lire_cerfa"}
ATTENDU = {
    "brouillon": BROUILLON,
    "a_valider_employeur": {"suivre", "consulter", "dupliquer", "prendre", "renvoyer", "refuser", "revoquer"},
    **dict.fromkeys(("soumis", "pieces_envoyees", "en_instruction", "pieces_demandees"), OUVERT),
    "accepte": CLOS | {"amender", "deposer"},
    "refuse": CLOS | {"deposer"},
    "annule": CLOS,
}
# What an organisme may do: all while the draft is its own, then less and less.
TOUTES = EMPLOYEUR.keys() | OPCO.keys() | ORGANISME.keys()
PREENTREE = {"suivre", "consulter", "modifier", "dupliquer", "supprimer", "charger", "remettre", "revoquer"}
NON_DEPOSE = ("brouillon", "a_valider_employeur")


def regles(app):
    """(rule, method, access) of every route but the static files."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            view = app.view_functions[rule.endpoint]
            found += [(rule, method, getattr(view, "acces", None)) for method in rule.methods - {"HEAD", "OPTIONS"}]
    return found


def adresse(app, rule, dossier_id):
    values = {name: valeur(name, rule._converters[name].regex) for name in rule.arguments}
    if "dossier_id" in values:
        values["dossier_id"] = dossier_id
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def valeur(name, regex):
    return regex.split("|")[0] if MOTS.fullmatch(regex) else VALEURS.get(name, "1")


def demander(http, method, url, headers=None):
    return http.open(url, method=method, headers=MEME_SITE | (headers or {}))


@pytest.fixture
def dossier(base):
    return un_dossier(complet=False)


@pytest.fixture
def etranger(connecte):
    """The browser of somebody who has every right, in another structure."""
    return connecte(un_compte(une_structure(nom="Une autre structure"))).http


def test_every_route_says_who_may_come_in(app):
    found = regles(app)
    assert len(found) > 20
    assert [(str(rule), method) for rule, method, acces in found if not ACCES.fullmatch(acces or "")] == []


def test_every_action_asked_for_is_in_the_table_of_rights(app):
    asked = {ACCES.fullmatch(acces)["action"] for _, _, acces in regles(app)} - {None}
    assert asked <= TOUTES


def test_a_route_about_a_dossier_loads_it_through_the_rights(app):
    found = [(str(rule), acces) for rule, _, acces in regles(app) if "dossier_id" in rule.arguments]
    assert [entry for entry in found if not entry[1].startswith("ouvrir:")] == []


def test_nobody_comes_in_without_an_account(app, dossier):
    wrong = []
    for rule, method, acces in regles(app):
        if acces != "public":
            url = adresse(app, rule, dossier.id)
            for headers in ({}, HTMX):
                status = demander(app.test_client(), method, url, headers).status_code
                expected = 303 if method == "GET" and not headers else 401
                wrong += [(method, url, status)] if status != expected else []
    assert wrong == []


def test_the_dossier_of_others_does_not_exist(app, dossier, etranger):
    wrong = []
    for rule, method, acces in regles(app):
        if acces.startswith("ouvrir:"):
            for dossier_id in (dossier.id, "inconnu", "a" * 300):
                url = adresse(app, rule, dossier_id)
                status = demander(etranger, method, url).status_code
                wrong += [(method, url, status)] if status != 404 else []
    assert wrong == []


def test_an_organisme_reads_no_dossier_of_an_employer(app, dossier, connecte):
    organisme = une_structure("organisme", "Organisme Fictif")
    http = connecte(un_compte(organisme)).http
    for rule, method, acces in regles(app):
        if acces.startswith("ouvrir:"):
            assert demander(http, method, adresse(app, rule, dossier.id)).status_code == 404, rule


def test_a_gestionnaire_knows_of_no_draft(app, dossier, connecte):
    http = connecte(un_compte(une_structure("opco", "OPCO Fictif"), droits="consulter saisir soumettre instruire")).http
    for rule, method, acces in regles(app):
        if acces.startswith("ouvrir:"):
            assert demander(http, method, adresse(app, rule, dossier.id)).status_code == 404, rule


def test_what_only_some_may_do_is_forbidden_to_others(app, connecte):
    http = connecte(un_compte(une_structure(), droits="consulter")).http
    for rule, method, acces in regles(app):
        if acces.startswith("habilite:"):
            assert demander(http, method, adresse(app, rule, "1")).status_code == 403, rule


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://exemple.fr"}])
def test_no_other_site_can_make_a_browser_write(app, connecte, headers):
    structure = une_structure()
    mine = un_dossier(structure, complet=False)
    http = connecte(un_compte(structure)).http
    for rule, method, _ in regles(app):
        if method != "GET" and (headers or rule.endpoint != UN_CLIC):
            response = http.open(adresse(app, rule, mine.id), method=method, headers=headers)
            assert response.status_code == 403, rule


@pytest.mark.parametrize("etat", LIBELLES)
def test_what_an_employer_may_do_depends_on_the_state(base, etat):
    structure = une_structure()
    compte = un_compte(structure)
    dossier = un_dossier(structure, etat=etat, complet=False)
    allowed = {action for action in TOUTES if peut(compte.habilitations, action, dossier)}
    assert allowed == ATTENDU[etat]


def test_what_an_employer_took_up_from_an_organisme_is_never_deleted_behind_its_back(base):
    structure = une_structure()
    compte = un_compte(structure)
    dossier = un_dossier(structure, complet=False, organisme=une_structure("organisme", "Organisme Fictif"))
    assert {action for action in TOUTES if peut(compte.habilitations, action, dossier)} == REPRIS


@pytest.mark.parametrize("etat", LIBELLES)
def test_the_opco_sees_what_was_filed_and_changes_no_data(base, etat):
    compte = un_compte(une_structure("opco", "OPCO Fictif"))
    dossier = un_dossier(etat=etat, complet=False)
    allowed = {action for action in TOUTES if peut(compte.habilitations, action, dossier)}
    assert allowed == (set() if etat in NON_DEPOSE else {"suivre", "consulter", "lire_cerfa", "instruire"})


def test_reading_only_gives_no_right_to_write(base):
    structure = une_structure()
    compte = un_compte(structure, droits="consulter")
    dossier = un_dossier(structure, complet=False)
    assert {action for action in TOUTES if peut(compte.habilitations, action, dossier)} == {"suivre", "consulter"}


@pytest.mark.parametrize("etat", LIBELLES)
def test_an_organisme_follows_its_dossier_and_writes_while_no_employer_has_it(base, etat):
    organisme = une_structure("organisme", "Organisme Fictif")
    compte = un_compte(organisme)
    mine = un_dossier(etat=etat, complet=False, organisme=organisme)
    allowed = {action for action in TOUTES if peut(compte.habilitations, action, mine)}
    waiting = {"suivre", "consulter", "dupliquer", "reprendre_main", "revoquer"}
    assert allowed == (waiting if etat == "a_valider_employeur" else {"suivre"})
    mine.structure = None
    alone = {action for action in TOUTES if peut(compte.habilitations, action, mine)}
    assert alone == (PREENTREE if etat == "brouillon" else allowed)


def test_an_organisme_that_only_reads_writes_nothing(base):
    organisme = une_structure("organisme", "Organisme Fictif")
    compte = un_compte(organisme, droits="consulter")
    mine = un_dossier(complet=False, organisme=organisme)
    mine.structure = None
    assert {action for action in TOUTES if peut(compte.habilitations, action, mine)} == {"suivre", "consulter"}
