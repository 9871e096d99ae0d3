"""Every person, every state, every action, every route: what is allowed is what this page says, and no more.

The table is written here a second time, in other words than those of the code. The routes come from the URL map.
"""

import io
import zipfile
from datetime import timedelta

import pytest

from models.base import aujourdhui
from models.comptes import Habilitation, habilitations
from models.dossier import Dossier
from models.droits import EMPLOYEUR, OPCO, ORGANISME, connait, mandataire, peut
from models.etats import LIBELLES
from models.mandats import Etendue, accepter, demander, donner, revoquer
from tests.client import HTMX, MEME_SITE, PageClient
from tests.fabriques import SAISIR, un_compte, un_dossier, une_structure
from tests.maison.test_routes import ACCES, ATTENDU, NON_DEPOSE, PREENTREE, REPRIS, adresse, regles

SIEGE, ANNEXE = "73282932000074", "73282932000082"
SECRET = "Nomquenulnedoitlire"
CHERCHEE = {"q": SECRET[:6], "salarie": SECRET[:6], "etablissement": SIEGE}
TOUTES = EMPLOYEUR.keys() | ORGANISME.keys() | OPCO.keys()
# Which word of the rights each action needs; whatever is not named needs « saisir ».
LIRE = {"suivre", "consulter", "lire_cerfa"}
DEPOSER = {"soumettre", "annuler", "amender"}
INSTRUIRE = {"suivre", "consulter", "lire_cerfa", "instruire"}
# Person → what it may do at the employer of the dossier; "" is nothing, however close it comes.
EMPLOYES = {
    "lecture": "consulter",
    "saisie": "consulter saisir",
    "depot": "consulter soumettre",
    "tout": SAISIR,
    "administration": f"{SAISIR} administrer",
    "sans_droit": "",
    "limitee_ici": SAISIR,
    "limitee_ailleurs": "",
    "mandatee": SAISIR,
    "mandatee_en_lecture": "consulter",
    "mandatee_ici": SAISIR,
    "mandatee_ailleurs": "",
    "mandat_revoque": "",
    "mandat_termine": "",
    "mandat_a_venir": "",
    "mandat_demande": "",
    "mandat_refuse": "",
    "lectrice_du_cabinet": "consulter",
    "limitee_du_cabinet": "",
    "etrangere": "",
}
# The same at the organisme that began it.
ORGANISMES = {
    "organisme": "consulter saisir administrer",
    "lecture_organisme": "consulter",
    "autre_organisme": "",
    "mandatee_de_l_organisme": "consulter saisir",
    "mandatee_en_lecture_de_l_organisme": "consulter",
    "comptable_de_l_organisme": "consulter saisir",
    "lectrice_mandatee_de_l_organisme": "consulter",
    "mandat_revoque_de_l_organisme": "",
}
ECOLE = "_de_l_organisme"
PERSONNES = [*EMPLOYES, *ORGANISMES, "gestionnaire"]
CACHES = [name for name, droits in (EMPLOYES | ORGANISMES).items() if not droits]


def mot(action):
    if action in LIRE:
        return "consulter"
    return "soumettre" if action in DEPOSER else "administrer" if action == "confier" else "saisir"


def attendu(qui, etat, cas):
    """What this person may do. cas: « employeur » began it, « repris » by it, « preentree » the organisme's alone."""
    if qui == "gestionnaire":
        return set() if etat in NON_DEPOSE else INSTRUIRE
    if qui in ORGANISMES:
        return permis(ORGANISMES[qui], actions_de_l_organisme(etat, cas))
    if cas == "preentree":
        return set()
    actions = REPRIS if cas == "repris" and etat == "brouillon" else ATTENDU[etat]
    return permis(EMPLOYES[qui], actions | {"confier"})


def actions_de_l_organisme(etat, cas):
    if cas == "employeur":
        return set()
    if cas == "preentree" and etat == "brouillon":
        return PREENTREE | {"confier"}
    waiting = {"suivre", "consulter", "dupliquer", "reprendre_main", "revoquer", "confier"}
    return waiting if etat == "a_valider_employeur" else {"suivre", "confier"}


def permis(droits, actions):
    return {action for action in actions if mot(action) in droits.split()}


