"""Who may do what to which dossier: one function, asked by every view."""

from collections.abc import Iterable

from models.comptes import Habilitation
from models.dossier import Dossier

OUVERTS = {"soumis", "pieces_envoyees", "en_instruction", "pieces_demandees"}
DEPOSES = OUVERTS | {"accepte", "refuse"}

Regles = dict[str, tuple[str, set[str] | None]]
# action → (right asked for, states in which it is possible), for the employer whose dossier it is.
EMPLOYEUR: Regles = {
    "consulter": ("consulter", None),
    "modifier": ("saisir", {"brouillon"}),
    "supprimer": ("saisir", {"brouillon"}),
    "soumettre": ("soumettre", {"brouillon"}),
    "lire_cerfa": ("consulter", DEPOSES | {"annule"}),
    "deposer": ("saisir", OUVERTS),
    "annuler": ("soumettre", OUVERTS),
}
OPCO: Regles = {
    "consulter": ("instruire", DEPOSES | {"annule"}),
    "lire_cerfa": ("instruire", DEPOSES | {"annule"}),
    "instruire": ("instruire", DEPOSES | {"annule"}),
}


def peut(habilitations: Iterable[Habilitation], action: str, dossier: Dossier) -> bool:
    """Whether a person with these rights may do `action` to `dossier` in its present state."""
    return any(accorde(h, action, dossier) for h in habilitations)


def connait(habilitations: Iterable[Habilitation], dossier: Dossier) -> bool:
    """Whether the person may know that this dossier exists; to all others it is a 404."""
    return peut(habilitations, "consulter", dossier)


def accorde(habilitation: Habilitation, action: str, dossier: Dossier) -> bool:
    structure = habilitation.structure
    if structure.genre == "opco":
        rules = OPCO
    elif structure.genre == "employeur" and structure.id == dossier.structure_id:
        rules = EMPLOYEUR
    else:
        return False
    right, states = rules.get(action, ("", set()))
    return right in habilitation.droits.split() and (states is None or dossier.etat in states)


def structures(habilitations: Iterable[Habilitation], right: str, genre: str = "employeur") -> list[int]:
    """The structures of this kind in which the person has `right`."""
    return [h.structure_id for h in habilitations if h.structure.genre == genre and right in h.droits.split()]
