"""Who entered what: a sentence for each fieldset, from the history of the writes."""

from collections.abc import Iterable

from forms.controles.francais import typographie
from forms.fields import EMPLOYEUR, ORGANISME
from forms.reading import Bloc
from models.base import heure_de_paris
from models.modifications import Auteur, auteurs


def provenances(dossier_id: str, blocs: Iterable[Bloc], pour: str = EMPLOYEUR) -> dict[str, str]:
    """Title of the fieldset → « Saisi par l’organisme de formation ; par Camille Démo, le 23/11/2026 ».

    pour: the party that reads. The employer knows its own people and that the organisme entered something; an
    organisme is told of its own people only.
    """
    wrote = auteurs(dossier_id)
    found = {}
    for bloc in blocs:
        by = [wrote[ligne.champ] for ligne in bloc.lignes if ligne.valeur and ligne.champ in wrote]
        last: dict[str, Auteur] = {}
        for one in sorted(by, key=lambda a: a.le):
            if who := nommer(one, pour):
                last[who] = one
        if last:
            found[bloc.titre] = typographie(
                "Saisi " + " ; ".join(f"{who}, le {jour(one)}" for who, one in last.items())
            )
    return found


def nommer(auteur: Auteur, pour: str) -> str:
    """« par … » as the reading party may know it; empty when it may not."""
    if auteur.partie == ORGANISME and pour == EMPLOYEUR:
        return "par l’organisme de formation"
    return f"par {auteur.nom}" if auteur.partie == pour and auteur.nom else ""


def jour(auteur: Auteur) -> str:
    return f"{heure_de_paris(auteur.le):%d/%m/%Y}"
