"""A synthetic SIRENE, always the same: both stocks in their official columns, with names, towns and shares like France.

Six units in ten are persons, towns weigh as much as their inhabitants, few words are frequent and many are rare.
"""

import itertools
import random
from pathlib import Path

from tasks.imports import lire
from tasks.registres.sirene import ETABLISSEMENT, UNITE

GRAINE = 12434
LOT = 50_000
COLONNES_LIEU, COLONNES_UNITE = 54, 35
PRENOMS = (
    "MARIE JEAN PIERRE MICHEL NATHALIE ISABELLE SYLVIE PHILIPPE CATHERINE PATRICK NICOLAS CHRISTOPHE SANDRINE STEPHANE "
    "LAURENT FREDERIC JULIEN DAVID SEBASTIEN THOMAS CELINE AURELIE EMILIE CAMILLE JULIE LEA MANON HUGO LUCAS KARIM "
    "MOHAMED FATIMA INES SARAH ALEXANDRE MAXIME ANTOINE ROMAIN KEVIN ANTHONY CLAIRE ANNE SOPHIE VIRGINIE DELPHINE"
).split()
METIERS = (
    "BOULANGERIE PHARMACIE RESTAURANT GARAGE COIFFURE TRANSPORTS MENUISERIE PLOMBERIE ELECTRICITE MACONNERIE PEINTURE "
    "CARRELAGE IMMOBILIER CONSEIL SERVICES FORMATION INFORMATIQUE AUTO TAXI AMBULANCES BATIMENT CONSTRUCTION "
    "RENOVATION NETTOYAGE PROPRETE SECURITE HOTEL CAFE BAR BRASSERIE PIZZERIA TRAITEUR EPICERIE BOUCHERIE FLEURISTE "
    "OPTIQUE CABINET MEDICAL DENTAIRE VETERINAIRE ARCHITECTURE INGENIERIE COMMUNICATION AGENCE VOYAGES ASSURANCES "
    "GESTION PATRIMOINE INVESTISSEMENT HOLDING PARTICIPATIONS DISTRIBUTION NEGOCE EXPORT LOGISTIQUE INDUSTRIE "
    "MECANIQUE AGRICOLE VITICOLE DOMAINE CHATEAU FERME ELEVAGE PAYSAGE JARDINS ENERGIE SOLAIRE"
).split()
FORMES = ["SARL", "SAS", "EURL", "SASU", "SA", "SNC", "SELARL", "ETS", "SOCIETE", "GROUPE"]
LIENS = ["DE LA", "DU", "DES", "DE", "ET", "D", "LA", "LE", "LES", "SAINT"]
OBJETS = "SPORTIVE CULTURELLE PARENTS ELEVES AMIS CHASSE PECHE ANCIENS COMBATTANTS QUARTIER MUSIQUE THEATRE".split()
SYLLABES = (
    "BA BE BO BRU CA CHA CHE CLE CO DA DE DU FA FE FLO GA GE GI GRA GUE HE JA JO LA LE LI LO MA ME MI MO NA NO PA PE "
    "PI PO RA RE RI RO ROU SA SE SI SO TA TE TI TO VA VE VI"
).split()
FINS = "RD T U N NS R L LLE TTE ND NT X S Z UX Y CK VIC SKI NI".split()
VOIES = ["RUE", "AV", "BD", "PL", "CHE", "RTE", "IMP", "ALL", "LOT", "QUAI"]
NAF = ["56.10A", "47.11F", "68.20B", "62.01Z", "43.21A", "96.02A", "70.22Z", "49.41A", "81.21Z", "88.99B", "85.59A"]


def ecrire(folder: Path, etablissements: int) -> list[Path]:
    """Both stocks in `folder`; answers their paths."""
    dice = random.Random(GRAINE)  # noqa: S311 (nothing secret is drawn)
    draw = _tirages(dice)
    lieux, unites = folder / "StockEtablissement_utf8.csv", folder / "StockUniteLegale_utf8.csv"
    with lieux.open("w", encoding="utf-8") as places, unites.open("w", encoding="utf-8") as units:
        places.write(_entete(ETABLISSEMENT, COLONNES_LIEU) + "\n")
        units.write(_entete(UNITE, COLONNES_UNITE) + "\n")
        siren, made = 300_000_000, 0
        while made < etablissements:
            siren += dice.randint(1, 40 if etablissements <= 10_000_000 else 20)
            units.write(_unite(siren, draw))
            count = min(next(draw["nombre"]), etablissements - made)
            places.writelines(_lieu(siren, nic, draw) for nic in range(1, count + 1))
            made += count
    return [lieux, unites]


