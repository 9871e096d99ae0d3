"""Files on their way in and out: how large an upload may be, what becomes of it, how a piece is given back."""

from typing import BinaryIO
from urllib.parse import quote

from flask import Response, abort, current_app, g, request
from werkzeug.exceptions import RequestEntityTooLarge

from forms import piece as actions
from forms.controles.francais import typographie
from forms.piece import Echec, Reception
from models import coffre
from models.pieces import Piece
from models.vues_nir import noter_vue

PAR_ENVOI = 5  # files of the largest size that one upload may hold
MARGE = 1_000_000  # bytes of what stands around them
VIDE = Echec("", "Choisissez un fichier sur votre ordinateur, puis recommencez.")


def limites() -> dict[str, int]:
    """The largest file and the largest upload, in bytes."""
    largest = current_app.config["MAX_PIECE"]
    return {"max_piece": largest, "max_envoi": PAR_ENVOI * largest}


def plafond() -> int:
    """The largest request that may bring files, in bytes."""
    return limites()["max_envoi"] + MARGE


def trop_lourd() -> bool:
    """Whether this request exceeds the largest upload; to be asked before anything of it is read."""
    request.max_content_length = plafond()
    if request.content_length is not None:
        return request.content_length > request.max_content_length
    try:
        request.files.keys()  # a body that does not tell its length must be read to be known
    except RequestEntityTooLarge:
        return True
    return False


def trop() -> Echec:
    """What to say of an upload that is too large as a whole."""
    megabytes = limites()["max_envoi"] // 1024**2
    return Echec("", typographie(f"L’envoi dépasse {megabytes} Mo : chargez moins de fichiers à la fois."))


def recevoir(dossier_id: str, genre: str, compte: int) -> tuple[Reception, int]:
    """Take in the files of this request, and the status to answer: 303 when all were taken, else 422."""
    files = fichiers()
    if not files:
        return Reception([], [VIDE]), 422
    reception = actions.recevoir(dossier_id, genre, files, limites()["max_piece"], compte)
    return reception, 422 if reception.refusees else 303


def fichiers() -> list[tuple[str, BinaryIO]]:
    """The files that were sent, an empty choice left out."""
    return [(file.filename, file.stream) for file in request.files.getlist("fichiers") if file.filename]


def rendre(piece: Piece, disposition: str) -> Response:
    """The bytes of a piece, decrypted on their way out, in a page that may load and run nothing; a lost one: 404."""
    try:
        content = coffre.lire(piece.coffre_id)
    except coffre.Altere:
        current_app.logger.error("the file of piece %s is missing", piece.id)
        abort(404)
    if piece.genre == "cerfa_signe":  # it holds the NIR
        noter_vue(piece.dossier_id, g.compte.id, "piece")
    response = Response(content, mimetype=piece.type)
    ending = piece.nom.rpartition(".")[2]
    name = f"filename=\"piece.{ending}\"; filename*=UTF-8''{quote(piece.nom, safe='')}"
    response.headers["Content-Disposition"] = f"{disposition}; {name}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.content_length = piece.taille
    return response
