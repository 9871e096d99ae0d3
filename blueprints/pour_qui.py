"""For whom a contract is entered: one employer or organisme without a question, one of several by choice."""

from flask import g, request

from models.comptes import Structure
from models.dossier import Dossier
from models.droits import perimetre


def parmi() -> list[Structure]:
    """The employers and organismes for which the person enters contracts, by name; each once."""
    mine = [h for h in g.habilitations if h.structure.genre != "opco" and "saisir" in h.droits.split()]
    return list({h.structure_id: h.structure for h in mine}.values())


def choisie() -> int | None:
    """The one that the URL or the form names; the only one without being named; None while there is a choice."""
    mine = [structure.id for structure in parmi()]
    asked = request.values.get("pour", "")
    return mine[0] if len(mine) == 1 else next((key for key in mine if str(key) == asked), None)


def par_quel_mandat(pour: int) -> int | None:
    """The structure by whose mandate alone the person enters for `pour`."""
    mine = [h for h in g.habilitations if h.structure_id == pour and "saisir" in h.droits.split()]
    return mine[0].mandataire.id if mine and all(h.mandataire for h in mine) else None


def sirets(dossier: Dossier | None) -> frozenset[str]:
    """The establishments to which the person is limited where it enters this dossier; none is no limit."""
    if g.partie != "employeur":
        return frozenset()
    owner = dossier.structure_id if dossier else choisie()
    return perimetre(g.habilitations, "saisir").get(owner or 0, frozenset())
