"""Doing without a kind of mail by a link in one of its mails: who proves to have the mail may say so, and no more."""

from models.comptes import Compte
from models.courriels import Courriel
from models.liens import LienInconnu, LienRevoque, signer
from models.preferences import AUCUN, GENRES, Genre, choisir, mode_de

DESABONNEMENT = "desabonnement"  # the purpose of the link; it carries the random number of the mail


def jeton_du_courriel(courriel: Courriel) -> str:
    """The token of the link; "" for a mail that is always sent, or to whom has no account and so no choice."""
    genre = GENRES.get(courriel.genre)
    if genre is None or not _facultatif(genre) or _compte(courriel) is None:
        return ""
    return signer(courriel.message_id, DESABONNEMENT)


def vises(message_id: str) -> tuple[Compte, Genre]:
    """Whose mail it was, and of which kind. Raises `LienInconnu`, or `LienRevoque` once the mail is forgotten."""
    if not message_id:
        raise LienInconnu("no mail named")
    courriel = Courriel.get_or_none(Courriel.message_id == message_id)
    compte = _compte(courriel) if courriel else None
    if courriel is None or compte is None:
        raise LienRevoque("a mail or an account that is gone")
    return compte, GENRES[courriel.genre]


def renoncer(compte: Compte, genre: Genre) -> None:
    """No mail of this kind any more; the bell still shows it. Doing it twice is harmless."""
    choisir(compte.id, {genre.code: AUCUN})


def renonce(compte: Compte, genre: Genre) -> bool:
    return mode_de(compte.id, genre.code) == AUCUN


def _facultatif(genre: Genre) -> bool:
    return genre.reglable and AUCUN in genre.modes


def _compte(courriel: Courriel) -> Compte | None:
    return Compte.get_or_none((Compte.courriel == courriel.destinataire) & Compte.actif)
