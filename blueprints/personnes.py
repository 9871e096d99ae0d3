"""A person asks the OPCO for their data: find them, hand them a copy, erase what the law allows. No name in any URL."""

from collections.abc import Iterator
from typing import IO, Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)

from blueprints.access import habilite
from blueprints.rendering import page
from forms.base import Form
from forms.compte import constats
from forms.controles.francais import typographie
from forms.personnes import Reponse
from models.actes_rgpd import ACTES, EXPORT, MOTIFS, derniers_actes, inscrire_acte
from models.base import maintenant
from models.conservation import regles
from models.dossier import Dossier
from models.etats import LIBELLES
from models.personne_concernee import TropDHomonymes, dossiers_de, effacer, empechement
from models.purges import dernieres_purges
from models.vues_nir import noter_vue
from tasks.export_personne import archiver, fiche
from tasks.purge import dire_efface
from tasks.relay import sonner

bp = Blueprint("personnes", __name__, url_prefix="/gestion/personnes")


@bp.get("")
@habilite("instruire", "opco")
def demander() -> Any:
    return rendre(Reponse(), None)


def rendre(form: Form, trouves: list[Dossier] | None) -> str:
    now = maintenant()
    return page(
        "personnes/demander.html",
        form=form,
        constats=constats(form) if request.method == "POST" else [],
        trouves=None if trouves is None else [(d, empechement(d, current_app.config, now)) for d in trouves],
        etats=LIBELLES,
        actes=derniers_actes(),
        libelles=ACTES,
        motifs=MOTIFS,
        purges=dernieres_purges(),
        regles={regle.cle: regle.donnees for regle in regles(current_app.config)},
    )


@bp.post("")
@habilite("instruire", "opco")
def chercher() -> Any:
    """The dossiers of the person: a POST, so that no name and no NIR stands in a URL or a log."""
    form = Reponse(request.form)
    found = dossiers_de(form.personne()) if form.designee() else None
    return rendre(form, found), 200 if found is not None else 422


@bp.errorhandler(TropDHomonymes)
def prefere_le_nir(error: TropDHomonymes) -> Any:
    form = Reponse(request.form)
    form.nom.errors = [typographie("Trop de dossiers portent ce nom : donnez le NIR, qui n’en manque aucun.")]
    return rendre(form, None), 422


@bp.post("/export")
@habilite("instruire", "opco")
def exporter() -> Any:
    """All that is held about the person, for them; that it was taken out is written down."""
    form = Reponse(request.form)
    if not form.validate():
        return refuser(form)
    found = dossiers_de(form.personne())
    if not found:
        return rendre(form, found), 422
    inscrire_acte(g.compte.id, EXPORT, form.motif.data, len(found))
    for dossier in found:
        noter_vue(dossier.id, g.compte.id, "export")
    sheets = [fiche(dossier) for dossier in found]
    archive = archiver(found, sheets, render_template("personnes/export.html", fiches=sheets, le=maintenant()))
    response = Response(lire(archive), mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="donnees-personnelles.zip"'
    return response


def lire(archive: IO[bytes]) -> Iterator[bytes]:
    with archive:
        while chunk := archive.read(65_536):
            yield chunk


def refuser(form: Reponse) -> Any:
    """The page again, with what was found when it is known who is looked for."""
    found = dossiers_de(form.personne()) if form.designee() else None
    return rendre(form, found), 422


@bp.post("/effacement")
@habilite("instruire", "opco")
def effacer_la_personne() -> Any:
    """Erase what the law allows, and say what it holds; a second click finds nothing left to erase."""
    form = Reponse(request.form)
    if not form.validate():
        return refuser(form)
    gone, held = effacer(dossiers_de(form.personne()), current_app.config, maintenant(), g.compte.id, form.motif.data)
    for dossier in gone:
        dire_efface(dossier)
    sonner()
    flash(typographie(bilan(len(gone), len(held))))
    return redirect(url_for(".demander"), 303)


def bilan(gone: int, held: int) -> str:
    """What was done, in one or two sentences."""
    done = f"{gone} dossier{'s' * (gone > 1)} effacé{'s' * (gone > 1)}." if gone else "Rien n’a été effacé."
    if not held:
        return done
    return f"{done} {held} reste{'nt' * (held > 1)} : la loi en impose encore la conservation."
