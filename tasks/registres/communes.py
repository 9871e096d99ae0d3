"""Communes (code officiel géographique) and postal codes (La Poste), départements."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from models.referentiels.texte import plier
from tasks.imports import rattacher_codes_postaux
from tasks.registres.chantier import Chantier, Ligne
from tasks.registres.lecture import FichierRefuse, tableau

GENRES = ("COM", "ARM", "COMD", "COMA")
ANCIENNES = ("COMD", "COMA")
COG = ("TYPECOM", "COM", "DEP", "LIBELLE", "COMPARENT")
POSTE = ("Code_commune_INSEE", "Code_postal")


def charger(chantier: Chantier, paths: list[Path]) -> int:
    """The communes of INSEE with the postal codes of La Poste; the most populated first when the file says it."""
    cog, codes = None, defaultdict(list)
    for path in paths:
        with tableau(path, latin=True) as (table, _):
            if table.a(*COG):
                cog = path
            else:
                place_commune, place_code = table.places(*POSTE)
                for _, row in table:
                    if len(row) > max(place_commune, place_code):
                        codes[row[place_commune].strip().zfill(5)].append(row[place_code].strip().zfill(5))
    if cog is None or not (codes or _codes_compris(cog)):
        raise FichierRefuse(
            "Donnez le fichier des communes de l’Insee (v_commune_….csv) et celui des codes postaux de La Poste "
            "(019HexaSmal.csv)."
        )
    rows = sorted(_communes(chantier, cog, codes), key=_rang)
    total = chantier.inserer("commune", ((c, f"{c['libelle']} {c['codes_postaux']}") for c in rows))
    rattacher_codes_postaux(chantier.connexion)
    return total


def _rang(c: Ligne) -> tuple[bool, int, str]:
    return c["genre"] in ANCIENNES, -c["population"], plier(c["libelle"])


def _codes_compris(path: Path) -> bool:
    with tableau(path, latin=True) as (table, _):
        return table.a("CODES_POSTAUX")


def _communes(chantier: Chantier, path: Path, codes: dict[str, list[str]]) -> Iterator[Ligne]:
    """A former commune has neither département nor postal codes of its own: those of its parent serve."""
    parents: dict[str, str] = {}
    with tableau(path, latin=True) as (table, _):
        places = table.places(*COG)
        with_codes, with_people = table.place("CODES_POSTAUX"), table.place("POPULATION")
        for line, row in table:
            chantier.lus += 1
            if len(row) < table.largeur:
                chantier.rejets.noter(path.name, line, f"{len(row)} colonnes au lieu de {table.largeur}")
                continue
            genre, code, departement, libelle, parent = (row[place].strip() for place in places)
            if genre not in GENRES or not code or not libelle:
                chantier.rejets.noter(path.name, line, "type, code ou libellé de commune absent")
                continue
            parents.setdefault(code, departement)
            own = codes.get(code) or (row[with_codes].split() if with_codes is not None else [])
            yield {
                "code": code,
                "libelle": libelle,
                "genre": genre,
                "departement": departement or parents.get(parent, ""),
                "parente": parent or None,
                "codes_postaux": " ".join(dict.fromkeys(own)),
                "population": int(row[with_people] or 0) if with_people is not None else 0,
            }


def charger_departements(chantier: Chantier, paths: list[Path]) -> int:
    rows = {}
    for path in paths:
        with tableau(path, latin=True) as (table, _):
            places = table.places("DEP", "REG", "LIBELLE")
            for _, row in table:
                chantier.lus += 1
                code, region, libelle = (row[place].strip() for place in places)
                rows[code] = {"code": code, "libelle": libelle, "region": region}
    return chantier.inserer("departement", ((row, "") for row in rows.values()))
