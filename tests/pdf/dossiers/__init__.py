"""Three whole contracts: what the portal hands over, and what its boxes hold where that is written otherwise."""

from tests.pdf.dossiers import demandeur_cdi, jeune_cdd, travail_temporaire

DOSSIERS = {module.__name__.rpartition(".")[2]: module for module in (jeune_cdd, demandeur_cdi, travail_temporaire)}
