"""The pages of the entry: show one, keep one, check one while it is being typed."""

import secrets
from typing import Any

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.routing import BaseConverter

from blueprints import assistance, conflits, jumeaux, navigation, pour_qui
from blueprints.access import habilite, ouvrir
from blueprints.ecran import Foyer, contexte_de, ici, messages, rendre, tape, version_ouverte
from blueprints.recherche import LISTES
from forms import actions
from forms.checking import constats_de_page
from forms.controles.francais import typographie
from forms.controles.registre import ERREUR, Constat
from forms.etablissement import FORMULAIRES
from forms.fusion import Fusion, Ouverture, fusionner, ouverture
from forms.page import Page
from forms.steps import PAR_SLUG, Etape
from models.contenu import Contenu, contenu, vide
from models.dossier import Dossier
from models.journal import par_mandat
from models.listes import TYPE_CONTRAT
from models.saisie import frappe, oublier

bp = Blueprint("saisie", __name__)
POUR_QUI = Constat("pour", ERREUR, "pour", typographie("Choisissez pour qui vous saisissez ce contrat."))


class EtapeConverter(BaseConverter):
    """A page of the entry that has no view of its own; any other word is a 404."""

    regex = "type-contrat|employeur|formation|salarie"

    def to_python(self, value: str) -> Etape:
        return PAR_SLUG[value]

    def to_url(self, value: Any) -> str:
        return value if isinstance(value, str) else value.slug


@bp.record_once
def installer(state: Any) -> None:
    state.app.url_map.converters["etape"] = EtapeConverter


@bp.get("/dossiers/<dossier_id>/<etape:etape>")
@ouvrir("modifier")
def montrer(dossier: Dossier, etape: Etape) -> Any:
    typed = frappe(dossier, etape.slug, g.compte.id)
    if typed is None or not conflits.a_reprendre(typed, dossier, etape.slug):
        return rendre(Page(etape, contenu(dossier.id), None, g.partie), dossier)
    o = ouverture(dossier, typed.version)
    fusion = fusionner(Page(etape, o.avant, typed.valeurs, g.partie, pour_qui.sirets(dossier)), o)
    return rendre(fusion.page, dossier, fusion=fusion, repris=True)


@bp.post("/dossiers/<dossier_id>/<etape:etape>")
@ouvrir("modifier")
def traiter(dossier: Dossier, etape: Etape) -> Any:
    return conflits.en_insistant(dossier, lambda now: agir(now, etape))


def agir(dossier: Dossier, etape: Etape) -> Any:
    """Do what the pressed button says, on what both this person and others changed. Raises `Conflit`."""
    verbe, objet = assistance.verbe_presse()
    o = ouverture(dossier, version_ouverte())
    page = Page(etape, o.avant, tape(), g.partie, pour_qui.sirets(dossier))
    if verbe in assistance.VERBES:
        return assister(page, dossier, verbe, objet, o)
    fusion = fusionner(page, o)
    if fusion.desaccords:
        return conflits.opposer(fusion, page, dossier, o)
    if verbe == "sauvegarder":
        actions.sauvegarder(dossier, fusion.page, g.compte.id)
        suite = url_for("reprise.sauvegarde", dossier_id=dossier.id)
    elif verbe == "precedent":
        actions.garder(dossier, fusion.page, g.compte.id)
        suite = navigation.adresse(dossier, navigation.precedente(etape.slug, fusion.page.apres))
    else:
        return valider(fusion, dossier)
    conflits.annoncer(fusion)
    return redirect(suite, 303)


def valider(fusion: Fusion, dossier: Dossier) -> Any:
    """« Suivant »: the page is kept and left when nothing blocks; else it stays, with all that was typed."""
    page = fusion.page
    found = constats_de_page(page, contexte_de(page.apres, dossier), complete=True)
    if any(c.niveau == ERREUR for c in found):
        actions.garder(dossier, page, g.compte.id)
        return rendre(page, dossier, found, fusion), 422
    suivante = navigation.suivante(page.etape.slug, page.apres)
    suite = jumeaux.detour(dossier, page, navigation.adresse(dossier, suivante))
    actions.enregistrer(dossier, page, g.compte.id, suivante)
    conflits.annoncer(fusion)
    return redirect(suite, 303)


