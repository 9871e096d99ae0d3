"""Two people on one page: what each of them really changed, put together field by field; nothing is written over.

A form is opened on one version of the dossier. What its fields say otherwise than that version is what the person
wants; what the dossier says otherwise by now is what others wanted meanwhile.
"""

from typing import NamedTuple

from forms.page import Frappes, Page
from forms.steps import CHAMPS
from models.contenu import Contenu, contenu
from models.dossier import Dossier
from models.modifications import Changement, changements_depuis, revenir

VIDE = "(vide)"
PLUS_DEMANDE = "(n’est plus demandé)"


class Ouverture(NamedTuple):
    """The sections as a form was opened on them and as they are now. depuis: what changed between; None: not known."""

    avant: Contenu
    actuel: Contenu
    depuis: list[Changement] | None


class Desaccord(NamedTuple):
    """One answer on which two people differ: what is stored, what stands on the page, the write that stored it.

    nom: the control of the page that holds the answer; empty when the page does not ask it.
    """

    champ: str
    nom: str
    label: str
    enregistre: str
    saisi: str
    changement: Changement | None


class Fusion(NamedTuple):
    """page: over the sections as they are now, with what both changed. autres: what others changed, champ → write."""

    page: Page
    desaccords: list[Desaccord]
    autres: dict[str, Changement]


def ouverture(dossier: Dossier, version: int) -> Ouverture:
    """What a form that was opened on `version` of the dossier started from. Raises `Conflit` when it is gone."""
    now = contenu(dossier.id)
    if version == dossier.version:
        return Ouverture(now, now, [])
    changes = changements_depuis(dossier.id, version) if version < dossier.version else None
    return Ouverture(revenir(now, changes or ()), now, changes)


def fusionner(page: Page, o: Ouverture) -> Fusion:
    """What was typed on `page`, which is over `o.avant`, together with what others saved since."""
    if o.depuis == []:
        return Fusion(page, [], {})
    if o.depuis is None:
        page = page.relue(o.actuel, page.tape)
        return Fusion(page, [desaccord(page, champ, None) for champ in voulus(page)], {})
    mine, theirs = voulus(page), entre_temps(o)
    merged = reunie(page, o, mine)
    lost = [c for c in mine if c not in merged.demandes and repondu(page, c)]
    taken = [c for c in theirs if c not in mine and merged.apres.valeur(c) != o.actuel.valeur(c)]
    both = [c for c in theirs if c in mine and c not in lost and differe(page, c, o.actuel)]
    shown = [desaccord(merged, c, theirs[c], o.actuel) for c in (*both, *taken)]
    shown += [desaccord(page, c, theirs.get(c))._replace(nom="", enregistre=PLUS_DEMANDE) for c in lost]
    kept = {c: change for c, change in theirs.items() if c not in mine and c not in taken}
    return Fusion(merged, shown, kept)


def reunie(page: Page, o: Ouverture, mine: list[str]) -> Page:
    """The page over the sections as they are now: the texts that the person changed, the stored ones elsewhere."""
    texts = page.relue(o.actuel, None).saisies()
    typed: Frappes = page.tape or {}
    for name in [page.demandes[champ].name for champ in mine]:
        texts.pop(name, None)
        if name in typed:
            texts[name] = typed[name]
    return page.relue(o.actuel, texts)


def voulus(page: Page) -> list[str]:
    """The fields whose text says otherwise than the sections under the page."""
    return [champ for champ in page.demandes if differe(page, champ, page.avant)]


def differe(page: Page, champ: str, d: Contenu) -> bool:
    """Whether a field of the page says otherwise than `d`, compared as people read it: a box that is not ticked
    equals one that was never seen."""
    field = page.demandes[champ]
    return bool(field.process_errors) or field.lisible(field.data) != field.lisible(d.valeur(champ))


def repondu(page: Page, champ: str) -> bool:
    field = page.demandes[champ]
    return bool(field.process_errors or field.lisible(field.data))


def entre_temps(o: Ouverture) -> dict[str, Changement]:
    """The answers that read otherwise than when the form was opened, each with the last write of it."""
    last = {change.champ: change for change in o.depuis or () if change.champ in CHAMPS}
    return {champ: change for champ, change in last.items() if lu(champ, o.avant) != lu(champ, o.actuel)}


def lu(champ: str, d: Contenu) -> str:
    """The answer as people read it."""
    return CHAMPS[champ].field.lisible(d.valeur(champ))


def desaccord(page: Page, champ: str, change: Changement | None, actuel: Contenu | None = None) -> Desaccord:
    field = page.demandes.get(champ)
    label = CHAMPS[champ].intitule
    stored = CHAMPS[champ].field.lisible((actuel or page.avant).valeur(champ)) or VIDE
    if field is None:
        return Desaccord(champ, "", label, stored, PLUS_DEMANDE, change)
    typed = field.saisi if field.process_errors else field.lisible(field.data)
    return Desaccord(champ, field.name, label, stored, typed or VIDE, change)
