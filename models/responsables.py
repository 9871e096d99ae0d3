"""Who is told of what happens to a dossier: the people who act on it, and nobody who has left."""

from models.comptes import Compte, Habilitation, Structure, habilitations
from models.dossier import Dossier
from models.droits import connait, de_la_partie, partie, peut

PERSONNES = 20


def de_l_employeur(dossier: Dossier) -> list[Compte]:
    """Whoever made or took up the dossier, while that account is in use and may follow it.

    Else, so that no dossier is without somebody, all who may submit it, or those who may give that right.
    """
    maker = dossier.cree_par
    if maker and maker.actif and partie(habilitations(maker), "suivre", dossier) == "employeur":
        return [maker]
    if not dossier.structure_id:
        return []
    ranks = (habilites(dossier.structure_id, droit) for droit in ("soumettre", "administrer"))
    able = ([compte for compte in people if peut(habilitations(compte), "suivre", dossier)] for people in ranks)
    return next(filter(None, able), [])


def de_l_organisme(dossier: Dossier, remettant: Compte | None) -> list[Compte]:
    """Whoever handed the dossier over, while that account is in use and may follow it for the organisme.

    Else all who enter contracts there: an accountant whose mandate is over is told nothing.
    """
    if remettant and remettant.actif and connait(de_la_partie(habilitations(remettant), "organisme"), dossier):
        return [remettant]
    return habilites(dossier.organisme_id, "saisir") if dossier.organisme_id else []


def de_l_opco(dossier: Dossier) -> list[Compte]:
    """The gestionnaire who last acted on the dossier; as long as there is none, all of them."""
    last = dossier.modifie_par
    if last and last.actif and peut(habilitations(last), "instruire", dossier):
        return [last]
    opco = Structure.select(Structure.id).where(Structure.genre == "opco")
    return [compte for structure in opco for compte in habilites(structure.id, "instruire")]


def habilites(structure: int, droit: str) -> list[Compte]:
    """The accounts in use that have this right in this structure."""
    query = Compte.select().join(Habilitation).where((Habilitation.structure == structure) & Compte.actif)
    found = query.where(Habilitation.droits.contains(droit)).order_by(Compte.id)
    return list(found.limit(PERSONNES))
