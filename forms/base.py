"""The form of a partie: our fields, their French messages, and what is required of them."""

from functools import cache
from typing import Any, Self, TypeVar

import wtforms

from forms.controles.francais import typographie
from forms.fields import EMPLOYEUR, Case, Champ

REQUIS = typographie("Ce champ est obligatoire : remplissez-le.")

T = TypeVar("T")


class Form(wtforms.Form):
    """A plain WTForms form made of our fields."""

    @classmethod
    def lire(cls, formdata: Any, obj: Any, prefix: str, pour: str = EMPLOYEUR) -> Self:
        """The form over what was posted, else over `obj`. Fields reserved to another party are not in it at all.

        Copied from a pattern: binding the sixty fields of a page anew takes longer than reading, checking and
        saving them. A field belongs to its copy, what it shares with the pattern never changes.
        """
        pattern: Any = cls
        form: Self = calquer(patron(pattern, prefix))
        form._fields = {n: calquer(field) for n, field in form._fields.items() if field.reserve in (None, pour)}
        form.__dict__.update(form._fields)
        for name, field in form._fields.items():
            field.process(formdata, getattr(obj, name))
        return form

    def champs(self) -> list[Champ]:
        return list(self._fields.values())

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all that was typed is well formed and all that is required is there."""
        return super().validate(extra_validators) and not self.manquants()

    def manquants(self) -> list[Champ]:
        """Required fields that are empty; each is given its message."""
        missing = [f for f in self.champs() if f.requis and vide(f)]
        for field in missing:
            field.errors = [obligation(field)]
        return missing


@cache
def patron(kind: Any, prefix: str) -> Any:
    """A form bound to nothing, to be copied."""
    return kind(prefix=prefix)


def calquer(original: T) -> T:
    """A shallow copy, without the detours of `copy.copy`."""
    twin = object.__new__(type(original))
    twin.__dict__ = vars(original).copy()
    return twin


def vide(field: Champ) -> bool:
    """Whether nothing was answered; for a box, whether it is not ticked."""
    return not field.process_errors and (not field.data if isinstance(field, Case) else field.data is None)


def obligation(field: Champ) -> str:
    """What to do with a required field that is empty."""
    words = {
        "case": "Cochez cette case pour continuer.",
        "choix": "Choisissez une valeur dans la liste.",
        "boutons": "Choisissez une réponse.",
        "jour": "Indiquez la date.",
    }
    return words.get(field.genre, REQUIS)
