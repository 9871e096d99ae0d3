"""The same person in several dossiers, found by the keyed hash of the NIR, without decrypting one."""

from datetime import date
from typing import NamedTuple

import peewee

from models.base import requete
from models.crypto import empreinte
from models.dossier import Dossier
from models.droits import DEPOSES
from models.sections import Contrat, Employeur, Salarie


class Depot(NamedTuple):
    """A filed dossier of this person: birth name, SIRET of the employer ("" for a particulier), period."""

    nom: str
    siret: str
    debut: date
    fin: date


def depots_du_nir(nir: str, sauf: str) -> list[Depot]:
    """The filed dossiers with this NIR, the oldest first, the dossier `sauf` left out."""
    rows = _deposes(empreinte(nir), sauf, *sorted(DEPOSES))
    return [
        Depot(nom, siret or "", Contrat.date_debut.python_value(debut), Contrat.date_fin.python_value(fin))
        for nom, siret, debut, fin in rows
    ]


@requete
def _deposes() -> peewee.Query:
    same = (Salarie.nir_empreinte == "") & (Salarie.dossier != "") & Dossier.etat.in_(sorted(DEPOSES))
    return (
        Salarie.select(Salarie.nom_naissance, Employeur.siret, Contrat.date_debut, Contrat.date_fin)
        .join(Dossier)
        .join(Employeur, on=(Employeur.dossier == Dossier.id))
        .join(Contrat, on=(Contrat.dossier == Dossier.id))
        .where(same)
        .order_by(Dossier.soumis_le)
    )
