"""What the employer entered in a pre-entry: kept aside while the organisme corrects it, given back afterwards."""

from collections.abc import Mapping
from typing import Any

from forms.page import elaguer
from models import preentree
from models.contenu import COLONNES, Changements, Contenu, changements, contenu, ecrire
from models.dossier import Dossier
from models.etats import Refus
from models.journal import noter
from models.modifications import changements_depuis, de_json, en_json, oublier_depuis, revenir
from models.preentree import Preentree, preentree_de
from models.saisie import Frappe, remettre, retirer

ANCIEN = "Ce contrat a été repris avant la mise à jour du portail : il ne peut plus être renvoyé. Refusez-le au besoin."


def mettre_de_cote(dossier: Dossier, compte: int) -> None:
    """Put aside what the employer entered since « Reprendre »: the dossier is again as it was handed over.

    Raises `Refus` when that is not known, `Conflit` when somebody was faster.
    """
    kept: Any = preentree_de(dossier)
    d = contenu(dossier.id)
    given = remis(kept, d)
    aside = {
        "structure": dossier.structure_id,
        "champs": {champ: [en_json(old), en_json(d.valeur(champ))] for champ, old in ecarts(given, d).items()},
        "commentaire": [kept.commentaire, dossier.commentaire],
        "frappes": [list(row) for row in retirer(dossier)],
    }
    preentree.modifier(dossier, de_cote=aside, prise=None)
    entete = {"commentaire": kept.commentaire, "cree_par": kept.compte_id}
    noter(dossier.id, "etat", compte, de="brouillon", vers="brouillon", details="renvoi")
    ecrire(dossier, changements(d, given), compte, "saisie", d, **entete)
    # Their values are the employer's: nothing that compares versions may tell them to the organisme.
    oublier_depuis(dossier.id, kept.prise)


def remis(kept: Preentree | None, d: Contenu) -> Contenu:
    """What the organisme handed over of a dossier whose sections are now `d`. Raises `Refus` when it is not known."""
    since = changements_depuis(kept.dossier_id, kept.prise) if kept and kept.prise else None
    if since is None:
        raise Refus(ANCIEN)
    return revenir(d, since)


def ecarts(avant: Contenu, apres: Contenu) -> dict[str, Any]:
    """The values of `avant` that `apres` has no more: `"section.colonne"` → value. The hash follows from the NIR."""
    champs = [f"{name}.{column}" for name, columns in COLONNES.items() for column in columns]
    changed = [champ for champ in champs if avant.valeur(champ) != apres.valeur(champ)]
    return {champ: avant.valeur(champ) for champ in changed if champ != "salarie.nir_empreinte"}


def rendre(dossier: Dossier) -> tuple[Changements, dict[str, Any]]:
    """What comes back to the employer that takes the dossier up, now that it is its own; nothing to another employer.

    What the organisme corrected meanwhile stays: it was asked to.
    """
    kept: Any = preentree_de(dossier)
    preentree.modifier(dossier, de_cote=None, prise=dossier.version)
    aside = kept and kept.de_cote
    if not aside or aside["structure"] != dossier.structure_id:
        return {}, {}
    remettre(dossier, [(etape, Frappe(*row)) for etape, *row in aside["frappes"]])
    now = contenu(dossier.id)
    mine = {c: value for c, (given, value) in aside["champs"].items() if en_json(now.valeur(c)) == given}
    given, comment = aside["commentaire"]
    return remplacer(now, mine), {"commentaire": comment} if dossier.commentaire == given else {}


def remplacer(d: Contenu, valeurs: Mapping[str, Any]) -> Changements:
    """What changes once these champs have these JSON values; what is not asked any more is not kept."""
    after = d.copie()
    for champ, value in valeurs.items():
        section, _, column = champ.partition(".")
        setattr(getattr(after, section), column, de_json(champ, value))
    elaguer(after)
    return changements(d, after)
