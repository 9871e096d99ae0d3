"""The last pages before filing: the inactive certification, the synthesis, the submission."""

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, request, url_for

from blueprints import conflits, navigation
from blueprints.access import ouvrir
from blueprints.ecran import TITRES, autres_presents, contexte_de, tape, version_ouverte
from blueprints.jumeaux import jumeaux_de
from blueprints.manques import manques_de
from blueprints.navigation import adresse
from blueprints.rendering import page as rendre_page
from blueprints.vues_nir import voir
from forms import actions
from forms.avenant import remplacement
from forms.checking import constats_de_page, tous
from forms.controles.francais import typographie
from forms.controles.registre import ERREUR, Constat
from forms.fields import ORGANISME
from forms.page import Page
from forms.provenance import provenances
from forms.reading import synthese
from forms.steps import PAR_SLUG
from forms.synthese import Synthese
from models import referentiels
from models.base import aujourdhui
from models.contenu import contenu
from models.dossier import Dossier
from models.etats import Conflit
from models.saisie import frappe
from tasks.depot import soumettre
from tasks.relay import sonner

bp = Blueprint("depot", __name__, url_prefix="/dossiers/<dossier_id>")
RETOURS = ("precedent", "sauvegarder")


@bp.get("/conclusion")
@ouvrir("modifier")
def conclure(dossier: Dossier) -> Any:
    d = contenu(dossier.id)
    if not navigation.rncp_inactif(d):
        return redirect(adresse(dossier, "synthese"), 303)
    le = d.contrat.date_conclusion or aujourdhui()
    return rendre_page(
        "depot/conclusion.html",
        dossier=dossier,
        nav=navigation.fil(dossier, "conclusion", d),
        le=le,
        ancienne=referentiels.certification(d.formation.rncp),
        code=d.formation.rncp,
        nouvelles=referentiels.successeurs(d.formation.rncp, le),
    )


@bp.post("/conclusion")
@ouvrir("modifier")
def trancher(dossier: Dossier) -> Any:
    """Take the certification that replaces the inactive one, or go on knowingly; « Sauvegarder » decides nothing."""
    d = contenu(dossier.id)
    verbe, _, code = request.form.get("action", "").partition(":")
    if verbe == "precedent":
        return redirect(adresse(dossier, "salarie"), 303)
    if verbe == "sauvegarder":
        actions.sauvegarder(dossier, Page(PAR_SLUG["conclusion"], d), g.compte.id)
        return redirect(url_for("reprise.sauvegarde", dossier_id=dossier.id), 303)
    if version_ouverte() != dossier.version:
        return conflits.en_conflit_ailleurs(adresse(dossier, "conclusion"))
    if verbe == "continuer":
        actions.franchir(dossier, "conclusion", g.compte.id, "synthese")
        return redirect(adresse(dossier, "synthese"), 303)
    le = d.contrat.date_conclusion or aujourdhui()
    if verbe != "prendre" or code not in {c.code for c in referentiels.successeurs(d.formation.rncp or "", le)}:
        return redirect(adresse(dossier, "conclusion"), 303)
    actions.franchir(dossier, "conclusion", g.compte.id, "synthese", remplacement(d, code, g.partie))
    flash(typographie(f"La certification {code} remplace la précédente. Vérifiez l’intitulé et la spécialité."))
    return redirect(adresse(dossier, "synthese"), 303)


@bp.get("/synthese")
@ouvrir("modifier")
def relire(dossier: Dossier) -> Any:
    d = contenu(dossier.id)
    return rendre_synthese(dossier, d, Synthese(data={"commentaire": dossier.commentaire}))


def rendre_synthese(dossier: Dossier, d: Any, form: Synthese, erreurs: list[Constat] = ()) -> str:
    voir(dossier, d.salarie.nir, "synthese")
    found = tous(d, contexte_de(d, dossier), g.partie)
    if g.partie == ORGANISME:
        form.commentaire.label.text = "Commentaire pour l’employeur"
    blocking = [(adresse(dossier, slug), c) for slug, c in found if c.niveau == ERREUR]
    blocs = [bloc for bloc in synthese(d, g.partie) if bloc.etape != "soumission"]
    return rendre_page(
        "depot/synthese.html",
        dossier=dossier,
        presents=autres_presents(dossier, "synthese"),
        titres=TITRES,
        form=form,
        nav=navigation.fil(dossier, "synthese", d),
        blocs=[(bloc, adresse(dossier, bloc.etape)) for bloc in blocs],
        origines=provenances(dossier.id, blocs, g.partie),
        manques=manques_de(dossier, d, found),
        jumeaux=jumeaux_de(dossier, d),
        erreurs=blocking if not erreurs else [("#commentaire", c) for c in erreurs],
        alertes=[(adresse(dossier, slug), c) for slug, c in found if c.niveau != ERREUR],
    )


