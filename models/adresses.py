"""The address of an account changes once the new mailbox has answered."""

from datetime import timedelta

import peewee

from models.base import db
from models.comptes import Compte
from models.liens import MOT_DE_PASSE, Lien, LienRevoque, creer_lien, revoquer_du_compte, utiliser
from models.sessions import fermer_toutes

OBJET = "adresse"
DUREE = timedelta(hours=24)


def proposer_adresse(compte: Compte, courriel: str) -> tuple[str, bool]:
    """The token of a link to be sent to `courriel`, and whether it opens anything, inside the caller's transaction.

    It opens nothing when another account has that address: the same is written, so that the time taken tells nothing.
    """
    revoquer_du_compte(compte, OBJET)
    token = creer_lien(OBJET, DUREE, compte=compte, destinataire=courriel, cree_par=compte)
    free = not Compte.select().where(Compte.courriel == courriel).exists()
    if not free:
        revoquer_du_compte(compte, OBJET)
    return token, free


def adopter_adresse(lien: Lien, garder: str | None) -> str:
    """Give the account of `lien` the address that it was sent to; gives the one before.

    Links to the old mailbox and all sessions but that of the token `garder` end. Raises `LienUtilise`, or
    `LienRevoque` when another account took the address meanwhile; nothing has changed then.
    """
    compte = lien.compte
    if compte is None:
        raise LienRevoque("no account")
    former = compte.courriel
    with db.atomic():
        utiliser(lien)
        try:
            with db.atomic():
                Compte.update(courriel=lien.destinataire).where(Compte.id == compte.id).execute()
        except peewee.IntegrityError:
            raise LienRevoque("the address is taken") from None
        revoquer_du_compte(compte, MOT_DE_PASSE)
        fermer_toutes(compte, sauf=garder)
    return former
