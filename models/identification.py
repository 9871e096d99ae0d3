"""Who is it? An address and a password against an account, slowed when they fail."""

from models.comptes import Compte
from models.mots_de_passe import verifier
from models.tentatives import compter, effacer

OBJET = "connexion"


def adresse(courriel: str) -> str:
    """`courriel` as accounts keep it."""
    return courriel.strip().lower()


def compte_par_adresse(courriel: str) -> Compte | None:
    """The account of this address, if there is one that may be used."""
    return Compte.get_or_none((Compte.courriel == adresse(courriel)) & (Compte.actif == True))  # noqa: E712 (SQL)


def identifier(courriel: str, mot: str, ip: str) -> Compte | None:
    """The account that `courriel` and `mot` open, or None: unknown address and wrong password are one answer.

    Raises `TropDEssais` during a wait, whatever the password.
    """
    compter(OBJET, adresse(courriel), ip)
    compte = compte_par_adresse(courriel)
    if not verifier(compte, mot):
        return None
    effacer(OBJET, adresse(courriel), ip)
    return compte
