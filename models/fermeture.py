"""A person leaves: the account is closed and keeps no more than the name under which the journal knows it."""

import peewee

from models.acces import noter_acces
from models.base import db, maintenant
from models.comptes import Compte, Habilitation, Structure
from models.etats import Refus
from models.saisie import Saisie
from models.structures import membres, seul_administrateur, verrouiller
from models.tables import TABLES


def fermer_compte(compte: Compte, par_l_opco: bool = False) -> None:
    """Close `compte` for good; its address is free for a new account.

    What is the person's own goes, what others need (dossiers, what was typed in them, the journal) stays.
    Raises `Refus` while a structure would be left without an administrator; nothing has changed then.
    par_l_opco: as the OPCO does it for somebody who is alone there; a gestionnaire answers whoever comes next.
    """
    with db.atomic():
        houses = [h.structure_id for h in Habilitation.select().where(Habilitation.compte == compte)]
        for structure in houses:
            verrouiller(structure)
        alone = seul_administrateur(compte.id)
        if par_l_opco:
            alone = [s for s in alone if s.genre == "opco" or len(membres(s.id)) > 1]
        if alone:
            raise Refus(phrase(alone))
        for structure in houses:
            noter_acces(structure, "retrait", compte.id, personne=compte.id)
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


def phrase(structures: list[Structure]) -> str:
    """Why the last administrator of these structures may not leave, and what to do."""
    names = ", ".join(f"«\u00a0{structure.nom}\u00a0»" for structure in structures)
    return (
        f"Vous êtes la seule personne qui administre {names} : donnez d’abord ce droit à quelqu’un d’autre. "
        "Si vous y êtes seul(e), demandez à l’OPCO de s’en charger."
    )
