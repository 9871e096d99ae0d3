"""The outbox: what must reach the outil de gestion, written in the transaction of the act that asks for it.

A worker claims a row for a limited time (a lease), delivers it, and marks it. A worker that dies leaves a lease
that runs out, and another one takes the row: it is delivered at least once, and its key, which the receiver
honours, makes that exactly once.
"""

import random
from datetime import datetime, timedelta
from typing import NamedTuple

import peewee

from models.base import Base, db, maintenant
from models.dossier import Dossier
from models.journal import noter

BAIL = timedelta(minutes=2)
ESSAIS = 20
PREMIER_DELAI = 15
DELAI_MAX = 3600

LIBELLES = {
    "a_faire": "En attente",
    "en_cours": "En cours",
    "faite": "Transmise",
    "echouee": "Échouée, à relancer",
}
BAIL_PERDU = "BailPerdu"
# What a gestionnaire reads of the errors that are known; of the others, that they are technical.
ERREURS = {
    BAIL_PERDU: "La transmission s’interrompt à chaque essai",
    "Altere": "Le fichier manque ou ne se déchiffre plus",
    "CerfaAbsent": "Le CERFA n’a pas été conservé",
    "DossierInconnu": "L’outil de gestion ne connaît pas ce dossier",
    "PieceAlteree": "Le fichier reçu n’est pas celui qui a été envoyé",
}

_hasard = random.SystemRandom()


class Transmission(Base):
    """One thing to hand over: the data and the CERFA of a dossier, or one piece of it.

    `cle` is the idempotency key. `tentatives` counts the claims and tells the holder of a lease from the one
    before. `reponse` is the number that the receiver gave, `erreur` the kind of the last failure, never its text.
    `piece_id` is no foreign key: what was sent stays known when the piece is purged.
    coffre_id: the file in the store of the very bytes of the data, kept at the first try. sha256: digest of those
    bytes, or of the piece, as they were delivered; sha256_cerfa: that of the CERFA.
    """

    id = peewee.AutoField()
    dossier = peewee.ForeignKeyField(Dossier, backref="transmissions", on_delete="CASCADE")
    dossier_id: str
    genre = peewee.CharField(max_length=10, constraints=[peewee.Check("genre in ('dossier', 'piece')")])
    piece_id = peewee.CharField(max_length=16, null=True)
    cle = peewee.CharField(max_length=40, unique=True)
    etat = peewee.CharField(
        max_length=10,
        default="a_faire",
        constraints=[peewee.Check("etat in ('a_faire', 'en_cours', 'faite', 'echouee')")],
    )
    tentatives = peewee.IntegerField(default=0)
    prochain_essai = peewee.DateTimeField(default=maintenant)
    bail_jusqu_au = peewee.DateTimeField(null=True)
    reponse = peewee.CharField(max_length=40, null=True)
    erreur = peewee.CharField(max_length=100, default="")
    cree_le = peewee.DateTimeField(default=maintenant)
    faite_le = peewee.DateTimeField(null=True)
    coffre_id = peewee.CharField(max_length=32, null=True)
    sha256 = peewee.CharField(max_length=64, null=True)
    sha256_cerfa = peewee.CharField(max_length=64, null=True)

    class Meta:
        indexes = ((("etat", "prochain_essai"), False), (("dossier", "genre"), False))


def lisible(erreur: str) -> str:
    """The kind of a failure as a gestionnaire reads it."""
    return ERREURS.get(erreur, "Erreur technique") if erreur else ""


def ajouter(dossier_id: str, genre: str, piece_id: str | None = None) -> Transmission:
    """Add one row inside the caller's transaction; asked again for the same thing, give the row that is there."""
    cle = f"{genre}:{piece_id or dossier_id}"
    row = {"dossier": dossier_id, "genre": genre, "piece_id": piece_id, "cle": cle}
    Transmission.insert(**row).on_conflict_ignore().execute()
    return Transmission.get(Transmission.cle == cle)


def reclamer(now: datetime) -> Transmission | None:
    """Take the oldest row that is due, for as long as `BAIL`; None when nothing is due.

    The update repeats the condition, so of two workers that chose one row only one gets it.
    """
    while row_id := _due(now):
        claim = {
            "etat": "en_cours",
            "bail_jusqu_au": now + BAIL,
            "tentatives": Transmission.tentatives + 1,
        }
        if Transmission.update(claim).where((Transmission.id == row_id) & _libre(now)).execute():
            return Transmission.get_by_id(row_id)
    return None