def _entete(names, width):
    """The columns that are read, and as many others as the official file has."""
    return ",".join([*names, *(f"colonne{i}" for i in range(width - len(names)))])


def _tirages(dice):
    """Endless draws, made in lots: one at a time would take longer than the import."""
    towns = [c for c in lire("communes.csv.gz") if c["genre"] in ("COM", "ARM") and c["codes_postaux"]]
    towns = [c for c in towns if c["code"] not in ("75056", "69123", "13055")]
    places = [f"{c['codes_postaux'].split()[0]},{_sirene(c['libelle'])},{c['code']}" for c in towns]
    weights = [int(c["population"] or 1) for c in towns]
    noms = _noms(dice)
    rank = [1 / (i + 20) for i in range(len(noms))]
    nothing = [""]

    def forever(values, weights=None):
        cumulated = list(itertools.accumulate(weights)) if weights else None
        while True:
            yield from dice.choices(values, cum_weights=cumulated, k=LOT)

    return {
        "commune": forever(places, weights),
        "nom": forever(noms, rank),
        "prenom": forever(PRENOMS, [1 / (i + 3) for i in range(len(PRENOMS))]),
        "metier": forever(METIERS, [1 / (i + 5) for i in range(len(METIERS))]),
        "forme": forever(FORMES, [30, 25, 12, 12, 4, 2, 2, 3, 6, 4]),
        "lien": forever(LIENS),
        "objet": forever(OBJETS),
        "genre": forever("PMMMSAX", [60, 10, 5, 4, 12, 7, 2]),
        "nombre": forever([1, 2, 3, 5, 12], [82, 11, 4, 2, 1]),
        "voie": forever(VOIES, [50, 12, 6, 5, 8, 8, 6, 3, 1, 1]),
        "numero": forever([str(n) for n in range(1, 200)]),
        "enseigne": forever([*nothing, "E"], [82, 18]),
        "naf": forever(NAF),
        "employeur": forever("ON", [15, 85]),
        "tranche": forever(["NN", "00", "01", "02", "03", "11", "12", "21"], [80, 3, 7, 4, 3, 2, 1, 1]),
    }


def _noms(dice):
    """Two hundred thousand family names, from syllables."""
    found = set()
    while len(found) < 200_000:
        found.add("".join(dice.choices(SYLLABES, k=dice.choice((1, 2, 2, 2, 3, 3)))) + dice.choice(FINS))
    return sorted(found, key=lambda nom: (len(nom), nom))


def _sirene(text):
    return text.upper().replace("-", " ").replace("'", " ").replace("É", "E").replace("È", "E").replace("Ê", "E")


def _unite(siren, draw):
    kind = next(draw["genre"])
    if kind == "P":
        return f"{siren},O,,,1000,{next(draw['prenom'])},,,{next(draw['nom'])}{',' * 26}\n"
    nom, metier = next(draw["nom"]), next(draw["metier"])
    if kind == "S":
        name, categorie = f"SCI {next(draw['lien'])} {nom}", 6540
    elif kind == "A":
        name, categorie = f"ASSOCIATION {next(draw['objet'])} {next(draw['lien'])} {nom}", 9220
    elif kind == "X":
        name, categorie = f"SYND COPR {next(draw['numero'])} RUE {nom}", 9110
    else:
        name, categorie = f"{next(draw['forme'])} {metier} {next(draw['lien'])} {nom}", 5499
    return f"{siren},O,{name},,{categorie},,,,{',' * 26}\n"


def _lieu(siren, nic, draw):
    shop = f"{next(draw['metier'])} {next(draw['lien'])} {next(draw['nom'])}" if next(draw["enseigne"]) else ""
    street = f"{next(draw['numero'])},,{next(draw['voie'])},{next(draw['lien'])} {next(draw['nom'])},"
    return (
        f"{siren}{nic:05},O,A,2020-01-01,{'true' if nic == 1 else 'false'},{next(draw['tranche'])},{shop},,{street},"
        f"{next(draw['commune'])},{next(draw['naf'])},{next(draw['employeur'])}{',' * 36}\n"
    )
