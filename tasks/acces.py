"""Coming in and acting for others: each step writes rights, journal, mail and bell together, or does nothing."""

from datetime import timedelta
from typing import Any, NamedTuple

import peewee

from forms.acces import GENRES, en_mots
from models import acces
from models.acces import DemandeAcces, Inscription, Invitation
from models.base import db
from models.comptes import Compte, Mandat, Structure
from models.courriels import poster
from models.liens import Lien, LienUtilise, creer_lien, lire_lien, revoquer, utiliser
from models.responsables import habilites
from models.structures import PREMIERS, administrateurs, habiliter, membres, ouvrir_structure, verrouiller
from tasks.annonces import adresse, annoncer
from tasks.courriels import composer
from tasks.preentree import rejoindre

DUREE = timedelta(days=14)
DUREE_INSCRIPTION = timedelta(days=2)


class Personne(NamedTuple):
    """Somebody whose mailbox is proven and who has no account yet. mot_de_passe: its hash."""

    prenom: str
    nom: str
    mot_de_passe: str

    def ouvrir_compte(self, courriel: str) -> Compte:
        """Raises `LienUtilise` when the address got an account meanwhile."""
        try:
            with db.atomic():
                return Compte.create(courriel=courriel, **self._asdict())
        except peewee.IntegrityError:
            raise LienUtilise("the account exists") from None


def inscrire(courriel: str, identite: dict[str, str], **structure: Any) -> None:
    """Mail the link that confirms the address; the same is done for one that has an account."""
    with db.atomic():
        token = creer_lien(acces.INSCRIPTION, DUREE_INSCRIPTION, destinataire=courriel)
        lien = lire_lien(token, acces.INSCRIPTION)
        Inscription.create(lien=lien.id, identite=identite, **structure)
        poster(f"inscription:{lien.id}", courriel, *composer("inscription", lien=adresse(f"/inscription/lien/{token}")))


def confirmer(lien: Lien, inscription: Inscription, qui: Compte | Personne) -> Compte:
    """The link came back: the account is there, and asks to belong to the structure. Raises `LienUtilise`."""
    with db.atomic():
        utiliser(lien)
        compte = qui if isinstance(qui, Compte) else qui.ouvrir_compte(lien.destinataire)
        structure = ouvrir_structure(inscription.genre, inscription.siret, inscription.denomination, inscription.nda)
        demander_acces(compte, structure)
    return compte


def demander_acces(compte: Compte, structure: Structure) -> None:
    """Ask those who decide: the administrators, else the address of the structure, else a gestionnaire."""
    with db.atomic():
        verrouiller(structure.id)
        if any(h.compte_id == compte.id for h in membres(structure.id)):
            return
        if acces.demande_en_attente(structure.id, compte.id):
            return
        demande = DemandeAcces.create(structure=structure, compte=compte)
        if deciders := administrateurs(structure.id):
            prevenir(deciders, f"demande:{demande.id}", f"/utilisateurs/{structure.id}", DEMANDE)
        elif structure.contact:
            prouver(demande, structure.contact)
        else:
            opco = Structure.select(Structure.id).where(Structure.genre == "opco")
            people = [compte for row in opco for compte in habilites(row.id, "instruire")]
            prevenir(people, f"demande:{demande.id}", f"/gestion/acces/{demande.id}", DEMANDE_OPCO)


DEMANDE = "Une personne demande à agir avec vous : acceptez-la ou refusez-la."
DEMANDE_OPCO = "Un premier compte attend d’être vérifié."


def prevenir(comptes: list[Compte], cle: str, chemin: str, texte: str) -> None:
    """Tell each of these people, by mail and on the bell."""
    for compte in comptes:
        annoncer("acces", f"{cle}:{compte.id}", compte, texte, chemin=chemin)


def prouver(demande: DemandeAcces, contact: str) -> None:
    """Mail the structure itself, at its contact from now on: who reads there says whether the person belongs to it."""
    with db.atomic():
        Structure.update(contact=contact).where(Structure.id == demande.structure_id).execute()
        token = creer_lien(acces.PREUVE, DUREE, compte=demande.compte, destinataire=contact)
        lien = lire_lien(token, acces.PREUVE)
        if demande.lien_id:
            revoquer(Lien.get_by_id(demande.lien_id))
        DemandeAcces.update(lien=lien.id).where(DemandeAcces.id == demande.id).execute()
        poster(f"preuve:{lien.id}", contact, *composer("preuve_acces", lien=adresse(f"/preuve/{token}")))


def repondre(demande: DemandeAcces, reponse: str, par: int | None) -> bool:
    """The link that asked the structure itself opens nothing any more. False when somebody answered before."""
    if demande.lien_id:
        revoquer(Lien.get_by_id(demande.lien_id))
    return acces.repondre(demande, reponse, par)


def accorder(demande: DemandeAcces, droits: str, etablissements: str, par: int | None) -> bool:
    """Give the person that asked its rights. False when somebody answered before."""
    with db.atomic():
        verrouiller(demande.structure_id)
        if not repondre(demande, "acceptee", par):
            return False
        habiliter(demande.structure_id, demande.compte_id, droits, etablissements, par)
        rejoindre(demande.compte, demande.structure)
        prevenir([demande.compte], f"demande_acceptee:{demande.id}", "/", "Votre demande d’accès est acceptée.")
    return True


