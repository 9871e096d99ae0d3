"""The public list of training organisations, as its ministry publishes it."""

from collections.abc import Iterator
from pathlib import Path

from models.referentiels.texte import plier
from tasks.registres.chantier import Chantier, Ligne
from tasks.registres.lecture import FichierRefuse, tableau

NDA = 11
ADRESSE = "adressePhysiqueOrganismeFormation"
COLONNES = (
    "numeroDeclarationActivite",
    "numerosDeclarationActivitePrecedent",
    "denomination",
    "siren",
    "siretEtablissementDeclarant",
    f"{ADRESSE}.voie",
    f"{ADRESSE}.codePostal",
    f"{ADRESSE}.ville",
    "certifications.actionsDeFormation",
    "certifications.bilansDeCompetences",
    "certifications.VAE",
    "certifications.actionsDeFormationParApprentissage",
)
REPONSES = {"true": 1, "false": 0, "": None}


def charger(chantier: Chantier, paths: list[Path]) -> int:
    """Those certified for what is funded here first, then by name."""
    if len(paths) != 1:
        raise FichierRefuse("Donnez un seul fichier : la liste publique des organismes de formation.")
    rows = sorted(_lire(chantier, paths[0]), key=lambda o: (o["actions_de_formation"] != 1, plier(o["denomination"])))
    return chantier.inserer("organisme", ((o, _mots(o)) for o in rows))


def _mots(o: Ligne) -> str:
    words = (o["denomination"], o["commune"], o["code_postal"], o["nda"], o["nda_precedents"], o["siret"])
    return " ".join(word for word in words if word)


def _lire(chantier: Chantier, path: Path) -> Iterator[Ligne]:
    seen: dict[tuple[str, str], int] = {}
    with tableau(path) as (table, content):
        places = table.places(*COLONNES)
        show = chantier.progression.etape("Organismes de formation", path.stat().st_size)
        for line, row in table:
            chantier.lus += 1
            show(content.lu(), chantier.lus)
            if len(row) < table.largeur - 1:
                chantier.rejets.noter(path.name, line, f"{len(row)} colonnes au lieu de {table.largeur}")
                continue
            values = [row[place].strip() for place in places]
            found = _organisme(values, chantier.le.isoformat())
            why = found if isinstance(found, str) else _double(found, seen, line)
            if isinstance(found, str) or why:
                chantier.rejets.noter(path.name, line, str(why))
            else:
                yield found


def _double(o: Ligne, seen: dict[tuple[str, str], int], line: int) -> str | None:
    first = seen.setdefault((o["nda"], o["siret"] or ""), line)
    return None if first == line else f"même numéro et même SIRET qu’à la ligne {first}"


def _organisme(values: list[str], day: str) -> Ligne | str:
    """A row of the register, or why there is none."""
    nda, before, denomination, siren, siret, voie, postal, ville, *answers = values
    if not nda or not denomination:
        return "sans numéro" if not nda else "sans dénomination"
    if len(nda) > NDA or not nda.isalnum():
        return "numéro de déclaration d’activité : 11 caractères attendus"
    certified = [REPONSES.get(answer.lower(), "?") for answer in answers]
    if "?" in certified:
        return "certification : « true », « false » ou rien attendus"
    actions, bilans, vae, apprentissage = certified
    return {
        "siret": _siret(siren, siret),
        "nda": nda.zfill(NDA),
        "nda_precedents": before.replace(",", " ").replace("|", " ") or None,
        "denomination": denomination,
        "voie": voie or None,
        "code_postal": postal.zfill(5) if postal else None,
        "commune": ville or None,
        "actions_de_formation": actions,
        "bilans_de_competences": bilans,
        "vae": vae,
        "apprentissage": apprentissage,
        "donnees_du": day,
    }


def _siret(siren: str, siret: str) -> str | None:
    """Old files give the last five digits alone."""
    whole = siret if len(siret) == 14 else siren + siret.zfill(5)
    return whole if len(whole) == 14 and whole.isdecimal() else None
