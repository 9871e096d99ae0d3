"""The register of rules: what a rule is, what it may know, how all of them are run.

The docstring of a rule is French, against the habit of the house: the public page of the rules prints it, with the
example that passes (✔) and the one that triggers (✘), given once for an id.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from forms.controles.contexte import Contexte
from forms.controles.francais import typographie

ERREUR, ALERTE = "erreur", "alerte"
Sections = Any  # one attribute per section (employeur, salarie…), each with the attributes of models/sections.py
Regle = Callable[[Sections, Contexte], str | None]


class Erreur(str):
    """A message that blocks, whatever the declared level of its rule."""


class Alerte(str):
    """A message that does not block, whatever the declared level of its rule."""


@dataclass(frozen=True, slots=True)
class Constat:
    """One finding. `champ` is « section.champ »; `manque` is true when that field is empty (hide it while typing).

    `champs`: all fields that had a value for the rule to speak; the page where it shows follows from them.
    """

    id: str
    niveau: str
    champ: str
    message: str
    source: str = ""
    manque: bool = False
    champs: tuple[str, ...] = ()


class Exemple(NamedTuple):
    """What passes and what triggers a rule; tests/controles/test_exemples.py runs the same. All of it is fictitious."""

    passe: str
    declenche: str


@dataclass(frozen=True, slots=True)
class Controle:
    """One rule on its fields. An id may stand on several controles when it speaks of several fields.

    niveaux: its level, then the one that it takes in some cases.
    """

    id: str
    niveaux: tuple[str, ...]
    champs: tuple[str, ...]
    facultatifs: tuple[str, ...]
    sur: str
    source: str
    fonction: Regle
    doc: str
    exemple: Exemple | None

    def constat(self, message: str, manque: bool) -> Constat:
        """The finding that the rule words as `message`."""
        niveau = ERREUR if isinstance(message, Erreur) else ALERTE if isinstance(message, Alerte) else self.niveaux[0]
        return Constat(self.id, niveau, self.sur, typographie(message), self.source, manque, self.champs)


REGISTRE: list[Controle] = []
_LECTURES: dict[str, Callable[[Sections], Any]] = {}  # of every field that a rule asks for or stands beside


def lire_doc(doc: str) -> tuple[str, Exemple | None]:
    """What a docstring says of its rule, and its two examples if it has them."""
    says, _, rest = typographie(doc).strip().partition("\n\n")
    passe, separator, declenche = rest.strip().removeprefix("✔ ").partition("✘ ")
    return says, Exemple(passe.strip(), declenche.strip()) if separator else None


def absente(valeur: object) -> bool:
    """No value: False and 0 are values."""
    return valeur is None or valeur == ""


def presents(d: Sections) -> set[str]:
    """The fields that have a value, « section.champ »."""
    return {champ for champ, lire in _LECTURES.items() if not absente(lire(d))}


def controle(
    id: str,
    niveau: str,
    *champs: str,
    source: str,
    facultatifs: tuple[str, ...] = (),
    sur: str = "",
    parfois: str = "",
) -> Callable[[Regle], Regle]:
    """Register a rule: it runs when every one of `champs` has a value, and reads nothing else but `facultatifs`.

    The constat stands beside `sur`, by default the first field. `parfois` is the level that it takes in some cases,
    by answering an Erreur or an Alerte instead of a sentence.
    """
    niveaux = tuple(filter(None, (niveau, parfois)))

    def inscrire(fonction: Regle) -> Regle:
        vise = sur or champs[0]
        doc, exemple = lire_doc(fonction.__doc__ or "")
        _LECTURES.update((champ, attrgetter(champ)) for champ in (*champs, vise))
        REGISTRE.append(Controle(id, niveaux, champs, facultatifs, vise, typographie(source), fonction, doc, exemple))
        return fonction

    return inscrire


def _concernes(champs: Container[str] | None) -> Iterator[Controle]:
    for ligne in REGISTRE:
        if champs is None or any(champ in champs for champ in (*ligne.champs, *ligne.facultatifs, ligne.sur)):
            yield ligne


def appliquer(regles: Iterable[Controle], d: Sections, contexte: Contexte) -> list[Constat]:
    """What `regles` say of these sections; a rule says nothing while one of its fields has no value."""
    there = presents(d)  # found once: there are two hundred rules
    return [
        ligne.constat(message, ligne.sur not in there)
        for ligne in regles
        if there.issuperset(ligne.champs) and (message := ligne.fonction(d, contexte))
    ]


def controler(d: Sections, contexte: Contexte, champs: Container[str] | None = None) -> list[Constat]:
    """All constats, or those of the rules that name at least one of `champs`. Rules are total: nothing is raised."""
    return appliquer(_concernes(champs), d, contexte)
