"""The address to which the link of a draft is mailed."""

from forms.base import Form
from forms.fields import Courriel


class Envoi(Form):
    courriel = Courriel("Envoyer le lien à cette adresse", aide="La vôtre, ou celle d’un collègue.")
