"""The searches: a list of results under a field of the page, alone for htmx or within the page without JavaScript."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Blueprint, abort, g, render_template, request

from blueprints import pour_qui
from blueprints.access import habilite
from forms.controles.francais import liste
from forms.helping import ACTIONS
from forms.remplissage import chercher_tuteurs
from models import referentiels
from models.base import aujourdhui
from models.dossier import Dossier
from models.droits import Perimetre, perimetre
from models.etablissements import etablissements_saisis
from tasks import annuaire
from tasks.registres.catalogue import CATALOGUE, commande

bp = Blueprint("recherche", __name__, url_prefix="/recherche")
MAX_Q = 200


class Resultat(NamedTuple):
    """One line of a list: what choosing it sends, what it says, and what is worth knowing beside."""

    choix: str
    titre: str
    detail: str
    mention: str = ""


def adresse(e: Any) -> str:
    return " ".join(part for part in (e.voie_numero, e.voie, e.code_postal, e.commune) if part)


def etablissements(q: str, mine: Perimetre) -> list[Resultat]:
    local = referentiels.chercher_etablissements(q)
    online = [] if local else [e for e in (annuaire.demander(q),) if e]
    found = [
        Resultat(e.siret, nom(e), f"{e.siret} – {adresse(e)}", precisions(e, en_ligne=bool(online)))
        for e in (*local, *online)
    ]
    typed = etablissements_saisis(mine, q, "employeur")
    return [*(Resultat(e.siret, e.denomination, adresse(e), "saisi manuellement") for e in typed), *found]


def nom(e: Any) -> str:
    return f"{e.enseigne} ({e.denomination})" if e.enseigne else e.denomination


def precisions(e: Any, *, en_ligne: bool) -> str:
    """What to know before choosing an establishment: closed ones are said to be so."""
    parts = (
        f"fermé le {e.ferme_le:%d/%m/%Y}" if e.ferme_le else "",
        "siège" if e.siege else "",
        "trouvé en ligne (Annuaire des entreprises)" if en_ligne else "",
    )
    return ", ".join(part for part in parts if part)


def organismes(q: str, mine: Perimetre) -> list[Resultat]:
    found = [
        Resultat(o.siret, o.denomination, f"{o.siret} – NDA {o.nda} – {o.commune}", qualiopi(o))
        for o in referentiels.chercher_organismes(q)
        if o.siret
    ]
    typed = etablissements_saisis(mine, q, "organisme")
    return [*(Resultat(e.siret, e.denomination, adresse(e), "saisi manuellement") for e in typed), *found]


def qualiopi(o: Any) -> str:
    """For which actions it is certified, first for what an OPCO funds here; unknown is said, never taken for no."""
    words = {True: "Qualiopi : actions de formation", False: "non certifié Qualiopi pour les actions de formation"}
    said = words.get(o.qualiopi.get("actions_de_formation"), "Qualiopi : non renseigné pour les actions de formation")
    others = [label for key, label in ACTIONS.items() if key != "actions_de_formation" and o.qualiopi.get(key)]
    return f"{said} ; certifié pour {liste(others, 'et')}" if others else said


def certifications(q: str, mine: Perimetre) -> list[Resultat]:
    return [
        Resultat(c.code, c.intitule, f"{c.code} – niveau {c.niveau}" if c.niveau else c.code, validite(c))
        for c in referentiels.chercher_certifications(q)
    ]


def validite(c: Any) -> str:
    """Until when it is registered; one that is not any more, by what it is replaced."""
    today = aujourdhui()
    if c.active(today):
        return f"fin d’enregistrement le {c.date_fin:%d/%m/%Y}" if c.date_fin else "active"
    after = " ou ".join(found.code for found in referentiels.successeurs(c.code, today))
    since = f"inactive depuis le {c.date_fin:%d/%m/%Y}" if c.date_fin and c.date_fin < today else "inactive"
    return f"{since}, remplacée par {after}" if after else f"{since}, sans remplaçante connue"


def tuteurs(q: str, mine: Perimetre) -> list[Resultat]:
    return [Resultat(t.dossier_id, f"{t.prenom} {t.nom}", "", "") for t in chercher_tuteurs(q, mine)]


LISTES: dict[str, Callable[[str, Perimetre], list[Resultat]]] = {
    "etablissements": etablissements,
    "organismes": organismes,
    "certifications": certifications,
    "tuteurs": tuteurs,
}
NOMENCLATURES = {"NAFRev2": "NAF rév. 2", "NAF2025": "NAF 2025"}
SUGGESTIONS: dict[str, Callable[[str], list[tuple[str, str]]]] = {
    "communes": lambda q: [(c.libelle, " ".join(c.codes_postaux)) for c in referentiels.chercher_communes(q)],
    "naf": lambda q: [(n.code, f"{n.libelle} ({NOMENCLATURES[n.nomenclature]})") for n in referentiels.chercher_naf(q)],
    "idcc": lambda q: [(i.code, i.titre) for i in referentiels.chercher_idcc(q)],
}


GENRES = {"etablissements": "sirene", "organismes": "organismes", "certifications": "rncp"}


class Registre(NamedTuple):
    """What a search reads. source: nothing when it is not loaded. commande: brings the official one."""

    source: Any
    officiel: bool
    commande: str


@bp.app_template_global()
def registre_de(quoi: str) -> Registre | None:
    """Where the results of a search come from, and of which day; nothing for what the portal holds itself."""
    if quoi not in GENRES:
        return None
    source = referentiels.source(CATALOGUE[GENRES[quoi]].registre)
    return Registre(source, bool(source and source.importe_le), commande(GENRES[quoi]))


def structures_de(dossier: Dossier | None) -> Perimetre:
    """The structures whose own establishments and tutors the person may find."""
    genre = g.get("partie") or "employeur"
    mine = perimetre(g.habilitations, "saisir", genre)
    if dossier is None:
        chosen = pour_qui.choisie()
        return {chosen: mine[chosen]} if chosen in mine else mine
    owner = dossier.organisme_id if genre == "organisme" else dossier.structure_id
    return {owner: mine[owner]} if owner in mine else {}


def questions(typed: dict[str, list[str]]) -> dict[str, str]:
    """What stands in each search box of a posted page."""
    boxes = {quoi: typed.get(f"q-{quoi}", [""])[0][:MAX_Q].strip() for quoi in LISTES}
    return {quoi: q for quoi, q in boxes.items() if q}


def resultats(typed: dict[str, list[str]], mine: Perimetre) -> dict[str, list[Resultat]]:
    """For each search box that was filled in on a posted page, its list."""
    return {quoi: LISTES[quoi](q, mine) for quoi, q in questions(typed).items()}


def question(values: Any, quoi: str) -> str:
    return (values.get("q") or values.get(f"q-{quoi}") or "")[:MAX_Q].strip()


@bp.get("/<quoi>")
@habilite("saisir", "employeur", "organisme")
def lister(quoi: str) -> Any:
    """The results for `q`; codes are suggested as options of a datalist. Tutors are persons: never in a URL."""
    if quoi in SUGGESTIONS:
        q = next((value for value in request.args.values() if value.strip()), "")[:MAX_Q]
        return render_template("recherche/options.html", options=SUGGESTIONS[quoi](q) if q else [])
    if quoi not in LISTES or quoi == "tuteurs":
        abort(404)
    q = question(request.args, quoi)
    found = LISTES[quoi](q, structures_de(None)) if q else []
    return render_template("recherche/resultats.html", quoi=quoi, q=q, resultats=found)


@bp.post("/tuteurs")
@habilite("saisir", "employeur", "organisme")
def lister_tuteurs() -> Any:
    q = question(request.form, "tuteurs")
    return render_template(
        "recherche/resultats.html", quoi="tuteurs", q=q, resultats=tuteurs(q, structures_de(None)) if q else []
    )
