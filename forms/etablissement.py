"""« Nouvel établissement »: what is asked of one that no register knows."""

from wtforms import ValidationError

from forms.base import Form
from forms.codes import CodePostal, Idcc, Naf, Nda, Siret
from forms.controles.francais import typographie
from forms.fields import Texte
from models import referentiels


class NouvelEtablissement(Form):
    """An employer's establishment."""

    denomination = Texte("Dénomination", max=200)
    siret = Siret("SIRET", aide="14 chiffres, sur l’avis de situation de l’Insee ou un bulletin de salaire.")
    naf = Naf("Code d’activité (NAF)", requis=False, largeur="court", suggestions="naf")
    idcc = Idcc("Code IDCC", requis=False, largeur="court", suggestions="idcc")
    voie_numero = Texte("Numéro", requis=False, max=10, largeur="court")
    voie = Texte("Voie", max=100)
    complement = Texte("Complément d’adresse", requis=False, max=100)
    code_postal = CodePostal("Code postal", largeur="court")
    commune = Texte("Commune", suggestions="communes")

    def validate_siret(self, field: Siret) -> None:
        known = field.data and referentiels.etablissement(field.data)
        if known:
            raise ValidationError(deja_connu(f"« {known.denomination} » ({known.commune})"))


class NouvelOrganisme(Form):
    """A training organisation."""

    denomination = Texte("Dénomination", max=200)
    siret = Siret("SIRET", aide="14 chiffres, sur l’avis de situation de l’Insee.")
    nda = Nda("Numéro de déclaration d’activité", aide="11 caractères.")
    voie = Texte("Numéro et voie", max=100)
    code_postal = CodePostal("Code postal", largeur="court")
    commune = Texte("Commune", suggestions="communes")

    def validate_siret(self, field: Siret) -> None:
        known = field.data and referentiels.organisme(siret=field.data)
        if known:
            raise ValidationError(deja_connu(f"« {known.denomination} »"))

    def validate_nda(self, field: Nda) -> None:
        known = field.data and referentiels.organisme(nda=field.data)
        if known:
            raise ValidationError(deja_connu(f"« {known.denomination} »"))


def deja_connu(qui: str) -> str:
    return typographie(f"Ce numéro est celui de {qui}, déjà connu : revenez à la page et choisissez-le dans la liste.")


FORMULAIRES = {"etablissements": ("employeur", NouvelEtablissement), "organismes": ("organisme", NouvelOrganisme)}