class Monde:
    """All these people around one employer, and the dossier in each case."""

    def __init__(self):
        self.hotel = une_structure(siren=SIEGE[:9], siret=SIEGE)
        self.ecole = une_structure("organisme", "Organisme Fictif")
        self.comptes = {}
        for qui, droits in EMPLOYES.items():
            self.comptes[qui] = (
                self.mandater(qui) if "mandat" in qui or "cabinet" in qui else self.employer(qui, droits)
            )
        for qui, droits in ORGANISMES.items():
            house = une_structure("organisme", "Autre organisme") if qui == "autre_organisme" else self.ecole
            rights = droits or "consulter saisir"
            self.comptes[qui] = self.mandater(qui) if qui.endswith(ECOLE) else un_compte(house, rights)
        opco = une_structure("opco", "OPCO Fictif")
        self.comptes["gestionnaire"] = un_compte(opco, "consulter saisir soumettre instruire administrer")

    def employer(self, qui, droits):
        if qui in ("etrangere", "sans_droit"):
            return un_compte(une_structure(nom="Autre"), f"{SAISIR} administrer") if qui == "etrangere" else un_compte()
        limits = {"limitee_ici": SIEGE, "limitee_ailleurs": ANNEXE}
        return self.limiter(un_compte(self.hotel, droits or SAISIR), limits.get(qui, ""))

    def limiter(self, compte, sirets):
        Habilitation.update(etablissements=sirets).where(Habilitation.compte == compte).execute()
        return compte

    def mandater(self, qui):
        """A person of a structure of its own, which has, had or asks for a mandate of the employer or the organisme."""
        mandant = self.ecole if qui.endswith(ECOLE) else self.hotel
        qui = qui.removesuffix(ECOLE)
        genre = "employeur" if mandant == self.hotel or qui == "comptable" else "organisme"
        cabinet = une_structure(genre, f"Cabinet {qui}")
        compte = un_compte(cabinet, "consulter" if qui.startswith("lectrice") else f"{SAISIR} administrer")
        days = {"mandat_termine": (-9, -1), "mandat_a_venir": (1, 9)}.get(qui, (0, 9))
        debut, fin = (aujourdhui() + timedelta(days=n) for n in days)
        where = {"mandatee_ici": SIEGE, "mandatee_ailleurs": ANNEXE}.get(qui, "")
        rights = "consulter" if qui == "mandatee_en_lecture" else SAISIR
        asked = qui in ("mandat_demande", "mandat_refuse")
        made = (demander if asked else donner)(mandant.id, cabinet.id, Etendue(rights, where, debut, fin), compte.id)
        if qui in ("mandat_revoque", "mandat_refuse"):
            revoquer(made, compte.id)
            accepter(made, compte.id)
        return self.limiter(compte, ANNEXE if qui == "limitee_du_cabinet" else "")

    def dossier(self, etat, cas):
        sides = {"organisme": None if cas == "employeur" else self.ecole}
        names = {"employeur.siret": SIEGE, "salarie.nom_naissance": SECRET, "tuteur.nom": SECRET}
        made = un_dossier(self.hotel, etat=etat, changements=names, **sides)
        if cas == "preentree":
            Dossier.update(structure=None).where(Dossier.id == made.id).execute()
        return Dossier.get_by_id(made.id)


@pytest.fixture
def monde(base):
    return Monde()


def test_the_table_knows_every_action_of_the_routes(app):
    asked = {ACCES.fullmatch(acces)["action"] for _, _, acces in regles(app)} - {None}
    assert asked <= TOUTES


def test_each_person_may_do_what_the_table_says_in_each_state(monde):
    rights = {qui: habilitations(compte) for qui, compte in monde.comptes.items()}
    wrong = []
    for etat in LIBELLES:
        for cas in ("employeur", "repris", "preentree"):
            dossier = monde.dossier(etat, cas)
            for qui in PERSONNES:
                allowed = {action for action in TOUTES if peut(rights[qui], action, dossier)}
                expected = attendu(qui, etat, cas)
                wrong += [(qui, etat, cas, allowed ^ expected)] if allowed != expected else []
                assert connait(rights[qui], dossier) == ("suivre" in expected)
    assert wrong == []


def test_the_journal_names_a_mandate_for_whoever_has_nothing_else(monde):
    dossier = monde.dossier("brouillon", "employeur")
    by_mandate = {"mandatee", "mandatee_ici"}
    for qui in ("saisie", "tout", "limitee_ici", *by_mandate):
        found = mandataire(habilitations(monde.comptes[qui]), "modifier", dossier)
        assert (found is not None) == (qui in by_mandate), qui


