"""The registers brought up to date by themselves, once a month, when the operator asks for it."""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huey import crontab

from tasks.queue import huey
from tasks.registres.catalogue import CATALOGUE
from tasks.registres.chantier import muet
from tasks.registres.importation import Rapport, importer
from tasks.registres.lecture import FichierRefuse
from tasks.registres.telechargement import telecharger

log = logging.getLogger(__name__)
_reglages: dict[str, Any] = {}


def brancher(reglages: dict[str, Any]) -> None:
    """Say which registers are renewed, and from where."""
    _reglages.update(reglages)


def adresses(reglages: dict[str, Any], genre: str) -> tuple[str, ...]:
    """Where a register is fetched from: what the settings say, else the catalogue."""
    own = tuple(line.partition("=")[2] for line in reglages["REFERENTIELS_URLS"] if line.partition("=")[0] == genre)
    return own or CATALOGUE[genre].adresses


def recuperer(
    reglages: dict[str, Any], genre: str, urls: tuple[str, ...] = (), dire: Callable[[str], None] = muet
) -> list[Path]:
    """Fetch the official files of a register into the data folder."""
    found = urls or adresses(reglages, genre)
    if not found:
        raise FichierRefuse(
            f"L’éditeur de « {genre} » change l’adresse à chaque version : donnez-la par « --url » ou "
            "REFERENTIELS_URLS."
        )
    folder = dossier(reglages, genre)
    return [telecharger(address, folder, reglages["DATA_GOUV_URL"], dire=dire) for address in found]


def dossier(reglages: dict[str, Any], genre: str) -> Path:
    return Path(reglages["DATA_DIR"]) / "telechargements" / genre


def actualiser(reglages: dict[str, Any], genre: str) -> Rapport:
    """Fetch and import a register; the fetched files go, whatever happened."""
    try:
        files = recuperer(reglages, genre)
        return importer(reglages["REFERENTIELS"], genre, files, perimetre=reglages["SIRENE_PERIMETRE"])
    finally:
        shutil.rmtree(dossier(reglages, genre), ignore_errors=True)


@huey.periodic_task(crontab(day="5", hour="1", minute="13"), name="actualiser_les_registres")
def actualiser_les_registres() -> None:
    """On the 5th, when the stocks of the month are out. One that fails leaves the others, and itself, as they were."""
    for genre in _reglages.get("REFERENTIELS_MENSUELS", ()):
        try:
            rapport = actualiser(_reglages, genre)
            log.info("register %s: %s rows", genre, rapport.lignes)
        except FichierRefuse as refus:
            log.error("register %s not renewed: %s", genre, refus)  # it names files and lines, never a person
