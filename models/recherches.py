"""Searches of one's lists: those that a person keeps, and the name looked for, which no URL may show."""

import json
from typing import Any

import peewee

from models.base import Base, db, maintenant
from models.comptes import Compte
from models.crypto import Chiffre, Indechiffrable, JsonChiffre, chiffrer, dechiffrer
from models.etats import Refus

DUREE = 12 * 3600
MAX_GARDEES = 50
OBJET = "nom cherché"


class RechercheGardee(Base):
    """A search that one person gave a name to. Both are encrypted: either may name somebody.

    liste: whose list it searches, « employeur » or « organisme ». criteres: field of the search → what was typed.
    """

    id = peewee.AutoField()
    compte = peewee.ForeignKeyField(Compte, on_delete="CASCADE")
    compte_id: int
    liste = peewee.CharField(max_length=10, constraints=[peewee.Check("liste in ('employeur', 'organisme')")])
    nom = Chiffre()
    criteres = JsonChiffre()
    cree_le = peewee.DateTimeField(default=maintenant)


def masquer(texte: str, compte: int) -> str:
    """What stands in the URL for the name that this person looks for: opaque, for nobody else, good for some hours.

    Nothing is written: a search may change with each letter typed.
    """
    return chiffrer(json.dumps([OBJET, compte, texte]).encode()).decode().rstrip("=")


def devoiler(jeton: str, compte: int) -> str | None:
    """What `masquer` was given; None for a token that is too old, altered or somebody else's."""
    padded = jeton + "=" * (-len(jeton) % 4)
    try:
        objet, owner, texte = json.loads(dechiffrer(padded.encode("utf-8", "replace"), DUREE))
    except (Indechiffrable, ValueError, TypeError):
        return None
    return texte if (objet, owner) == (OBJET, compte) else None


def garder(compte: int, liste: str, nom: str, criteres: dict[str, str]) -> None:
    """Keep a search under a name. Raises `Refus` when there are too many."""
    with db.atomic():
        if RechercheGardee.select().where(RechercheGardee.compte == compte).count() >= MAX_GARDEES:
            raise Refus(f"Vous gardez déjà {MAX_GARDEES} recherches : supprimez-en une d’abord.")
        RechercheGardee.create(compte=compte, liste=liste, nom=nom, criteres=criteres)


def gardees(compte: int, liste: str = "") -> list[RechercheGardee]:
    """The searches that a person keeps, of one list or of all, by name."""
    mine: Any = RechercheGardee.compte == compte
    query = RechercheGardee.select().where(mine & (RechercheGardee.liste == liste) if liste else mine)
    return sorted(query, key=lambda kept: (kept.nom.casefold(), kept.id))


def gardee(recherche_id: int, compte: int) -> RechercheGardee | None:
    """This search, if it is this person's."""
    return RechercheGardee.get_or_none((RechercheGardee.id == recherche_id) & (RechercheGardee.compte == compte))


def renommer(recherche: RechercheGardee, nom: str) -> None:
    """Another name. One that was forgotten meanwhile stays so."""
    RechercheGardee.update(nom=nom).where(RechercheGardee.id == recherche.id).execute()


def oublier(recherche: RechercheGardee) -> None:
    recherche.delete_instance()
