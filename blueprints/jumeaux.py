"""A contract for the same person, beginning about the same day, is there already: see it, resume it, or go on."""

from typing import Any, NamedTuple

from flask import Blueprint, current_app, g, redirect, url_for

from blueprints import navigation
from blueprints.access import ouvrir
from blueprints.rendering import page
from forms.page import Page
from models import jumeaux as registre
from models.base import db
from models.contenu import Contenu, contenu
from models.dossier import Dossier
from models.droits import connait, peut, structures
from models.journal import noter

bp = Blueprint("jumeaux", __name__)
MONTRES = 5
# What makes two contracts twins: when none of it changes, nobody is asked again.
CHAMPS = {"salarie.nir", "salarie.nom_naissance", "salarie.prenom", "salarie.date_naissance", "contrat.date_debut"}


class Jumeau(NamedTuple):
    """A twin as it is shown. reprenable: a draft that this person may modify. accepte: somebody went on knowingly."""

    dossier: Dossier
    reprenable: bool
    accepte: bool


def jumeaux_de(dossier: Dossier, d: Contenu) -> list[Jumeau]:
    """The twins that this person may see, the first of them."""
    mine = structures(g.habilitations, "consulter")
    there = registre.jumeaux(dossier, d, current_app.config["JUMEAU_JOURS"], mine)
    found = [twin for twin in there if connait(g.habilitations, twin)][:MONTRES]
    known = registre.acceptes(dossier) if found else set()
    return [Jumeau(twin, peut(g.habilitations, "modifier", twin), twin.id in known) for twin in found]


def concerne(page_: Page) -> bool:
    """Whether the page asks who the person is."""
    return "salarie.nom_naissance" in page_.demandes


def detour(dossier: Dossier, page_: Page, suite: str) -> str:
    """Where « Suivant » leads: to the twins that nobody has accepted yet, when the page brings one to light."""
    first = page_.etape.slug not in dossier.faites.split()
    changed = {f"{section}.{column}" for section, values in page_.changements().items() for column in values}
    if not concerne(page_) or not (first or changed & CHAMPS):
        return suite
    waiting = [twin for twin in jumeaux_de(dossier, page_.apres) if not twin.accepte]
    return url_for("jumeaux.montrer", dossier_id=dossier.id) if waiting else suite


@bp.get("/dossiers/<dossier_id>/jumeaux")
@ouvrir("modifier")
def montrer(dossier: Dossier) -> Any:
    d = contenu(dossier.id)
    found = jumeaux_de(dossier, d)
    if not found:
        return redirect(suite(dossier, d), 303)
    return page("jumeaux/montrer.html", dossier=dossier, jumeaux=found, nav=navigation.fil(dossier, "salarie", d))


def suite(dossier: Dossier, d: Contenu) -> str:
    return navigation.adresse(dossier, navigation.suivante("salarie", d))


@bp.post("/dossiers/<dossier_id>/jumeaux")
@ouvrir("modifier")
def continuer(dossier: Dossier) -> Any:
    """Go on knowingly: which twins there were is written in the journal, once for each."""
    d = contenu(dossier.id)
    with db.atomic():
        found = [twin.dossier.id for twin in jumeaux_de(dossier, d) if not twin.accepte]
        if found:
            noter(dossier.id, registre.ACCEPTE, g.compte.id, details=" ".join(found))
    return redirect(suite(dossier, d), 303)
