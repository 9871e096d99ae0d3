"""Who exists: people's accounts, the structures they act for, and what they may do there."""

import peewee

from models.base import Base, instance, maintenant, requete

DROITS = ("consulter", "saisir", "soumettre", "administrer", "instruire")


class Structure(Base):
    """An employer, a training organisation or the OPCO. Dossiers belong to structures, never to people."""

    id = peewee.AutoField()
    genre = peewee.CharField(max_length=10, constraints=[peewee.Check("genre in ('employeur', 'organisme', 'opco')")])
    nom = peewee.CharField(max_length=200)
    siren = peewee.CharField(max_length=9, null=True, index=True)
    siret = peewee.CharField(max_length=14, null=True)
    nda = peewee.CharField(max_length=11, null=True)
    cree_le = peewee.DateTimeField(default=maintenant)


class Compte(Base):
    """One person's account. `mot_de_passe` holds an argon2 hash; the address is kept in lower case."""

    id = peewee.AutoField()
    courriel = peewee.CharField(max_length=254, unique=True)
    prenom = peewee.CharField(max_length=80)
    nom = peewee.CharField(max_length=80)
    mot_de_passe = peewee.CharField(max_length=200, null=True)
    actif = peewee.BooleanField(default=True)
    cree_le = peewee.DateTimeField(default=maintenant)

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}"


class Habilitation(Base):
    """What an account may do for a structure: words of `DROITS`, separated by spaces."""

    id = peewee.AutoField()
    compte = peewee.ForeignKeyField(Compte, backref="habilitations", on_delete="CASCADE")
    structure = peewee.ForeignKeyField(Structure, backref="habilitations", on_delete="CASCADE")
    structure_id: int
    droits = peewee.CharField(max_length=100)
    cree_le = peewee.DateTimeField(default=maintenant)

    class Meta:
        indexes = ((("compte", "structure"), True),)


def habilitations(compte: Compte) -> list[Habilitation]:
    """What `compte` may do, structure by structure, the structures loaded in the same query."""
    found = []
    for row in _droits(compte.id):
        droit = instance(Habilitation, DROIT, row[: len(DROIT)])
        droit.structure = instance(Structure, STRUCTURE, row[len(DROIT) :])
        found.append(droit)
    return found


DROIT = (Habilitation.id, Habilitation.compte, Habilitation.droits)
STRUCTURE = (Structure.id, Structure.genre, Structure.nom, Structure.siret)


@requete
def _droits() -> peewee.Query:
    query = Habilitation.select(*DROIT, *STRUCTURE).join(Structure)
    return query.where(Habilitation.compte == 0).order_by(Structure.nom, Structure.id)
