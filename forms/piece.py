"""Loading and sending pieces: what a person may name them, what becomes of each file, what is sent."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date
from typing import BinaryIO, NamedTuple

from forms import examen
from forms.base import Form
from forms.controles.francais import typographie
from forms.fields import Choix
from forms.pieces_attendues import LIBELLES, Attendue, manquantes, pieces_attendues
from forms.virus import refuser_virus
from models import coffre, pieces, transmission
from models.base import db, heure_de_paris
from models.contenu import contenu
from models.dossier import Dossier
from models.etats import Refus, passer
from models.instruction import DemandePiece, demandes_de
from models.journal import noter
from models.pieces import Fiche, Piece

MAX_NOM = 120
INVISIBLES = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
INTERDITS = re.compile(r'[<>:"|?*]')
ESPACES = re.compile(r"\s+")


class Document(Form):
    """« Déposer un document »: what kind it is."""

    genre = Choix("Nature du document", LIBELLES)


class Echec(NamedTuple):
    """A file that was not taken: its name, and the sentence that says why and what to do."""

    nom: str
    message: str


class Reception(NamedTuple):
    """What became of the files of one upload."""

    pieces: list[Piece]
    refusees: list[Echec]


def nom_propre(nom: str, type: str) -> str:
    """The name under which a file is shown and given back: no path, nothing invisible, the extension of `type`.

    The extension follows the content, so that a page named « facture.html » never opens as one.
    """
    base = unicodedata.normalize("NFC", re.split(r"[/\\]", nom)[-1])
    base = "".join(" " if unicodedata.category(c) in INVISIBLES else c for c in base)
    base = ESPACES.sub(" ", INTERDITS.sub("_", base)).strip()
    extensions = examen.EXTENSIONS[type]
    ending = next((e for e in extensions if base.lower().endswith(e)), "")
    stem = base[: len(base) - len(ending)].strip(" .")[: MAX_NOM - 5].rstrip(" .")
    return (stem or "document") + (ending or extensions[0])


def recevoir(
    dossier_id: str, genre: str, fichiers: Iterable[tuple[str, BinaryIO]], limite: int, compte: int | None
) -> Reception:
    """Judge each file alone: the good ones become pieces, the others are named with the reason."""
    found = Reception([], [])
    for nom, flux in fichiers:
        try:
            found.pieces.append(_recevoir(dossier_id, genre, nom, flux, limite, compte))
        except (examen.Refusee, Refus) as refusal:
            found.refusees.append(Echec(_nom_affiche(nom), typographie(str(refusal))))
    return found


def _recevoir(dossier_id: str, genre: str, nom: str, flux: BinaryIO, limite: int, compte: int | None) -> Piece:
    type_, pages = examen.examiner(flux, limite)
    refuser_virus(flux)
    fiche = Fiche(nom_propre(nom, type_), type_, pages)
    return pieces.deposer(dossier_id, genre, fiche, coffre.ranger(flux, limite), compte)


def _nom_affiche(nom: str) -> str:
    """The name of a refused file, as its owner knows it, harmless to show."""
    base = re.split(r"[/\\]", nom)[-1]
    return "".join(c for c in base if unicodedata.category(c) not in INVISIBLES)[:MAX_NOM] or "fichier sans nom"


class Ligne(NamedTuple):
    """One kind of piece on the page: what is expected, what is there, what the OPCO asked for and when."""

    attendue: Attendue
    pieces: list[Piece]
    demandes: list[DemandePiece]

    @property
    def satisfaite(self) -> bool:
        """Whether nothing more is to be loaded: a piece is there, loaded after the last demand."""
        last = max((piece.deposee_le for piece in self.pieces), default=None)
        return last is not None and all(demande.le <= last for demande in self.demandes)


def lignes(dossier: Dossier, presentes: list[Piece], obligatoires: Collection[str]) -> list[Ligne]:
    """What the page « Pièces » shows: the expected kinds, then what is there or asked for beyond them."""
    demandes = demandes_de(dossier.id) if dossier.etat == "pieces_demandees" else []
    expected = pieces_attendues(contenu(dossier.id), obligatoires)
    known = {a.genre for a in expected}
    beyond = ({p.genre for p in presentes} | {d.genre for d in demandes}) - known
    expected[-1:-1] = [Attendue(genre, LIBELLES[genre], False, "") for genre in LIBELLES if genre in beyond]
    return [
        Ligne(a, [p for p in presentes if p.genre == a.genre], [d for d in demandes if d.genre == a.genre])
        for a in expected
    ]


def complet_le(dossier: Dossier, presentes: list[Piece], obligatoires: Collection[str]) -> date | None:
    """The day in Paris on which the last piece of the whole dossier was sent; None while a mandatory one lacks."""
    sent = {piece.genre: heure_de_paris(at).date() for piece in presentes if (at := piece.envoyee_le)}
    lacking = manquantes(pieces_attendues(contenu(dossier.id), obligatoires), sent.keys())
    return max(sent.values()) if sent and not lacking else None


def envoyer(dossier: Dossier, compte: int, obligatoires: Collection[str], plus_tard: bool) -> list[Attendue]:
    """« Envoyer les pièces »: the state, the marks, the outbox and the journal move together, or nothing does.

    Gives the mandatory pieces that lack, nothing being sent unless `plus_tard`: the person has been told and will
    send them later. A dossier of which no piece is there keeps its state: nothing was sent.
    """
    with db.atomic():
        pieces.verrouiller(dossier.id)
        # Read again under the lock: of two clicks the second one finds the work done.
        dossier = Dossier.get_by_id(dossier.id)
        present = pieces.pieces_de(dossier.id)
        lacking = manquantes(pieces_attendues(contenu(dossier.id), obligatoires), {p.genre for p in present})
        if lacking and not plus_tard:
            return lacking
        transmettre(dossier.id, compte)
        if not present:
            noter(dossier.id, "pieces_plus_tard", compte)
        elif dossier.etat == "soumis":
            passer(dossier, "pieces_envoyees", compte, details="pièces à venir" if lacking else "")
    return []


def transmettre(dossier_id: str, compte: int, seulement: Iterable[str] | None = None) -> list[Piece]:
    """Mark pieces as sent and add them to the outbox, in one transaction."""
    with db.atomic():
        sent = pieces.envoyer(dossier_id, compte, seulement)
        for piece in sent:
            transmission.ajouter(dossier_id, "piece", piece.id)
    return sent
