"""Page « Soumission du dossier »: attestations, place and date of signature."""

from forms.base import Form
from forms.fields import Case, Jour, Texte


class Soumission(Form):
    exactitude = Case(
        "J’atteste que les renseignements saisis sont exacts et que j’ai qualité pour engager l’employeur"
    )
    information_salarie = Case("J’atteste avoir informé le salarié de l’usage de ses données personnelles")
    donnees_figees = Case(
        "J’ai compris qu’après la génération du CERFA, rien de ce qui est saisi ne pourra être modifié"
    )
    lieu = Texte("Fait à", cerfa="G1")
    date = Jour("Date de signature du CERFA")
