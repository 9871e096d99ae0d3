"""Brute force, slowed: tries are counted by address and by network, under keyed hashes."""

import ipaddress
from datetime import datetime, timedelta
from typing import NamedTuple

import peewee

from models.base import Base, db, maintenant
from models.crypto import empreinte

PREMIERE_ATTENTE = 30  # seconds; doubled by each further failure
ATTENTE_MAX = 15 * 60
MEMOIRE = timedelta(hours=1)


class Compteur(NamedTuple):
    """Failures under `cle`, forgotten after `memoire` seconds; from the `seuil`th on each try must wait.

    An address remembers longer than its longest wait, or the waits would never grow that long. A whole company
    types its passwords behind one network: it is allowed more.
    """

    cle: str
    seuil: int
    memoire: int


class TropDEssais(Exception):
    """Too many failures: nobody may try again before `attente` seconds."""

    def __init__(self, attente: int) -> None:
        super().__init__("too many tries")
        self.attente = attente


class Tentative(Base):
    """The recent failures of one address or network: their instants (seconds, UTC), oldest first."""

    cle = peewee.CharField(max_length=64, primary_key=True)
    instants = peewee.TextField(default="")
    vue_le = peewee.DateTimeField(default=maintenant, index=True)


def compteurs(objet: str, courriel: str, ip: str) -> tuple[Compteur, Compteur]:
    """The counters of the address and of the network, for tries of the kind `objet`."""
    return (
        Compteur(empreinte(f"{objet}:adresse:{courriel}"), seuil=5, memoire=60 * 60),
        Compteur(empreinte(f"{objet}:reseau:{_reseau(ip)}"), seuil=20, memoire=15 * 60),
    )


def compter(objet: str, courriel: str, ip: str) -> None:
    """Count one try as a failure before it is made, so that simultaneous tries cannot slip through.

    Raises `TropDEssais`, and then counts nothing: insisting does not lengthen the wait.
    """
    now = _secondes()
    with db.atomic():
        counted = [(compteur, _echecs(compteur, now)) for compteur in compteurs(objet, courriel, ip)]
        wait = max(_attente(failures, compteur.seuil, now) for compteur, failures in counted)
        if not wait:
            for compteur, failures in counted:
                _ecrire(compteur, [*failures, now])
    if wait:
        raise TropDEssais(wait)


def effacer(objet: str, courriel: str, ip: str) -> None:
    """After a success: the address starts anew, the network gets this one try back."""
    adresse, reseau = compteurs(objet, courriel, ip)
    with db.atomic():
        Tentative.delete().where(Tentative.cle == adresse.cle).execute()
        _ecrire(reseau, _echecs(reseau, _secondes())[:-1])


def oublier_tentatives(avant: datetime) -> int:
    """Delete what was last counted before `avant` and no longer counts; answers how many."""
    return Tentative.delete().where(Tentative.vue_le < min(avant, maintenant() - MEMOIRE)).execute()


def _attente(failures: list[int], seuil: int, now: int) -> int:
    """Seconds still to wait after these failures, 0 when a try is free."""
    if len(failures) < seuil:
        return 0
    delay = min(PREMIERE_ATTENTE * 2 ** (len(failures) - seuil), ATTENTE_MAX)
    return max(0, failures[-1] + delay - now)


def _echecs(compteur: Compteur, now: int) -> list[int]:
    """Instants of the failures that still count. The update holds the row until the end of the transaction."""
    Tentative.insert(cle=compteur.cle).on_conflict_ignore().execute()
    Tentative.update(vue_le=maintenant()).where(Tentative.cle == compteur.cle).execute()
    row = Tentative.get_by_id(compteur.cle)
    return [instant for instant in map(int, row.instants.split()) if instant > now - compteur.memoire]


def _ecrire(compteur: Compteur, instants: list[int]) -> None:
    Tentative.update(instants=" ".join(map(str, instants))).where(Tentative.cle == compteur.cle).execute()


def _secondes() -> int:
    now = maintenant()
    return int((now - now.min).total_seconds())


def _reseau(ip: str) -> str:
    """What one person holds: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address.ipv4_mapped or address, 32 if address.ipv4_mapped else 64), False))
    return str(ipaddress.ip_network((address, 32)))
