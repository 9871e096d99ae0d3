"""A person asks for their data: in which dossiers they stand, which of those the law holds, and the erasure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from stdnum.fr.nir import calc_check_digits

from models.actes_rgpd import EFFACEMENT, REFUS, inscrire_acte
from models.base import db
from models.conservation import regles
from models.crypto import empreinte
from models.dossier import Dossier
from models.effacement import effacer_dossier, jeter, sans_reste
from models.etats import A_DEPOSER
from models.reperes import cherche, plier
from models.saisie import Saisie
from models.sections import Salarie

ETAPE = "salarie"
CANDIDATS = 2000


class TropDHomonymes(Exception):
    """So many dossiers bear this name that not all were looked at: an answer would be incomplete without saying so."""


class Personne(NamedTuple):
    """Who is looked for: by the whole NIR, or by a name (of birth or in use) with the date of birth."""

    nir: str | None
    nom: str | None
    naissance: date | None


def dossiers_de(personne: Personne) -> list[Dossier]:
    """The dossiers of this employee, drafts and answers that are not valid yet included, the newest first.

    Raises `TropDHomonymes`; never for a NIR, which finds them all.
    """
    found = {*_par_nir(personne.nir), *_par_nom(personne), *_en_saisie(personne)}
    return list(Dossier.select().where(Dossier.id.in_(found)).order_by(Dossier.cree_le.desc(), Dossier.id))


def _par_nir(nir: str | None) -> Iterator[str]:
    if nir:
        traces = [empreinte(written) for written in ecritures(nir)]
        rows: Any = Salarie.select(Salarie.dossier).where(Salarie.nir_empreinte.in_(traces)).tuples()
        yield from (dossier for (dossier,) in rows)


def ecritures(nir: str) -> set[str]:
    """The number with its key and without: people may leave the key out, and it is kept as they typed it."""
    return {nir[:13], nir[:13] + calc_check_digits(nir[:13])}


def _par_nom(personne: Personne) -> Iterator[str]:
    """Names are searched among the columns of the lists; the date of birth, encrypted, is compared one by one."""
    named = cherche(Dossier.salarie_plie, personne.nom or "")
    if named is None or personne.naissance is None:
        return
    columns = (Salarie.dossier, Salarie.nom_naissance, Salarie.nom_usage, Salarie.date_naissance)
    rows: Any = Salarie.select(*columns).join(Dossier).where(named).limit(CANDIDATS + 1).tuples()
    for count, (dossier, birth_name, used_name, birth) in enumerate(rows):
        if count == CANDIDATS and not personne.nir:
            raise TropDHomonymes("more candidates than are compared")
        if birth == personne.naissance and plier(personne.nom) in (plier(birth_name), plier(used_name)):
            yield dossier


def _en_saisie(personne: Personne) -> Iterator[str]:
    """What somebody typed and has not validated is encrypted as a whole: it is read row by row."""
    rows: Any = Saisie.select(Saisie.dossier, Saisie.valeurs).where(Saisie.etape == ETAPE).tuples()
    for dossier, typed in rows.iterator():
        if _est(personne, typed):
            yield dossier


def _est(personne: Personne, typed: Mapping[str, list[str]]) -> bool:
    def texte(champ: str) -> str:
        return " ".join(typed.get(f"salarie-{champ}", ()))

    if personne.nir and "".join(filter(str.isalnum, texte("nir"))).upper() in ecritures(personne.nir):
        return True
    if not personne.nom or not personne.naissance:
        return False
    same_name = plier(personne.nom) in (plier(texte("nom_naissance")), plier(texte("nom_usage")))
    born = {personne.naissance.isoformat(), f"{personne.naissance:%d/%m/%Y}"}
    return same_name and texte("date_naissance").strip() in born


def empechement(dossier: Dossier, reglages: Mapping[str, Any], now: datetime) -> str:
    """Why the law still holds this dossier, as people read it; "" when it may be erased on request."""
    if dossier.etat in A_DEPOSER:
        return ""
    kind = {"refuse": "clos", "annule": "clos", "accepte": "acceptes"}.get(dossier.etat)
    regle = next((r for r in regles(reglages) if r.cle == kind), None)
    if regle is None or regle.dossiers is None:
        return "conservation obligatoire jusqu’à la décision, puis le temps que la loi demande"
    over = regle.dossiers(regle.delai.avant(now))
    if Dossier.select().where((Dossier.id == dossier.id) & over).exists():
        return ""
    return f"conservation obligatoire pendant {regle.delai} après {regle.depuis}"


def effacer(
    dossiers: Iterable[Dossier], reglages: Mapping[str, Any], now: datetime, compte: int, motif: str
) -> tuple[list[Dossier], list[Dossier]]:
    """Erase what the law allows: (what is gone, what it holds). Both are written down, and neither says whose it was.

    A dossier that moved on since it was looked at stays, and counts as held.
    """
    gone: list[Dossier] = []
    held: list[Dossier] = []
    with sans_reste():
        for dossier in dossiers:
            with db.atomic():
                free = not empechement(dossier, reglages, now)
                files = effacer_dossier(dossier.id, Dossier.etat == dossier.etat) if free else None
                (held if files is None else gone).append(dossier)
                inscrire_acte(compte, REFUS if files is None else EFFACEMENT, motif, 1)
            jeter(files or [])
    return gone, held