def _due(now: datetime) -> int | None:
    """The row to take next: a dossier, or a piece whose dossier has arrived."""
    arrived = Transmission.alias()
    before = arrived.select(peewee.Value(1)).where(
        (arrived.dossier == Transmission.dossier) & (arrived.genre == "dossier") & (arrived.etat == "faite")
    )
    turn = (Transmission.genre == "dossier") | peewee.fn.EXISTS(before)
    query = Transmission.select(Transmission.id).where(_libre(now) & turn)
    return query.order_by(Transmission.prochain_essai, Transmission.id).limit(1).scalar()


def _libre(now: datetime) -> peewee.Expression:
    waiting = (Transmission.etat == "a_faire") & (Transmission.prochain_essai <= now)
    abandoned = (Transmission.etat == "en_cours") & (Transmission.bail_jusqu_au < now)
    return waiting | (abandoned & (Transmission.tentatives < ESSAIS))


class Recu(NamedTuple):
    """How a delivery ended: the receiver's number, the digests of what was delivered."""

    reponse: str | None = None
    sha256: str | None = None
    sha256_cerfa: str | None = None


def figer(transmission: Transmission, coffre_id: str) -> bool:
    """Keep the file of the data for all tries to come; False when another worker was faster."""
    first = (Transmission.id == transmission.id) & Transmission.coffre_id.is_null()
    return bool(Transmission.update(coffre_id=coffre_id).where(first).execute())


def reussir(transmission: Transmission, recu: Recu) -> None:
    """Mark as delivered. True whoever holds the lease by now: the receiver has it."""
    done = {"etat": "faite", "erreur": "", "faite_le": maintenant(), "bail_jusqu_au": None} | recu._asdict()
    Transmission.update(done).where((Transmission.id == transmission.id) & (Transmission.etat != "faite")).execute()


def echouer(transmission: Transmission, erreur: str) -> None:
    """Give the row back for a later try, or for good after the last one; nothing when the lease was lost meanwhile."""
    last = transmission.tentatives >= ESSAIS
    failed = {
        "etat": "echouee" if last else "a_faire",
        "prochain_essai": maintenant() + delai(transmission.tentatives),
        "bail_jusqu_au": None,
        "erreur": erreur,
    }
    mine = (
        (Transmission.id == transmission.id)
        & (Transmission.etat == "en_cours")
        & (Transmission.tentatives == transmission.tentatives)
    )
    Transmission.update(failed).where(mine).execute()


def delai(tentatives: int) -> timedelta:
    """The wait after so many tries: doubled each time up to an hour, less up to half of it by chance."""
    seconds = min(DELAI_MAX, PREMIER_DELAI * 2 ** min(tentatives - 1, 10))
    return timedelta(seconds=seconds * _hasard.uniform(0.5, 1))


def abandonner(now: datetime) -> int:
    """Close the rows whose worker died at the last try: somebody has to look. Gives how many."""
    dead = (Transmission.etat == "en_cours") & (Transmission.bail_jusqu_au < now) & (Transmission.tentatives >= ESSAIS)
    closed = {"etat": "echouee", "bail_jusqu_au": None, "erreur": BAIL_PERDU}
    return Transmission.update(closed).where(dead).execute()


def relancer(transmission_id: int, dossier_id: str, compte: int | None) -> bool:
    """Start a failed or waiting row of the dossier again, now; False when it is under way or done already."""
    waiting = (
        (Transmission.id == transmission_id)
        & (Transmission.dossier == dossier_id)
        & Transmission.etat.in_(("a_faire", "echouee"))
    )
    again = {"etat": "a_faire", "tentatives": 0, "prochain_essai": maintenant()}
    with db.atomic():
        if not Transmission.update(again).where(waiting).execute():
            return False
        noter(dossier_id, "transmission_relancee", compte, details=str(transmission_id))
    return True


def transmissions_de(dossier_id: str) -> list[Transmission]:
    """All rows of a dossier, in the order in which they were asked for."""
    return list(Transmission.select().where(Transmission.dossier == dossier_id).order_by(Transmission.id))


def numero_de_gestion(dossier_id: str) -> str | None:
    """The number that the outil de gestion gave to the dossier, once it has it."""
    arrived = (Transmission.dossier == dossier_id) & (Transmission.genre == "dossier") & (Transmission.etat == "faite")
    return Transmission.select(Transmission.reponse).where(arrived).scalar()


def recue(dossier_id: str) -> Transmission | None:
    """The delivery of the dossier's data and CERFA, once they have arrived."""
    arrived = (Transmission.dossier == dossier_id) & (Transmission.genre == "dossier") & (Transmission.etat == "faite")
    return Transmission.get_or_none(arrived)


def coffres_transmis() -> set[str]:
    """The ids in the file store of the data that were handed over (for `coffre.ramasser`)."""
    rows = Transmission.select(Transmission.coffre_id).where(Transmission.coffre_id.is_null(False))
    return {row.coffre_id for row in rows if row.coffre_id}
