"""From the organisme to the employer and back: each step moves the state and tells the other side, or does nothing."""

import contextlib

from forms.preentree import figer
from models import preentree
from models.base import db
from models.comptes import Compte, Structure, habilitations
from models.contenu import Contenu, contenu, ecrire
from models.dossier import Dossier
from models.droits import structures
from models.etats import Conflit, passer
from models.liens import REMISE
from models.notifications import notifier
from models.pieces import pieces_de
from models.responsables import de_l_organisme
from models.saisie import Saisie
from tasks.annonces import annoncer
from tasks.liens import envoyer, fermer
from tasks.mise_de_cote import mettre_de_cote, rendre

PREMIERE = "type-contrat"
# news → (kind of notification, what is said)
NOUVELLES = {
    "prise": ("contrat_repris", "L’employeur a repris le contrat et le complète."),
    "renvoi": (
        "contrat_renvoye",
        "L’employeur vous renvoie le contrat : corrigez-le, puis transmettez-le à nouveau.",
    ),
    "refus": ("contrat_refuse", "L’employeur refuse le contrat que vous aviez saisi."),
    "soumission": ("contrat_soumis", "L’employeur a soumis le contrat à l’OPCO."),
}


def remettre(dossier: Dossier, d: Contenu, compte: Compte, adresse: str, jours: int) -> None:
    """Hand the dossier over to the employer at `adresse`: state, link, mail and bell together. Raises `Conflit`.

    The structure is set where there is no doubt which one it is; else whoever opens the link names it.
    """
    adresse = adresse.lower()
    person = Compte.get_or_none((Compte.courriel == adresse) & Compte.actif)
    structure = preentree.structure_visee(d.employeur.siret, person)
    with db.atomic():
        ecrire(dossier, {}, compte.id, "saisie", structure=structure, etape=PREMIERE)
        passer(dossier, "a_valider_employeur", compte.id)
        Saisie.delete().where(Saisie.dossier == dossier.id).execute()
        preentree.retenir(
            dossier,
            compte=compte.id,
            destinataire=adresse,
            blocs=figer(d),
            pieces=[piece.id for piece in pieces_de(dossier.id)],
            commentaire=dossier.commentaire,
        )
        fermer(dossier)
        envoyer(REMISE, dossier, compte, jours, PREMIERE, adresse)
        if person:
            prevenir(dossier, person, structure)


def prevenir(dossier: Dossier, person: Compte, structure: int | None) -> None:
    """The bell of the employer; it leads to the dossier only once the person has a right to it."""
    suite = "vérifiez-le, puis reprenez-le" if structure else "ouvrez le lien reçu par courriel"
    texte = f"Un organisme de formation vous a transmis un contrat : {suite}."
    known = dossier.id if structure else None
    notifier(f"remise:{dossier.id}:{dossier.version}", person.id, texte, known, genre="remise")


def corriger_adresse(dossier: Dossier, compte: Compte, adresse: str, jours: int) -> None:
    """The employer is written to at another address, while it has not started.

    The links that were mailed before open nothing any more. Raises `Conflit`.
    """
    adresse = adresse.lower()
    person = Compte.get_or_none((Compte.courriel == adresse) & Compte.actif)
    structure = preentree.structure_visee(contenu(dossier.id).employeur.siret, person)
    with db.atomic():
        fermer(dossier)
        ecrire(dossier, {}, compte.id, "adresse_corrigee", structure=structure)
        preentree.viser(dossier, adresse)
        envoyer(REMISE, dossier, compte, jours, PREMIERE, adresse)
        if person:
            prevenir(dossier, person, structure)


def reprendre_la_main(dossier: Dossier, compte: int) -> None:
    """The organisme takes it back while the employer has not started."""
    with db.atomic():
        passer(dossier, "brouillon", compte, details="organisme")
        ecrire(dossier, {}, compte, "saisie", structure=None, etape="synthese")
        fermer(dossier)


def rattacher(dossier: Dossier, structure: int, compte: int) -> None:
    """The person written to says for which of its structures the dossier is."""
    with db.atomic():
        ecrire(dossier, {}, compte, "rattachement", structure=structure)


def rejoindre(compte: Compte, structure: Structure) -> None:
    """The person acts for this employer from now on: what was handed over to it before is in its lists, and told.

    Whoever makes an account because of the mail of an organisme would else find nothing there.
    """
    if structure.genre != "employeur" or not structure.siret:
        return
    if structure.id not in structures(habilitations(compte), "saisir"):
        return
    for dossier in preentree.en_attente(structure.siret[:9], compte.courriel):
        with contextlib.suppress(Conflit), db.atomic():
            rattacher(dossier, structure.id, compte.id)
            prevenir(dossier, compte, structure.id)


def prendre(dossier: Dossier, compte: int) -> None:
    """« Reprendre »: the draft is the employer's, who goes through all its pages."""
    with db.atomic():
        passer(dossier, "brouillon", compte, details="employeur")
        changes, entete = rendre(dossier)
        # From now on the OPCO writes to the person who took it up.
        ecrire(dossier, changes, compte, "saisie", etape=PREMIERE, faites="", cree_par=compte, **entete)
        informer(dossier, "prise")


def renvoyer(dossier: Dossier, compte: int, message: str) -> None:
    """« Renvoyer à l’organisme »: the draft is the organisme's alone again, as it had entered it.

    Raises `Conflit` when somebody was faster.
    """
    with db.atomic():
        if dossier.etat == "brouillon":
            mettre_de_cote(dossier, compte)
        else:
            passer(dossier, "brouillon", compte, details="renvoi")
        ecrire(dossier, {}, compte, "saisie", structure=None, etape=PREMIERE)
        preentree.repondre(dossier, message)
        fermer(dossier)
        informer(dossier, "renvoi")


def refuser(dossier: Dossier, compte: int, message: str) -> None:
    """« Refuser »: there will be no contract."""
    with db.atomic():
        passer(dossier, "annule", compte, details="refus")
        preentree.repondre(dossier, message)
        fermer(dossier)
        informer(dossier, "refus")


def informer(dossier: Dossier, nouvelle: str) -> None:
    """Tell the organisme that handed the dossier over, by mail and on the bell, inside the caller's transaction."""
    kept = preentree.preentree_de(dossier)
    genre, texte = NOUVELLES[nouvelle]
    for compte in de_l_organisme(dossier, kept.compte) if kept else ():
        cle = f"preentree:{nouvelle}:{dossier.id}:{dossier.version}:{compte.id}"
        annoncer(genre, cle, compte, texte, dossier.id, lettre=("preentree_suite", {"nouvelle": texte}))
