"""Passwords: argon2id hashes, their verification in constant work, and what is too weak to protect anybody."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from models.comptes import Compte

LONGUEUR = 12
TROP_CONNUS = frozenset(
    """
    000000000000 111111111111 123123123123 123456123456 123456789000 123456789012 1234567890123 12345678901234
    123456789abc 1234567891011 1q2w3e4r5t6y abcabcabcabc abcd12345678 abcdefghijkl abcdefghijklm administrateur
    administrator administration aktoaktoakto alternance2025 alternance2026 aqwzsxedcrfv azerty123456 azerty1234567
    azertyazerty azertyuiop12 azertyuiop123 azertyuiopqs azertyuiopqsdf bienvenue123 bienvenue2025 bienvenue2026
    bonjour12345 bonjour123456 bonjourbonjour changezmoi123 doudoudoudou football1234 formation2025 formation2026
    iloveyou1234 jetaimejetaime jetaime123456 letmein12345 loulouloulou marseille1313 monespace123 monespacemonespace
    motdepasse00 motdepasse01 motdepasse12 motdepasse123 motdepasse1234 motdepassemotdepasse
    password1234 password12345 password123456 passwordpassword qwerty123456 qwertyqwerty qwertyuiop12 qwertyuiop123
    qwertyuiopas soleil123456 welcome12345
    """.split()
)

HACHEUR = PasswordHasher()


@cache
def _leurre() -> str:
    """A hash that nothing opens: verifying it costs what a real account costs."""
    return HACHEUR.hash("personne n’a ce mot de passe")


def normaliser(mot: str) -> str:
    """`mot` as it is hashed: an é typed on another keyboard may be two characters."""
    return unicodedata.normalize("NFKC", mot)


def hacher(mot: str) -> str:
    """The argon2id hash of `mot`, with its parameters and salt."""
    return HACHEUR.hash(normaliser(mot))


def verifier(compte: Compte | None, mot: str) -> bool:
    """Whether `mot` opens `compte`. The work is the same without an account; old hashes are renewed."""
    empreinte = compte.mot_de_passe if compte and compte.actif else None
    try:
        HACHEUR.verify(empreinte or _leurre(), normaliser(mot))
    except (VerificationError, InvalidHashError):
        return False
    if compte is None or empreinte is None:
        return False
    if HACHEUR.check_needs_rehash(empreinte):
        renewed = hacher(mot)
        same = (Compte.courriel == compte.courriel) & (Compte.mot_de_passe == empreinte)
        if Compte.update(mot_de_passe=renewed).where(same).execute():
            compte.mot_de_passe = renewed
    return True


def refus_mot_de_passe(mot: str, courriel: str) -> str | None:
    """Why `mot` cannot protect the account of `courriel`: a French sentence, or None."""
    clean = normaliser(mot).casefold()
    if len(normaliser(mot)) < LONGUEUR:
        return f"Choisissez au moins {LONGUEUR} caractères : une phrase de quelques mots convient."
    if clean.strip() in (courriel.casefold(), courriel.casefold().split("@")[0]):
        return "Votre adresse ne peut pas servir de mot de passe : choisissez-en un autre."
    if clean.strip() in TROP_CONNUS or len(set(clean)) < 3:
        return "Ce mot de passe est l’un des premiers qu’un voleur essaie : choisissez-en un autre."
    return None
