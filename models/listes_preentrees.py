"""The dossiers that organismes began, as they may read them: after the hand-over, only what they entered."""

from typing import Any, NamedTuple

from models.dossier import Dossier
from models.preentree import Preentree, preentree_de
from models.sections import Employeur, Formation, Salarie

PAR_PAGE = 20
COLONNES = ("salarie.prenom", "salarie.nom_naissance", "employeur.denomination", "formation.intitule")


class Preapercu(NamedTuple):
    """One line of the list, with the names that the macro of the lists reads."""

    id: str
    numero: str | None
    etat: str
    modifie_le: Any
    prenom: str
    nom: str
    employeur: str
    intitule: str


def lister(organismes: list[int], etat: str, rang: int) -> tuple[list[Preapercu], bool]:
    """One page of the dossiers of these organismes, the latest first, and whether there are more."""
    query = Dossier.select().where(Dossier.organisme.in_(organismes))
    if etat:
        query = query.where(Dossier.etat == etat)
    rows = list(query.order_by(Dossier.cree_le.desc(), Dossier.id).offset((rang - 1) * PAR_PAGE).limit(PAR_PAGE + 1))
    return [apercu(row) for row in rows[:PAR_PAGE]], len(rows) > PAR_PAGE


def apercu(dossier: Dossier) -> Preapercu:
    """Names as the organisme knows them: the sections are its own only until it hands them over."""
    kept = preentree_de(dossier)
    mine = dossier.etat == "brouillon" and dossier.structure_id is None
    texts = actuels(dossier) if mine or kept is None else saisis(kept)
    return Preapercu(dossier.id, dossier.numero, dossier.etat, dossier.modifie_le, *texts)


def actuels(dossier: Dossier) -> list[str]:
    row = (
        Salarie.select(Salarie.prenom, Salarie.nom_naissance, Employeur.denomination, Formation.intitule)
        .join_from(Salarie, Employeur, on=(Employeur.dossier == Salarie.dossier))
        .join_from(Salarie, Formation, on=(Formation.dossier == Salarie.dossier))
        .where(Salarie.dossier == dossier.id)
        .tuples()
        .first()
    )
    return [text or "" for text in row or [""] * len(COLONNES)]


def saisis(kept: Preentree) -> list[str]:
    given = {champ: valeur for _, _, lignes in kept.blocs for champ, _, valeur in lignes}
    return [given.get(champ, "") for champ in COLONNES]
