"""The registers that can be imported: what they are called, where they are published, who reads them."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tasks.registres import communes, nomenclatures, opco, organismes, rncp, sirene
from tasks.registres.chantier import Chantier

INSEE_COG = "Insee (code officiel géographique)"


class Registre(NamedTuple):
    """One kind of official file.

    registre: what it replaces in the search file. adresses: resources of data.gouv.fr by id, `dataset:<id>#<beginning
    of the title>` for the newest of a data set, or whole URLs; empty when the publisher moves the file each time.
    cle: column by which a row is known from one version to the next.
    """

    registre: str
    libelle: str
    source: str
    charger: Callable[[Chantier, list[Path]], int]
    fichiers: str
    cle: str
    adresses: tuple[str, ...] = ()
    licence: str = "Licence Ouverte 2.0"


CATALOGUE = {
    "sirene": Registre(
        "etablissement",
        "Établissements (SIRENE)",
        "Insee (SIRENE)",
        sirene.charger,
        "StockEtablissement_utf8.zip StockUniteLegale_utf8.zip",
        "siret",
        ("0651fb76-bcf3-4f6a-a38d-bc04fa708576", "825f4199-cadd-486c-ac46-a65a8ea1a047"),
    ),
    "organismes": Registre(
        "organisme",
        "Organismes de formation",
        "Liste publique des organismes de formation (DGEFP)",
        organismes.charger,
        "liste_publique_OF.csv",
        "nda",
        ("ac59a0f5-fa83-4b82-bf12-3c5806d4f19f",),
        "Licence Ouverte",
    ),
    "rncp": Registre(
        "certification",
        "Certifications (RNCP et RS)",
        "RNCP, France compétences",
        rncp.charger,
        "export-fiches-csv-AAAA-MM-JJ.zip",
        "code",
        ("dataset:5eebbc067a14b6fecc9c9976#export-fiches-csv-",),
    ),
    "opco": Registre(
        "opco",
        "OPCO des employeurs",
        "Table SIRET-OPCO, France compétences",
        opco.charger,
        "SIRO_AAAAMM.csv",
        "rang",
        ("b2452a3d-7786-4a26-99c3-0389fbb3763e",),
    ),
    "siret-idcc": Registre(
        "siret_idcc",
        "Conventions collectives des employeurs",
        "DSN (ministère du Travail)",
        opco.charger_idcc,
        "SIRET_IDCC.csv",
        "rang",
        ("a22e54f7-b937-4483-9a72-aad2ea1316f1",),
    ),
    "idcc": Registre(
        "idcc",
        "Conventions collectives",
        "DILA (KALI) ou DARES",
        nomenclatures.charger_idcc,
        "KALI ou DARES (xlsx ou csv)",
        "code",
        ("02b67492-5243-44e8-8dd1-0cb3f90f35ff",),
    ),
    "naf": Registre(
        "naf", "Activités (NAF rév. 2)", "Insee", nomenclatures.charger_naf, "int_courts_naf_rev_2 (csv ou xlsx)", "cle"
    ),
    "naf2025": Registre(
        "naf2025", "Activités (NAF 2025)", "Insee", nomenclatures.charger_naf_2025, "NAF 2025 (csv ou xlsx)", "cle"
    ),
    "nsf": Registre(
        "nsf",
        "Spécialités de formation (NSF)",
        "DEPP (BCN)",
        nomenclatures.charger_nsf,
        "n_groupe_specialite.csv ou codes NSF",
        "code",
    ),
    "communes": Registre(
        "commune",
        "Communes et codes postaux",
        f"{INSEE_COG}, La Poste",
        communes.charger,
        "v_commune_AAAA.csv 019HexaSmal.csv",
        "code",
    ),
    "departements": Registre(
        "departement", "Départements", INSEE_COG, communes.charger_departements, "v_departement_AAAA.csv", "code"
    ),
}


def commande(genre: str) -> str:
    """What an operator types to put the official register into service."""
    known = CATALOGUE[genre]
    verb = f"telecharger {genre} --importer" if known.adresses else f"importer {genre} {known.fichiers}"
    return f"flask --app app referentiels {verb}"


def commandes() -> list[tuple[str, str]]:
    """Each register and the command that brings it."""
    return [(known.libelle, commande(genre)) for genre, known in CATALOGUE.items()]
