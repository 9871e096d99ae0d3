"""The pages of the entry: show one, keep one, check one while it is being typed."""

import secrets
from typing import Any

from flask import Blueprint, abort, current_app, flash, g, redirect, request, url_for
from werkzeug.routing import BaseConverter

from blueprints import assistance, navigation
from blueprints.access import habilite, ouvrir
from blueprints.recherche import questions, resultats, structures_de
from blueprints.rendering import page as rendre_page
from blueprints.vues_nir import voir
from forms import actions
from forms.checking import constats_de_page, contexte
from forms.controles.francais import typographie
from forms.controles.registre import ERREUR, Constat
from forms.etablissement import FORMULAIRES
from forms.fields import EMPLOYEUR
from forms.helping import aides_de
from forms.page import Page
from forms.preentree import origines
from forms.steps import CONDITIONNELS, PAR_SLUG, Etape
from models.base import heure_de_paris, maintenant
from models.contenu import Contenu, contenu, vide
from models.dossier import Dossier
from models.droits import structures
from models.etats import Conflit
from models.listes import TYPE_CONTRAT
from models.preentree import preentree_de
from models.saisie import frappe

bp = Blueprint("saisie", __name__)


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


def tape() -> dict[str, list[str]]:
    """What the browser sent, control → texts."""
    return dict(request.form.lists())


def version_ouverte() -> int:
    """The version of the dossier that the posted form was opened on; 0 when the browser sent garbage."""
    text = request.form.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def rendre(page: Page, dossier: Dossier | None, sur_le_haut: list[Constat] = (), **extra: Any) -> str:
    """The page of a step with its messages; `sur_le_haut` are listed on top."""
    if nir := page.demandes.get("salarie.nir"):
        voir(dossier, nir.saisi, "salarie")
    ctx = contexte_de(page.apres, dossier)
    found = [*sur_le_haut] or constats_de_page(page, ctx)
    par_champ: dict[str, list[Constat]] = {}
    for constat in found:
        if sur_le_haut or not constat.manque:
            par_champ.setdefault(constat.champ, []).append(constat)
    typed = tape() if request.method == "POST" else {}
    return rendre_page(
        "saisie/etape.html",
        page=page,
        dossier=dossier,
        erreurs=dans_l_ordre(page, [c for c in sur_le_haut if c.niveau == ERREUR]),
        par_champ=par_champ,
        nav=navigation.fil(dossier, page.etape.slug, page.apres),
        adresse=ici(dossier, page.etape.slug),
        controle=navigation.controle(dossier, page.etape.slug),
        questions=questions(typed),
        resultats=resultats(typed, structures_de(dossier)),
        conditionnels=CONDITIONNELS,
        aides=aides_de(page.demandes, page.apres, ctx),
        marques=marques(page, dossier),
        **({"autres": {}, "cle": None, "repris": False} | extra),
    )


def marques(page: Page, dossier: Dossier | None) -> dict[str, str]:
    """For the employer who takes up a pre-entry: what the organisme entered, what is still to be filled in."""
    kept = preentree_de(dossier) if dossier and g.partie == EMPLOYEUR else None
    if kept is None:
        return {}
    found = {c.champ: "À compléter" for c in page.manquants()} | origines(kept.blocs, page.apres)
    return {champ: texte for champ, texte in found.items() if champ in page.demandes}


def dans_l_ordre(page: Page, found: list[Constat]) -> list[Constat]:
    """Constats in the order of their fields on the page."""
    order = {champ: rank for rank, champ in enumerate(page.demandes)}
    return sorted(found, key=lambda c: order.get(c.champ, 0))


def contexte_de(d: Contenu, dossier: Dossier | None) -> Any:
    return contexte(d, dossier.id if dossier else None, current_app.config["OPCO"], g.compte.id)


