"""Establishments (SIRENE): search by name, town, postal code, SIREN or SIRET, mixed in any order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.referentiels import fichier
from models.referentiels.recherche import LIMITE, Ligne, colonnes, expression, requete
from models.referentiels.schema import TABLES
from models.referentiels.texte import code, est_numero, mots, nombres_joints

# Insee's bands of headcount. NN: no employees in the year.
TRANCHES = {
    "NN": "aucun salarié dans l’année",
    "00": "aucun salarié au 31 décembre",
    "01": "1 ou 2 salariés",
    "02": "3 à 5 salariés",
    "03": "6 à 9 salariés",
    "11": "10 à 19 salariés",
    "12": "20 à 49 salariés",
    "21": "50 à 99 salariés",
    "22": "100 à 199 salariés",
    "31": "200 à 249 salariés",
    "32": "250 à 499 salariés",
    "41": "500 à 999 salariés",
    "42": "1 000 à 1 999 salariés",
    "51": "2 000 à 4 999 salariés",
    "52": "5 000 à 9 999 salariés",
    "53": "10 000 salariés ou plus",
}
NUMERO = range(6, 15)  # digits of what can only be a SIREN or a SIRET, or the beginning of one


@dataclass(frozen=True, slots=True)
class Etablissement:
    """One establishment; None is what the register does not say.

    effectif_tranche: a code of `TRANCHES`, of the establishment alone. opco: the one of the Table SIRET-OPCO, else that
    of the IDCC where only one is competent.
    """

    siret: str
    denomination: str
    enseigne: str | None
    sigle: str | None
    voie_numero: str | None
    voie: str | None
    complement: str | None
    code_postal: str | None
    commune: str | None
    code_commune: str | None
    naf: str | None
    effectif_tranche: str | None
    idcc: str | None
    siege: bool
    ferme_le: date | None
    categorie_juridique: str | None
    opco: str | None

    @property
    def siren(self) -> str:
        return self.siret[:9]

    @property
    def effectif(self) -> str:
        """The band of headcount in words, "" when unknown."""
        return TRANCHES.get(self.effectif_tranche or "", "")


_IDCC = "coalesce(si.idcc, so.idcc, e.idcc)"
_OPCO = "coalesce(so.opco, e.opco, case when i.ambigu = 0 then i.opco end)"
_COLONNES = colonnes("etablissement").replace("e.idcc", _IDCC).replace("e.opco", _OPCO)
_AVEC = (
    "left join siret_opco so on so.rang = cast(e.siret as integer)"
    " left join siret_idcc si on si.rang = cast(e.siret as integer)"
    f" left join idcc_opco i on i.code = {_IDCC}"
)
_PAR_MOTS = (
    f"select {_COLONNES} from etablissement_mots m cross join etablissement e on e.rang = m.rowid {_AVEC}"  # noqa: S608
    " where m.texte match ? limit ?"
)
_PAR_NUMERO = f"select {_COLONNES} from etablissement e {_AVEC} where e.siret >= ? and e.siret < ?"  # noqa: S608
_ET_MOTS = " and exists (select 1 from etablissement_mots m where m.rowid = e.rang and m.texte match ?)"


def chercher_etablissements(q: str) -> list[Etablissement]:
    """The first establishments for what was typed: active before closed, employers and head offices first, by name."""
    words = mots(q)
    for numero, rest in _numeros(words):
        if found := _par_numero(numero, rest):
            return found
    found = [_lire(row) for row in requete("etablissement", _PAR_MOTS, words, LIMITE)]
    joined = nombres_joints(words)
    if len(joined) == 1 and est_numero(joined[0]) and len(found) < LIMITE:
        known = {e.siret for e in found}
        # Few digits begin many SIRET: the first ones, not sorted.
        begun = fichier.lire(f"{_PAR_NUMERO} limit ?", joined[0], joined[0] + ":", LIMITE)
        found += [_lire(row) for row in begun if row[0] not in known]
    return found[:LIMITE]


def etablissement(siret: str) -> Etablissement | None:
    numero = code(siret)
    rows = fichier.relire(f"select {_COLONNES} from etablissement e {_AVEC} where e.siret = ?", numero)  # noqa: S608
    return _lire(rows[0]) if rows else None


def _numeros(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The numbers among `words`, neighbours joined first, that only a SIREN or a SIRET can be; and the other words."""
    tried = set()
    for candidates in (nombres_joints(words), words):
        for i, word in enumerate(candidates):
            if est_numero(word) and len(word) in NUMERO and word not in tried:
                tried.add(word)
                yield word, candidates[:i] + candidates[i + 1 :]


def _par_numero(numero: str, words: list[str]) -> list[Etablissement]:
    sql, values = _PAR_NUMERO, [numero, numero + ":"]
    if words:
        sql, values = sql + _ET_MOTS, [*values, expression("etablissement", words)[0]]
    return [_lire(row) for row in fichier.lire(f"{sql} order by e.rang limit ?", *values, LIMITE)]


_SIEGE, _FERME_LE = (TABLES["etablissement"].colonnes.index(name) for name in ("siege", "ferme_le"))


def _lire(row: Ligne) -> Etablissement:
    values = list(row)
    values[_SIEGE] = bool(values[_SIEGE])
    values[_FERME_LE] = date.fromisoformat(values[_FERME_LE]) if values[_FERME_LE] else None
    return Etablissement(*values)
