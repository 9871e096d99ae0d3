"""Runs the law over a dossier: fetches what the rules may know, and gives each constat its page."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from forms.controles.contexte import AutreContrat, Contexte
from forms.controles.francais import nom_normalise
from forms.controles.registre import REGISTRE, Constat, appliquer, controler
from forms.fields import EMPLOYEUR, ORGANISME
from forms.page import Page
from forms.parametres_en_vigueur import parametres
from forms.steps import CHAMPS, ETAPES, RESERVES
from models import identites, referentiels
from models.base import aujourdhui
from models.contenu import Contenu
from models.personnes import depots_du_nir

ORDRE = {etape.slug: rank for rank, etape in enumerate(ETAPES)}


CHAMPS_PAR_ETAPE = {
    etape.slug: {champ for champ, declaration in CHAMPS.items() if declaration.etape.slug == etape.slug}
    for etape in ETAPES
}


@cache
def etape_de(champs: tuple[str, ...]) -> str:
    """The first page at which all of `champs` have been asked: there a rule over them shows."""
    return max((CHAMPS[champ].etape.slug for champ in champs), key=ORDRE.__getitem__)


REGLES = {
    etape.slug: [rule for rule in REGISTRE if etape_de((*rule.champs, rule.sur)) == etape.slug] for etape in ETAPES
}


def contexte(d: Contenu, dossier_id: str | None, opco: str, compte: int | None = None) -> Contexte:
    """The day and the answers of the registers for these sections; what is not asked stays unknown."""
    known: dict[str, Any] = {}
    if d.employeur.siret:
        place = referentiels.etablissement(d.employeur.siret)
        known |= {"etablissement": place, "etablissement_connu": place is not None}
    if d.formation.organisme_siret or d.formation.organisme_nda:
        school = referentiels.organisme(siret=d.formation.organisme_siret, nda=d.formation.organisme_nda)
        known |= {"organisme": school, "organisme_connu": school is not None}
    if d.formation.rncp:
        known |= certification(d.formation.rncp, d.contrat.date_conclusion or aujourdhui())
    if d.contrat.precedent_rncp:
        after = referentiels.successeurs(d.contrat.precedent_rncp, d.contrat.date_conclusion or aujourdhui())
        known["codes_successeurs_precedente"] = tuple(record.code for record in after)
    if d.employeur.naf:
        known["naf_connu"] = referentiels.naf(d.employeur.naf) is not None
    if d.tuteur_utilisatrice.naf:
        known["naf_utilisatrice_connu"] = referentiels.naf(d.tuteur_utilisatrice.naf) is not None
    if d.employeur.idcc:
        known["idcc_connu"] = referentiels.idcc(d.employeur.idcc) is not None
        opco_idcc = referentiels.opco_de(d.employeur.idcc)
        known["opco_idcc"] = (opco_idcc,) if opco_idcc else None
    codes = {code for code in (d.employeur.code_postal, d.salarie.code_postal) if code}
    found = {code: tuple(c.libelle for c in referentiels.communes_de(code)) for code in codes}
    known["communes_du_code_postal"] = {code: names for code, names in found.items() if names}
    if d.salarie.nir:
        born = referentiels.communes_du_code(d.salarie.nir[5:10])
        known["communes_naissance"] = tuple(c.libelle for c in born) or None
        known |= personne(d.salarie.nir, d.salarie.nom_naissance, dossier_id, compte)
    return Contexte(jour=aujourdhui(), parametres=parametres(), opco=opco, **known)


def certification(code: str, le: date) -> dict[str, Any]:
    record = referentiels.certification(code)
    successors = tuple(referentiels.successeurs(code, le)) if record else ()
    return {"certification": record, "certification_connue": record is not None, "successeurs": successors}


def personne(nir: str, nom: str | None, dossier_id: str | None, compte: int | None) -> dict[str, Any]:
    """What is known of this NIR: periods of other dossiers that were filed; birth names, for so many tries only."""
    rows = depots_du_nir(nir, dossier_id or "")
    known: dict[str, Any] = {"autres_contrats": tuple(AutreContrat(row.siret[:9], row.debut, row.fin) for row in rows)}
    if not nom or not dossier_id or not (rows or identites.branchee()):
        return known
    if not identites.autoriser(dossier_id, compte, nir, nom_normalise(nom)):
        return known | {"identite": identites.INDISPONIBLE}
    return known | {
        "noms_connus": tuple(row.nom for row in rows),
        "identite": identites.verifier(nir, nom_normalise(nom)),
    }


def constats(d: Contenu, contexte_: Contexte, etape: str) -> list[Constat]:
    """What the law says of these sections on the page `etape`, each beside a field of that page."""
    there = CHAMPS_PAR_ETAPE[etape]
    found = appliquer(REGLES[etape], d, contexte_)
    return [c if c.champ in there else replace(c, champ=next(f for f in c.champs if f in there)) for c in found]


def constats_de_page(page: Page, contexte_: Contexte, complete: bool = False) -> list[Constat]:
    """What is badly formed on the page, then what the law says of the rest.

    complete: the page is being left, so that what is required and missing counts too. A field that is told to be
    filled in is told once.
    """
    found = [*(page.manquants() if complete else ()), *page.refuses]
    said = {c.champ for c in found}
    law = constats(page.apres, contexte_, page.etape.slug)
    if page.pour == ORGANISME:
        law = [c for c in law if not c.manque and RESERVES.isdisjoint((c.champ, *c.champs))]
    return [*found, *(c for c in law if c.champ not in said)]


def constats_des_pieces(d: Contenu, genres: Iterable[str]) -> list[Constat]:
    """What the law says once pieces are asked for, of the kinds that are there (CTR-13, FOR-14, DAT-15)."""
    during = Contexte(jour=aujourdhui(), parametres=parametres())
    silent = set(controler(d, during))
    return [c for c in controler(d, replace(during, pieces=frozenset(genres))) if c not in silent]


def tous(d: Contenu, contexte_: Contexte, pour: str = EMPLOYEUR) -> list[tuple[str, Constat]]:
    """Everything that stands against the whole dossier: (page, constat), missing answers included, in page order."""
    found = []
    for etape in ETAPES[:-1]:
        if etape.parties:
            found += [(etape.slug, c) for c in constats_de_page(Page(etape, d, pour=pour), contexte_, complete=True)]
    return found
