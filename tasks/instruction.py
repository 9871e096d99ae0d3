"""Telling the employer of an act of the gestionnaire."""

from forms.gestion import Acte
from models.dossier import Dossier
from models.responsables import de_l_employeur
from tasks.annonces import annoncer


def informer(dossier: Dossier, acte: Acte, piece: str, auteur: int) -> None:
    """Inside the caller's transaction: the dossier is named, nobody in it, and nothing of what was written.

    piece: the piece asked for, as people read it; it leads to where it is deposited.
    """
    said = {"acte": acte, "numero": dossier.numero, "piece": piece}
    chemin = f"/dossiers/{dossier.id}/document" if piece else None
    for compte in de_l_employeur(dossier):
        cle = f"instruction:{dossier.id}:{dossier.version}:{compte.id}"
        texte = f"Dossier {dossier.numero} : {acte.sujet}."
        annoncer(
            acte.annonce, cle, compte, texte, dossier.id, chemin=chemin, lettre=("instruction", said), auteur=auteur
        )
