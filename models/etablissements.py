"""Establishments and training organisations typed by hand, kept for the structure that typed them."""

from collections.abc import Iterable
from typing import Any

import peewee

from models import referentiels
from models.base import Base, maintenant
from models.comptes import Structure
from models.referentiels.recherche import LIMITE
from models.referentiels.texte import convient, mots, nombres_joints


class EtablissementSaisi(Base):
    """One of them. `genre` is « employeur » or « organisme »; the register may get the official row later."""

    id = peewee.AutoField()
    structure = peewee.ForeignKeyField(Structure, on_delete="CASCADE")
    genre = peewee.CharField(max_length=10, constraints=[peewee.Check("genre in ('employeur', 'organisme')")])
    siret = peewee.CharField(max_length=14)
    denomination = peewee.CharField(max_length=200)
    nda = peewee.CharField(max_length=11, null=True)
    naf = peewee.CharField(max_length=6, null=True)
    idcc = peewee.CharField(max_length=4, null=True)
    voie_numero = peewee.CharField(max_length=10, null=True)
    voie = peewee.CharField(max_length=100, null=True)
    complement = peewee.CharField(max_length=100, null=True)
    code_postal = peewee.CharField(max_length=5, null=True)
    commune = peewee.CharField(max_length=80, null=True)
    saisi_le = peewee.DateTimeField(default=maintenant)

    class Meta:
        indexes = ((("structure", "genre", "siret"), True),)


def saisir(structure: int, genre: str, valeurs: dict[str, Any]) -> EtablissementSaisi:
    """Keep an establishment for `structure`; typed again, it takes the place of what was there."""
    values = valeurs | {"structure": structure, "genre": genre, "saisi_le": maintenant()}
    keys = (EtablissementSaisi.structure, EtablissementSaisi.genre, EtablissementSaisi.siret)
    EtablissementSaisi.insert(values).on_conflict(conflict_target=keys, update=values).execute()
    return EtablissementSaisi.get(structure=structure, genre=genre, siret=valeurs["siret"])


def etablissements_saisis(structures: Iterable[int], q: str, genre: str) -> list[EtablissementSaisi]:
    """Those of `structures` that a search in the register would find by `q`; few enough to be read one by one."""
    words = mots(q)
    rows = EtablissementSaisi.select().where(
        EtablissementSaisi.structure.in_(list(structures)) & (EtablissementSaisi.genre == genre)
    )
    texts = [(row, _texte(row)) for row in rows.order_by(EtablissementSaisi.denomination, EtablissementSaisi.id)]
    for asked in (nombres_joints(words), words):
        if found := [row for row, text in texts if asked and convient(text, asked) and not officiel(row)]:
            return found[:LIMITE]
    return []


def officiel(row: EtablissementSaisi) -> bool:
    """Whether the register has it by now: then the official row takes its place in the searches.

    Asked each time rather than written: each machine has its own search file, and a register may lose the row again.
    """
    if row.genre == "organisme":
        return referentiels.organisme(siret=row.siret, nda=row.nda) is not None
    return referentiels.etablissement(row.siret) is not None


def rapproches() -> int:
    """How many of those typed by hand the registers have by now; none where no dossier was ever kept."""
    if not EtablissementSaisi.table_exists():  # a machine that only makes the search file, or before `migrer`
        return 0
    return sum(
        map(
            officiel,
            EtablissementSaisi.select(EtablissementSaisi.genre, EtablissementSaisi.siret, EtablissementSaisi.nda),
        )
    )


def _texte(row: EtablissementSaisi) -> str:
    return " ".join(part for part in (row.denomination, row.commune, row.code_postal, row.siret, row.nda) if part)
