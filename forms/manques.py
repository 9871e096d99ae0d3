"""One list of what a dossier lacks: missing or invalid answers and pieces, by who must provide them, by when."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from forms.base import Form
from forms.controles.depot import depot_au_plus_tard
from forms.controles.parametres.codes import AVENANT
from forms.controles.registre import ERREUR, Constat
from forms.fields import EMPLOYEUR, ORGANISME, Courriel
from forms.pieces_attendues import manquantes, pieces_attendues
from forms.steps import CHAMPS, RESERVES
from models.contenu import Contenu

SALARIE = "salarie"
TITRES = {
    EMPLOYEUR: "À fournir par l’employeur",
    ORGANISME: "À fournir par l’organisme de formation",
    SALARIE: "À demander au salarié",
}
# Who knows the answer, or has the paper; the employer, unless it is said here.
SECTIONS = {"formation": ORGANISME, "salarie": SALARIE}
PIECES = {
    "document_formation": ORGANISME,
    "convention_formation": ORGANISME,
    "convention_mobilite": ORGANISME,
    "notification_dgefp": ORGANISME,
    "autorisation_travail": SALARIE,
    "justificatif_statut": SALARIE,
    "autorisation_parentale": SALARIE,
    "diplomes": SALARIE,
}


class Destinataire(Form):
    courriel = Courriel("Courriel du destinataire", aide="L’autre partie au contrat, ou un collègue.")


class Manque(NamedTuple):
    """One thing that is missing. etape, champ: where an answer is given; empty for a piece. motif: what is wrong."""

    qui: str
    label: str
    motif: str
    etape: str = ""
    champ: str = ""


class Liste(NamedTuple):
    """All that is missing. limite: the last day of the deposit (D. 6325-1), when it is known and there is one."""

    manques: list[Manque]
    limite: date | None

    def par_qui(self) -> list[tuple[str, list[Manque]]]:
        """(title, what is missing) for each one who must provide something."""
        groups = [(titre, [m for m in self.manques if m.qui == qui]) for qui, titre in TITRES.items()]
        return [(titre, found) for titre, found in groups if found]


def lister(
    d: Contenu,
    constats: Iterable[tuple[str, Constat]],
    pieces: Collection[str],
    obligatoires: Collection[str] = (),
) -> Liste:
    """What the dossier whose sections are `d` lacks before it is complete.

    constats: what stands against it, page by page. pieces: the kinds of which one is there.
    """
    return Liste([*reponses(d, constats), *papiers(d, pieces, obligatoires)], echeance(d))


def reponses(d: Contenu, constats: Iterable[tuple[str, Constat]]) -> list[Manque]:
    """The answers that are missing or that the law refuses, each field once, in the order of the pages."""
    found: dict[str, Manque] = {}
    for etape, constat in constats:
        if constat.niveau == ERREUR:
            motif = "" if constat.manque or constat.id == "obligatoire" else constat.message
            label = CHAMPS[constat.champ].intitule
            found.setdefault(constat.champ, Manque(qui_sait(d, constat.champ), label, motif, etape, constat.champ))
    return list(found.values())


def qui_sait(d: Contenu, champ: str) -> str:
    """Who can give this answer."""
    section = champ.partition(".")[0]
    inside = section == "formation" and d.formation.service_interne
    return EMPLOYEUR if champ in RESERVES or inside else SECTIONS.get(section, EMPLOYEUR)


def papiers(d: Contenu, pieces: Collection[str], obligatoires: Collection[str] = ()) -> list[Manque]:
    """The mandatory pieces that are not there yet."""
    missing = manquantes(pieces_attendues(d, obligatoires), pieces)
    return [Manque(PIECES.get(a.genre, EMPLOYEUR), a.libelle, "Pièce à charger") for a in missing]


def echeance(d: Contenu) -> date | None:
    """Until when the OPCO must have the contract; an avenant has no such day."""
    start = d.contrat.date_debut
    return depot_au_plus_tard(start) if start and d.contrat.type_contrat != AVENANT else None
