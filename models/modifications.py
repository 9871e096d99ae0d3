"""What each write changed in a dossier: which answers, by whom, for which party, when, and both values, encrypted.

The merge of two people's answers, « Saisi par… » and the employer's « the organisme had entered » read it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import peewee

from models.base import Base, inserer, maintenant
from models.comptes import Compte
from models.crypto import JourChiffre, JsonChiffre
from models.dossier import Dossier
from models.droits import PREENTREE, situation
from models.sections import SECTIONS

COMMENTAIRE = "dossier.commentaire"
_FIELDS = {f"{name}.{f.name}": f for name, model in SECTIONS.items() for f in model._meta.sorted_fields}


class Modification(Base):
    """One write of a dossier, the one that made `version`. One row rather than one a field: a page has sixty.

    champs: what it changed, `"section.colonne"` separated by spaces. valeurs: champ → [before, after].
    """

    dossier = peewee.ForeignKeyField(Dossier, backref="modifications", on_delete="CASCADE")
    version = peewee.IntegerField()
    compte = peewee.ForeignKeyField(Compte, null=True, on_delete="SET NULL")
    compte_id: int | None
    partie = peewee.CharField(max_length=10)
    le = peewee.DateTimeField(default=maintenant)
    champs = peewee.TextField(default="")
    valeurs = JsonChiffre(null=True)

    class Meta:
        primary_key = peewee.CompositeKey("dossier", "version")


class Changement(NamedTuple):
    """One answer that a write changed. compte is None for an account that is gone or for the portal itself."""

    champ: str
    avant: Any
    apres: Any
    version: int
    compte: int | None
    partie: str
    le: datetime


def consigner(dossier: Dossier, version: int, compte: int | None, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Keep what the write that makes `version` changes, champ → (before, after), inside the caller's transaction.

    A write that changes no answer is kept too: the versions of which all is known follow one another.
    """
    inserer(
        Modification,
        dossier=dossier.id,
        version=version,
        compte=compte,
        partie="organisme" if situation(dossier) == PREENTREE else "employeur",
        le=maintenant(),
        champs=" ".join(changes),
        valeurs={champ: [en_json(old), en_json(new)] for champ, (old, new) in changes.items()} or None,
    )


def changements_depuis(dossier_id: str, version: int) -> list[Changement] | None:
    """Every answer changed since the dossier was in `version`, the oldest first; None when that is not known.

    It is not known of a version that never was, or that an earlier release of the portal wrote.
    """
    M = Modification
    first, last = (
        M.select(peewee.fn.min(M.version), peewee.fn.max(M.version))
        .where(M.dossier == dossier_id)
        .scalar(as_tuple=True)
    )
    if first is None or not first <= version + 1 or version < 1:
        return None
    rows = M.select().where((M.dossier == dossier_id) & (M.version > version)).order_by(M.version) if last else []
    return [change for row in rows for change in lire(row)]


def lire(row: Modification) -> list[Changement]:
    """The answers that one write changed."""
    return [
        Changement(champ, de_json(champ, old), de_json(champ, new), row.version, row.compte_id, row.partie, row.le)
        for champ, (old, new) in (row.valeurs or {}).items()
    ]


def revenir(contenu: Any, changes: Iterable[Changement]) -> Any:
    """The sections as they were before `changes`, the oldest first, were made."""
    earlier = contenu.copie()
    for change in reversed([*changes]):
        section, _, column = change.champ.partition(".")
        if section in SECTIONS:
            setattr(getattr(earlier, section), column, change.avant)
    return earlier


class Auteur(NamedTuple):
    """Who gave an answer its present value, for which party and when; nom is empty for an account that is gone."""

    nom: str
    partie: str
    le: datetime


def auteurs(dossier_id: str) -> dict[str, Auteur]:
    """`"section.colonne"` → who wrote it last. Nothing is decrypted for it."""
    M = Modification
    rows: Any = (
        M.select(M.champs, M.partie, M.le, Compte.prenom, Compte.nom)
        .join(Compte, peewee.JOIN.LEFT_OUTER)
        .where((M.dossier == dossier_id) & (M.champs != ""))
        .order_by(M.version)
        .tuples()
    )
    found = {}
    for champs, partie, le, prenom, nom in rows:
        found.update(dict.fromkeys(champs.split(), Auteur(f"{prenom or ''} {nom or ''}".strip(), partie, le)))
    return found


def en_json(value: Any) -> Any:
    """Dates and amounts as text; the rest is JSON already."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def de_json(champ: str, value: Any) -> Any:
    """What `en_json` was given, by the kind of the column."""
    field = _FIELDS.get(champ)
    if value is None or field is None:
        return value
    if isinstance(field, (peewee.DateField, JourChiffre)):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(field, peewee.DecimalField) else value


def oublier_depuis(dossier_id: str, version: int) -> None:
    """Forget what was changed since the dossier was in `version`: it has been undone."""
    Modification.delete().where((Modification.dossier == dossier_id) & (Modification.version > version)).execute()
