"""Every page that the URL map can show, found by asking: a new route is visited without anybody adding it to a list."""

import re
from datetime import date
from itertools import count
from typing import NamedTuple

from peewee import fn

from app import create_app
from models.acces import DemandeAcces
from models.avenants import Avenant
from models.base import maintenant
from models.courriels import Courriel
from models.desabonnement import jeton_du_courriel
from models.dossier import Dossier
from models.numeros import composer
from models.pieces import pieces_de
from models.transmission import Transmission
from tasks import acces
from tasks.annonces import annoncer
from tests.fabriques import un_compte, un_dossier, une_habilitation, une_structure
from tests.navigateur.pages import CLASSIQUE, connexion, un_brouillon, un_pdf

# Routes that show no page of their own: files, fragments, doors that lead elsewhere.
SANS_PAGE = {
    "static",
    "adresses.confirmer",
    "adresses.ouvrir",
    "attestations.telecharger",
    "boite.demander_code",
    "desabonnement.ouvrir",
    "dossiers.cerfa",
    "dossiers.reprendre",
    "exports.exporter",
    "exports.telecharger",
    "inscription.ouvrir_invitation",
    "inscription.ouvrir_lien",
    "inscription.ouvrir_preuve",
    "listes.chercher",
    "liens.ouvrir_remise",
    "liens.ouvrir_reprise",
    "liens.suivre",
    "listes.exporter",
    "listes.exporter_preentrees",
    "notifications.ouvrir",
    "notifications.veiller",
    "mots_de_passe.choisir",
    "mots_de_passe.ouvrir",
    "parametres.sortir",
    "pieces.lire",
    "pieces.lister",
    "pieces.telecharger",
    "preentree.lire_piece",
    "presences.lister",
    "recherche.lister",
    "recherches_gardees.ouvrir",
    "regles.exporter",
    "second_facteur.demander_codes",
    "second_facteur.demander_retrait",
}
# Pages that only a link in a mail leads to, and where: `liens_recus` has such links.
EN_CHEMIN = {
    "desabonnement.montrer": "/desabonnement",
    "inscription.confirmer": "/inscription/confirmation",
    "inscription.lire_invitation": "/invitation",
    "inscription.verifier": "/preuve",
}
MOTS = re.compile(r"[a-z-]+(\|[a-z-]+)*")
VALEURS = {
    "genre": ["cerfa_signe"],
    "quoi": ["etablissements"],
    "table": ["smic", "branche"],
    "sens": ["donner", "demander"],
}
REQUETES = {
    "saisie.nouveau": f"?type={CLASSIQUE}",
    "listes.confirmer_suppression": "?d={dossier}",
    "lots.preparer_remise": "?d={dossier}",
    "inscription.identifier": "?genre=employeur&siret=00000100800010",
}
# Not the same page for everybody: visited by each person, the others by the first one who may.
DIVERSES = {"accueil.montrer", "dossiers.lister", "dossiers.detailler", "saisie.montrer"}
ETATS = ("soumis", "pieces_envoyees", "en_instruction", "pieces_demandees", "accepte")
RANGS = count(100)  # no other test of this process makes so many dossiers that it meets these numbers
INACTIVE = {"formation.rncp": "RNCP1174", "contrat.date_conclusion": date(2026, 11, 20)}


class Monde(NamedTuple):
    """Accounts and dossiers in every state, so that each page has something to show.

    numeros: what stands in the address of a route whose number nobody knows → what stands there here.
    """

    comptes: dict
    dossiers: dict
    numeros: dict


def peupler():
    """One employer with a dossier in each state, an organisme, a gestionnaire who administers."""
    structure = une_structure()
    comptes = {
        "employeur": un_compte(structure, "consulter saisir soumettre administrer"),
        "gestionnaire": un_compte(une_structure("opco", "OPCO fictif"), "consulter instruire administrer"),
        "organisme": un_compte(une_structure("organisme", "Organisme fictif")),
    }
    camille = comptes["employeur"]
    filed = [un_brouillon(camille, etat=etat, numero=composer(2026, next(RANGS))) for etat in ETATS]
    drafts = [un_brouillon(camille), un_brouillon(camille, INACTIVE), un_dossier(structure, camille, complet=False)]
    organisme = comptes["organisme"].habilitations.get().structure
    handed = un_brouillon(camille, etat="a_valider_employeur", organisme=organisme)
    begun = un_brouillon(camille, organisme=organisme)
    Dossier.update(structure=None).where(Dossier.id == begun.id).execute()
    avancer(filed[-1], camille)
    une_habilitation(comptes["gestionnaire"], une_structure("opco", "OPCO fictif de l’Ouest"), "consulter administrer")
    dossiers = {"employeur": [*drafts, *filed, handed], "gestionnaire": filed, "organisme": [begun, handed]}
    return Monde(comptes, dossiers, numeros(structure))


