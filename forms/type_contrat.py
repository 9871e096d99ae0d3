"""Page « Sélection du type de contrat »."""

from forms.base import Form
from forms.fields import Boutons
from models.listes import TYPE_CONTRAT


class TypeContrat(Form):
    type_contrat = Boutons("Type de contrat de professionnalisation", TYPE_CONTRAT, cerfa="C3")
