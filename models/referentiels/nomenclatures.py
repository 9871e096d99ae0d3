"""Communes and code lists: NAF, IDCC, NSF, départements."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from models.base import aujourdhui
from models.listes import SPECIALITE
from models.referentiels import fichier
from models.referentiels.recherche import LIMITE, Ligne, colonnes, par_colonne, par_mots
from models.referentiels.texte import code, est_numero, mots

T = TypeVar("T")
SANS_INTITULE = "Intitulé non renseigné"
ANCIENNES = ("COMD", "COMA")
NAF_2025 = date(2027, 1, 1)  # the day on which it replaces rév. 2


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, an arrondissement of Paris, Lyon or Marseille, or a former commune.

    genre: COM, ARM, or COMD and COMA for former communes, of which `parente` is the present one.
    """

    code: str
    libelle: str
    genre: str
    departement: str
    parente: str | None
    codes_postaux: tuple[str, ...]

    @property
    def ancienne(self) -> bool:
        return self.genre in ANCIENNES


@dataclass(frozen=True, slots=True)
class Naf:
    """An activity. nomenclature: NAFRev2, or NAF2025 in force from 01/01/2027."""

    code: str
    libelle: str
    nomenclature: str


@dataclass(frozen=True, slots=True)
class Idcc:
    """A collective agreement. titre: the short one. opco: the one of most of its establishments.

    ambigu: several OPCO share the agreement.
    """

    code: str
    titre: str
    titre_complet: str | None
    opco: str | None
    ambigu: bool


@dataclass(frozen=True, slots=True)
class Nsf:
    """A speciality of training (code de l'éducation, D311-4)."""

    code: str
    libelle: str


@dataclass(frozen=True, slots=True)
class Departement:
    code: str
    libelle: str


def chercher_communes(q: str) -> list[Commune]:
    """The first communes for a name, a postal code or both: the most populated first, former ones last."""
    return [_commune(row) for row in par_mots("commune", mots(q))]


def communes_du_code(code_insee: str | None) -> list[Commune]:
    """The commune that has this code today, then those that had it; a birth place names the commune of that day."""
    return [_commune(row) for row in par_colonne("commune", "code", code(code_insee))]


def commune(code_insee: str | None) -> Commune | None:
    return next(iter(communes_du_code(code_insee)), None)


def communes_de(code_postal: str | None) -> list[Commune]:
    """The communes that a postal code serves; none for the special codes of companies (CEDEX)."""
    sql = (
        f"select {colonnes('commune')} from code_postal p join commune e on e.rang = p.commune"  # noqa: S608
        " where p.code = ? order by e.rang"
    )
    return [_commune(row) for row in fichier.relire(sql, code(code_postal))]


def departement(code_departement: str | None) -> Departement | None:
    found = par_colonne("departement", "code", code(code_departement))
    return Departement(*found[0][:2]) if found else None


def chercher_naf(q: str) -> list[Naf]:
    """The first activities for words of the label or a code, with or without its dot; the very code first.

    Both nomenclatures, the one in force first: a code of the other is a true code.
    """
    words = mots(q)
    found = [Naf(*row[:3]) for table in _nomenclatures() for row in par_mots(table, words, tolerer=False)]
    found = found or [Naf(*row[:3]) for table in _nomenclatures() for row in par_mots(table, words)]
    return _exact_d_abord(naf(q), found)


def naf(code_naf: str | None) -> Naf | None:
    typed = code(code_naf)
    found = next((rows for table in _nomenclatures() if (rows := par_colonne(table, "cle", typed))), [])
    return Naf(*found[0][:3]) if found else None


def _nomenclatures() -> tuple[str, str]:
    return ("naf2025", "naf") if aujourdhui() >= NAF_2025 else ("naf", "naf2025")


def chercher_idcc(q: str) -> list[Idcc]:
    """The first collective agreements for words of the title or a code, with or without its zeros.

    The very code stands first: titles are full of years.
    """
    words = mots(q)
    exact = idcc(q) if len(words) == 1 and est_numero(words[0]) else None
    return _exact_d_abord(exact, [_idcc(row) for row in par_mots("idcc", words)])


def idcc(code_idcc: str | None) -> Idcc | None:
    """The agreement of « 1979 », « 01979 » or « 16 »; one that has an OPCO exists, title or not."""
    number = code(code_idcc).lstrip("0").zfill(4)
    if found := par_colonne("idcc", "code", number):
        return _idcc(found[0])
    return _idcc((number, None, None, None)) if par_colonne("idcc_opco", "code", number) else None


def opco_de(code_idcc: str | None) -> str | None:
    """The OPCO of an agreement; None when it is unknown or when several share it."""
    found = idcc(code_idcc)
    return found.opco if found and not found.ambigu else None


def nsf(code_nsf: str | None) -> Nsf | None:
    """The speciality of « 326 », or of « 326m » as the RNCP refines it."""
    group = code(code_nsf)[:3]
    if found := par_colonne("nsf", "code", group):
        return Nsf(*found[0])
    return Nsf(group, SPECIALITE[group]) if group in SPECIALITE else None


def _exact_d_abord(exact: T | None, found: list[T]) -> list[T]:
    return [exact, *(record for record in found if record != exact)][:LIMITE] if exact else found


def _commune(row: Ligne) -> Commune:
    number, libelle, genre, departement_, parente, codes = row
    return Commune(number, libelle, genre, departement_, parente, tuple(codes.split()))


def _idcc(row: Ligne) -> Idcc:
    number, titre, titre_court, _ = row
    found = par_colonne("idcc_opco", "code", number)
    _, opco, ambigu = found[0] if found else (number, None, 0)
    return Idcc(number, titre_court or titre or SANS_INTITULE, titre, opco, bool(ambigu))
