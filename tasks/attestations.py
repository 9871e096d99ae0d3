"""The filing receipt: what was delivered, with its digests, and whether what is kept still has them."""

import hashlib
from datetime import datetime
from typing import NamedTuple

from forms.controles.francais import NBSP, jour, typographie
from forms.pieces_attendues import LIBELLES
from models import coffre
from models.base import heure_de_paris, maintenant
from models.contenu import contenu
from models.dossier import Dossier
from models.pieces import Piece
from models.transmission import Transmission, numero_de_gestion, transmissions_de
from pdf.attestation import Envoi, attester

INCONNUE = "empreinte non conservée"


class Transmis(NamedTuple):
    """One thing that arrived. coffre_id: where its bytes are kept; empreinte: their SHA-256 at the delivery."""

    titre: str
    coffre_id: str | None
    empreinte: str | None
    le: datetime
    reponse: str | None


class Verification(NamedTuple):
    """What the digest was, and what it is when it is computed again; None for bytes that are gone."""

    titre: str
    attendue: str | None
    trouvee: str | None

    @property
    def conforme(self) -> bool:
        return self.attendue is not None and self.attendue == self.trouvee


def transmis(dossier: Dossier) -> list[Transmis]:
    """All that the receiver has of a dossier, in the order of its arrival."""
    found = []
    for row in transmissions_de(dossier.id):
        if row.etat == "faite" and row.faite_le:
            found += (
                [de_la_piece(row, row.faite_le)] if row.genre == "piece" else du_dossier(row, dossier, row.faite_le)
            )
    return found


def du_dossier(row: Transmission, dossier: Dossier, le: datetime) -> list[Transmis]:
    data = Transmis("Données du contrat (donnees.json)", row.coffre_id, row.sha256, le, row.reponse)
    return [data, Transmis("CERFA (cerfa.pdf)", dossier.cerfa, row.sha256_cerfa, le, row.reponse)]


def de_la_piece(row: Transmission, le: datetime) -> Transmis:
    """Named by its kind: the name of its file may name a person."""
    piece: Piece | None = Piece.get_or_none(Piece.id == row.piece_id)
    if piece is None:
        return Transmis("Pièce", None, row.sha256, le, None)
    return Transmis(LIBELLES.get(piece.genre, "Pièce"), piece.coffre_id, row.sha256, le, None)


def attestation(dossier: Dossier, opco: str) -> bytes:
    """The PDF; it names the employer and the dossier, nobody else."""
    d = contenu(dossier.id)
    lines = [
        ("Numéro du dossier", dossier.numero or ""),
        (f"Numéro chez {opco}", numero_de_gestion(dossier.id) or ""),
        ("Déposé le", instant(dossier.soumis_le) if dossier.soumis_le else ""),
        ("Employeur", d.employeur.denomination or ""),
        ("SIRET", d.employeur.siret or ""),
        ("Formation", d.formation.intitule or ""),
    ]
    sent = [Envoi(t.titre, recu(t), t.empreinte or INCONNUE) for t in transmis(dossier)]
    return attester(opco, lines, sent, instant(maintenant()))


def recu(t: Transmis) -> str:
    return f"Reçu le {instant(t.le)}" + (f", sous le numéro {t.reponse}" if t.reponse else "")


def instant(utc: datetime) -> str:
    """« 28 novembre 2026 à 14 h 05, heure de Paris »."""
    paris = heure_de_paris(utc)
    return typographie(f"{jour(paris.date())} à {paris.hour}{NBSP}h{NBSP}{paris:%M}, heure de Paris")


def verifier(dossier: Dossier) -> list[Verification]:
    """Every digest of the receipt, computed again from the bytes that are kept."""
    return [Verification(t.titre, t.empreinte, empreinte(t.coffre_id)) for t in transmis(dossier)]


def empreinte(coffre_id: str | None) -> str | None:
    digest = hashlib.sha256()
    try:
        for chunk in coffre.lire(coffre_id or ""):
            digest.update(chunk)
    except coffre.Altere:
        return None
    return digest.hexdigest()
