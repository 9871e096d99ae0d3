"""« Nouvel établissement »: what is asked of one that no register knows."""

from forms.base import Form
from forms.fields import CodePostal, Idcc, Naf, Nda, Siret, Texte


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


class NouvelOrganisme(Form):
    """A training organisation."""

    denomination = Texte("Dénomination", max=200)
    siret = Siret("SIRET")
    nda = Nda("Numéro de déclaration d’activité", aide="11 caractères.")
    voie = Texte("Numéro et voie", max=100)
    code_postal = CodePostal("Code postal", largeur="court")
    commune = Texte("Commune", suggestions="communes")


FORMULAIRES = {"etablissements": ("employeur", NouvelEtablissement), "organismes": ("organisme", NouvelOrganisme)}
