"""What branch agreements change, per IDCC. Empty as shipped: agreements must be read and dated before they judge."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Branche(NamedTuple):
    """One agreement of one branch, for contracts from `depuis` on. None = the agreement says nothing, or unknown.

    duree_max_mois: longest action without public prioritaire (L6325-12), 12 when the branch forbids more;
    publics_24: who may go beyond 12 months, in plain French, "" for all. part_max_pct: most training, in percent of
    the contract (L6325-14). forfait_horaire: euros per hour paid by the OPCO (D6332-85). grille_pct: percent of the
    SMIC before 21 (base, majorée) and from 21 on (base, majorée). smc: monthly branch minimum at 35 h, euros.
    """

    idcc: str
    depuis: date
    source: str
    duree_max_mois: int | None = None
    publics_24: str = ""
    part_max_pct: Decimal | None = None
    forfait_horaire: Decimal | None = None
    grille_pct: tuple[Decimal, Decimal, Decimal, Decimal] | None = None
    smc: Decimal | None = None


BRANCHES: tuple[Branche, ...] = ()
