"""Who belongs to a structure: its people, their rights, and that one administrator always stays."""

from typing import NamedTuple

import peewee

from models import referentiels
from models.acces import noter_acces
from models.base import db, maintenant
from models.comptes import Compte, Habilitation, Structure
from models.dossier import Dossier
from models.etats import Refus
from models.journal import Journal
from models.preentree import Preentree
from models.relances import Relance

PREMIERS = {"employeur": "consulter saisir soumettre administrer", "organisme": "consulter saisir administrer"}


class DernierAdministrateur(Refus):
    """Nobody would be left to decide who does what."""

    def __init__(self) -> None:
        super().__init__(
            "Il faut toujours quelqu’un qui gère les utilisateurs : donnez d’abord ce droit à une autre personne."
        )


class Identite(NamedTuple):
    """What the registers say of a SIRET."""

    denomination: str
    commune: str
    nda: str | None = None


def identite(genre: str, siret: str) -> Identite | None:
    """Who bears this SIRET in the registers, or among the structures that somebody was let into."""
    if found := au_registre(genre, siret):
        return found
    known = structure_du_siret(genre, siret)
    return Identite(known.nom, "") if known and known.siret == siret and membres(known.id) else None


def au_registre(genre: str, siret: str) -> Identite | None:
    """Who bears this SIRET in the registers; they lack what is recent, and who wants not to be published."""
    if genre == "organisme" and (o := referentiels.organisme(siret=siret)):
        return Identite(o.denomination, o.commune or "", o.nda)
    if e := referentiels.etablissement(siret):
        return Identite(e.denomination, e.commune or "")
    return None


def structure_du_siret(genre: str, siret: str) -> Structure | None:
    """The structure of the enterprise that bears this SIRET: one for all its establishments."""
    same = (Structure.siren == siret[:9]) | Structure.siret.startswith(siret[:9])
    return Structure.select().where((Structure.genre == genre) & same).order_by(Structure.id).first()


def ouvrir_structure(genre: str, siret: str, nom: str, nda: str | None = None) -> Structure:
    """The structure of this SIRET, made when it is not here: nobody belongs to it yet.

    Of two who ask at once the later one waits in the index, then gets the structure of the first.
    """
    row = {"genre": genre, "siret": siret, "siren": siret[:9], "nom": nom, "nda": nda}
    with db.atomic():
        if (there := structure_du_siret(genre, siret)) is not None:
            return there
        Structure.insert(row).on_conflict_ignore().execute()
        return Structure.get(genre=genre, siren=siret[:9])


def membres(structure: int) -> list[Habilitation]:
    """The people who belong to a structure, by name; closed accounts left out."""
    rows = Habilitation.select(Habilitation, Compte).join(Compte)
    there = rows.where(Habilitation.structure == structure, Compte.actif == True)  # noqa: E712 (SQL)
    return list(there.order_by(Compte.nom, Compte.prenom, Compte.id))


def membre(structure: int, habilitation: int) -> Habilitation | None:
    """One of them."""
    return next((h for h in membres(structure) if h.id == habilitation), None)


def administrateurs(structure: int) -> list[Compte]:
    """Those who decide who does what."""
    return [h.compte for h in membres(structure) if "administrer" in h.droits.split()]


def verrouiller(structure: int) -> None:
    """Hold the structure until the end of the transaction: who else wants to change its rights waits.

    The update holds the row on PostgreSQL; on SQLite the transaction holds everything.
    """
    Structure.update(nom=Structure.nom).where(Structure.id == structure).execute()


def garder_un_administrateur(structure: int, sans: int) -> None:
    """Raises `DernierAdministrateur` when nobody but the account `sans` administers the structure."""
    if all(compte.id == sans for compte in administrateurs(structure)):
        raise DernierAdministrateur


def seul_administrateur(compte: int) -> list[Structure]:
    """The structures that would be left without administrator if this account were closed."""
    mine = Habilitation.select(Habilitation, Structure).join(Structure).where(Habilitation.compte == compte)
    ours = [h.structure for h in mine if "administrer" in h.droits.split()]
    return [s for s in ours if all(c.id == compte for c in administrateurs(s.id))]


def habiliter(structure: int, compte: int, droits: str, etablissements: str, par: int | None) -> None:
    """Give rights to somebody who comes in; one who is there already gets them on top of its own."""
    with db.atomic():
        verrouiller(structure)
        there = Habilitation.get_or_none(Habilitation.structure == structure, Habilitation.compte == compte)
        if there is None:
            row = {"structure": structure, "compte": compte, "droits": droits, "etablissements": etablissements}
            Habilitation.insert(row).execute()
        else:
            wider = sorted({*there.droits.split(), *droits.split()}, key=PREMIERS["employeur"].find)
            scope = f"{there.etablissements} {etablissements}" if there.etablissements and etablissements else ""
            values = {"droits": " ".join(wider), "etablissements": " ".join(sorted({*scope.split()}))}
            Habilitation.update(values).where(Habilitation.id == there.id).execute()
        noter_acces(structure, "habilitation", par, personne=compte, details=droits)


def changer_droits(habilitation: Habilitation, droits: str, etablissements: str, par: int) -> None:
    """Raises `DernierAdministrateur`."""
    structure, compte = habilitation.structure_id, habilitation.compte_id
    with db.atomic():
        verrouiller(structure)
        if "administrer" not in droits.split():
            garder_un_administrateur(structure, sans=compte)
        values = {"droits": droits, "etablissements": etablissements}
        Habilitation.update(values).where(Habilitation.id == habilitation.id).execute()
        noter_acces(structure, "droits", par, personne=compte, details=droits)


def retirer(habilitation: Habilitation, par: int, successeur: int | None) -> None:
    """The person no longer belongs to the structure, from its next request on; its dossiers go to `successeur`.

    Raises `DernierAdministrateur`.
    """
    structure, compte = habilitation.structure_id, habilitation.compte_id
    with db.atomic():
        verrouiller(structure)
        garder_un_administrateur(structure, sans=compte)
        Habilitation.delete().where(Habilitation.id == habilitation.id).execute()
        if successeur:
            confier(structure, compte, successeur, par)
        noter_acces(structure, "retrait", par, personne=compte)


def confier(structure: int, de: int | None, a: int, par: int, dossier: str | None = None) -> int:
    """Make `a` the person to write to about the dossiers of `de`, or about this one; gives how many there were.

    The dossiers stay where they are, with the structure: only mails and reminders change their way.
    """
    ours = (Dossier.structure == structure) | (Dossier.organisme == structure)
    chosen = ours & (Dossier.id == dossier) if dossier else ours & (Dossier.cree_par == de)
    ids = Dossier.select(Dossier.id).where(chosen)
    with db.atomic():
        act = (Dossier.id, par, maintenant(), peewee.Value("confie"), peewee.Value(""))
        fields = [Journal.dossier, Journal.compte, Journal.le, Journal.action, Journal.details]
        Journal.insert_from(Dossier.select(*map(_valeur, act)).where(chosen), fields).execute()
        Relance.update(compte=a).where(Relance.dossier.in_(ids)).execute()
        if not dossier:
            Preentree.update(compte=a).where(Preentree.compte == de, Preentree.dossier.in_(_remis(structure))).execute()
        return Dossier.update(cree_par=a).where(chosen).execute()


def _valeur(part: object) -> peewee.Node:
    return part if isinstance(part, peewee.Node) else peewee.Value(part)


def _remis(structure: int) -> "peewee.ModelSelect[Dossier]":
    return Dossier.select(Dossier.id).where(Dossier.organisme == structure)
