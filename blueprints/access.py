"""Who may come in: every view wears exactly one of these decorators; a test walks the URL map."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, g, redirect, request, session, url_for

from blueprints.protection import demander_protection, manque
from blueprints.reconnexion import demander_connexion
from models.comptes import Habilitation, habilitations
from models.dossier import dossier as charger
from models.droits import concernees, connait, mandataire, partie, peut, situation
from models.etats import A_DEPOSER
from models.inactivite import toucher
from models.journal import par_mandat
from models.sessions import compte_de

View = Callable[..., Any]


def identifier(visite: bool = True) -> bool:
    """Find out who asks, once per request. False when nobody is logged in."""
    if "compte" not in g:
        token = session.get("s")
        g.compte = compte_de(token, visite=visite) if token else None
        g.habilitations = habilitations(g.compte) if g.compte else []
    return g.compte is not None


def barrer(visite: bool = True) -> Any:
    """What stops this request before its view, if anything: nobody is logged in, or the account lacks a protection."""
    if not identifier(visite):
        return demander_connexion()
    return demander_protection() if manque() else None


def public(view: View) -> View:
    """Anyone."""

    @wraps(view)
    def wrapper(**kwargs: Any) -> Any:
        identifier()
        return view(**kwargs)

    wrapper.acces = "public"
    return wrapper


def veille(view: View) -> View:
    """Anyone, and a page that asks by itself: it is no visit, so an open tab keeps no session alive.

    The view finds in `g.compte` who is logged in, or None.
    """

    @wraps(view)
    def wrapper(**kwargs: Any) -> Any:
        token = session.get("s")
        g.compte = compte_de(token, visite=False) if token else None
        return view(**kwargs)

    wrapper.acces = "public"
    return wrapper


def connecte(view: View) -> View:
    """Anyone with an account."""

    @wraps(view)
    def wrapper(**kwargs: Any) -> Any:
        return barrer() or view(**kwargs)

    wrapper.acces = "connecte"
    return wrapper


def habilite(right: str, *genres: str) -> Callable[[View], View]:
    """Whoever has `right` in some structure, of one of the kinds `genres` when they are given.

    The view finds in `g.partie` the kind of the structure named as `pour`, else the first for which the person has it.
    """

    def decorator(view: View) -> View:
        @wraps(view)
        def wrapper(**kwargs: Any) -> Any:
            if barrage := barrer():
                return barrage
            mine = {str(h.structure_id): h.structure.genre for h in g.habilitations if right in h.droits.split()}
            possible = [genre for genre in genres or mine.values() if genre in mine.values()]
            if not possible:
                abort(403)
            named = mine.get(request.values.get("pour", ""))
            g.partie = named if named in genres else possible[0] if genres else ""
            return view(**kwargs)

        wrapper.acces = f"habilite:{right}"
        return wrapper

    return decorator


def administre(view: View) -> View:
    """Whoever administers the structure named in the URL, by a right of its own: the view receives the structure.

    To all others it does not exist.
    """

    @wraps(view)
    def wrapper(structure_id: int, **kwargs: Any) -> Any:
        if barrage := barrer():
            return barrage
        mine = {h.structure_id: h.structure for h in g.habilitations if gere(h)}
        if structure_id not in mine:
            abort(404)
        return view(structure=mine[structure_id], **kwargs)

    wrapper.acces = "administre"
    return wrapper


def gere(habilitation: Habilitation) -> bool:
    """Whether it lets one decide who does what there."""
    return habilitation.mandataire is None and "administrer" in habilitation.droits.split()


def ouvrir(action: str, apres: tuple[str, str] | None = None, visite: bool = True) -> Callable[[View], View]:
    """Whoever may do `action` to the dossier named in the URL: the view receives the dossier itself.

    A dossier that one may not know of is a 404; one that one knows but may not treat so is a 403. `g.partie` is the
    party for which the person acts.
    `apres` is the situation that the action leads to, and an endpoint: the second of two clicks, which finds it done,
    goes where the first one went.
    visite: False for what an open page asks by itself, which keeps neither session nor draft alive.
    """

    def decorator(view: View) -> View:
        @wraps(view)
        def wrapper(dossier_id: str, **kwargs: Any) -> Any:
            if barrage := barrer(visite):
                return barrage
            dossier = charger(dossier_id)
            mine = concernees(g.habilitations, dossier) if dossier else []
            if dossier is None or not connait(mine, dossier):
                abort(404)
            if not peut(mine, action, dossier):
                if apres and situation(dossier) == apres[0]:
                    return redirect(url_for(apres[1], dossier_id=dossier.id), 303)
                g.dossier = dossier
                abort(403)
            if visite and dossier.etat in A_DEPOSER:
                toucher(dossier)
            g.partie = partie(mine, action, dossier)
            with par_mandat(mandataire(mine, action, dossier)):
                return view(dossier=dossier, **kwargs)

        wrapper.acces = f"ouvrir:{action}"
        return wrapper

    return decorator
