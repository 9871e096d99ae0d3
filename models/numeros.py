"""Numbers of dossiers: readable, checked by two digits, given once and never again."""

import peewee
from stdnum.iso7064 import mod_97_10

from models.base import Base, db
from models.dossier import Dossier


class Compteur(Base):
    """How many numbers a year has given."""

    annee = peewee.IntegerField(primary_key=True)
    dernier = peewee.IntegerField(default=0)


def composer(annee: int, rang: int) -> str:
    """« 2026-000042-61 »: year, rank, and the check digits of ISO 7064 (mod 97-10) over both."""
    digits = f"{annee}{rang:06}"
    return f"{annee}-{rang:06}-{mod_97_10.calc_check_digits(digits)}"


def lire(text: str) -> str | None:
    """The number that somebody typed, with or without its dashes; None when its check digits are wrong."""
    digits = "".join(c for c in text if c in "0123456789")
    if len(digits) < 12 or not mod_97_10.is_valid(digits):
        return None
    return f"{digits[:4]}-{digits[4:-2]}-{digits[-2:]}"


def numeroter(dossier: Dossier, annee: int) -> str:
    """The number of `dossier`, given now if it has none: simultaneous calls all get the same one."""
    with db.atomic():
        Compteur.insert(annee=annee).on_conflict_ignore().execute()
        # Locks the counter's row: whoever comes second reads the number that the first one gave.
        Compteur.update(dernier=Compteur.dernier + 1).where(Compteur.annee == annee).execute()
        numero = Dossier.select(Dossier.numero).where(Dossier.id == dossier.id).scalar()
        if numero is None:
            numero = composer(annee, Compteur.select(Compteur.dernier).where(Compteur.annee == annee).scalar())
            Dossier.update(numero=numero).where(Dossier.id == dossier.id).execute()
    dossier.numero = numero
    return numero
