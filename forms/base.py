"""The form of a partie: our fields, their French messages, and what is required of them."""

from typing import Any

import wtforms

from forms.controles.francais import typographie
from forms.fields import Case, Champ

REQUIS = typographie("Ce champ est obligatoire : remplissez-le.")


class Form(wtforms.Form):
    """A plain WTForms form made of our fields."""

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
