"""What was purged, in numbers: who answers for the data can show that the periods are kept."""

import peewee

from models.base import Base, aujourdhui


class Purge(Base):
    """How much one rule of `models.conservation` deleted on one day."""

    id = peewee.AutoField()
    jour = peewee.DateField()
    regle = peewee.CharField(max_length=30)
    nombre = peewee.IntegerField()

    class Meta:
        indexes = ((("jour", "regle"), True),)


def compter_purge(regle: str, nombre: int) -> None:
    """Add to what the rule deleted today, inside the caller's transaction."""
    row = {"jour": aujourdhui(), "regle": regle, "nombre": nombre}
    keys = [Purge.jour, Purge.regle]
    Purge.insert(row).on_conflict(conflict_target=keys, update={Purge.nombre: Purge.nombre + nombre}).execute()


def dernieres_purges() -> list[Purge]:
    return list(Purge.select().order_by(Purge.jour.desc(), Purge.regle).limit(100))
