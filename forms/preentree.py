"""Pre-entry and takeover: what the two sides ask of each other, what is missing, who entered what."""

from typing import NamedTuple

from forms.base import Form
from forms.controles.francais import typographie
from forms.fields import EMPLOYEUR, ORGANISME, Courriel, Zone
from forms.page import Page
from forms.reading import Bloc, Ligne, synthese
from forms.steps import ETAPES
from models.contenu import Contenu
from models.preentree import Blocs


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


class Manque(NamedTuple):
    """A field that is still to be filled in, and its page."""

    etape: str
    champ: str
    label: str


def a_completer(d: Contenu) -> list[Manque]:
    """Every answer that the employer has still to give before the signature, in the order of the pages."""
    found = []
    for etape in ETAPES[:-1]:
        page = Page(etape, d, pour=EMPLOYEUR)
        found += [Manque(etape.slug, c.champ, page.demandes[c.champ].label.text) for c in page.manquants()]
    return found


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


def origines(blocs: Blocs, d: Contenu) -> dict[str, str]:
    """`"section.colonne"` → who entered it, for every field that the organisme had filled in."""
    now = {ligne.champ: ligne.valeur for bloc in synthese(d) for ligne in bloc.lignes}
    given = {champ: valeur for _, _, lignes in blocs for champ, _, valeur in lignes}
    changed = typographie("L’organisme avait saisi : ")
    return {
        champ: "Saisi par l’organisme" if now.get(champ) == valeur else changed + valeur
        for champ, valeur in given.items()
    }