def accorder_le_premier(demande: DemandeAcces, par: int | None) -> bool:
    """The first person of a structure administers it. False when there is one already: it answers this request."""
    with db.atomic():
        verrouiller(demande.structure_id)
        if administrateurs(demande.structure_id):
            return False
        done = accorder(demande, PREMIERS[demande.structure.genre], "", par)
        for other in acces.demandes_de_la_structure(demande.structure_id) if done else ():
            passer_la_main(other, demande.compte)
    return done


def passer_la_main(demande: DemandeAcces, administrateur: Compte) -> None:
    """A request that waited for somebody outside is the new administrator's: the link that asked opens no more."""
    if demande.lien_id:
        revoquer(Lien.get_by_id(demande.lien_id))
    prevenir([administrateur], f"demande:{demande.id}", f"/utilisateurs/{demande.structure_id}", DEMANDE)


def ecarter(demande: DemandeAcces, par: int | None) -> bool:
    """Refuse a request. False when somebody answered before."""
    texte = "Votre demande d’accès n’est pas acceptée. Adressez-vous à la personne qui gère les utilisateurs."
    with db.atomic():
        if not repondre(demande, "refusee", par):
            return False
        prevenir([demande.compte], f"demande_refusee:{demande.id}", "/", texte)
    return True


def inviter(structure: Structure, courriel: str, droits: str, etablissements: str, par: Compte) -> None:
    """Ask an address in, whether it has an account or not; an invitation that it had is worth nothing any more."""
    with db.atomic():
        for waiting in acces.invitations_en_attente(structure.id):
            if waiting.courriel == courriel:
                retirer_invitation(waiting, par.id)
        lien = envoyer_invitation(structure, courriel, par)
        row = {"structure": structure, "lien": lien, "courriel": courriel, "cree_par": par}
        Invitation.create(droits=droits, etablissements=etablissements, **row)
        acces.noter_acces(structure.id, "invitation", par.id, details=droits)


def envoyer_invitation(structure: Structure, courriel: str, par: Compte) -> str:
    """A new link, mailed; answers its id."""
    token = creer_lien(acces.INVITATION, DUREE, destinataire=courriel, cree_par=par)
    lien = lire_lien(token, acces.INVITATION)
    url = adresse(f"/invitation/{token}")
    mail = composer("invitation", auteur=par.nom_complet, employeur=structure.nom, lien=url, jours=DUREE.days)
    poster(f"invitation:{lien.id}", courriel, *mail, genre="acces", auteur=par.id)
    return lien.id


def renvoyer_invitation(invitation: Invitation, par: Compte) -> None:
    """Mail a new link in the place of the old one, which opens nothing any more."""
    with db.atomic():
        revoquer(Lien.get_by_id(invitation.lien_id))
        lien = envoyer_invitation(invitation.structure, invitation.courriel, par)
        Invitation.update(lien=lien).where(Invitation.id == invitation.id, Invitation.reponse == "").execute()


def retirer_invitation(invitation: Invitation, par: int) -> None:
    """Its link opens nothing any more; twice is harmless."""
    with db.atomic():
        revoquer(Lien.get_by_id(invitation.lien_id))
        waiting = (Invitation.id == invitation.id) & (Invitation.reponse == "")
        if Invitation.update(reponse="retiree").where(waiting).execute():
            acces.noter_acces(invitation.structure_id, "invitation_retiree", par)


def accepter_invitation(lien: Lien, invitation: Invitation, qui: Compte | Personne) -> Compte:
    """The invited person comes in, with a new account when it has none. Raises `LienUtilise`."""
    with db.atomic():
        utiliser(lien)
        compte = qui if isinstance(qui, Compte) else qui.ouvrir_compte(lien.destinataire)
        Invitation.update(reponse="acceptee").where(Invitation.id == invitation.id).execute()
        par = invitation.cree_par_id
        habiliter(invitation.structure_id, compte.id, invitation.droits, invitation.etablissements, par)
        rejoindre(compte, invitation.structure)
    return compte


def annoncer_mandat(mandat: Mandat, pour: int, nouvelle: str) -> None:
    """Tell the administrators of the structure `pour` of a mandate; inside the caller's transaction."""
    texte = MANDATS[nouvelle].format(qui=GENRES[mandat.mandant.genre], droits=en_mots(mandat.droits).lower())
    cle = f"mandat:{nouvelle}:{mandat.id}"
    prevenir(administrateurs(pour), cle, f"/utilisateurs/{pour}", texte)


MANDATS = {
    "donne": "{qui} vous donne mandat ({droits}).",
    "demande": "On vous demande un mandat ({droits}) : acceptez-le ou refusez-le dans « Utilisateurs ».",
    "accepte": "Le mandat que vous demandiez est accepté ({droits}).",
    "revoque": "Un mandat ({droits}) a pris fin : il vient d’être révoqué.",
}
