"""Where the registers come from and of which day they are: Licence Ouverte asks to show it, people need it."""

from dataclasses import dataclass
from datetime import date

from models.referentiels import fichier
from models.referentiels.recherche import colonnes


@dataclass(frozen=True, slots=True)
class Source:
    """A register in service. date: day of the data. fictif: invented rows, for the demonstration."""

    registre: str
    libelle: str
    source: str
    date: date
    licence: str
    lignes: int
    fictif: bool

    @property
    def mention(self) -> str:
        """The line of attribution."""
        if self.fictif:
            return f"{self.libelle} : données de démonstration fictives"
        return f"{self.libelle} : {self.source}, données du {self.date:%d/%m/%Y}, {self.licence}"


def sources() -> list[Source]:
    rows = fichier.lire(f"select {colonnes('source')} from source e order by e.rang")  # noqa: S608
    return [
        Source(registre, libelle, source, date.fromisoformat(day), licence, lignes, bool(fictif))
        for registre, libelle, source, day, licence, lignes, fictif in rows
    ]
