"""The states of a dossier, the graph of their changes, and the only function that walks it."""

from models.base import db, maintenant
from models.dossier import Dossier
from models.journal import noter

LIBELLES = {
    "brouillon": "Brouillon",
    "a_valider_employeur": "À valider par l’employeur",
    "soumis": "Soumis, pièces à envoyer",
    "pieces_envoyees": "Pièces envoyées",
    "en_instruction": "En instruction",
    "pieces_demandees": "Pièces demandées",
    "accepte": "Accepté",
    "refuse": "Refusé",
    "annule": "Annulé",
}
GRAPHE = {
    "brouillon": {"a_valider_employeur", "soumis", "annule"},
    "a_valider_employeur": {"brouillon", "annule"},
    "soumis": {"pieces_envoyees", "annule"},
    "pieces_envoyees": {"en_instruction", "annule"},
    "en_instruction": {"pieces_demandees", "accepte", "refuse", "annule"},
    "pieces_demandees": {"en_instruction", "annule"},
    "accepte": set(),
    "refuse": set(),
    "annule": set(),
}
A_DEPOSER = ("brouillon", "a_valider_employeur")
SANS_CONTRAT = ("refuse", "annule")
# The OPCO has so long from the reception of the complete file: that it begins to look at it changes nothing.
SANS_NOUVEAU_DELAI = ("pieces_envoyees", "en_instruction")


class Refus(Exception):
    """This change is not possible now. The text is French and meant for the person who asked."""


class Conflit(Refus):
    """Somebody changed the dossier since it was read."""


def passer(dossier: Dossier, vers: str, compte: int | None, details: str = "") -> None:
    """Move `dossier` to the state `vers` and write it in the journal, in one transaction.

    The row moves only if it is still in the state and version that `dossier` was read in.
    Raises `Refus` when the graph has no such arrow, `Conflit` when somebody was faster.
    """
    de = dossier.etat
    if vers not in GRAPHE[de]:
        raise Refus(f"Un dossier « {LIBELLES[de]} » ne peut pas devenir « {LIBELLES[vers]} ».")
    with db.atomic():
        same = (Dossier.id == dossier.id) & (Dossier.etat == de) & (Dossier.version == dossier.version)
        values = {"etat": vers, "version": dossier.version + 1, "modifie_le": maintenant(), "modifie_par": compte}
        if (de, vers) != SANS_NOUVEAU_DELAI:
            values["delai_depuis"] = maintenant()
        if Dossier.update(values).where(same).execute() == 0:
            raise Conflit("Ce dossier vient d’être modifié par quelqu’un d’autre. Rechargez la page pour le voir.")
        noter(dossier.id, "etat", compte, de=de, vers=vers, details=details)
    dossier.etat, dossier.version = vers, dossier.version + 1
