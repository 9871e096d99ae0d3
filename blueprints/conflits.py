"""Two people on one draft: what both changed is put together; where they differ both answers stand side by side."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, redirect

from blueprints.ecran import rendre, resumes, version_ouverte
from forms import actions
from forms.controles.francais import typographie
from forms.fusion import Fusion, Ouverture, entre_temps, ouverture
from forms.page import Page
from models.dossier import Dossier
from models.dossier import dossier as charger
from models.droits import peut
from models.etats import Conflit
from models.modifications import COMMENTAIRE, changements_depuis
from models.presences import est_la
from models.saisie import Frappe

ESSAIS = 10
RELIRE = typographie(
    "Ce dossier a été modifié entre-temps : relisez-le. Ce que vous aviez tapé ici est toujours sur la page."
)


def en_insistant(dossier: Dossier, act: Callable[[Dossier], Any]) -> Any:
    """`act` on the dossier, again on its newest version each time that somebody saves between reading and writing."""
    for _ in range(ESSAIS):
        try:
            return act(dossier)
        except Conflit:
            now = charger(dossier.id) or abort(404)
            if not peut(g.habilitations, "modifier", now):
                g.dossier = now
                abort(403)
            dossier = now
    raise Conflit("Beaucoup de personnes enregistrent ce dossier en ce moment. Recommencez dans un instant.")


def a_reprendre(typed: Frappe, dossier: Dossier, slug: str) -> bool:
    """Whether the page begins with this text that is not saved: with one's own always.

    With that of somebody else when it is on what is stored now, and its author has left: who is still typing will
    save it, and nobody else should do so by chance.
    """
    if typed.compte == g.compte.id:
        return True
    return typed.version == dossier.version and not est_la(dossier.id, typed.compte, slug)


def opposer(fusion: Fusion, page: Page, dossier: Dossier, o: Ouverture) -> tuple[str, int]:
    """Both changed the same answers: they stand side by side. What was typed is kept over the version it began from."""
    garder(dossier, page, o)
    return rendre(fusion.page, dossier, (), fusion), 409


def garder(dossier: Dossier | None, page: Page, o: Ouverture | None) -> None:
    """Keep what was typed over the version that the page was opened on, unless nobody knows that one."""
    if dossier and o and o.depuis is not None:
        actions.garder(dossier, page, g.compte.id, version_ouverte())


def prise(page: Page, nom: str, o: Ouverture) -> Page:
    """The page with the stored answer in the control `nom`, in the place of what the person had typed there."""
    stored = page.relue(o.actuel, None).saisies()
    texts = {name: list(texts) for name, texts in (page.tape or {}).items() if name != nom}
    return page.relue(page.avant, texts | ({nom: stored[nom]} if nom in stored else {}))


def annoncer(fusion: Fusion) -> None:
    """On the page that follows: who changed what meanwhile. It is kept, with what this person typed."""
    for sentence in resumes(fusion.autres, fusion.page.apres):
        flash(typographie(f"{sentence} Ces réponses sont gardées, avec les vôtres."))


def raconter(dossier: Dossier) -> None:
    """On a page that is read rather than typed: that it has changed since it was opened, and who changed what."""
    flash(RELIRE)
    o = ouverture(dossier, version_ouverte())
    for sentence in resumes(entre_temps(o), o.actuel):
        flash(sentence)


def commentaire_intact(dossier: Dossier) -> bool:
    """Whether nobody wrote another comment since the page was opened: then one's own is over nobody's."""
    changes = changements_depuis(dossier.id, version_ouverte())
    return changes is not None and all(change.champ != COMMENTAIRE for change in changes)


def en_conflit_ailleurs(url: str) -> Any:
    """The answer of a page where nothing is typed: it is shown again as it stands now."""
    flash(typographie("Ce dossier a été modifié entre-temps : voici la page à jour. Recommencez si tout est juste."))
    return redirect(url, 303)
