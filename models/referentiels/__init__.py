"""The registers: who and what exists outside the portal. Read from a search file of their own, never written here.

Every search answers at most twelve records and takes any text; every look-up answers None for what it does not know.
While there is no search file, nothing is known.
"""

from models.referentiels.certifications import (
    Certification,
    certification,
    certification_active,
    chercher_certifications,
    successeurs,
)
from models.referentiels.etablissements import Etablissement, chercher_etablissements, etablissement
from models.referentiels.fichier import ouvrir
from models.referentiels.nomenclatures import (
    Commune,
    Departement,
    Idcc,
    Naf,
    Nsf,
    chercher_communes,
    chercher_idcc,
    chercher_naf,
    commune,
    communes_de,
    communes_du_code,
    departement,
    idcc,
    naf,
    nsf,
    opco_de,
)
from models.referentiels.organismes import Organisme, chercher_organismes, organisme
from models.referentiels.provenance import Source, source, sources

__all__ = [
    "Certification",
    "Commune",
    "Departement",
    "Etablissement",
    "Idcc",
    "Naf",
    "Nsf",
    "Organisme",
    "Source",
    "certification",
    "certification_active",
    "chercher_certifications",
    "chercher_communes",
    "chercher_etablissements",
    "chercher_idcc",
    "chercher_naf",
    "chercher_organismes",
    "commune",
    "communes_de",
    "communes_du_code",
    "departement",
    "etablissement",
    "idcc",
    "naf",
    "nsf",
    "opco_de",
    "organisme",
    "ouvrir",
    "source",
    "sources",
    "successeurs",
]