def assister(
    page: Page, dossier: Dossier | None, verbe: str, objet: str, o: Ouverture | None = None, **extra: Any
) -> Any:
    """The same page with search results, filled with what was chosen, or the form of a new establishment.

    o: what the page was opened on, once there is a dossier.
    """
    quoi, _, choix = objet.partition(":")
    shown = page
    if verbe == "choisir":
        page = assistance.remplie(page, quoi, choix, dossier)
    elif verbe in ("nouvel", "creer") and quoi in FORMULAIRES:
        conflits.garder(dossier, page, o)
        added = assistance.ajouter(page, quoi, verbe, dossier, ici(dossier, page.etape.slug))
        if not isinstance(added, Page):
            return added
        page = added
    elif verbe == "prendre" and o:
        page = conflits.prise(page, quoi, o)
    conflits.garder(dossier, page, o)
    foyer = Foyer(quoi, page is not shown) if quoi in LISTES else None
    if dossier is None or o is None:
        return rendre(page, dossier, foyer=foyer, **extra)
    fusion = fusionner(page, o)
    if fusion.desaccords:
        return conflits.opposer(fusion, page, dossier, o)
    return rendre(fusion.page, dossier, (), fusion, foyer=foyer)


@bp.post("/dossiers/<dossier_id>/<etape:etape>/controle")
@ouvrir("modifier")
def controler(dossier: Dossier, etape: Etape) -> Any:
    return conflits.en_insistant(dossier, lambda now: verifier(now, etape))


def verifier(dossier: Dossier, etape: Etape) -> Any:
    """Keep what is being typed and answer the messages. Raises `Conflit`."""
    o = ouverture(dossier, version_ouverte())
    page = Page(etape, o.avant, tape(), g.partie, pour_qui.sirets(dossier))
    fusion = fusionner(page, o)
    if o.depuis and not (fusion.desaccords or fusion.page.changements() or fusion.page.refuses):
        oublier(dossier, etape.slug, g.compte.id)  # the page was saved before its last check arrived
    else:
        conflits.garder(dossier, page, o)
    return messages(
        fusion.page, dossier, fusion, o.depuis is not None
    ), 409 if o.depuis is None or fusion.desaccords else 200


@bp.get("/dossiers/nouveau")
@habilite("saisir", "employeur", "organisme")
def choisir_type() -> Any:
    return rendre(Page(PAR_SLUG["type-contrat"], vide(), pour=g.partie), None)


@bp.post("/dossiers/nouveau")
@habilite("saisir", "employeur", "organisme")
def retenir_type() -> Any:
    page = Page(PAR_SLUG["type-contrat"], vide(), tape(), g.partie)
    pour = pour_qui.choisie()
    if found := [*page.manquants(), *page.refuses, *([] if pour else [POUR_QUI])]:
        return rendre(page, None, found), 422
    named = {"pour": pour} if len(pour_qui.parmi()) > 1 else {}
    return redirect(url_for(".nouveau", type=page.apres.contrat.type_contrat, **named), 303)


def debut() -> Contenu:
    """The sections of a dossier to come: the type that travels in the URL, nothing else."""
    start = vide()
    code = request.args.get("type", "")
    start.contrat.type_contrat = code if code in TYPE_CONTRAT else None
    return start


@bp.get("/dossiers/nouveau/employeur")
@habilite("saisir", "employeur", "organisme")
def nouveau() -> Any:
    start = debut()
    if start.contrat.type_contrat is None or not pour_qui.choisie():
        return redirect(url_for(".choisir_type"), 303)
    return rendre(Page(PAR_SLUG["employeur"], start, pour=g.partie), None, cle=secrets.token_urlsafe(16))


@bp.post("/dossiers/nouveau/employeur")
@habilite("saisir", "employeur", "organisme")
def creer() -> Any:
    """« Suivant » on Employeur: from here on the draft exists."""
    page = Page(PAR_SLUG["employeur"], debut(), tape(), g.partie, pour_qui.sirets(None))
    cle = request.form.get("cle") or secrets.token_urlsafe(16)
    verbe, objet = assistance.verbe_presse()
    if verbe in assistance.VERBES:
        return assister(page, None, verbe, objet, cle=cle)
    pour = pour_qui.choisie()
    if verbe == "precedent" or page.avant.contrat.type_contrat is None or pour is None:
        return redirect(url_for(".choisir_type"), 303)
    found = constats_de_page(page, contexte_de(page.apres, None), complete=True)
    if any(c.niveau == ERREUR for c in found):
        return rendre(page, None, found, cle=cle), 422
    with par_mandat(pour_qui.par_quel_mandat(pour)):
        dossier = actions.creer(page, cle, pour, g.compte.id)
    again = page.relue(contenu(dossier.id), page.tape)
    if dossier.etat == "brouillon" and again.changements():
        # The form made this dossier before and comes back with other answers: they wait on its page.
        actions.garder(dossier, again, g.compte.id)
        return redirect(navigation.adresse(dossier, "employeur"), 303)
    return redirect(navigation.adresse(dossier, "formation"), 303)


@bp.post("/dossiers/nouveau/employeur/controle")
@habilite("saisir", "employeur", "organisme")
def controler_nouveau() -> Any:
    return messages(Page(PAR_SLUG["employeur"], debut(), tape(), g.partie, pour_qui.sirets(None)), None)
