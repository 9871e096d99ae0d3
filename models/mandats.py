"""Mandates: an accountant's or a group's structure acts for an employer or an organisme, within dates and rights."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import peewee

from models.acces import noter_acces
from models.base import aujourdhui, db, maintenant
from models.comptes import Mandat, Structure

# Kind of the mandant → who may act for it: no organisme, which would read what employers keep from it (DEP-09).
MANDATAIRES = {"employeur": ("employeur",), "organisme": ("organisme", "employeur")}


def autres(genre: str, *, donne: bool) -> list[str]:
    """The kinds of structure to which one of this kind may give a mandate, or of which it may ask for one."""
    if donne:
        return list(MANDATAIRES[genre])
    return [mandant for mandant, mandataires in MANDATAIRES.items() if genre in mandataires]


class Etendue(NamedTuple):
    """What a mandate is to allow, and from when to when."""

    droits: str
    etablissements: str
    debut: date
    fin: date


def situation(mandat: Mandat) -> str:
    """How a mandate stands today, as people read it."""
    day = aujourdhui()
    if mandat.revoque_le:
        return "Révoqué" if mandat.accepte_le else "Refusé"
    if mandat.fin < day:
        return "Terminé"
    if not mandat.accepte_le:
        return "À accepter"
    return "En cours" if mandat.debut <= day else "À venir"


def donner(mandant: int, mandataire: int, etendue: Etendue, par: int) -> Mandat:
    """The mandant gives a mandate: it holds at once."""
    with db.atomic():
        made = Mandat.create(
            mandant=mandant, mandataire=mandataire, accepte_par=par, accepte_le=maintenant(), **etendue._asdict()
        )
        noter_acces(mandant, "mandat_donne", par, autre=mandataire, details=etendue.droits)
        noter_acces(mandataire, "mandat_recu", par, autre=mandant, details=etendue.droits)
    return made


def demander(mandant: int, mandataire: int, etendue: Etendue, par: int) -> Mandat:
    """The structure that wants to act asks for it: nothing holds before the mandant accepts."""
    with db.atomic():
        made = Mandat.create(mandant=mandant, mandataire=mandataire, demande_par=par, **etendue._asdict())
        noter_acces(mandataire, "mandat_demande", par, autre=mandant, details=etendue.droits)
    return made


def accepter(mandat: Mandat, par: int) -> bool:
    """The mandant accepts what was asked. False when it was answered already."""
    waiting = (Mandat.id == mandat.id) & Mandat.accepte_le.is_null() & Mandat.revoque_le.is_null()
    with db.atomic():
        done = Mandat.update(accepte_le=maintenant(), accepte_par=par).where(waiting).execute()
        if done:
            noter_acces(mandat.mandant_id, "mandat_donne", par, autre=mandat.mandataire_id, details=mandat.droits)
            noter_acces(mandat.mandataire_id, "mandat_recu", par, autre=mandat.mandant_id, details=mandat.droits)
    return bool(done)


def revoquer(mandat: Mandat, par: int) -> bool:
    """End a mandate, or refuse it, at once: the next request of whoever acts by it finds nothing. Twice is harmless."""
    with db.atomic():
        live = (Mandat.id == mandat.id) & Mandat.revoque_le.is_null()
        done = Mandat.update(revoque_le=maintenant()).where(live).execute()
        if done:
            act = "mandat_revoque" if mandat.accepte_le else "mandat_refuse"
            noter_acces(mandat.mandant_id, act, par, autre=mandat.mandataire_id)
            noter_acces(mandat.mandataire_id, act, par, autre=mandat.mandant_id)
    return bool(done)


def mandats_donnes(structure: int) -> list[Mandat]:
    """The mandates over a structure, those that ended lately too, the newest first."""
    return _lire(Mandat.mandant == structure)


def mandats_recus(structure: int) -> list[Mandat]:
    """The mandates by which a structure acts for others."""
    return _lire(Mandat.mandataire == structure)


def mandat_entre(structures: Iterable[int], mandat: int) -> Mandat | None:
    """One mandate, for who administers either side of it."""
    mine = list(structures)
    return Mandat.get_or_none((Mandat.id == mandat) & (Mandat.mandant.in_(mine) | Mandat.mandataire.in_(mine)))


def _lire(chosen: peewee.Expression) -> list[Mandat]:
    mandant, mandataire = Structure.alias(), Structure.alias()
    rows = (
        Mandat.select(Mandat, mandant, mandataire)
        .join_from(Mandat, mandant, on=(Mandat.mandant == mandant.id))
        .join_from(Mandat, mandataire, on=(Mandat.mandataire == mandataire.id))
    )
    return list(rows.where(chosen).order_by(Mandat.revoque_le.is_null().desc(), Mandat.id.desc()).limit(200))
