"""A person leaves: the account is closed and keeps no more than the name under which the journal knows it."""

import peewee

from models.base import db, maintenant
from models.comptes import Compte, Habilitation, Structure
from models.etats import Refus
from models.saisie import Saisie
from models.tables import TABLES


def fermer_compte(compte: Compte) -> None:
    """Close `compte` for good; its address is free for a new account.

    What is the person's own goes, what others need (dossiers, what was typed in them, the journal) stays.
    Raises `Refus` while a structure would be left without an administrator; nothing has changed then.
    """
    with db.atomic():
        if alone := administre_seul(compte):
            raise Refus(phrase(alone))
        for key in cles_vers_le_compte():
            key.model.delete().where(key == compte.id).execute()
        values = {"courriel": f"compte-ferme-{compte.id}", "mot_de_passe": None, "actif": False}
        Compte.update(values | {"second_facteur_le": None, "ferme_le": maintenant()}).where(
            Compte.id == compte.id
        ).execute()


def cles_vers_le_compte() -> list[peewee.ForeignKeyField]:
    """The columns that make a row the property of an account: rows that would die with it."""
    keys = [key for model in TABLES if model is not Saisie for key in model._meta.refs if key.rel_model is Compte]
    return [key for key in keys if key.on_delete == "CASCADE"]


def administre_seul(compte: Compte) -> list[str]:
    """Names of the structures that `compte` administers and nobody else does."""
    others = Habilitation.select(Habilitation.structure).join(Compte)
    others = others.where(_administre() & (Compte.id != compte.id) & (Compte.actif == True))  # noqa: E712 (SQL)
    mine = Structure.select(Structure.nom).join(Habilitation).where(_administre() & (Habilitation.compte == compte))
    return [row.nom for row in mine.where(Structure.id.not_in(others)).order_by(Structure.nom)]


def _administre() -> peewee.Expression:
    return Habilitation.droits.contains("administrer")


def phrase(structures: list[str]) -> str:
    names = ", ".join(f"«\u00a0{nom}\u00a0»" for nom in structures)
    return (
        f"Vous êtes la seule personne qui administre {names} : donnez d’abord ce droit à quelqu’un d’autre. "
        "Si vous y êtes seul(e), demandez à l’OPCO de fermer la structure."
    )
