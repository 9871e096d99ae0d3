"""The one list of what a dossier lacks, for whom and by when: shown, printed, sent to the other party."""

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, request, url_for

from blueprints.access import ouvrir
from blueprints.ecran import contexte_de
from blueprints.rendering import messages, page
from forms.checking import tous
from forms.controles.francais import typographie
from forms.controles.registre import Constat
from forms.fields import ORGANISME
from forms.manques import Destinataire, Liste, lister
from models.base import db
from models.comptes import Compte
from models.contenu import Contenu, contenu
from models.courriels import poster
from models.dossier import Dossier
from models.droits import peut
from models.etats import A_DEPOSER
from models.journal import noter
from models.liens import REPRISE
from models.pieces import pieces_de
from models.preentree import preentree_de
from tasks.courriels import composer
from tasks.liens import creer
from tasks.relay import sonner

bp = Blueprint("manques", __name__)


def manques_de(dossier: Dossier, d: Contenu, constats: list[tuple[str, Constat]] | None = None) -> Liste | None:
    """What is still missing; nothing once the pieces have been sent. constats: what `tous` found, when it was asked."""
    if dossier.etat not in (*A_DEPOSER, "soumis"):
        return None
    if dossier.etat == "soumis":
        constats = []  # nothing that was entered can change any more
    elif constats is None:
        constats = tous(d, contexte_de(d, dossier), g.partie)
    there = {piece.genre for piece in pieces_de(dossier.id)}
    return lister(d, constats, there, current_app.config["PIECES_OBLIGATOIRES"])


@bp.get("/dossiers/<dossier_id>/manques")
@ouvrir("suivre")
def montrer(dossier: Dossier) -> Any:
    if not peut(g.habilitations, "consulter", dossier) or g.partie not in ("employeur", ORGANISME):
        return redirect(url_for("dossiers.detailler", dossier_id=dossier.id), 303)
    d = contenu(dossier.id)
    return rendre(dossier, d, Destinataire(data={"courriel": autre_partie(dossier, d)}))


def rendre(dossier: Dossier, d: Contenu, form: Destinataire) -> str:
    return page(
        "manques/montrer.html",
        dossier=dossier,
        manques=manques_de(dossier, d),
        form=form,
        erreurs=[constat for field in form for constat in messages(field)],
        modifiable=peut(g.habilitations, "modifier", dossier),
    )


def autre_partie(dossier: Dossier, d: Contenu) -> str:
    """The address of the other side, as far as it is known."""
    if g.partie == ORGANISME:
        return d.employeur.courriel or ""
    kept = preentree_de(dossier)
    author = Compte.get_or_none(Compte.id == kept.compte_id) if kept else None
    return author.courriel if author else ""


@bp.post("/dossiers/<dossier_id>/manques")
@ouvrir("modifier")
def envoyer(dossier: Dossier) -> Any:
    """Send the list by mail: the names of the questions and of the pieces, never an answer nor a person."""
    d, form = contenu(dossier.id), Destinataire(request.form)
    if not form.validate():
        return rendre(dossier, d, form), 422
    poster_la_liste(dossier, d, form.courriel.data.lower())
    sonner()
    flash(typographie("La liste part par courriel à l’adresse indiquée."))
    return redirect(url_for(".montrer", dossier_id=dossier.id), 303)


def poster_la_liste(dossier: Dossier, d: Contenu, destinataire: str) -> None:
    """The mail with its signed link, and the act in the journal, in one transaction."""
    found = manques_de(dossier, d)
    jours = current_app.config["LIEN_DAYS"]
    with db.atomic():
        lien = creer(REPRISE, dossier, g.compte, jours, "manques", destinataire)
        sujet, texte, html = composer("manques", lien=lien, jours=jours, **en_mots(found))
        poster(f"manques-{lien[-40:]}", destinataire, sujet, texte, html, dossier=dossier.id, auteur=g.compte.id)
        noter(dossier.id, "manques_envoyes", g.compte.id)


def en_mots(found: Liste | None) -> dict[str, Any]:
    """What the mail says of the list: the last day and, by who must provide them, the names of what is missing."""
    groups = found.par_qui() if found else []
    return {
        "limite": f"{found.limite:%d/%m/%Y}" if found and found.limite else "",
        "manquants": [(titre, [m.label for m in lines]) for titre, lines in groups],
    }
