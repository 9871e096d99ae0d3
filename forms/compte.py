"""Forms around the account: log in, forgotten password, new password.

Every field that holds a password is named …mot_de_passe: nothing so named is ever carried from page to page.
"""

from typing import Any

from wtforms import ValidationError

from forms.base import REQUIS, Form
from forms.controles.registre import ERREUR, Constat
from forms.fields import Champ, Courriel, Secret
from models.identification import adresse
from models.mots_de_passe import LONGUEUR, refus_mot_de_passe

PREFIXE = "connexion"
SECRET = "mot_de_passe"  # noqa: S105 (part of a name)


class Connexion(Form):
    """Who logs in. Its names carry `PREFIXE`: it may travel with the fields of another page."""

    courriel = Courriel("Adresse électronique", max=254, autocomplete="username")
    mot_de_passe = Secret("Mot de passe", autocomplete="current-password")

    def __init__(self, formdata: Any = None) -> None:
        super().__init__(formdata, prefix=PREFIXE)


class CodeUnique(Champ):
    """A code that serves once: it is not shown again."""

    inputmode = "numeric"
    max = 40

    @property
    def saisi(self) -> str:
        return ""


AIDE_CODE = "Les 6 chiffres de votre application, ou l’un de vos codes de secours."


class Code(Form):
    """The second step of a login: it takes the place of `Connexion` wherever that stands."""

    code = CodeUnique("Code à usage unique", autocomplete="one-time-code", aide=AIDE_CODE)

    def __init__(self, formdata: Any = None) -> None:
        super().__init__(formdata, prefix=PREFIXE)


class Preuve(Form):
    """Who acts on the account itself: the password proves it."""

    mot_de_passe = Secret("Mot de passe actuel", autocomplete="current-password")


class PreuveDouble(Preuve):
    """The same with a code, for what concerns the second factor."""

    code = CodeUnique("Code à usage unique", autocomplete="one-time-code", aide=AIDE_CODE)


class Installation(Preuve):
    """The same before there is a second factor: the application must show a code, recovery codes come later."""

    code = CodeUnique("Code à usage unique", autocomplete="one-time-code", aide="Les 6 chiffres de votre application.")


class NouvelleAdresse(Preuve):
    """The address that an account wants to have."""

    courriel = Courriel("Nouvelle adresse électronique", max=254, autocomplete="email")

    def __init__(self, formdata: Any = None, actuelle: str = "") -> None:
        super().__init__(formdata)
        self.actuelle = actuelle

    def validate_courriel(self, field: Courriel) -> None:
        if field.data and adresse(field.data) == self.actuelle:
            raise ValidationError("C’est déjà votre adresse\u00a0: tapez la nouvelle.")


class Oubli(Form):
    """Who forgot the password."""

    courriel = Courriel(
        "Adresse électronique", max=254, autocomplete="username", aide="Celle avec laquelle vous vous connectez."
    )


class NouveauMotDePasse(Form):
    """A new password for the account of the address `courriel`, typed twice."""

    nouveau_mot_de_passe = Secret(
        "Nouveau mot de passe",
        autocomplete="new-password",
        aide=f"{LONGUEUR} caractères au moins. Une phrase de quelques mots convient, accents et espaces compris.",
    )
    confirmation_mot_de_passe = Secret("Le même, une seconde fois", autocomplete="new-password")

    def __init__(self, formdata: Any, courriel: str) -> None:
        super().__init__(formdata)
        self.compte_courriel = adresse(courriel)

    def validate_nouveau_mot_de_passe(self, field: Secret) -> None:
        refus = refus_mot_de_passe(field.data, self.compte_courriel) if field.data else None
        if refus:
            raise ValidationError(refus)

    def validate_confirmation_mot_de_passe(self, field: Secret) -> None:
        if field.data and field.data != self.nouveau_mot_de_passe.data:
            raise ValidationError("Les deux mots de passe diffèrent\u00a0: tapez-les à nouveau.")


class Changement(NouveauMotDePasse):
    """The same, by somebody who knows the present password."""

    ancien_mot_de_passe = Secret("Mot de passe actuel", autocomplete="current-password")


def constats(form: Form) -> list[Constat]:
    """What is wrong with each field, as the pages show it: the list on top needs the name of an empty one."""
    return [Constat("format", ERREUR, f.name, phrase(f)) for f in form.champs() if f.errors]


def phrase(field: Champ) -> str:
    message = str(field.errors[0])
    return f"«\u00a0{field.label.text}\u00a0» est obligatoire." if message == REQUIS else message
