"""Complete dossiers and the exact constats that the law gives each, written from the table of rules, not from the code.

A case of `matrice/cas.json` is a complete dossier (`matrice/<profil>.json`) with some fields changed.
"""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import peewee
import pytest

from forms.controles import REGISTRE, AutreContrat, controler
from forms.controles.parametres import DEFAUT
from forms.controles.parametres.branches import Branche
from models.crypto import JourChiffre
from models.sections import SECTIONS
from tests.controles.fabrique import CERTIFICATION, ETABLISSEMENT, ORGANISME, autre, contexte_connu

MATRICE = Path(__file__).parent / "matrice"
CAS = json.loads((MATRICE / "cas.json").read_text(encoding="utf-8"))
PROFILS = {
    chemin.stem: json.loads(chemin.read_text(encoding="utf-8"))
    for chemin in MATRICE.glob("*.json")
    if chemin.stem != "cas"
}
JOURS_DES_REGISTRES = ("date_effet", "date_fin", "ferme_le")
RECORDS = {"certification": CERTIFICATION, "etablissement": ETABLISSEMENT, "organisme": ORGANISME}


def typed(section, nom, valeur):
    """The value of a data file as the column holds it."""
    colonne = SECTIONS[section]._meta.fields[nom]
    if valeur is None:
        return None
    if isinstance(colonne, peewee.DateField | JourChiffre):
        return date.fromisoformat(valeur)
    return Decimal(valeur) if isinstance(colonne, peewee.DecimalField) else valeur


def sections(profil, changements):
    remplies = {}
    for section in SECTIONS:
        brutes = {**profil[section]}
        brutes |= {chemin.split(".")[1]: v for chemin, v in changements.items() if chemin.startswith(f"{section}.")}
        remplies[section] = SimpleNamespace(**{nom: typed(section, nom, v) for nom, v in brutes.items()})
    return SimpleNamespace(**remplies)


def record(nom, changements):
    """A record of a register: that of the valid dossier with some fields changed, or none."""
    if changements is None:
        return None
    dates = {champ: date.fromisoformat(v) for champ, v in changements.items() if champ in JOURS_DES_REGISTRES}
    return autre(RECORDS[nom], **{**changements, **dates})


def branche(accord):
    """A branch agreement, made up: the tables as shipped hold none."""
    lus = {champ: Decimal(accord[champ]) for champ in ("part_max_pct", "forfait_horaire") if champ in accord}
    if "grille_pct" in accord:
        lus["grille_pct"] = tuple(Decimal(pct) for pct in accord["grille_pct"])
    return Branche(**{**accord, **lus, "depuis": date.fromisoformat(accord["depuis"])})


LECTURES = {
    "jour": ("jour", date.fromisoformat),
    "transmis_le": ("transmis_le", date.fromisoformat),
    "pieces": ("pieces", frozenset),
    "branches": ("parametres", lambda accords: replace(DEFAUT, branches=tuple(map(branche, accords)))),
    "autres_contrats": (
        "autres_contrats",
        lambda lignes: tuple(
            AutreContrat(siren, date.fromisoformat(debut), date.fromisoformat(fin)) for siren, debut, fin in lignes
        ),
    ),
}


def contexte(connu):
    """What the portal knows: records of registers, and answers read from their JSON."""
    registres = {nom: record(nom, v) for nom, v in connu.items() if nom in RECORDS}
    lus = {LECTURES[nom][0]: LECTURES[nom][1](v) for nom, v in connu.items() if nom in LECTURES}
    autres = {nom: v for nom, v in connu.items() if nom not in RECORDS and nom not in LECTURES}
    return contexte_connu(**registres, **lus, **autres)


def test_there_are_four_hundred_dossiers_and_more():
    assert len(CAS) >= 400
    assert len({cas["titre"] for cas in CAS}) == len(CAS)


def test_every_rule_of_the_register_speaks_beside_every_field_in_some_dossier():
    dites = {tuple(constat.split()[::2]) for cas in CAS for constat in cas["constats"]}
    assert {(regle.id, regle.sur) for regle in REGISTRE} == dites


def test_every_level_that_a_rule_takes_is_declared():
    declared = {(regle.id, niveau) for regle in REGISTRE for niveau in regle.niveaux}
    assert {tuple(constat.split()[:2]) for cas in CAS for constat in cas["constats"]} <= declared


@pytest.mark.parametrize("cas", CAS, ids=[cas["titre"] for cas in CAS])
def test_exact_constats(cas):
    profil = PROFILS[cas["profil"]]
    trouves = controler(sections(profil, cas["changements"]), contexte({**profil["connu"], **cas["connu"]}))
    assert sorted(f"{c.id} {c.niveau} {c.champ}" for c in trouves) == sorted(cas["constats"])
