"""Training organisations (public list): who they are and for what they hold Qualiopi."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.referentiels.recherche import Ligne, par_colonne, par_mots
from models.referentiels.schema import QUALIOPI
from models.referentiels.texte import code, mots, nombres_joints


@dataclass(frozen=True, slots=True)
class Organisme:
    """One declaration of activity.

    qualiopi: category of action → certified; None where the list does not say, which is never « no ».
    donnees_du: day of the data; no public source tells until when a certificate runs.
    """

    siret: str
    nda: str
    nda_precedents: tuple[str, ...]
    denomination: str
    voie: str | None
    code_postal: str | None
    commune: str | None
    qualiopi: Mapping[str, bool | None]
    donnees_du: date


def chercher_organismes(q: str) -> list[Organisme]:
    """The first organismes for what was typed: name, town, postal code, NDA or SIRET, mixed in any order."""
    words = mots(q)
    found = par_mots("organisme", nombres_joints(words), tolerer=False) or par_mots("organisme", words)
    return [_lire(row) for row in found]


def organisme(siret: str | None = None, nda: str | None = None) -> Organisme | None:
    """The record of the NDA, else of the SIRET; of several, the one that has both."""
    numero = code(siret)
    found = par_colonne("organisme", "nda", code(nda)) or par_colonne("organisme", "siret", numero)
    found.sort(key=lambda row: row[0] != numero)
    return _lire(found[0]) if found else None


def _lire(row: Ligne) -> Organisme:
    siret, nda, before, denomination, voie, code_postal, commune, *certified, day = row
    qualiopi = {name: None if value is None else bool(value) for name, value in zip(QUALIOPI, certified, strict=True)}
    return Organisme(
        siret=siret or "",
        nda=nda,
        nda_precedents=tuple((before or "").split()),
        denomination=denomination,
        voie=voie,
        code_postal=code_postal,
        commune=commune,
        qualiopi=qualiopi,
        donnees_du=date.fromisoformat(day),
    )
