"""From page to page: which step comes next, where it lives, which are done."""

from typing import NamedTuple

from flask import g, request, url_for

from forms.fields import ORGANISME
from forms.steps import ETAPES
from models import referentiels
from models.base import aujourdhui
from models.contenu import Contenu
from models.dossier import Dossier

PROPRES = {
    "conclusion": "depot.conclure",
    "synthese": "depot.relire",
    "soumission": "depot.signer",
    "pieces": "pieces.montrer",
    "manques": "manques.montrer",
}


class Jalon(NamedTuple):
    """One step of the indicator; url is None while it cannot be visited."""

    titre: str
    url: str | None
    faite: bool
    courante: bool


def rncp_inactif(d: Contenu) -> bool:
    """Whether the certification is not active at the conclusion: the page « Date de conclusion et RNCP » is there."""
    le = d.contrat.date_conclusion or aujourdhui()
    return bool(d.formation.rncp) and referentiels.certification_active(d.formation.rncp, le) is False


def slugs(d: Contenu) -> list[str]:
    """The pages of this dossier, in order."""
    absent = {"conclusion"} if not rncp_inactif(d) else set()
    if g.partie == ORGANISME:
        absent.add("soumission")
    return [etape.slug for etape in ETAPES if etape.slug not in absent]


def suivante(slug: str, d: Contenu) -> str:
    pages = slugs(d)
    return pages[min(pages.index(slug) + 1, len(pages) - 1)]


def precedente(slug: str, d: Contenu) -> str:
    pages = slugs(d)
    return pages[max(pages.index(slug) - 1, 0)]


def adresse(dossier: Dossier, slug: str) -> str:
    """Where the page `slug` of a dossier lives."""
    if slug in PROPRES:
        return url_for(PROPRES[slug], dossier_id=dossier.id)
    return url_for("saisie.montrer", dossier_id=dossier.id, etape=slug)


def controle(dossier: Dossier | None, slug: str) -> str | None:
    """Where the page `slug` is checked while it is typed."""
    if dossier:
        return url_for("saisie.controler", dossier_id=dossier.id, etape=slug)
    return (
        url_for("saisie.controler_nouveau", type=request.args.get("type"), pour=request.args.get("pour"))
        if slug == "employeur"
        else None
    )


def fil(dossier: Dossier | None, slug: str, d: Contenu) -> list[Jalon]:
    """The step indicator: done pages, the current one and the first one to do can be visited, until it is filed."""
    done = set(dossier.faites.split()) if dossier else {"type-contrat"} - {slug}
    pages = slugs(d)
    filed = dossier is not None and dossier.etat != "brouillon"
    if filed:
        done = set(pages)
    first = next((page for page in pages if page not in done), slug)
    titles = {etape.slug: etape.titre for etape in ETAPES}
    steps = []
    for page in pages:
        reachable = dossier is not None and not filed and (page in done or page in (first, slug))
        url = adresse(dossier, page) if dossier and reachable else None
        if dossier is None and page == "type-contrat":
            url = url_for("saisie.choisir_type")
        steps.append(Jalon(titles[page], url, page in done, page == slug))
    after = ("Pièces", "Transmission à l’employeur") if g.partie == ORGANISME else ("Pièces",)
    return [*steps, *(Jalon(titre, None, False, titre == "Pièces" and slug == "pieces") for titre in after)]
