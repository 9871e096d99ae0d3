"""What an organisme entered and handed over to the employer: all that it may read of the dossier from then on."""

from typing import Any

import peewee

from models.base import Base, maintenant
from models.comptes import Compte, Structure, habilitations
from models.crypto import Chiffre, JsonChiffre
from models.dossier import Dossier
from models.droits import structures

Blocs = list[tuple[str, str, list[tuple[str, str, str]]]]


class Preentree(Base):
    """The dossier as it stood when the organisme handed it over, encrypted.

    destinataire: address of the employer. blocs: (page, title, [(champ, label, answer as people read it)]).
    pieces: identifiers of the pieces that the organisme had loaded. message: what the employer last answered.
    prise: the version in which the employer took it up. de_cote: what it had entered when it sent the dossier back;
    the organisme never sees it.
    """

    dossier = peewee.ForeignKeyField(Dossier, primary_key=True, on_delete="CASCADE")
    dossier_id: str
    compte = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    destinataire = Chiffre()
    blocs = JsonChiffre()
    pieces = JsonChiffre()
    commentaire = Chiffre()
    message = Chiffre(null=True)
    prise = peewee.IntegerField(null=True)
    de_cote = JsonChiffre(null=True)
    remise_le = peewee.DateTimeField(default=maintenant)


def preentree_de(dossier: Dossier) -> Preentree | None:
    """What the organisme handed over; nothing for a dossier that an employer began."""
    return Preentree.get_or_none(Preentree.dossier == dossier.id) if dossier.organisme_id else None


def retenir(dossier: Dossier, **values: Any) -> None:
    """Keep what is handed over, in the place of what was handed over before."""
    row = {"dossier": dossier.id, "message": None, "prise": None, "remise_le": maintenant()} | values
    Preentree.insert(row).on_conflict(conflict_target=[Preentree.dossier], update=row).execute()


def viser(dossier: Dossier, adresse: str) -> None:
    """Keep another address of the employer."""
    Preentree.update(destinataire=adresse).where(Preentree.dossier == dossier.id).execute()


def repondre(dossier: Dossier, message: str) -> None:
    """Keep what the employer answers to the organisme."""
    modifier(dossier, message=message)


def modifier(dossier: Dossier, **values: Any) -> None:
    """Write `values` beside what was handed over."""
    Preentree.update(values).where(Preentree.dossier == dossier.id).execute()


def en_attente(siren: str, adresse: str) -> list[Dossier]:
    """The dossiers handed over to this address for this enterprise that no structure has: it had none to act for."""
    rows = Preentree.select(Preentree, Dossier).join(Dossier)
    waiting = (Dossier.etat == "a_valider_employeur") & Dossier.structure.is_null() & Dossier.siret.startswith(siren)
    return [row.dossier for row in rows.where(waiting) if row.destinataire == adresse]


def structure_visee(siret: str | None, destinataire: Compte | None) -> int | None:
    """The employer's structure that a dossier waits for, when there is no doubt.

    The SIREN of the contract chooses among those that the person written to acts for, mandates included; for
    somebody who has none, or no account, among all.
    """
    mine = structures(habilitations(destinataire), "saisir") if destinataire else []
    employers = Structure.select(Structure.id).where(Structure.genre == "employeur")
    candidates = employers.where(Structure.id.in_(mine)) if mine else employers
    siren = (siret or "")[:9]
    same = (Structure.siren == siren) | Structure.siret.startswith(siren)
    found = [row.id for row in candidates.where(same).limit(2)] if siren else []
    if not found:
        found = mine
    return found[0] if len(found) == 1 else None
