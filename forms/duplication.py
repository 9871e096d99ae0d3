"""« Dupliquer »: a new draft with employer, training and terms of another contract, nothing of its person."""

import hashlib
import secrets

import peewee

from forms.fields import ORGANISME
from forms.steps import RESERVES
from models.base import db
from models.contenu import COLONNES, Changements, contenu, ecrire, ouvrir_sections, vide
from models.dossier import Dossier
from models.journal import noter

# Whatever is not named stays behind: names, NIR, birth, tutors, pay, signature, the person's earlier contracts.
COPIES: dict[str, tuple[str, ...]] = {
    "employeur": tuple(COLONNES["employeur"]),
    "formation": tuple(COLONNES["formation"]),
    "contrat": (
        "type_contrat",
        "nature",
        "emploi",
        "categorie",
        "classification",
        "niveau",
        "coefficient",
        "date_debut",
        "date_fin",
        "essai_jours",
        "duree_hebdo",
    ),
}
# The pages that are wholly copied, and where the draft goes on when all of them were done.
PAGES = ("type-contrat", "employeur", "formation")
ENSUITE = "salarie"


def dupliquer(dossier: Dossier, pour: str, compte: int, cle: str = "") -> Dossier:
    """A new draft of the same party, made from `dossier`. The same `cle` twice gives the same draft."""
    key = hashlib.sha256(f"dupliquer {compte} {dossier.id} {cle or secrets.token_hex(16)}".encode()).hexdigest()[:32]
    owner = {"organisme": dossier.organisme_id} if pour == ORGANISME else {"structure": dossier.structure_id}
    done = [page for page in PAGES if page in dossier.faites.split()]
    changes = repris(dossier, pour)
    try:
        with db.atomic():
            copy = Dossier.create(
                cle_creation=key,
                cree_par=compte,
                modifie_par=compte,
                faites=" ".join(done),
                etape=next((page for page in PAGES[1:] if page not in done), ENSUITE),
                **owner,
            )
            ouvrir_sections(copy.id)
            noter(copy.id, "duplication", compte, vers="brouillon")
            ecrire(copy, changes, compte, "saisie", vide())
    except peewee.IntegrityError:
        return Dossier.get(Dossier.cle_creation == key)
    return copy


def repris(dossier: Dossier, pour: str) -> Changements:
    """What goes into the copy; an organisme takes nothing that is reserved to the employer."""
    source = contenu(dossier.id)
    kept: Changements = {}
    for section, columns in COPIES.items():
        for column in columns:
            champ = f"{section}.{column}"
            value = source.valeur(champ)
            if value is not None and not (pour == ORGANISME and champ in RESERVES):
                kept.setdefault(section, {})[column] = value
    return kept