@bp.get("/dossiers/<dossier_id>/<etape:etape>")
@ouvrir("modifier")
def montrer(dossier: Dossier, etape: Etape) -> Any:
    typed = frappe(dossier, etape.slug, g.compte.id)
    mine = typed and typed.compte == g.compte.id
    if typed and not mine and typed.version != dossier.version:
        typed = None  # somebody else's text, older than what was saved since
    page = Page(etape, contenu(dossier.id), typed.valeurs if typed else None, g.partie)
    others = differences(page) if typed and typed.version != dossier.version else {}
    return rendre(page, dossier, autres=others, repris=bool(typed))


@bp.post("/dossiers/<dossier_id>/<etape:etape>")
@ouvrir("modifier")
def traiter(dossier: Dossier, etape: Etape) -> Any:
    page = Page(etape, contenu(dossier.id), tape(), g.partie)
    verbe, objet = assistance.verbe_presse()
    if verbe in assistance.VERBES:
        return assister(page, dossier, verbe, objet)
    if version_ouverte() != dossier.version and differences(page):  # none: the second of two clicks
        return en_conflit(page, dossier)
    try:
        if verbe == "sauvegarder":
            actions.sauvegarder(dossier, page, g.compte.id)
            return redirect(url_for("reprise.sauvegarde", dossier_id=dossier.id), 303)
        if verbe == "precedent":
            actions.garder(dossier, page, g.compte.id, dossier.version)
            return redirect(navigation.adresse(dossier, navigation.precedente(etape.slug, page.apres)), 303)
        return valider(page, dossier)
    except Conflit:
        return en_conflit(page, Dossier.get_or_none(Dossier.id == dossier.id) or abort(404))


def valider(page: Page, dossier: Dossier) -> Any:
    """« Suivant »: the page is kept and left when nothing blocks; else it stays, with all that was typed."""
    found = constats_de_page(page, contexte_de(page.apres, dossier), complete=True)
    if any(c.niveau == ERREUR for c in found):
        actions.garder(dossier, page, g.compte.id, dossier.version)
        return rendre(page, dossier, found), 422
    suivante = navigation.suivante(page.etape.slug, page.apres)
    actions.enregistrer(dossier, page, g.compte.id, suivante)
    return redirect(navigation.adresse(dossier, suivante), 303)


def assister(page: Page, dossier: Dossier | None, verbe: str, objet: str, **extra: Any) -> Any:
    """The same page with search results, filled with what was chosen, or the form of a new establishment."""
    quoi, _, choix = objet.partition(":")
    fresh = dossier and version_ouverte() == dossier.version
    if fresh:
        actions.garder(dossier, page, g.compte.id, dossier.version)
    if verbe == "choisir":
        page = assistance.remplie(page, quoi, choix, dossier)
    elif verbe in ("nouvel", "creer") and quoi in FORMULAIRES:
        added = assistance.ajouter(page, quoi, verbe, dossier, ici(dossier, page.etape.slug))
        if not isinstance(added, Page):
            return added
        page = added
    if fresh:
        actions.garder(dossier, page, g.compte.id, dossier.version)
    return en_conflit(page, dossier) if dossier and not fresh else rendre(page, dossier, **extra)


def ici(dossier: Dossier | None, slug: str) -> str:
    """The address of the page itself; before the draft exists it carries the type of contract."""
    return navigation.adresse(dossier, slug) if dossier else request.full_path.rstrip("?")


def en_conflit(page: Page, dossier: Dossier) -> Any:
    """Somebody saved meanwhile: both versions side by side, nothing overwritten, nothing lost."""
    page = page.relue(contenu(dossier.id), page.tape)
    return rendre(page, dossier, autres=differences(page), repris=True), 409


def en_conflit_ailleurs(url: str) -> Any:
    """The same for a page where nothing is typed: it is shown again as it stands now."""
    flash(typographie("Ce dossier a été modifié entre-temps : voici la page à jour. Recommencez si tout est juste."))
    return redirect(url, 303)