def avancer(dossier, compte):
    """The dossier has arrived at the OPCO, which is asked for an avenant."""
    Transmission.create(dossier=dossier, genre="dossier", cle=dossier.id, etat="faite", faite_le=maintenant())
    certifications = {"rncp_avant": "RNCP34031", "rncp": "RNCP38362"}
    Avenant.create(dossier=dossier, date_effet=date(2027, 1, 4), piece_id="cerfa", compte=compte, **certifications)


def liens_recus(monde):
    """The paths of the links that lead to the pages `EN_CHEMIN`, out of real mails."""
    camille = monde.comptes["employeur"]
    structure = camille.habilitations.get().structure
    older = Courriel.select(fn.COALESCE(fn.MAX(Courriel.id), 0)).scalar()  # of other tests: their links have served
    who = {"prenom": "Alix", "nom": "Fictive"}
    acces.inscrire("arrivee@demo.fictif", who, genre="employeur", siret="00000100800010", denomination="Démo")
    acces.inviter(structure, "conviee@demo.fictif", "consulter", "", camille)
    acces.prouver(DemandeAcces.create(structure=structure, compte=un_compte()), "contact@demo.fictif")
    annoncer("instruction", "visite", camille, "L’instruction commence.")
    sent = Courriel.select().where(Courriel.id > older)
    texts = "\n".join(courriel.texte for courriel in sent if courriel.texte)
    named = [re.search(rf"/{path}/\S+", texts)[0] for path in ("inscription/lien", "invitation", "preuve")]
    return [*named, f"/desabonnement/{jeton_du_courriel(Courriel.get(Courriel.cle == 'visite'))}"]


def numeros(structure):
    """A colleague, somebody who asks to come in, and one who asks for a structure that nobody administers."""
    colleague = un_compte(structure).habilitations.get()
    asks, first = (
        DemandeAcces.create(structure=asked, compte=un_compte())
        for asked in (structure, une_structure(nom="Sans administrateur"))
    )
    return {
        "/utilisateurs/1": f"/utilisateurs/{structure.id}",
        "/personnes/1": f"/personnes/{colleague.id}",
        "/demandes/1": f"/demandes/{asks.id}",
        "/gestion/acces/1": f"/gestion/acces/{first.id}",
    }


def entrer(ouvrir, monde, qui, **options):
    """The browser of this person, logged in; the employer has loaded a piece."""
    page = ouvrir(**options)
    if qui in monde.comptes:
        connexion(page, monde.comptes[qui])
    filed = next((dossier for dossier in monde.dossiers.get(qui, ()) if dossier.etat == "soumis"), None)
    if qui == "employeur" and not pieces_de(filed.id):
        page.goto(f"/dossiers/{filed.id}/pieces/cerfa_signe/charger")
        page.get_by_label("Charger des fichiers").set_input_files(un_pdf())
        page.wait_for_selector("text=Le document est chargé")
    return page


def routes(reglages):
    """(endpoint, arguments) for each route that answers GET, each word of a closed list once."""
    app = create_app(reglages)
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint not in SANS_PAGE | EN_CHEMIN.keys():
            query = REQUETES.get(rule.endpoint, "")
            found += [(rule.endpoint, adresse + query) for adresse in adresses(app, rule)]
    return found


def adresses(app, rule):
    """The URLs of the rule, `{dossier}` where a dossier has to stand."""
    words = {name: mots(name, rule._converters[name].regex) for name in rule.arguments - {"dossier_id"}}
    sets = [{}]
    for name, values in words.items():
        sets = [chosen | {name: value} for chosen in sets for value in values]
    with app.test_request_context():
        urls = app.url_map.bind("localhost")
        known = {"dossier_id": "DOSSIER"} if "dossier_id" in rule.arguments else {}
        return [urls.build(rule.endpoint, chosen | known).replace("DOSSIER", "{dossier}") for chosen in sets]


def mots(name, regex):
    return regex.split("|") if MOTS.fullmatch(regex) else VALEURS.get(name, ["1"])


def visibles(page, monde, qui, routes, vues=()):
    """endpoint → the addresses that show this person a page, by the first dossier that does; not those of `vues`."""
    found, dossiers = {}, monde.dossiers.get(qui, ())
    for endpoint, pattern in routes:
        if endpoint in vues and endpoint not in DIVERSES:
            continue
        for unknown, number in monde.numeros.items():
            pattern = pattern.replace(unknown, number)
        tried = [pattern.replace("{dossier}", d.id) for d in dossiers] if "{dossier}" in pattern else [pattern]
        shown = next((url for url in tried if est_une_page(page, url)), None)
        if shown:
            found.setdefault(endpoint, []).append(shown)
    return found


def est_une_page(page, url):
    answer = page.request.get(url, max_redirects=0)
    return answer.status == 200 and answer.headers["content-type"].startswith("text/html")
