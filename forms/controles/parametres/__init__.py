"""Parameters that change with time or branch: dated rows, each with its source; a contract is judged by its own dates.

A portal may pass newer tables of the same types in `Contexte.parametres`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from forms.controles.parametres.aides import AIDES, Aide
from forms.controles.parametres.branches import BRANCHES, Branche
from forms.controles.parametres.experimentations import EXPERIMENTATIONS, Experimentation
from forms.controles.parametres.financement import FORFAITS, Forfait
from forms.controles.parametres.grille import GRILLES, Grille
from forms.controles.parametres.naf import NOMENCLATURES, Nomenclature
from forms.controles.parametres.opco import IDCC_AKTO
from forms.controles.parametres.smic import SMIC, SMIC_MAYOTTE, Smic


class Datee(Protocol):
    @property
    def depuis(self) -> date: ...


Ligne = TypeVar("Ligne", bound=Datee)


def en_vigueur(lignes: Sequence[Ligne], le: date) -> Ligne | None:
    """The last row that has begun on that day, None before the first one."""
    return max((ligne for ligne in lignes if ligne.depuis <= le), key=lambda ligne: ligne.depuis, default=None)


@dataclass(frozen=True)
class Parametres:
    """All tables. Rows need no order."""

    smic: tuple[Smic, ...] = SMIC
    smic_mayotte: tuple[Smic, ...] = SMIC_MAYOTTE
    grilles: tuple[Grille, ...] = GRILLES
    forfaits: tuple[Forfait, ...] = FORFAITS
    experimentations: tuple[Experimentation, ...] = EXPERIMENTATIONS
    nomenclatures: tuple[Nomenclature, ...] = NOMENCLATURES
    aides: tuple[Aide, ...] = AIDES
    branches: tuple[Branche, ...] = BRANCHES
    idcc_akto: frozenset[str] = IDCC_AKTO

    def branche(self, idcc: str | None, le: date) -> Branche | None:
        """The branch agreement in force on that day for this IDCC."""
        return en_vigueur([ligne for ligne in self.branches if ligne.idcc == idcc], le)


DEFAUT = Parametres()