def differences(page: Page) -> dict[str, str]:
    """Fields whose stored value is not what stands typed on the page: `"section.colonne"` → stored, readable."""
    stored = page.relue(page.avant, None)
    found = {}
    for champ, field in page.demandes.items():
        other = stored.demandes.get(champ)
        theirs = other.data if other else None
        # Compared as people read them: a box that is not ticked equals one that was never seen.
        if field.process_errors or field.lisible(field.data) != field.lisible(theirs):
            found[champ] = field.lisible(theirs) or "(vide)"
    return found


@bp.post("/dossiers/<dossier_id>/<etape:etape>/controle")
@ouvrir("modifier")
def controler(dossier: Dossier, etape: Etape) -> Any:
    page = Page(etape, contenu(dossier.id), tape(), g.partie)
    try:
        actions.garder(dossier, page, g.compte.id, version_ouverte())
    except Conflit:
        return messages(page, dossier, conflit=True), 409
    return messages(page, dossier)


def messages(page: Page, dossier: Dossier | None, conflit: bool = False) -> str:
    """Only the messages, and the fields that appear or vanish: never a control that somebody may be typing in."""
    par_champ: dict[str, list[Constat]] = {}
    ctx = contexte_de(page.apres, dossier)
    for constat in constats_de_page(page, ctx):
        if not constat.manque:
            par_champ.setdefault(constat.champ, []).append(constat)
    return rendre_page(
        "saisie/messages.html",
        page=page,
        dossier=dossier,
        par_champ=par_champ,
        presents=set(request.form.getlist("present")),
        conditionnels=CONDITIONNELS,
        aides=aides_de(page.demandes, page.apres, ctx),
        conflit=conflit,
        heure=f"{heure_de_paris(maintenant()):%H:%M}",
    )


@bp.get("/dossiers/nouveau")
@habilite("saisir", "employeur", "organisme")
def choisir_type() -> Any:
    return rendre(Page(PAR_SLUG["type-contrat"], vide(), pour=g.partie), None)


@bp.post("/dossiers/nouveau")
@habilite("saisir", "employeur", "organisme")
def retenir_type() -> Any:
    page = Page(PAR_SLUG["type-contrat"], vide(), tape(), g.partie)
    if found := [*page.manquants(), *page.refuses]:
        return rendre(page, None, found), 422
    return redirect(url_for(".nouveau", type=page.apres.contrat.type_contrat), 303)


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
    if start.contrat.type_contrat is None:
        return redirect(url_for(".choisir_type"), 303)
    return rendre(Page(PAR_SLUG["employeur"], start, pour=g.partie), None, cle=secrets.token_urlsafe(16))


@bp.post("/dossiers/nouveau/employeur")
@habilite("saisir", "employeur", "organisme")
def creer() -> Any:
    """« Suivant » on Employeur: from here on the draft exists."""
    page = Page(PAR_SLUG["employeur"], debut(), tape(), g.partie)
    cle = request.form.get("cle") or secrets.token_urlsafe(16)
    verbe, objet = assistance.verbe_presse()
    if verbe in assistance.VERBES:
        return assister(page, None, verbe, objet, cle=cle)
    if verbe == "precedent" or page.avant.contrat.type_contrat is None:
        return redirect(url_for(".choisir_type"), 303)
    found = constats_de_page(page, contexte_de(page.apres, None), complete=True)
    if any(c.niveau == ERREUR for c in found):
        return rendre(page, None, found, cle=cle), 422
    dossier = actions.creer(page, cle, structures(g.habilitations, "saisir", g.partie)[0], g.compte.id)
    again = page.relue(contenu(dossier.id), page.tape)
    if dossier.etat == "brouillon" and again.changements():
        # The form made this dossier before and comes back with other answers: they wait on its page.
        actions.garder(dossier, again, g.compte.id, dossier.version)
        return redirect(navigation.adresse(dossier, "employeur"), 303)
    return redirect(navigation.adresse(dossier, "formation"), 303)


@bp.post("/dossiers/nouveau/employeur/controle")
@habilite("saisir", "employeur", "organisme")
def controler_nouveau() -> Any:
    return messages(Page(PAR_SLUG["employeur"], debut(), tape(), g.partie), None)
