"""The RNCP and the répertoire spécifique, as France compétences exports them: the archive of CSV, or the XML."""

from collections.abc import Callable, Iterator
from pathlib import Path

from models.referentiels.texte import plier
from tasks.registres.chantier import Chantier, Ligne
from tasks.registres.lecture import FichierRefuse, contenu, membres, tableau
from tasks.registres.rncp_fiche import Liens, fiche, mots_de
from tasks.registres.rncp_xml import lire_xml

STANDARD = (
    "Numero_Fiche",
    "Intitule",
    "Abrege_Libelle",
    "Nomenclature_Europe_Niveau",
    "Date_Decision",
    "Date_Fin_Enregistrement",
    "Date_Effet",
    "Type_Enregistrement",
    "Actif",
)
# The archive writes its names in UTF-8 without saying so: only their ASCII beginnings can be trusted.
MEMBRES = {
    "standard": "export_fiches_CSV_Standard",
    "liens": "export_fiches_CSV_Ancienne_Nouvelle_Certification",
    "nsf": "export_fiches_CSV_Nsf",
    "certificateurs": "export_fiches_CSV_Certificateurs",
    "voies": "export_fiches_CSV_VoixdAcc",
}
FACULTATIFS = {"nsf", "certificateurs", "voies"}
PROFESSIONNALISATION = "en contrat de professionnalisation"


def charger(chantier: Chantier, paths: list[Path]) -> int:
    """Those registered on the day of the data first, then by title."""
    xml = [path for path in paths if any(nom.lower().endswith(".xml") for nom in membres(path))]
    rows = lire_xml(chantier, xml)
    if len(xml) < len(paths):
        rows += lire_csv(chantier, [path for path in paths if path not in xml])
    today = chantier.le.isoformat()
    rows.sort(key=lambda c: (not c["actif"] or (c["date_fin"] or "9999") < today, plier(c["intitule"])))
    return chantier.inserer("certification", ((c, mots_de(c)) for c in rows))


def lire_csv(chantier: Chantier, paths: list[Path]) -> Iterator[Ligne]:
    found = {kind: _trouver(paths, debut) for kind, debut in MEMBRES.items()}
    missing = [MEMBRES[kind] for kind, where in found.items() if where is None and kind not in FACULTATIFS]
    if missing:
        raise FichierRefuse(
            f"Il manque {' et '.join(f'« {nom}… »' for nom in missing)} : donnez l’archive « export-fiches-csv-…zip » "
            "telle que publiée, ou tous les fichiers CSV qu’elle contient."
        )
    liens = Liens()
    for kind, read in TABLES.items():
        if where := found[kind]:
            read(where, kind, liens)
    path = found["standard"]
    if path:
        yield from _fiches(chantier, path, liens)


def _trouver(paths: list[Path], debut: str) -> Path | None:
    return next((path for path in paths if any(_est(nom, debut) for nom in membres(path))), None)


def _est(nom: str, debut: str) -> bool:
    return nom.rpartition("/")[2].startswith(debut)


def _table(path: Path, kind: str, *columns: str) -> Iterator[tuple[int, list[str]]]:
    """Of each row the named columns, without the tabs and doubled quotes of the export; short rows are left out."""
    with tableau(path, lambda nom: _est(nom, MEMBRES[kind]) or nom == path.name) as (table, _):
        places = table.places(*columns)
        for line, row in table:
            if len(row) > max(places):
                yield line, [row[place].strip() for place in places]


def _liens(path: Path, kind: str, liens: Liens) -> None:
    """A row names what came before the record, what comes after it, or both."""
    columns = ("Numero_Fiche", "Ancienne_Certification", "Nouvelle_Certification")
    for _, (code, avant, apres) in _table(path, kind, *columns):
        liens.suit(avant, code)
        liens.suit(code, apres)


def _nsf(path: Path, kind: str, liens: Liens) -> None:
    for _, (code, nsf) in _table(path, kind, "Numero_Fiche", "Nsf_Code"):
        if nsf and nsf not in liens.nsf[code]:
            liens.nsf[code].append(nsf)


def _certificateurs(path: Path, kind: str, liens: Liens) -> None:
    for _, (code, nom) in _table(path, kind, "Numero_Fiche", "Nom_Certificateur"):
        if nom:
            liens.certificateurs[code].append(nom)


def _voies(path: Path, kind: str, liens: Liens) -> None:
    for _, (code, way) in _table(path, kind, "Numero_Fiche", "Si_Jury"):
        liens.voies[code] = liens.voies.get(code, False) or way.casefold() == PROFESSIONNALISATION


TABLES: dict[str, Callable[[Path, str, Liens], None]] = {
    "liens": _liens,
    "nsf": _nsf,
    "certificateurs": _certificateurs,
    "voies": _voies,
}


def _fiches(chantier: Chantier, path: Path, liens: Liens) -> Iterator[Ligne]:
    with contenu(path, lambda nom: _est(nom, MEMBRES["standard"]) or nom == path.name) as content:
        name = content.nom.rpartition("/")[2]
    seen: dict[str, int] = {}
    show = chantier.progression.etape("Certifications", 0)
    for line, values in _table(path, "standard", *STANDARD):
        chantier.lus += 1
        show(0, chantier.lus)
        found = fiche(values, liens)
        if not isinstance(found, str) and (first := seen.setdefault(found["code"], line)) != line:
            found = f"fiche déjà lue à la ligne {first}"
        if isinstance(found, str):
            chantier.rejets.noter(name, line, found)
        else:
            yield found
