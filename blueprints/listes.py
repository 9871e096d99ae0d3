"""The lists of dossiers, for whoever reads them: search, spreadsheets, several drafts deleted at once."""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple, cast

from flask import Blueprint, Response, abort, flash, g, redirect, request, stream_with_context, url_for

from blueprints.access import connecte, habilite
from blueprints.rendering import jour, jour_heure, page, partielle, rang
from forms import actions
from forms.base import Form
from forms.controles.francais import typographie
from forms.controles.registre import ERREUR, Constat
from forms.fields import EMPLOYEUR, ORGANISME
from forms.filtres import FORMES, NOM, adresse, criteres, de_l_adresse
from forms.tableur import en_csv, en_xlsx
from models import listes_dossiers, listes_preentrees
from models.dossier import Dossier
from models.droits import concernees, perimetre, peut, structures
from models.etats import LIBELLES, Conflit
from models.listes_dossiers import COMPTES, PAR_PAGE, Apercu, compter
from models.listes_preentrees import Preapercu
from models.recherches import gardees

bp = Blueprint("listes", __name__, url_prefix="/dossiers/listes")
ACTIONS = (
    "suivre",
    "modifier",
    "prendre",
    "dupliquer",
    "deposer",
    "remettre",
    "reprendre_main",
    "supprimer",
    "lire_cerfa",
)
FORMATS = {
    "csv": (en_csv, "text/csv; charset=utf-8"),
    "xlsx": (en_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
COLONNES = ("Numéro", "État", "Nom", "Prénom", "Employeur", "SIRET", "RNCP", "Formation", "Début", "Fin", "Modifié le")


class Liste(NamedTuple):
    """A list and its reader: where it lives, as a page and as a spreadsheet; how it finds a page, and all of it."""

    partie: str
    endpoint: str
    tableur: str
    lister: Any
    choisis: Any
    tous: Any


LISTES = {
    partie: Liste(partie, endpoint, tableur, source.lister, source.choisis, source.tous)
    for partie, endpoint, tableur, source in (
        (EMPLOYEUR, "dossiers.lister", "listes.exporter", listes_dossiers),
        (ORGANISME, "preentree.lister", "listes.exporter_preentrees", listes_preentrees),
    )
}


def montrer(liste: Liste) -> Any:
    """The page of the search that the URL holds. A name in clear is taken out of it at once."""
    if request.args.get(NOM):
        return redirect(url_for(liste.endpoint, **adresse(FORMES[liste.partie](request.args), g.compte.id)), 303)
    return rendre("dossiers/lister.html", liste, de_l_adresse(request.args, liste.partie, g.compte.id))


def chercher(liste: Liste) -> Any:
    """What was typed becomes an address: shown at once to htmx, gone to by a browser."""
    form = FORMES[liste.partie](request.form)
    form.validate()
    url = url_for(liste.endpoint, **adresse(form, g.compte.id))
    if not partielle():
        return redirect(url, 303)
    body, status = rendre("dossiers/resultats.html", liste, form)
    return body, status, {"HX-Push-Url": url}


def rendre(template: str, liste: Liste, form: Form) -> tuple[str, int]:
    """A page, or the part of it, that shows the dossiers that the search finds."""
    asked = rang()
    valid = not form.errors
    scope = perimetre(g.habilitations, "consulter", liste.partie)
    found, more = liste.lister(scope, criteres(form), asked) if valid else ([], False)
    shown = [(apercu, droits(apercu)) for apercu in found]
    body = page(
        template,
        form=form,
        constats=[Constat("format", ERREUR, f.name, str(error)) for f in form.champs() for error in f.errors],
        dossiers=shown,
        possibles={action for _, allowed in shown for action in allowed},
        suite=more,
        nombre=compter(liste.choisis(scope, criteres(form))) if more or asked > 1 else len(found),
        comptes=COMPTES,
        rang=asked,
        liste=liste,
        autre=autre(liste),
        adresse=adresse(form, g.compte.id),
        gardees=gardees(g.compte.id, liste.partie),
        cle=secrets.token_urlsafe(16),
        peut_saisir=bool(structures(g.habilitations, "saisir", liste.partie)),
    )
    return body, 200 if valid else 422


def autre(liste: Liste) -> Liste | None:
    """The other list, for whoever has one."""
    other = LISTES[ORGANISME if liste.partie == EMPLOYEUR else EMPLOYEUR]
    return other if structures(g.habilitations, "consulter", other.partie) else None


def droits(apercu: Any) -> set[str]:
    """What the person may do with a dossier of the list: the line has all that the rights look at."""
    dossier = cast(Dossier, apercu)
    mine = concernees(g.habilitations, dossier)
    return {action for action in ACTIONS if peut(mine, action, dossier)}


@bp.get("/dossiers.<genre>")
@connecte
def exporter(genre: str) -> Any:
    return tableur(LISTES[EMPLOYEUR], genre)


@bp.get("/preentrees.<genre>")
@habilite("consulter", "organisme")
def exporter_preentrees(genre: str) -> Any:
    return tableur(LISTES[ORGANISME], genre)


def tableur(liste: Liste, genre: str) -> Any:
    """All that the search finds, page after page, as a spreadsheet."""
    if genre not in FORMATS:
        abort(404)
    form = de_l_adresse(request.args, liste.partie, g.compte.id)
    if form.errors:
        return redirect(url_for(liste.endpoint, **request.args.to_dict()), 303)
    write, mimetype = FORMATS[genre]
    found = lignes(liste.tous(perimetre(g.habilitations, "consulter", liste.partie), criteres(form)))
    headers = {"Content-Disposition": f"attachment; filename=dossiers.{genre}"}
    return Response(stream_with_context(write(found)), mimetype=mimetype, headers=headers)


def lignes(apercus: Iterator[Apercu | Preapercu]) -> Iterator[tuple[str, ...]]:
    yield COLONNES
    for a in apercus:
        who = (a.numero or "", LIBELLES[a.etat], a.nom or "", a.prenom or "", a.employeur or "")
        yield (*who, *contrat(a), jour_heure(a.modifie_le))


def contrat(a: Apercu | Preapercu) -> tuple[str, ...]:
    if isinstance(a, Preapercu):
        return a.siret_saisi, a.rncp, a.intitule, a.debut, a.fin
    days = (jour(day) if day else "" for day in (a.date_debut, a.date_fin))
    return (a.siret or "", a.rncp or "", a.intitule or "", *days)


def coches(ids: list[str], action: str) -> list[Dossier]:
    """Those of the dossiers to which the person may do `action`; of others nothing is said."""
    rows = Dossier.select().where(Dossier.id.in_(ids[:PAR_PAGE])).order_by(Dossier.modifie_le.desc(), Dossier.id)
    return [row for row in rows if peut(g.habilitations, action, row)]


def apercus(chosen: list[Dossier]) -> list[Apercu | Preapercu]:
    """The lines of these drafts, each as the side that has it reads it."""
    held, entered = [d.id for d in chosen if d.structure_id], [d.id for d in chosen if not d.structure_id]
    return [*listes_dossiers.apercus(held), *listes_preentrees.apercus(entered)]


@bp.get("/suppression")
@connecte
def confirmer_suppression() -> Any:
    chosen = coches(request.args.getlist("d"), "supprimer")
    if not chosen:
        flash(typographie("Cochez d’abord les brouillons à supprimer."))
        return redirect(url_for("dossiers.lister"), 303)
    return page("dossiers/supprimer_lot.html", dossiers=apercus(chosen))


@bp.post("/suppression")
@connecte
def supprimer() -> Any:
    """One that somebody changes at this moment stays, and is not counted."""
    count = 0
    for dossier in coches(request.form.getlist("d"), "supprimer"):
        with suppress(Conflit):
            actions.supprimer(dossier)
            count += 1
    flash(typographie(f"Brouillons supprimés : {count}."))
    return redirect(url_for("dossiers.lister"), 303)
