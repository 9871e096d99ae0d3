"""The code that a mailbox received."""

from forms.base import Form
from forms.compte import CodeUnique
from forms.fields import Invalide


class Chiffres(CodeUnique):
    """Six digits, typed with or without spaces."""

    def parse(self, text: str) -> str:
        digits = super().parse(text).replace(" ", "")
        if len(digits) != 6 or not (digits.isascii() and digits.isdecimal()):
            raise Invalide("Tapez les 6 chiffres du code reçu par courriel.")
        return digits


class CodeRecu(Form):
    code = Chiffres("Code reçu par courriel", autocomplete="one-time-code", largeur="court", aide="6 chiffres.")
