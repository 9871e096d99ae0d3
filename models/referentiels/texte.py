"""From what people type to what the search file holds: words without accents or case, and codes without separators."""

import re
import unicodedata
from collections.abc import Iterable
from string import ascii_lowercase as LETTRES

LONGUEUR, MOTS = 200, 8  # of a query; what stands behind is not read
MOT = re.compile(r"[^\W_]+")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
# The registers write « ST ETIENNE » and « Saint-Étienne », people both.
VARIANTES = {"st": "saint", "saint": "st", "ste": "sainte", "sainte": "ste"}


def plier(text: str) -> str:
    """`text` without accents, case or ligatures: both sides of a search go through here."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def decouper(text: str) -> list[str]:
    """The words of `text`; whatever is neither letter nor digit only separates them."""
    return MOT.findall(plier(text))


def mots(text: str | None) -> list[str]:
    """The first words of a query."""
    return decouper((text or "")[:LONGUEUR])[:MOTS]


def code(text: str | None) -> str:
    """A code as the registers write it, however it was typed: « 56.10a » → 5610A."""
    return "".join(decouper((text or "")[:LONGUEUR])).upper()


def est_numero(mot: str) -> bool:
    return mot.isascii() and mot.isdigit()


def nombres_joints(words: list[str]) -> list[str]:
    """The same words with neighbouring numbers joined: people write a SIRET in groups of digits."""
    joined: list[str] = []
    for word in words:
        if joined and est_numero(word) and est_numero(joined[-1]):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def prefixe(word: str) -> str:
    """The FTS5 query for rows that have a word beginning like `word`, or the other way to write it."""
    other = VARIANTES.get(word)
    return f'("{word}"* OR "{other}")' if other else f'"{word}"*'


def ou(words: Iterable[str]) -> str:
    """The FTS5 query for rows that have one of `words`, whole."""
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"


def voisins(word: str) -> list[str]:
    """The words at one typing mistake from `word`: a letter too many, missing, wrong, or two exchanged."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    near = {a + b[1:] for a, b in cuts if b}
    near |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    near |= {a + c + b[1:] for a, b in cuts if b for c in LETTRES}
    near |= {a + c + b for a, b in cuts for c in LETTRES}
    return sorted(near - {word})


def convient(text: str, words: list[str]) -> bool:
    """Whether a search by `words` would find a row that has the words of `text`."""
    there = decouper(text)
    return all(any(t.startswith((word, VARIANTES.get(word, word))) for t in there) for word in words)
