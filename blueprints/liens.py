"""Signed links to a dossier: opened with or without an account, shown, withdrawn.

A link says which dossier and to whom it was sent; it gives no right. Whoever has no account proves the mailbox, then
reads this one dossier, masked. Whatever is wrong with a link, the page is the same and tells nothing of the dossier.
"""

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, request, session, url_for

from blueprints import navigation
from blueprints.access import ouvrir, public
from blueprints.boite import BOITE, LIEN, adresse_a_prouver, demander_la_boite, en_main, prouvee, refuser
from blueprints.identification import patienter
from blueprints.reconnexion import demander_connexion, destination
from blueprints.rendering import page, sans_jeton
from forms.controles.francais import typographie
from forms.fields import EMPLOYEUR, ORGANISME
from forms.masque import masquer, masquer_adresse
from forms.preentree import lire
from forms.reading import Bloc, synthese
from models.base import db
from models.comptes import Structure
from models.contenu import contenu
from models.dossier import Dossier
from models.droits import PREENTREE, connait, couvre, peut, situation
from models.journal import noter
from models.liens import (
    REMISE,
    REPRISE,
    Lien,
    LienRefuse,
    identifiant,
    liens_vivants,
    revoquer,
)
from models.preentree import preentree_de
from models.sessions import fermer_session
from models.tentatives import TropDEssais, compter
from tasks.liens import ouvre, renouveler
from tasks.preentree import rattacher
from tasks.relay import sonner

bp = Blueprint("liens", __name__)
bp.register_error_handler(LienRefuse, refuser)


@bp.get("/reprise/<jeton>")
@public
def ouvrir_reprise(jeton: str) -> Any:
    return echanger(jeton, REPRISE)


@bp.get("/transmis/<jeton>")
@public
def ouvrir_remise(jeton: str) -> Any:
    return echanger(jeton, REMISE)


def echanger(jeton: str, objet: str) -> Any:
    """Keep which link was opened and go at once to a clean address. Nothing is consumed: mail scanners open links."""
    session.pop(LIEN, None)
    session[LIEN] = identifiant(jeton, objet)
    return sans_jeton(".suivre")


@bp.get("/lien")
@public
def suivre() -> Any:
    """Where the link leads this person: to the dossier, to its masked view, or to a proof of who one is."""
    lien = en_main()
    if g.compte is None:
        if lien.destinataire is None:
            return demander_connexion()
        return apercu(lien) if prouvee(adresse_a_prouver()) else demander_la_boite(lien)
    if lien.destinataire in (None, g.compte.courriel) or prouvee(lien):
        return conduire(lien)
    known = connait(g.habilitations, lien.dossier)
    suite = adresse(lien) if known else ""
    return page("liens/autre_compte.html", suite=suite, prouvable=ouvre(lien, lien.dossier))


def conduire(lien: Lien) -> Any:
    """The person may follow the link: to the dossier where it has a right, else to what the link alone shows."""
    dossier = lien.dossier
    if connait(g.habilitations, dossier):
        return redirect(adresse(lien), 303)
    adresse_a_prouver()
    if attendu(lien, dossier) and (mine := siennes(dossier)):
        return page("preentree/rattacher.html", structures=mine, organisme=dossier.organisme.nom)
    return apercu(lien)


def adresse(lien: Lien) -> str:
    """The very page of the dossier, for who may write there; else its details."""
    dossier = lien.dossier
    if lien.objet == REPRISE and peut(g.habilitations, "modifier", dossier):
        return navigation.adresse(dossier, lien.etape or dossier.etape)
    return url_for("dossiers.detailler", dossier_id=dossier.id)


def attendu(lien: Lien, dossier: Dossier) -> bool:
    """Whether the dossier waits for whoever received the link to say for which employer."""
    return lien.objet == REMISE and dossier.etat == "a_valider_employeur" and dossier.structure_id is None


def siennes(dossier: Dossier) -> list[Structure]:
    """The employers for which the person may take the dossier."""
    return [
        h.structure
        for h in g.habilitations
        if h.structure.genre == EMPLOYEUR and "saisir" in h.droits.split() and couvre(h, dossier.siret)
    ]


def apercu(lien: Lien) -> str:
    """This one dossier, to be read only, without NIR, pay and pieces."""
    dossier = lien.dossier
    whose = {"genre": EMPLOYEUR, "siret": dossier.siret} if dossier.siret else {}
    return page(
        "liens/apercu.html",
        inscription=url_for("inscription.commencer", **whose),
        blocs=masquer(blocs_de(dossier)),
        organisme=dossier.organisme.nom if lien.objet == REMISE else "",
        adresse=lien.destinataire,
        attribue=dossier.structure_id is not None and g.compte is not None,
    )


def blocs_de(dossier: Dossier) -> list[Bloc]:
    """The draft as the party that has it sees it; what an organisme handed over, however the employer went on.

    Both sides send links to each other: what the employer entered is shown by none to the organisme.
    """
    if situation(dossier) == PREENTREE:
        return synthese(contenu(dossier.id), ORGANISME)
    kept = preentree_de(dossier)
    return lire(kept.blocs) if kept else synthese(contenu(dossier.id), EMPLOYEUR)


@bp.post("/lien")
@public
def choisir() -> Any:
    """For which of its structures the person takes the dossier."""
    lien = en_main()
    mine = g.compte and (lien.destinataire == g.compte.courriel or prouvee(lien))
    chosen = request.form.get("structure", "")
    if mine and attendu(lien, lien.dossier) and chosen in {str(s.id) for s in siennes(lien.dossier)}:
        rattacher(lien.dossier, int(chosen), g.compte.id)
    return redirect(url_for(".suivre"), 303)


@bp.post("/lien/compte")
@public
def changer_de_compte() -> Any:
    """Log out, and keep only the link that was opened."""
    en_main()
    fermer_session(session.get("s", ""))
    kept = {name: session[name] for name in (LIEN, BOITE) if name in session}
    session.clear()
    session.update(kept)
    return redirect(url_for(".suivre"), 303)


@bp.post("/lien/nouveau")
@public
def demander_un_nouveau() -> Any:
    """« Demander un nouveau lien »: what is answered never tells whether one left, nor to whom."""
    known = str(session.get(LIEN, ""))
    try:
        compter("lien", known, request.remote_addr or "")
        renouveler(known, current_app.config["LIEN_DAYS"])
        sonner()
        flash(typographie("Si ce lien peut être remplacé, un nouveau part à l’adresse qui avait reçu celui-ci."))
    except TropDEssais as trop:
        flash(patienter(trop.attente))
    return redirect(url_for("comptes.demander"), 303)


def en_cours(dossier: Dossier) -> list[Lien]:
    """The links that open a dossier now, each with its address hinted at, for whoever may withdraw them."""
    found = liens_vivants(dossier, REPRISE, REMISE) if peut(g.habilitations, "revoquer", dossier) else []
    for lien in found:
        lien.indice = masquer_adresse(lien.destinataire) if lien.destinataire else ""
    return found


@bp.post("/dossiers/<dossier_id>/liens")
@ouvrir("revoquer")
def retirer(dossier: Dossier) -> Any:
    """« Révoquer » one of its links."""
    chosen = request.form.get("lien", "")
    for lien in liens_vivants(dossier, REPRISE, REMISE):
        if lien.id == chosen:
            with db.atomic():
                revoquer(lien)
                noter(dossier.id, "lien_revoque", g.compte.id)
            flash(typographie("Le lien est révoqué : il ne s’ouvre plus."))
    return redirect(destination(request.form.get("suite")), 303)