@pytest.mark.parametrize("etat", ["brouillon", "soumis"])
def test_a_foreign_dossier_is_a_404_at_every_route_whole_or_fragment(app, monde, etat):
    dossier = monde.dossier(etat, "employeur")
    hidden = [*CACHES, "organisme", "comptable_de_l_organisme", *(["gestionnaire"] if etat == "brouillon" else [])]
    wrong = []
    for qui in hidden:
        http = PageClient(app).connecter(monde.comptes[qui]).http
        for rule, method, acces in regles(app):
            if acces.startswith("ouvrir:"):
                for headers in (MEME_SITE, MEME_SITE | HTMX):
                    url = adresse(app, rule, dossier.id)
                    status = http.open(url, method=method, headers=headers).status_code
                    wrong += [(qui, method, url, status)] if status != 404 else []
    assert wrong == []


def test_no_list_search_file_or_export_shows_a_foreign_dossier(app, monde):
    dossiers = [monde.dossier(etat, "employeur") for etat in ("brouillon", "soumis")]
    traces = [SECRET, *(dossier.id for dossier in dossiers), dossiers[1].numero]
    found = []
    for qui in (*CACHES, "organisme", "comptable_de_l_organisme"):
        http = PageClient(app).connecter(monde.comptes[qui]).http
        for rule, method, _ in regles(app):
            if "dossier_id" in rule.arguments or rule.endpoint == "comptes.deconnecter":
                continue
            url = adresse(app, rule, "").replace(".autre", ".xlsx")
            sent = {"query_string" if method == "GET" else "data": CHERCHEE}
            text = lisible(http.open(url, method=method, headers=MEME_SITE, **sent))
            found += [(qui, method, url, trace) for trace in traces if trace.casefold() in text]
    assert found == []


def test_the_same_lists_show_it_to_whoever_may_read_it(app, monde):
    monde.dossier("brouillon", "employeur")
    for qui in ("lecture", "limitee_ici", "mandatee", "mandatee_ici", "lectrice_du_cabinet"):
        http = PageClient(app).connecter(monde.comptes[qui]).http
        for url in ("/dossiers", "/dossiers/listes/dossiers.csv", "/dossiers/listes/dossiers.xlsx"):
            assert SECRET.casefold() in lisible(http.get(url, headers=MEME_SITE)), (qui, url)


def lisible(response):
    """All the text of an answer, what a spreadsheet or an archive packs included."""
    body = response.get_data()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in archive.namelist())
    return body.decode("utf-8", "replace").casefold()


@pytest.mark.parametrize("etat", ["brouillon", "a_valider_employeur", "soumis"])
def test_each_page_opens_to_whom_the_table_says(app, monde, etat):
    """GET only: a POST of everyone would change what the next one finds."""
    dossier = monde.dossier(etat, "repris")
    wrong = []
    mandated = ("mandatee", "comptable_de_l_organisme")
    for qui in ("lecture", "saisie", "administration", *mandated, "organisme", "gestionnaire"):
        http = PageClient(app).connecter(monde.comptes[qui]).http
        allowed = attendu(qui, etat, "repris")
        for rule, method, acces in regles(app):
            action = ACCES.fullmatch(acces)["action"]
            if action and method == "GET":
                status = http.get(adresse(app, rule, dossier.id), headers=MEME_SITE).status_code
                if "suivre" not in allowed:
                    ok = status == 404
                else:
                    ok = (status == 403) == (action not in allowed) or status == 404
                wrong += [(qui, str(rule), status)] if not ok else []
    assert wrong == []


def test_who_does_not_administer_an_employer_finds_no_page_about_its_people(app, monde):
    wrong = []
    for qui in PERSONNES:
        if qui == "administration":
            continue
        http = PageClient(app).connecter(monde.comptes[qui]).http
        for rule, method, acces in regles(app):
            if acces == "administre":
                url = adresse(app, rule, "").replace("/utilisateurs/1", f"/utilisateurs/{monde.hotel.id}", 1)
                status = http.open(url, method=method, headers=MEME_SITE).status_code
                wrong += [(qui, method, url, status)] if status != 404 else []
    assert wrong == []
