"""Telling a person something: a line on the bell, and a mail at once or in the digest, as the person prefers."""

from typing import Any

from models.comptes import Compte
from models.courriels import poster
from models.notifications import notifier
from models.preferences import GENRES, IMMEDIAT, QUOTIDIEN, Genre, mode_de
from tasks.courriels import composer

PREFERENCES = "/notifications/preferences"

_reglages: dict[str, str] = {"PUBLIC_URL": ""}


def brancher(reglages: dict[str, Any]) -> None:
    """Take the address of the portal from the settings."""
    _reglages["PUBLIC_URL"] = reglages["PUBLIC_URL"].rstrip("/")


def adresse(chemin: str) -> str:
    """The whole URL of a page, for a mail."""
    return _reglages["PUBLIC_URL"] + chemin


def annoncer(
    genre: str,
    cle: str,
    compte: Compte,
    texte: str,
    dossier: str | None = None,
    *,
    chemin: str | None = None,
    lettre: tuple[str, dict[str, Any]] | None = None,
    auteur: int | None = None,
) -> None:
    """Tell `compte`, inside the caller's transaction; the same `cle` again tells nothing.

    texte: a whole French sentence that names nobody. chemin: the page to open, by default that of the dossier.
    lettre: template and values of the mail, where the sentence does not say enough. auteur: who did what is told,
    and hears when the mail cannot be delivered. Ring `tasks.relay.sonner` after the commit.
    """
    mode = mode_de(compte.id, genre)
    chemin = chemin or (f"/dossiers/{dossier}" if dossier else None)
    new = notifier(cle, compte.id, texte, dossier, genre=genre, chemin=chemin, a_resumer=mode == QUOTIDIEN)
    if new and mode == IMMEDIAT and compte.actif:
        sujet, text, html = rediger(GENRES[genre], texte, chemin, lettre)
        poster(cle, compte.courriel, sujet, text, html, genre=genre, dossier=dossier, auteur=auteur)


def rediger(
    genre: Genre, texte: str, chemin: str | None, lettre: tuple[str, dict[str, Any]] | None = None
) -> tuple[str, str, str]:
    """(subject, text, HTML): with the link to the page, and to the preferences where there is something to choose."""
    nom, valeurs = lettre or ("annonce", {"objet": genre.objet, "texte": texte})
    known = {"lien": adresse(chemin or "/notifications"), "preferences": preferences(genre)}
    return composer(nom, **known | valeurs)


def preferences(genre: Genre) -> str:
    """Where the person chooses how to hear of this kind; "" for what is always mailed."""
    return adresse(PREFERENCES) if genre.reglable else ""
