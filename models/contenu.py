"""The sections of a dossier read together, and written together when nobody was faster."""

from collections.abc import Callable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

import peewee

from models.base import db, maintenant, modifier, requete
from models.crypto import empreinte
from models.dossier import Dossier
from models.etats import Conflit
from models.journal import noter
from models.modifications import COMMENTAIRE, consigner
from models.reperes import retenir
from models.sections import SECTIONS


class Contenu:
    """One namespace per section: `contenu.salarie.nir`. A plain copy, free to be changed."""

    employeur: Any
    formation: Any
    salarie: Any
    tuteur: Any
    tuteur_utilisatrice: Any
    contrat: Any
    signature: Any

    def __init__(self, **sections: SimpleNamespace) -> None:
        self.__dict__.update(sections)

    def copie(self) -> "Contenu":
        """The same values, in sections of their own."""
        return Contenu(**{name: SimpleNamespace(**vars(section)) for name, section in vars(self).items()})

    def valeur(self, champ: str) -> Any:
        """The value of `"section.colonne"`."""
        section, _, column = champ.partition(".")
        return getattr(getattr(self, section), column)


COLONNES = {
    name: [f.name for f in model._meta.sorted_fields if f.name != "dossier"] for name, model in SECTIONS.items()
}


def vide() -> Contenu:
    """The sections of a dossier that does not exist yet."""
    return Contenu(**{name: SimpleNamespace(**dict.fromkeys(columns)) for name, columns in COLONNES.items()})


def contenu(dossier_id: str) -> Contenu:
    """All sections of a dossier, decrypted.

    Every page and every check reads them: one query. Raises `Conflit` when the dossier is gone.
    """
    row = _sections(dossier_id).fetchone()
    if row is None:
        raise Conflit("Ce dossier vient d’être supprimé.")
    values = iter(row)
    sections = {}
    for name, columns in COLONNES.items():
        section = sections[name] = SimpleNamespace()
        for column, lire in zip(columns, LECTEURS[name], strict=True):
            value = next(values)
            setattr(section, column, None if value is None else lire(value))
    return Contenu(**sections)


@requete
def _sections() -> peewee.Query:
    (first, *others), columns = SECTIONS.values(), []
    for name, model in SECTIONS.items():
        columns += [getattr(model, column) for column in COLONNES[name]]
    query = first.select(*columns)
    for model in others:
        query = query.join_from(first, model, on=(first.dossier == model.dossier))
    return query.where(first.dossier == "")


def _lecteur(field: peewee.Field) -> Callable[[Any], Any]:
    """How a stored value becomes Python: as the field does it, without guessing the format of a date."""
    if type(field) is peewee.DateField:
        return lambda value: date.fromisoformat(value) if isinstance(value, str) else value
    return field.python_value


LECTEURS = {
    name: [_lecteur(getattr(SECTIONS[name], column)) for column in columns] for name, columns in COLONNES.items()
}


def ouvrir_sections(dossier_id: str) -> None:
    """Create the empty rows of a new dossier."""
    for model in SECTIONS.values():
        model.insert(dossier=dossier_id).execute()


Changements = dict[str, dict[str, Any]]


def changements(avant: Contenu, apres: Contenu) -> Changements:
    """What differs from `avant` to `apres`: section → column → new value."""
    found: Changements = {}
    for name, columns in COLONNES.items():
        old, new = getattr(avant, name), getattr(apres, name)
        changed = {c: getattr(new, c) for c in columns if getattr(new, c) != getattr(old, c)}
        if changed:
            found[name] = changed
    return found


def ecrire(
    dossier: Dossier, changes: Changements, compte: int | None, action: str, avant: Contenu | None = None, **entete: Any
) -> None:
    """Write `changes` and the columns `entete` of the dossier itself, in one transaction with the journal.

    avant: the sections that `changes` start from, when the caller has them; they are read otherwise.
    Raises `Conflit`, and writes nothing, when the dossier is no longer in the version that was read.
    """
    version = dossier.version + 1
    with db.atomic():
        values = entete | {"version": version, "modifie_le": maintenant(), "modifie_par": compte}
        if modifier(Dossier, values, id=dossier.id, version=dossier.version, etat=dossier.etat) == 0:
            raise Conflit("Ce dossier a été modifié entre-temps.")
        both = des_deux_cotes(dossier, changes, avant, entete)
        for name, changed in changes.items():
            if "nir" in changed:
                changed = changed | {"nir_empreinte": changed["nir"] and empreinte(changed["nir"])}
            modifier(SECTIONS[name], changed, dossier=dossier.id)
        values |= retenir(dossier, changes)
        consigner(dossier, version, compte, both)
        fields = " ".join(f"{name}.{column}" for name, values in changes.items() for column in values)
        noter(dossier.id, action, compte, details=fields)
    dossier.__data__.update(values)


def des_deux_cotes(
    dossier: Dossier, changes: Changements, avant: Contenu | None, entete: Mapping[str, Any]
) -> dict[str, tuple[Any, Any]]:
    """`"section.colonne"` → (before, after), the comment among them; before anything is written."""
    before = avant or (contenu(dossier.id) if changes else vide())
    both = {}
    for name, values in changes.items():
        for column, new in values.items():
            both[f"{name}.{column}"] = (getattr(getattr(before, name), column), new)
    if entete.get("commentaire", dossier.commentaire) != dossier.commentaire:
        both[COMMENTAIRE] = (dossier.commentaire, entete["commentaire"])
    return both
