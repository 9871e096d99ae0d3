"""How a person wants to be told of each kind of notification."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from forms.base import Form
from forms.fields import Choix
from models.preferences import JAMAIS, LISTE, MODES, TOUS, Genre


def formulaire(parties: Collection[str], modes: Mapping[str, str], formdata: Any = None) -> Form:
    """One list per kind that concerns people of these kinds of structures and leaves a choice."""
    return _classe(frozenset(parties))(formdata, data=dict(modes))


@cache
def _classe(parties: frozenset[str]) -> type[Form]:
    fields = {
        genre.code: Choix(genre.libelle, {mode: MODES[mode] for mode in genre.modes})
        for genre in concernes(parties)
        if genre.reglable
    }
    return type("Preferences", (Form,), fields)


def toujours(parties: Collection[str]) -> list[str]:
    """What is always mailed at once, as people read it."""
    return [genre.libelle for genre in concernes(parties) if not genre.reglable and genre.modes != JAMAIS]


def concernes(parties: Collection[str]) -> list[Genre]:
    """The kinds for people of these kinds of structures; whoever has none yet gets those that are for all."""
    return [genre for genre in LISTE if set(genre.pour) & set(parties) or genre.pour == TOUS]
