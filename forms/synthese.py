"""Page « Synthèse »: the comment for the OPCO."""

from forms.base import Form
from forms.fields import Zone


class Synthese(Form):
    commentaire = Zone("Commentaire pour l’OPCO", requis=False)
