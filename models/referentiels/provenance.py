"""Where the registers come from and of which day they are: Licence Ouverte asks to show it, people need it."""

from dataclasses import dataclass
from datetime import date, datetime

from models.referentiels import fichier
from models.referentiels.recherche import colonnes


@dataclass(frozen=True, slots=True)
class Source:
    """A register in service. date: day of the data. fictif: invented rows, for the demonstration.

    sha256: of the files that it was read from. importe_le: in UTC; None for what comes with the portal.
    """

    registre: str
    libelle: str
    source: str
    date: date
    licence: str
    lignes: int
    fictif: bool
    sha256: str
    importe_le: datetime | None

    @property
    def mention(self) -> str:
        """The line of attribution."""
        if self.fictif:
            return f"{self.libelle} : données de démonstration fictives"
        return f"{self.libelle} : {self.source}, données du {self.date:%d/%m/%Y}, {self.licence}"


def sources() -> list[Source]:
    return [_lire(row) for row in fichier.lire(f"select {colonnes('source')} from source e order by e.rang")]  # noqa: S608


def source(registre: str) -> Source | None:
    sql = f"select {colonnes('source')} from source e where e.registre = ?"  # noqa: S608
    found = fichier.lire(sql, registre)
    return _lire(found[0]) if found else None


def _lire(row: tuple) -> Source:
    registre, libelle, origin, day, licence, lignes, fictif, sha256, importe_le = row
    imported = datetime.fromisoformat(importe_le) if importe_le else None
    return Source(registre, libelle, origin, date.fromisoformat(day), licence, lignes, bool(fictif), sha256, imported)
