"""What an entry page shows: its fields and messages, who entered what, on what two people differ."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import current_app, g, request

from blueprints import navigation, pour_qui
from blueprints.jumeaux import concerne, jumeaux_de
from blueprints.recherche import questions, resultats, structures_de
from blueprints.rendering import jour_heure
from blueprints.rendering import page as rendre_page
from blueprints.vues_nir import voir
from forms.checking import constats_de_page, contexte
from forms.controles.francais import typographie
from forms.controles.registre import ERREUR, Constat
from forms.fields import EMPLOYEUR
from forms.fusion import VIDE, Desaccord, Fusion, desaccord, differe
from forms.helping import aides_de
from forms.page import Page
from forms.preentree import origines
from forms.steps import CHAMPS, CONDITIONNELS, ETAPES
from models.base import heure_de_paris, maintenant
from models.comptes import Compte
from models.contenu import Contenu
from models.dossier import Dossier
from models.modifications import Changement
from models.preentree import preentree_de
from models.presences import Present, a_plusieurs, presents

NOMMES = 5
TITRES = {etape.slug: etape.titre for etape in ETAPES}


class Foyer(NamedTuple):
    """The search that was used: the page comes back where the person is on it. choisi: and a result was chosen."""

    quoi: str
    choisi: bool = False


def tape() -> dict[str, list[str]]:
    """What the browser sent, control → texts."""
    return dict(request.form.lists())


def version_ouverte() -> int:
    """The version of the dossier that the posted form was opened on; 0 when the browser sent garbage."""
    text = request.form.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def rendre(
    page: Page,
    dossier: Dossier | None,
    sur_le_haut: Sequence[Constat] = (),
    fusion: Fusion | None = None,
    repris: bool = False,
    cle: str | None = None,
    foyer: Foyer | None = None,
) -> str:
    """The page of a step with its messages; `sur_le_haut` are listed on top, and on what two people differ."""
    if nir := page.demandes.get("salarie.nir"):
        voir(dossier, nir.saisi, "salarie")
    ctx = contexte_de(page.apres, dossier)
    typed = tape() if request.method == "POST" else {}
    differing = fusion.desaccords if fusion and fusion.desaccords else restants(page, typed)
    return rendre_page(
        "saisie/etape.html",
        page=page,
        dossier=dossier,
        erreurs=dans_l_ordre(page, [c for c in sur_le_haut if c.niveau == ERREUR]),
        par_champ=par_champ(sur_le_haut or constats_de_page(page, ctx), bool(sur_le_haut)),
        nav=navigation.fil(dossier, page.etape.slug, page.apres),
        adresse=ici(dossier, page.etape.slug),
        controle=navigation.controle(dossier, page.etape.slug),
        **recherches(typed, dossier, foyer),
        conditionnels=CONDITIONNELS,
        aides=aides_de(page.demandes, page.apres, ctx),
        marques=marques(page, dossier),
        desaccords=differing,
        auteurs={d.champ: signature(d.changement) for d in differing if d.changement},
        autres=resumes(fusion.autres, page.apres) if fusion else [],
        entretemps=entretemps(page, fusion, repris),
        repris=repris,
        cle=cle,
        presents=autres_presents(dossier, page.etape.slug) if dossier else None,
        jumeaux=jumeaux_de(dossier, page.apres) if dossier and concerne(page) else None,
        titres=TITRES,
        parmi=pour_qui.parmi() if page.etape.slug == "type-contrat" and not dossier else (),
    )


def recherches(typed: dict[str, list[str]], dossier: Dossier | None, foyer: Foyer | None) -> dict[str, Any]:
    """The search boxes of the page: what stands in them and under them, and which one has the focus."""
    if foyer and foyer.choisi:
        typed = typed | {f"q-{foyer.quoi}": [""]}
    return {"questions": questions(typed), "resultats": resultats(typed, structures_de(dossier)), "foyer": foyer}


def par_champ(found: Sequence[Constat], complete: bool) -> dict[str, list[Constat]]:
    """Constats beside their fields; what is missing is told only once the page is to be left."""
    beside: dict[str, list[Constat]] = {}
    for constat in found:
        if complete or not constat.manque:
            beside.setdefault(constat.champ, []).append(constat)
    return beside


def marques(page: Page, dossier: Dossier | None) -> dict[str, str]:
    """For the employer who takes up a pre-entry: what the organisme entered, what is still to be filled in."""
    kept = preentree_de(dossier) if dossier and g.partie == EMPLOYEUR else None
    if kept is None:
        return {}
    found = {c.champ: "À compléter" for c in page.manquants()} | origines(kept.blocs, page.apres)
    return {champ: texte for champ, texte in found.items() if champ in page.demandes}


def restants(page: Page, typed: Mapping[str, list[str]]) -> list[Desaccord]:
    """The answers that were shown side by side before and still differ."""
    names = set(typed.get("desaccord", ()))
    return [
        desaccord(page, champ, None)
        for champ, field in page.demandes.items()
        if field.name in names and differe(page, champ, page.avant)
    ]


def resumes(changes: Mapping[str, Changement], d: Contenu) -> list[str]:
    """Who changed what meanwhile, one sentence a person. d: the sections as they are now."""
    labels: dict[str, list[str]] = {}
    for champ, change in changes.items():
        if CHAMPS[champ].demande(d):  # else nobody changed it: it only is not asked any more
            labels.setdefault(auteur(change), []).append(CHAMPS[champ].intitule)
    return [typographie(f"Modifié entre-temps par {qui} : {enumerer(found)}.") for qui, found in labels.items()]


def enumerer(labels: Sequence[str]) -> str:
    """« A, B » and, of many, how many more there are."""
    named, more = ", ".join(f"« {label} »" for label in labels[:NOMMES]), len(labels) - NOMMES
    return f"{named} et {more} autre{'s' if more > 1 else ''} réponse{'s' if more > 1 else ''}" if more > 0 else named


def auteur(change: Changement | None) -> str:
    """Who made the change, as the person who reads it knows them."""
    if change is None or change.compte is None:
        return "une autre personne"
    if change.compte == g.compte.id:
        return "vous-même (autre fenêtre)"
    names = g.setdefault("noms", {})
    if change.compte not in names:
        person = Compte.get_or_none(Compte.id == change.compte)
        names[change.compte] = str(person.nom_complet) if person else "une autre personne"
    return names[change.compte]


def signature(change: Changement) -> str:
    """By whom and when an answer was stored."""
    return f"{auteur(change)}, le {jour_heure(change.le)}"


def entretemps(page: Page, fusion: Fusion | None, repris: bool) -> dict[str, str]:
    """`"section.colonne"` → what stands beside the field: that somebody changed it, or what is stored meanwhile."""
    found = {}
    for champ, field in page.demandes.items():
        change = fusion.autres.get(champ) if fusion else None
        if change:
            before = field.lisible(change.avant) or VIDE
            found[champ] = typographie(f"Modifié entre-temps par {auteur(change)}. Réponse précédente : {before}")
        elif repris and differe(page, champ, page.avant) and (stored := field.lisible(page.avant.valeur(champ))):
            found[champ] = typographie(f"Pas encore enregistré. Réponse enregistrée : {stored}")
    return found


def dans_l_ordre(page: Page, found: list[Constat]) -> list[Constat]:
    """Constats in the order of their fields on the page."""
    order = {champ: rank for rank, champ in enumerate(page.demandes)}
    return sorted(found, key=lambda c: order.get(c.champ, 0))


def contexte_de(d: Contenu, dossier: Dossier | None) -> Any:
    return contexte(d, dossier.id if dossier else None, current_app.config["OPCO"], g.compte.id)


def ici(dossier: Dossier | None, slug: str) -> str:
    """The address of the page itself; before the draft exists it carries the type of contract."""
    return navigation.adresse(dossier, slug) if dossier else request.full_path.rstrip("?")


def messages(page: Page, dossier: Dossier | None, fusion: Fusion | None = None, gardee: bool = True) -> str:
    """Only the messages, and the fields that appear or vanish: never a control that somebody may be typing in."""
    ctx = contexte_de(page.apres, dossier)
    return rendre_page(
        "saisie/messages.html",
        page=page,
        dossier=dossier,
        par_champ=par_champ(constats_de_page(page, ctx), complete=False),
        presents=set(request.form.getlist("present")),
        conditionnels=CONDITIONNELS,
        aides=aides_de(page.demandes, page.apres, ctx),
        desaccords=fusion.desaccords if fusion else [],
        autres=resumes(fusion.autres, page.apres) if fusion else [],
        jumeaux=jumeaux_de(dossier, page.apres) if dossier and concerne(page) else None,
        gardee=gardee,
        heure=f"{heure_de_paris(maintenant()):%H:%M}",
    )


def autres_presents(dossier: Dossier, slug: str) -> list[Present] | None:
    """Who else of one's own party has the dossier open; None where nobody else could."""
    if not a_plusieurs(dossier, g.compte.id):
        return None
    return presents(dossier, g.compte.id, slug, g.partie)
