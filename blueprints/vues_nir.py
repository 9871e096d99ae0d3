"""The NIR is on the page: that somebody sees it is written down, and shown to those who answer for it."""

from typing import Any

from flask import g

from models.dossier import Dossier
from models.droits import peut
from models.vues_nir import noter_vue, vues_du_nir


def voir(dossier: Dossier | None, nir: str | None, lieu: str) -> None:
    """The page shows this NIR, if there is one. Asked on each page that may: see `noter_vue` for what it costs."""
    if dossier is not None and nir:
        noter_vue(dossier.id, g.compte.id, lieu)


def vues_nir(dossier: Dossier) -> list[Any] | None:
    """Who saw it, for whoever administers the employer's structure and for gestionnaires; None for all others."""
    mine = (h for h in g.habilitations if h.structure_id == dossier.structure_id)
    administers = any("administrer" in h.droits.split() for h in mine)
    return vues_du_nir(dossier.id) if administers or peut(g.habilitations, "instruire", dossier) else None
