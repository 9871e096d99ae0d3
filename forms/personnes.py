"""What a gestionnaire types when a person asks for their data."""

from typing import Any

from forms.base import Form
from forms.codes import Nir
from forms.fields import Case, Choix, Jour, Texte
from models.actes_rgpd import MOTIFS
from models.personne_concernee import Personne

MANQUE = "Donnez le NIR entier, ou le nom avec la date de naissance."


class Reponse(Form):
    """Who is looked for, and why something is done with what is found."""

    nir = Nir("Numéro de sécurité sociale", requis=False)
    nom = Texte("Nom de naissance ou d’usage", requis=False)
    naissance = Jour("Date de naissance", requis=False)
    motif = Choix("Motif", MOTIFS)
    identite = Case("J’ai vérifié l’identité de la personne qui demande")

    def designee(self) -> bool:
        """Whether what was typed is enough to find one person and no other; says what is missing."""
        wrong = [field for field in (self.nir, self.nom, self.naissance) if not field.validate(self)]
        if wrong:
            return False
        if self.nir.data or (self.nom.data and self.naissance.data):
            return True
        self.nir.errors = [MANQUE]
        return False

    def validate(self, extra_validators: Any = None) -> bool:
        complete = super().validate(extra_validators)
        return self.designee() and complete

    def personne(self) -> Personne:
        return Personne(self.nir.data, self.nom.data, self.naissance.data)
