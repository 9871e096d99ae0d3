"""Links to one dossier: made, mailed to one person, mailed anew to the same, closed when the dossier changes hands."""

import hashlib
from datetime import timedelta
from typing import Any

from forms.fields import EMPLOYEUR, ORGANISME
from models.base import db, maintenant
from models.comptes import Compte, Structure, habilitations
from models.courriels import poster
from models.dossier import Dossier
from models.droits import peut
from models.journal import noter
from models.liens import REMISE, REPRISE, Lien, creer_lien, liens_vivants, revoquer
from models.non_remis import non_remis, regler
from tasks.annonces import adresse
from tasks.courriels import composer

CHEMINS = {REPRISE: "/reprise/", REMISE: "/transmis/"}


def creer(objet: str, dossier: Dossier, auteur: Compte, jours: int, etape: str, destinataire: str | None = None) -> str:
    """The address of a new link that lives for `jours` days, inside the caller's transaction."""
    length = timedelta(days=jours)
    token = creer_lien(objet, length, dossier=dossier, etape=etape, destinataire=destinataire, cree_par=auteur)
    return adresse(CHEMINS[objet] + token)


def envoyer(objet: str, dossier: Dossier, auteur: Compte, jours: int, etape: str, destinataire: str) -> None:
    """Mail a new link to `destinataire`, inside the caller's transaction. The mail names nobody of the dossier."""
    genre, partie = ("remise", ORGANISME) if objet == REMISE else ("reprise", EMPLOYEUR)
    fermer_les_perdus(dossier, objet, partie)
    lien = creer(objet, dossier, auteur, jours, etape, destinataire)
    if objet == REMISE:
        organisme = Structure.get_by_id(dossier.organisme_id).nom
        lettre = composer("preentree_recue", lien=lien, jours=jours, organisme=organisme)
    else:
        lettre = composer("reprise", lien=lien, jours=jours, auteur=auteur.nom_complet)
    cle = f"{genre}:{dossier.id}:{hashlib.sha256(lien.encode()).hexdigest()[:32]}"
    regler(dossier.id, partie)
    poster(cle, destinataire, *lettre, genre=genre, dossier=dossier.id, auteur=auteur.id)


def fermer_les_perdus(dossier: Dossier, objet: str, partie: str) -> None:
    """The links in mails that were lost open nothing any more: the address may be that of somebody else."""
    lost = {courriel.destinataire for courriel in non_remis(dossier.id, partie)}
    for lien in liens_vivants(dossier, objet):
        if lien.destinataire in lost:
            revoquer(lien)
            noter(dossier.id, "lien_revoque", None)


def ouvre(lien: Lien, dossier: Dossier) -> bool:
    """Whether the dossier still is where a link of this kind leads: a draft, or one handed over and not filed."""
    return dossier.etat == "brouillon" or (lien.objet == REMISE and dossier.etat == "a_valider_employeur")


def renouveler(identifiant: str, jours: int) -> None:
    """Mail a link anew, to the person who had it, when it only was too old.

    Nothing happens when somebody withdrew it, when the dossier is beyond it, or when whoever made it may no longer.
    """
    old: Any = Lien.get_or_none((Lien.id == identifiant) & Lien.objet.in_(list(CHEMINS)))
    if old is None or old.destinataire is None or old.revoque_le or old.expire_le > maintenant():
        return
    dossier, auteur = old.dossier, old.cree_par
    if ouvre(old, dossier) and auteur and auteur.actif and peut(habilitations(auteur), "revoquer", dossier):
        with db.atomic():
            envoyer(old.objet, dossier, auteur, jours, old.etape, old.destinataire)
            noter(dossier.id, "lien_envoye", None)


def fermer(dossier: Dossier) -> None:
    """The dossier changes hands: no link to it that was made before opens anything any more."""
    for lien in liens_vivants(dossier, *CHEMINS):
        revoquer(lien)