@bp.post("/synthese")
@ouvrir("modifier")
def commenter(dossier: Dossier) -> Any:
    d = contenu(dossier.id)
    form = Synthese(request.form)
    verbe = request.form.get("action", "suivant")
    if not form.validate():
        wrong = [Constat("format", ERREUR, "commentaire", str(form.commentaire.errors[0]))]
        return rendre_synthese(dossier, d, form, wrong), 422
    text = form.commentaire.data or ""
    if version_ouverte() != dossier.version and not (verbe in RETOURS and conflits.commentaire_intact(dossier)):
        if deja_relu(dossier, text):
            return redirect(adresse(dossier, apres_synthese()), 303)
        conflits.raconter(dossier)
        return rendre_synthese(dossier, d, form), 409
    if verbe in RETOURS:
        back = adresse(dossier, navigation.precedente("synthese", d))
        actions.annoter(dossier, g.compte.id, text)
        return redirect(back if verbe == "precedent" else url_for("reprise.sauvegarde", dossier_id=dossier.id), 303)
    if any(c.niveau == ERREUR for _, c in tous(d, contexte_de(d, dossier), g.partie)):
        actions.annoter(dossier, g.compte.id, text)
        return rendre_synthese(dossier, d, form), 422
    actions.franchir(dossier, "synthese", g.compte.id, apres_synthese(), commentaire=text)
    return redirect(adresse(dossier, apres_synthese()), 303)


def apres_synthese() -> str:
    """The employer signs; an organisme loads its pieces and hands the dossier over."""
    return "pieces" if g.partie == ORGANISME else "soumission"


def deja_relu(dossier: Dossier, text: str) -> bool:
    """Whether this is the second of two clicks on « Suivant »."""
    mine = dossier.modifie_par_id == g.compte.id and dossier.version == version_ouverte() + 1
    return mine and dossier.etape == apres_synthese() and dossier.commentaire == text


def rendre_soumission(dossier: Dossier, page: Page, erreurs: list[Constat] = ()) -> str:
    d = page.apres
    elsewhere = [(adresse(dossier, slug), c) for slug, c in tous(d, contexte_de(d, dossier)) if c.niveau == ERREUR]
    par_champ: dict[str, list[Constat]] = {}
    for constat in erreurs or constats_de_page(page, contexte_de(d, dossier)):
        par_champ.setdefault(constat.champ, []).append(constat)
    return rendre_page(
        "depot/soumission.html",
        dossier=dossier,
        page=page,
        nav=navigation.fil(dossier, "soumission", d),
        erreurs=[c for c in erreurs if c.niveau == ERREUR],
        ailleurs=elsewhere,
        par_champ=par_champ,
    )


@bp.get("/soumission")
@ouvrir("signer")
def signer(dossier: Dossier) -> Any:
    d = contenu(dossier.id)
    if d.signature.date is None:
        d.signature.date = d.contrat.date_conclusion
    if d.signature.lieu is None:
        d.signature.lieu = d.employeur.commune
    typed = frappe(dossier, "soumission", g.compte.id)
    mine = typed is not None and typed.compte == g.compte.id  # nobody attests with what another one ticked
    return rendre_soumission(dossier, Page(PAR_SLUG["soumission"], d, typed.valeurs if mine else None))


@bp.post("/soumission")
@ouvrir("soumettre", apres=("soumis", "pieces.montrer"))
def generer(dossier: Dossier) -> Any:
    """« Générer le CERFA »: the dossier is filed, or the page says what stands in the way."""
    page = Page(PAR_SLUG["soumission"], contenu(dossier.id), tape())
    verbe = request.form.get("action", "generer")
    if version_ouverte() != dossier.version:
        conflits.raconter(dossier)
        return rendre_soumission(dossier, page), 409
    if verbe == "precedent":
        actions.garder(dossier, page, g.compte.id, dossier.version)
        return redirect(adresse(dossier, "synthese"), 303)
    if verbe == "sauvegarder":
        actions.sauvegarder(dossier, page, g.compte.id)
        return redirect(url_for("reprise.sauvegarde", dossier_id=dossier.id), 303)
    ctx = contexte_de(page.apres, dossier)
    found = constats_de_page(page, ctx, complete=True)
    if any(c.niveau == ERREUR for c in [*found, *(c for _, c in tous(page.apres, ctx))]):
        actions.garder(dossier, page, g.compte.id, dossier.version)
        return rendre_soumission(dossier, page, found), 422
    deposer(dossier, page)
    return redirect(url_for("pieces.montrer", dossier_id=dossier.id), 303)


def deposer(dossier: Dossier, page: Page) -> None:
    """File the dossier, unless another click has just done so."""
    try:
        soumettre(dossier, page, g.compte.id, current_app.config["OPCO"])
    except Conflit:
        now = Dossier.get_or_none(Dossier.id == dossier.id)
        if now is None or now.etat == "brouillon":
            raise
    else:
        sonner()
