"""What an organisme does with several contracts at once: hand them over, each checked like a single one."""

from typing import Any, NamedTuple

from flask import Blueprint, flash, g, redirect, request, url_for

from blueprints.access import habilite
from blueprints.listes import coches
from blueprints.preentree import adresse_proposee, sans_erreur, transmettre
from blueprints.rendering import messages, page
from forms.controles.francais import typographie
from forms.controles.registre import Constat
from forms.preentree import Remise
from models.contenu import contenu
from models.dossier import Dossier
from models.droits import peut
from models.etats import LIBELLES, Conflit
from models.listes_preentrees import Preapercu, apercus
from tasks.relay import sonner

bp = Blueprint("lots", __name__, url_prefix="/preentrees/remise")


class Ligne(NamedTuple):
    """One contract: its form while it can be handed over, else why it cannot."""

    apercu: Preapercu
    form: Remise | None
    motif: str


def prefixe(dossier: Dossier) -> str:
    return f"d{dossier.id}-"


def ligne(dossier: Dossier, apercu: Preapercu, form: Remise | None = None) -> Ligne:
    if not peut(g.habilitations, "remettre", dossier):
        known = dossier.etat == "a_valider_employeur"
        return Ligne(apercu, None, "Transmis à l’employeur." if known else f"État : {LIBELLES[dossier.etat].lower()}.")
    d = contenu(dossier.id)
    if not sans_erreur(dossier, d):
        return Ligne(apercu, None, "Il reste des erreurs à corriger.")
    proposed = {"courriel": adresse_proposee(dossier, d)}
    return Ligne(apercu, form or Remise(data=proposed, prefix=prefixe(dossier)), "")


def lignes(chosen: list[Dossier], forms: dict[str, Remise]) -> list[Ligne]:
    seen = {apercu.id: apercu for apercu in apercus([dossier.id for dossier in chosen])}
    return [ligne(dossier, seen[dossier.id], forms.get(dossier.id)) for dossier in chosen]


def rendre(chosen: list[Dossier], forms: dict[str, Remise]) -> str:
    erreurs: list[Constat] = [constat for form in forms.values() for field in form for constat in messages(field)]
    return page("preentree/lot.html", lignes=lignes(chosen, forms), erreurs=erreurs)


@bp.get("")
@habilite("saisir", "organisme")
def preparer_remise() -> Any:
    """Contract by contract: the address to send it to, or why it cannot go; afterwards, that it went."""
    chosen = coches(request.args.getlist("d"), "suivre")
    if not chosen:
        flash(typographie("Cochez d’abord les contrats à transmettre."))
        return redirect(url_for("preentree.lister"), 303)
    return rendre(chosen, {})


@bp.post("")
@habilite("saisir", "organisme")
def remettre() -> Any:
    """Each contract whose address is good goes, in a transaction of its own; the others stay with what was typed."""
    chosen = coches(request.form.getlist("d"), "suivre")
    asked = [d for d in chosen if f"{prefixe(d)}courriel" in request.form and peut(g.habilitations, "remettre", d)]
    forms = {d.id: Remise(request.form, prefix=prefixe(d)) for d in asked}
    refused, sent = {}, 0
    for dossier in chosen:
        form = forms.get(dossier.id)
        if form and not form.validate():
            refused[dossier.id] = form
        elif form:
            sent += envoyer(dossier, form.courriel.data)
    sonner()
    if refused:
        return rendre([Dossier.get_by_id(d.id) for d in chosen], refused), 422
    flash(typographie(f"Contrats transmis : {sent}."))
    return redirect(url_for(".preparer_remise", d=[d.id for d in chosen]), 303)


def envoyer(dossier: Dossier, adresse: str) -> bool:
    """False when the contract has errors, or changed hands meanwhile: the page then says how it stands."""
    try:
        return transmettre(dossier, adresse)
    except Conflit:
        return False
