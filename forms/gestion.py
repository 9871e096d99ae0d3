"""What the gestionnaire's pages ask: filters of the list, and the acts on a dossier."""

from typing import NamedTuple

from forms.base import Form
from forms.fields import Choix, Texte, Zone
from forms.pieces_attendues import LIBELLES
from models.etats import GRAPHE
from models.instruction import VISIBLES


class Filtres(Form):
    """The list: which state, which number."""

    etat = Choix("État", VISIBLES, requis=False, vide="Tous")
    numero = Texte("Numéro", max=30, requis=False, aide="Celui du portail ou de l’outil de gestion, ou son début")


class Simple(Form):
    """An act that says all by itself."""


class Demande(Form):
    """« Demander une pièce »."""

    genre = Choix("Pièce demandée", LIBELLES)
    message = Zone("Message à l’employeur", aide="Dites ce qui manque ou ce qui est à corriger")


class Rejet(Form):
    """« Refuser »."""

    motif = Zone("Motif du refus", aide="L’employeur le lira tel quel")


class Acte(NamedTuple):
    """An arrow of the graph of states, as the gestionnaire walks it.

    fait: what the gestionnaire reads once it is done. sujet, nouvelle: what the employer's mail says of it.
    annonce: the kind of notification that it is.
    """

    slug: str
    de: str
    vers: str
    libelle: str
    fait: str
    sujet: str
    nouvelle: str
    form: type[Form] = Simple
    annonce: str = "instruction"

    @property
    def definitif(self) -> bool:
        """Whether no arrow leads back."""
        return not GRAPHE[self.vers]

    @property
    def page(self) -> bool:
        """Whether a page of its own asks something, or asks to confirm."""
        return self.definitif or self.form is not Simple


ACTES = (
    Acte(
        slug="reception",
        de="pieces_envoyees",
        vers="en_instruction",
        libelle="Marquer reçu",
        fait="Le dossier est en instruction.",
        sujet="l’instruction a commencé",
        nouvelle="Le dossier est arrivé et son instruction a commencé. "
        "L’OPCO répond dans les 20 jours qui suivent la réception du dossier complet.",
    ),
    Acte(
        slug="demande",
        de="en_instruction",
        vers="pieces_demandees",
        libelle="Demander une pièce",
        fait="La pièce est demandée à l’employeur.",
        sujet="une pièce est demandée",
        nouvelle="Il manque une pièce, ou elle est à corriger. "
        "Ouvrez le dossier pour lire le message de l’OPCO, puis déposez la pièce.",
        form=Demande,
        annonce="piece_demandee",
    ),
    Acte(
        slug="reprise",
        de="pieces_demandees",
        vers="en_instruction",
        libelle="Reprendre l’instruction",
        fait="L’instruction du dossier a repris.",
        sujet="l’instruction a repris",
        nouvelle="L’OPCO a repris l’instruction du dossier.",
    ),
    Acte(
        slug="acceptation",
        de="en_instruction",
        vers="accepte",
        libelle="Accepter",
        fait="Le dossier est accepté.",
        sujet="le dossier est accepté",
        nouvelle="L’OPCO a accepté le dossier.",
        annonce="decision",
    ),
    Acte(
        slug="refus",
        de="en_instruction",
        vers="refuse",
        libelle="Refuser",
        fait="Le dossier est refusé.",
        sujet="le dossier est refusé",
        nouvelle="L’OPCO a refusé le dossier. Ouvrez-le pour lire le motif.",
        form=Rejet,
        annonce="decision",
    ),
)
PAR_SLUG = {acte.slug: acte for acte in ACTES}


def possibles(etat: str) -> list[Acte]:
    """The acts that a dossier in this state allows."""
    return [acte for acte in ACTES if acte.de == etat]
