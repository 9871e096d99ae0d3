"""Who may do what to which dossier: one function, asked by every view."""

from collections.abc import Iterable, Mapping

import peewee

from models.comptes import Habilitation
from models.dossier import Dossier

OUVERTS = {"soumis", "pieces_envoyees", "en_instruction", "pieces_demandees"}
DEPOSES = OUVERTS | {"accepte", "refuse"}

Regles = dict[str, tuple[str, set[str] | None]]
# A draft of an organisme that no employer has: the only state in which the organisme writes.
PREENTREE = "preentree"
# One that the employer has taken up: it is sent back or refused, never deleted behind the organisme's back.
REPRIS = "repris"
# action → (right asked for, states in which it is possible), for the employer whose dossier it is.
EMPLOYEUR: Regles = {
    "suivre": ("consulter", None),
    "consulter": ("consulter", None),
    "modifier": ("saisir", {"brouillon", REPRIS}),
    "supprimer": ("saisir", {"brouillon"}),
    "dupliquer": ("saisir", {"brouillon", REPRIS, "a_valider_employeur"}),
    "prendre": ("saisir", {"a_valider_employeur"}),
    "renvoyer": ("saisir", {REPRIS, "a_valider_employeur"}),
    "refuser": ("saisir", {REPRIS, "a_valider_employeur"}),
    "revoquer": ("saisir", {"brouillon", REPRIS, "a_valider_employeur"}),
    "signer": ("saisir", {"brouillon", REPRIS}),
    "soumettre": ("soumettre", {"brouillon", REPRIS}),
    "lire_cerfa": ("consulter", DEPOSES | {"annule"}),
    "charger": ("saisir", OUVERTS),
    "deposer": ("saisir", DEPOSES),
    "annuler": ("soumettre", OUVERTS),
    "amender": ("soumettre", OUVERTS | {"accepte"}),
    "confier": ("administrer", None),
}
ORGANISME: Regles = {
    "suivre": ("consulter", None),
    "consulter": ("consulter", {PREENTREE, "a_valider_employeur"}),
    "modifier": ("saisir", {PREENTREE}),
    "supprimer": ("saisir", {PREENTREE}),
    "dupliquer": ("saisir", {PREENTREE, "a_valider_employeur"}),
    "charger": ("saisir", {PREENTREE}),
    "remettre": ("saisir", {PREENTREE}),
    "reprendre_main": ("saisir", {"a_valider_employeur"}),
    "revoquer": ("saisir", {PREENTREE, "a_valider_employeur"}),
    "confier": ("administrer", None),
}
OPCO: Regles = {
    "suivre": ("instruire", DEPOSES | {"annule"}),
    "consulter": ("instruire", DEPOSES | {"annule"}),
    "lire_cerfa": ("instruire", DEPOSES | {"annule"}),
    "instruire": ("instruire", DEPOSES | {"annule"}),
}


def peut(habilitations: Iterable[Habilitation], action: str, dossier: Dossier) -> bool:
    """Whether a person with these rights may do `action` to `dossier` in its present state."""
    return any(accorde(h, action, dossier) for h in habilitations)


def connait(habilitations: Iterable[Habilitation], dossier: Dossier) -> bool:
    """Whether the person may know that this dossier exists; to all others it is a 404."""
    return peut(habilitations, "suivre", dossier)


def partie(habilitations: Iterable[Habilitation], action: str, dossier: Dossier) -> str:
    """For whom the person does `action`: « employeur », « organisme » or « opco »; "" when it may not.

    Whoever acts for both sides of a dossier acts for the employer, who may see all of it.
    """
    granted = {h.structure.genre for h in habilitations if accorde(h, action, dossier)}
    return next((genre for genre in ("employeur", "organisme", "opco") if genre in granted), "")


def mandataire(habilitations: Iterable[Habilitation], action: str, dossier: Dossier) -> int | None:
    """The structure by whose mandate alone the person does `action`; None when its own rights allow it."""
    granted = [h.mandataire.id if h.mandataire else None for h in habilitations if accorde(h, action, dossier)]
    return granted[0] if None not in granted and granted else None


def accorde(habilitation: Habilitation, action: str, dossier: Dossier) -> bool:
    right, states = regles(habilitation, dossier).get(action, ("", set()))
    return right in habilitation.droits.split() and (states is None or situation(dossier) in states)


def regles(habilitation: Habilitation, dossier: Dossier) -> Regles:
    """The table that holds between a structure and a dossier; an empty one between strangers."""
    structure = habilitation.structure
    if structure.genre == "opco":
        return OPCO
    if structure.genre == "employeur" and structure.id == dossier.structure_id:
        return EMPLOYEUR if couvre(habilitation, dossier.siret) else {}
    if structure.genre == "organisme" and structure.id == dossier.organisme_id:
        return ORGANISME
    return {}


def situation(dossier: Dossier) -> str:
    """The state of a dossier, a draft being told from one that only its organisme has and one that it handed over."""
    if dossier.etat != "brouillon":
        return dossier.etat
    if dossier.structure_id is None:
        return PREENTREE
    return REPRIS if dossier.organisme_id else "brouillon"


def couvre(habilitation: Habilitation, siret: str | None) -> bool:
    """Whether the habilitation holds for this establishment."""
    return not habilitation.etablissements or siret in habilitation.etablissements.split()


# Structure → the SIRETs to which the person is limited there; none of them is the whole of it.
Perimetre = Mapping[int, frozenset[str]]


def perimetre(habilitations: Iterable[Habilitation], right: str, genre: str = "employeur") -> Perimetre:
    """The structures of this kind, and their establishments, for which the person has `right`."""
    found: dict[int, frozenset[str]] = {}
    for h in habilitations:
        if h.structure.genre == genre and right in h.droits.split():
            sirets = frozenset(h.etablissements.split())
            before = found.get(h.structure_id, sirets)
            found[h.structure_id] = before | sirets if before and sirets else frozenset()
    return found


def structures(habilitations: Iterable[Habilitation], right: str, genre: str = "employeur") -> list[int]:
    """The structures of this kind in which the person has `right`."""
    return list(perimetre(habilitations, right, genre))


def dedans(chosen: Perimetre) -> peewee.Expression:
    """That a dossier belongs to one of these structures, and to one of the establishments named.

    The structures come first and whole: their index then answers, whatever the establishments are.
    """
    where = Dossier.structure.in_(list(chosen))
    limited = [(structure, sirets) for structure, sirets in chosen.items() if sirets]
    if limited:
        allowed = Dossier.structure.in_([structure for structure, sirets in chosen.items() if not sirets])
        for structure, sirets in limited:
            allowed |= (Dossier.structure == structure) & Dossier.siret.in_(sorted(sirets))
        where &= allowed
    return where


def de_la_partie(habilitations: Iterable[Habilitation], partie: str) -> list[Habilitation]:
    """Those by which the person acts for this party, « employeur » or « organisme », and not for the other one."""
    return [h for h in habilitations if h.structure.genre == partie]


def concernees(habilitations: Iterable[Habilitation], dossier: Dossier) -> list[Habilitation]:
    """Those that can say anything about this dossier: an accountant has hundreds of others."""
    sides = (dossier.structure_id, dossier.organisme_id)
    return [h for h in habilitations if h.structure_id in sides or h.structure.genre == "opco"]
