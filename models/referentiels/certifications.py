"""Certifications (RNCP): their state at a day, and what replaces them."""

from dataclasses import dataclass
from datetime import date

from models.base import aujourdhui
from models.referentiels.recherche import LIMITE, Ligne, par_colonne, par_mots
from models.referentiels.texte import code, mots

LUES = 100
FICHES_SUIVIES = 100  # no real chain is longer than six; a loop in the data ends here at the latest


@dataclass(frozen=True, slots=True)
class Certification:
    """One record of the RNCP; None is what the register does not say.

    niveau: 3 to 8. nsf: codes of speciality, of three digits with or without a letter. actif: the state on the day of
    the export, which is not that of another day. date_effet: of the effect, else of the decision.
    remplacee_par: codes, in the register's order. professionnalisation: whether a contrat de professionnalisation is
    among the ways to it.
    """

    code: str
    intitule: str
    niveau: int | None
    abrege: str | None
    type_enregistrement: str | None
    certificateur: str | None
    nsf: tuple[str, ...]
    actif: bool
    date_effet: date | None
    date_fin: date | None
    remplacee_par: tuple[str, ...]
    professionnalisation: bool | None

    def active(self, le: date) -> bool:
        """Whether it was registered on that day (FOR-09).

        A record that the export calls inactive because its registration had ended was active before that end.
        """
        debut, fin = self.date_effet, self.date_fin
        if (debut and debut > le) or (fin and fin < le):
            return False
        return self.actif or (fin is not None and fin < aujourdhui())


def chercher_certifications(q: str) -> list[Certification]:
    """The first certifications for words of the title or a code, active ones first.

    Rows stand as on the day of the export: more are read than shown, for many may have ended since.
    """
    today = aujourdhui()
    found = [_lire(row) for row in par_mots("certification", mots(q), limite=LUES)]
    return sorted(found, key=lambda c: not c.active(today))[:LIMITE]


def certification(code_rncp: str | None) -> Certification | None:
    """The record of « RNCP38362 », « rncp 38362 » or « 38362 »."""
    typed = code(code_rncp)
    found = par_colonne("certification", "code", f"RNCP{typed}" if typed.isdecimal() else typed)
    return _lire(found[0]) if found else None


def certification_active(code_rncp: str | None, le: date) -> bool | None:
    """Whether the certification was registered on that day; None for an unknown code."""
    found = certification(code_rncp)
    return found.active(le) if found else None


def successeurs(code_rncp: str | None, le: date) -> list[Certification]:
    """What replaces a certification: down each chain, the first record that is registered on that day."""
    start = certification(code_rncp)
    waiting = list(start.remplacee_par) if start else []
    seen = {start.code} if start else set()
    found = []
    while waiting and len(seen) < FICHES_SUIVIES:
        next_code = waiting.pop(0)
        if next_code in seen:
            continue
        seen.add(next_code)
        record = certification(next_code)
        if record and record.active(le):
            found.append(record)
        elif record:
            waiting = [*record.remplacee_par, *waiting]
    return found


def _jour(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _lire(row: Ligne) -> Certification:
    number, intitule, niveau, abrege, genre, certificateur, nsf, actif, decision, effet, fin, after, ways = row
    return Certification(
        number,
        intitule,
        niveau,
        abrege,
        genre,
        certificateur,
        nsf=tuple((nsf or "").split()),
        actif=bool(actif),
        date_effet=_jour(effet or decision),
        date_fin=_jour(fin),
        remplacee_par=tuple((after or "").split()),
        professionnalisation=None if ways is None else bool(ways),
    )
