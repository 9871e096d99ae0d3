"""The law of the contrat de professionnalisation: one small pure function per rule, registered at import."""

from forms.controles import certification, contrat, dates, formation, nir, remuneration, temps
from forms.controles.contexte import AutreContrat
from forms.controles.registre import (
    ALERTE,
    ERREUR,
    REGISTRE,
    Constat,
    Contexte,
    Controle,
    controler,
)

THEMES = (nir, contrat, dates, remuneration, temps, certification, formation)

__all__ = [
    "ALERTE",
    "ERREUR",
    "REGISTRE",
    "THEMES",
    "AutreContrat",
    "Constat",
    "Contexte",
    "Controle",
    "controler",
]
