"""An avenant on its way: its CERFA is deposited with the OPCO, whose answer changes the dossier or leaves it."""

import io
from typing import Any

from forms.avenant import remplacement
from forms.reading import rubriques
from models import avenants, coffre, pieces, transmission
from models.avenants import ACCEPTE, LIBELLES, REFUSE, Avenant
from models.base import db
from models.contenu import Contenu, contenu, ecrire
from models.dossier import Dossier
from models.etats import Refus
from models.journal import noter
from models.pieces import Fiche
from models.relances import AVENANT, clore
from models.responsables import de_l_employeur, de_l_opco
from models.tour import dehors
from pdf.cerfa import remplir
from tasks.annonces import annoncer
from tasks.depot import LIMITE_CERFA

GENRE = "avenant"


def proposer(dossier: Dossier, avant: str, apres: Contenu, compte: int, opco: str) -> None:
    """Deposit the CERFA of the avenant, whose sections are `apres`. Raises `Refus`, nothing kept, when one waits."""
    values: dict[str, Any] = rubriques(apres, opco) | {"numero": dossier.numero}
    with dehors():
        cerfa = remplir(values)
    rangement = coffre.ranger(io.BytesIO(cerfa), LIMITE_CERFA)
    fiche = Fiche(f"avenant-{dossier.numero}.pdf", "application/pdf", 2)
    try:
        with db.atomic():
            piece = pieces.produire(dossier.id, GENRE, fiche, rangement, compte)
            code, effet = apres.formation.rncp, apres.contrat.date_effet_avenant
            avenant = avenants.inscrire(dossier.id, avant, code, effet, piece.id, compte)
            transmission.ajouter(dossier.id, "piece", piece.id)
            noter(dossier.id, "avenant_propose", compte, details=f"{avant} {code}")
            annoncer_a_l_opco(dossier, avenant.id)
    except Refus:
        coffre.jeter(rangement.id)
        raise


def annoncer_a_l_opco(dossier: Dossier, avenant: int) -> None:
    """Whoever studies the dossier, or could, hears that there is something to decide."""
    texte = f"Dossier {dossier.numero} : l’employeur propose un avenant à étudier."
    for compte in de_l_opco(dossier):
        cle = f"avenant_propose:{avenant}:{compte.id}"
        annoncer("avenant", cle, compte, texte, dossier.id, chemin=f"/gestion/{dossier.id}/avenant")


def accepter(dossier: Dossier, avenant: Avenant, compte: int) -> bool:
    """The certification of the dossier is replaced and its relance ends. False when it was decided meanwhile."""
    with db.atomic():
        if not avenants.trancher(avenant, ACCEPTE, None):
            return False
        ecrire(dossier, remplacement(contenu(dossier.id), avenant.rncp), compte, "saisie")
        _conclure(dossier, avenant, ACCEPTE, compte)
        clore(dossier.id, AVENANT, compte)
    return True


def refuser(dossier: Dossier, avenant: Avenant, motif: str, compte: int) -> bool:
    """The dossier stays as it is and its relance goes on. False when it was decided meanwhile."""
    with db.atomic():
        if not avenants.trancher(avenant, REFUSE, motif):
            return False
        _conclure(dossier, avenant, REFUSE, compte)
    return True


def _conclure(dossier: Dossier, avenant: Avenant, etat: str, auteur: int) -> None:
    """The journal, then the bell and the mail of the employer and of whoever proposed it."""
    noter(dossier.id, f"avenant_{etat}", auteur, details=f"{avenant.rncp_avant} {avenant.rncp}")
    codes, decision = {"rncp_avant": avenant.rncp_avant, "rncp": avenant.rncp}, LIBELLES[etat]
    letter = "avenant", {"numero": dossier.numero, "decision": decision, **codes}
    texte = f"Dossier {dossier.numero} : l’avenant vers {avenant.rncp} est {decision}."
    people = {person.id: person for person in (*de_l_employeur(dossier), avenant.compte) if person and person.actif}
    for compte in people.values():
        cle = f"avenant:{avenant.id}:{compte.id}"
        annoncer("decision", cle, compte, texte, dossier.id, lettre=letter, auteur=auteur)
