"""Pre-entry and takeover: what the two sides ask of each other, what is missing, who entered what."""

from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from forms.base import Form
from forms.controles.francais import typographie
from forms.fields import ORGANISME, Courriel, Zone
from forms.reading import Bloc, Ligne, synthese
from forms.steps import CHAMPS
from models.comptes import Compte
from models.contenu import Contenu, contenu
from models.dossier import Dossier
from models.droits import PREENTREE, situation
from models.modifications import changements_depuis, revenir
from models.pieces import Piece, pieces_de
from models.preentree import Blocs, Preentree, preentree_de


class Remise(Form):
    titre = bouton = "Transmettre à l’employeur"
    chapeau = typographie(
        "L’employeur vérifie ce que vous avez saisi, le complète et le soumet à l’OPCO. Tant qu’il n’a pas commencé, "
        "vous pouvez reprendre la main."
    )
    classe = ""
    courriel = Courriel(
        "Courriel de l’employeur",
        aide="Il reçoit un lien vers cette saisie, et une notification si c’est l’adresse de son compte.",
    )


class Correction(Form):
    """Another address for the mail that could not be delivered."""

    titre = typographie("Corriger l’adresse de l’employeur")
    bouton = "Envoyer à nouveau"
    chapeau = typographie(
        "Le courriel à l’employeur n’a pas pu être remis : vérifiez l’adresse, puis envoyez-le à nouveau. Le lien du "
        "premier envoi ne s’ouvrira plus."
    )
    classe = ""
    courriel = Courriel("Courriel de l’employeur")


class Reponse(Form):
    """What the employer answers to the organisme; `fait` is said once it has left."""

    classe = fait = ""
    message = Zone("Votre message à l’organisme de formation")


class Renvoi(Reponse):
    titre = bouton = "Renvoyer à l’organisme"
    chapeau = typographie("Dites ce qui est à corriger : l’organisme le fait, puis vous transmet à nouveau le contrat.")
    fait = typographie("Le contrat est renvoyé à l’organisme de formation : il vous le transmettra à nouveau.")


class Refus(Reponse):
    titre = typographie("Refuser ce contrat ?")
    chapeau = "Le contrat est abandonné, personne ne pourra plus le reprendre. Dites pourquoi à l’organisme."
    bouton, classe = "Refuser le contrat", "danger"
    fait = "Le contrat est refusé. L’organisme de formation en est informé."


def figer(d: Contenu) -> Blocs:
    """What the organisme entered, as people read it: the fields that it had, the answers that it gave."""
    return [
        (bloc.etape, bloc.titre, [(ligne.champ, ligne.label, ligne.valeur) for ligne in bloc.lignes if ligne.valeur])
        for bloc in synthese(d, ORGANISME)
        if any(ligne.valeur for ligne in bloc.lignes)
    ]


def lire(blocs: Blocs) -> list[Bloc]:
    """What `figer` kept, as the synthesis shows it."""
    return [Bloc(etape, titre, [Ligne(*ligne) for ligne in lignes]) for etape, titre, lignes in blocs]


class Vue(NamedTuple):
    """All that the organisme reads of a dossier."""

    blocs: Blocs
    commentaire: str
    pieces: list[Piece]


def vue(dossier: Dossier) -> Vue:
    """The dossier itself while the organisme alone has it; from then on, what it handed over."""
    kept, pieces = preentree_de(dossier), pieces_de(dossier.id)
    if situation(dossier) == PREENTREE or kept is None:
        return Vue(figer(contenu(dossier.id)), dossier.commentaire, pieces)
    return Vue(kept.blocs, kept.commentaire, [piece for piece in pieces if piece.id in kept.pieces])


def nir_de(blocs: Blocs) -> str:
    """The NIR among these answers, "" when there is none."""
    return next((answer for _, _, rows in blocs for champ, _, answer in rows if champ == "salarie.nir"), "")


class Modification(NamedTuple):
    """What one act of the employer changed: (label, what the organisme had entered, what stands now)."""

    le: datetime
    par: str
    champs: list[tuple[str, str, str]]


def modifications(kept: Preentree, d: Contenu) -> list[Modification]:
    """What the employer changed of what the organisme had handed over, the latest first; for the employer alone."""
    since = (changements_depuis(kept.dossier_id, kept.prise) if kept.prise else None) or []
    given = revenir(d, since)
    authors = {c.id: c.nom_complet for c in Compte.select().where(Compte.id.in_({c.compte for c in since}))}
    found = []
    for _, group in groupby(reversed(since), key=lambda c: c.version):
        changes = [c for c in group if c.champ in CHAMPS and given.valeur(c.champ) is not None]
        if changes:
            lines = [ecart(c.champ, given.valeur(c.champ), c.apres) for c in reversed(changes)]
            found.append(Modification(changes[0].le, authors.get(changes[0].compte, ""), lines))
    return found


def ecart(champ: str, avant: Any, apres: Any) -> tuple[str, str, str]:
    field = CHAMPS[champ].field
    return CHAMPS[champ].intitule, field.lisible(avant), field.lisible(apres) or "(vide)"


def origines(blocs: Blocs, d: Contenu) -> dict[str, str]:
    """`"section.colonne"` → who entered it, for every field that the organisme had filled in."""
    now = {ligne.champ: ligne.valeur for bloc in synthese(d) for ligne in bloc.lignes}
    given = {champ: valeur for _, _, lignes in blocs for champ, _, valeur in lignes}
    changed = typographie("L’organisme avait saisi : ")
    return {
        champ: "Saisi par l’organisme" if now.get(champ) == valeur else changed + valeur
        for champ, valeur in given.items()
    }
