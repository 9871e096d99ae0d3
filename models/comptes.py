"""Who exists: people's accounts, the structures they act for, and what they may do there."""

from collections.abc import Iterable
from typing import Any

import peewee

from models.base import Base, aujourdhui, instance, maintenant, requete
from models.crypto import Chiffre

DROITS = ("consulter", "saisir", "soumettre", "administrer", "instruire")
# What a mandate may give: a mandant keeps the keys of its own house.
MANDATABLES = ("consulter", "saisir", "soumettre")


class Structure(Base):
    """An employer, a training organisation or the OPCO. Dossiers belong to structures, never to people.

    siren: one structure of a kind for each; those doubled before that was so have None, and their siret alone.
    contact: an address known to be the structure's own, which may prove that somebody belongs to it.
    """

    id = peewee.AutoField()
    genre = peewee.CharField(max_length=10, constraints=[peewee.Check("genre in ('employeur', 'organisme', 'opco')")])
    nom = peewee.CharField(max_length=200)
    siren = peewee.CharField(max_length=9, null=True, index=True)
    siret = peewee.CharField(max_length=14, null=True)
    nda = peewee.CharField(max_length=11, null=True)
    contact = Chiffre(null=True)
    cree_le = peewee.DateTimeField(default=maintenant)

    class Meta:
        indexes = ((("genre", "siren"), True),)


class Compte(Base):
    """One person's account. `mot_de_passe` holds an argon2 hash; the address is kept in lower case.

    second_facteur_le: since when a code is asked after the password. ferme_le: when its person closed it.
    """

    id = peewee.AutoField()
    courriel = peewee.CharField(max_length=254, unique=True)
    prenom = peewee.CharField(max_length=80)
    nom = peewee.CharField(max_length=80)
    mot_de_passe = peewee.CharField(max_length=200, null=True)
    actif = peewee.BooleanField(default=True)
    cree_le = peewee.DateTimeField(default=maintenant)
    second_facteur_le = peewee.DateTimeField(null=True)
    ferme_le = peewee.DateTimeField(null=True)

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}".strip()


class Habilitation(Base):
    """What an account may do for a structure: words of `DROITS`, separated by spaces.

    etablissements: the SIRETs to which it is limited, separated by spaces; "" is all of the structure.
    mandataire: the structure by whose mandate the account may do it; None for what is its own.
    """

    id = peewee.AutoField()
    compte = peewee.ForeignKeyField(Compte, backref="habilitations", on_delete="CASCADE")
    compte_id: int
    structure = peewee.ForeignKeyField(Structure, backref="habilitations", on_delete="CASCADE")
    structure_id: int
    droits = peewee.CharField(max_length=100)
    etablissements = peewee.TextField(default="")
    cree_le = peewee.DateTimeField(default=maintenant)
    mandataire: Structure | None = None

    class Meta:
        indexes = ((("compte", "structure"), True),)


class Mandat(Base):
    """What an employer or an organisme (mandant) lets another structure (mandataire) do for it.

    It holds from `debut` to `fin`, both included; it is asked for until `accepte_le`, over from `revoque_le` on.
    Refusing it and giving it back are revoking, too.
    droits, etablissements: as in `Habilitation`.
    """

    id = peewee.AutoField()
    mandant = peewee.ForeignKeyField(Structure, backref="mandats_donnes", on_delete="CASCADE")
    mandant_id: int
    mandataire = peewee.ForeignKeyField(Structure, backref="mandats_recus", on_delete="CASCADE")
    mandataire_id: int
    droits = peewee.CharField(max_length=100)
    etablissements = peewee.TextField(default="")
    debut = peewee.DateField()
    fin = peewee.DateField()
    demande_par = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL", backref="mandats_demandes")
    accepte_par = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL", backref="mandats_acceptes")
    cree_le = peewee.DateTimeField(default=maintenant)
    accepte_le = peewee.DateTimeField(null=True)
    revoque_le = peewee.DateTimeField(null=True)

    class Meta:
        indexes = ((("mandataire", "revoque_le"), False), (("mandant", "revoque_le"), False))


def habilitations(compte: Compte) -> list[Habilitation]:
    """What `compte` may do, structure by structure: its own rights, and those of the mandates that are live today.

    One query, the structures loaded with it: every request asks.
    """
    day = aujourdhui()
    own: dict[int, Habilitation] = {}
    found = []
    for row in _droits(day, day, compte.id):
        droit = own.get(row[0])
        if droit is None:
            droit = own[row[0]] = instance(Habilitation, DROIT, row[: len(DROIT)])
            droit.structure = instance(Structure, STRUCTURE, row[len(DROIT) : SIENNE])
        # Who is limited to some establishments of the mandated structure acts for nobody else.
        if row[SIENNE] and not droit.etablissements:
            found.append(par_mandat(droit, row[SIENNE:]))
    return sorted([*own.values(), *found], key=lambda h: (h.structure.nom, h.structure_id))


def par_mandat(droit: Habilitation, row: Iterable[Any]) -> Habilitation:
    """What a person of the mandated structure may do for the mandant: no more than at home or than it says."""
    _, droits, etablissements, *mandant = row
    derived = instance(Habilitation, DROIT, (None, droit.compte_id, "", etablissements))
    common = set(droit.droits.split()) & set(droits.split())
    derived.__data__["droits"] = " ".join(right for right in MANDATABLES if right in common)
    derived.structure = instance(Structure, STRUCTURE, mandant)
    derived.mandataire = droit.structure
    return derived


DROIT = (Habilitation.id, Habilitation.compte, Habilitation.droits, Habilitation.etablissements)
STRUCTURE = (Structure.id, Structure.genre, Structure.nom, Structure.siret)
MANDAT = (Mandat.id, Mandat.droits, Mandat.etablissements)
SIENNE = len(DROIT) + len(STRUCTURE)


@requete
def _droits() -> peewee.Query:
    mandant = Structure.alias()
    live = (Mandat.debut <= aujourdhui()) & (Mandat.fin >= aujourdhui())
    live &= Mandat.accepte_le.is_null(False) & Mandat.revoque_le.is_null()
    theirs = [getattr(mandant, field.name) for field in STRUCTURE]
    return (
        Habilitation.select(*DROIT, *STRUCTURE, *MANDAT, *theirs)
        .join_from(Habilitation, Structure)
        .join_from(
            Habilitation, Mandat, peewee.JOIN.LEFT_OUTER, on=(Mandat.mandataire == Habilitation.structure) & live
        )
        .join_from(Mandat, mandant, peewee.JOIN.LEFT_OUTER, on=(Mandat.mandant == mandant.id))
        .where(Habilitation.compte == 0)
    )
