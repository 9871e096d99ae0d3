"""What is kept, why, and how long: one table that the public page shows and that the purge executes.

The two cannot differ. Lengths of time are rounded up when they are counted: nothing goes sooner than the page says.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import peewee

from models.acces import JournalAcces
from models.actes_rgpd import ActeRgpd
from models.base import db
from models.comptes import Compte
from models.courriels import oublier_courriels
from models.dossier import Dossier
from models.etats import A_DEPOSER
from models.exports import DUREE, oublier_exports
from models.inactivite import acceptes, brouillons, clos
from models.liens import Lien
from models.modifications import Modification
from models.notifications import oublier_notifications
from models.presences import Presence
from models.purges import compter_purge
from models.saisie import Saisie
from models.sessions import oublier_sessions
from models.tentatives import oublier_tentatives

JOURS = {"jour": 1, "mois": 31, "an": 366}
CONTRAT = "Obligation légale : dépôt et contrôle du contrat (L. 6325-1 et suivants, D. 6325-1 du code du travail)"
SECURITE = "Intérêt légitime : sécurité des comptes et des données (article 32 du RGPD)"
PREUVE = "Obligation légale : pouvoir montrer que les règles sont respectées (article 5.2 du RGPD)"
EMPLOYEUR = "Les personnes habilitées de l’employeur et, pour ce qu’il a saisi, de l’organisme de formation"
ET_OPCO = f"{EMPLOYEUR} ; les gestionnaires de l’OPCO et son outil de gestion"
PERSONNE = "La personne seule"


class Delai(NamedTuple):
    """A length of time as it is said: « 6 mois »."""

    nombre: int
    unite: str

    def avant(self, now: datetime) -> datetime:
        return now - timedelta(days=self.nombre * JOURS[self.unite])

    def __str__(self) -> str:
        plural = "s" if self.nombre > 1 and self.unite != "mois" else ""
        return f"{self.nombre}\u00a0{self.unite}{plural}"


class Regle(NamedTuple):
    """One kind of data: what, what for, on which legal basis, for whom, how long and since when.

    oublier: deletes what is older than an instant, gives how many. dossiers: for those that end with a dossier, which
    ones are over; their people are told before.
    """

    cle: str
    donnees: str
    finalite: str
    base: str
    destinataires: str
    delai: Delai
    depuis: str
    oublier: Callable[[datetime], int] | None = None
    dossiers: Callable[[datetime], peewee.Expression] | None = None


def regles(reglages: Mapping[str, Any]) -> tuple[Regle, ...]:
    """The table, with the periods that the settings give."""
    six_mois, cinq_ans = Delai(reglages["BROUILLON_MOIS"], "mois"), Delai(reglages["DOSSIER_ANS"], "an")
    return (
        Regle(
            "brouillons",
            "Contrat en cours de saisie : identité, NIR, naissance et coordonnées du salarié, tuteur, contrat, pièces",
            "Préparer le dépôt du contrat",
            CONTRAT,
            EMPLOYEUR,
            six_mois,
            "la dernière ouverture",
            dossiers=brouillons,
        ),
        Regle(
            "clos",
            "Contrat refusé ou annulé, CERFA et pièces",
            "Répondre à un recours, ou déposer à nouveau",
            CONTRAT,
            ET_OPCO,
            Delai(1, "an"),
            "la décision",
            dossiers=clos,
        ),
        Regle(
            "acceptes",
            "Contrat accepté, CERFA et pièces",
            "Prise en charge, contrôle, preuve (prescription de cinq ans, article 2224 du code civil)",
            CONTRAT,
            ET_OPCO,
            cinq_ans,
            "la fin de la formation",
            dossiers=acceptes,
        ),
        *DU_PORTAIL,
    )


def oublier_saisies(avant: datetime) -> int:
    """What was typed and not valid, of dossiers that are no longer drafts."""
    filed = Dossier.select(Dossier.id).where(Dossier.etat.not_in(A_DEPOSER))
    return Saisie.delete().where((Saisie.le < avant) & Saisie.dossier.in_(filed)).execute()


def oublier_valeurs(avant: datetime) -> int:
    """Both values of each change of a filed dossier; who changed which answer, and when, stays as long as it does."""
    filed = Dossier.select(Dossier.id).where(Dossier.etat.not_in(A_DEPOSER))
    kept = Modification.valeurs.is_null(False) & (Modification.le < avant) & Modification.dossier.in_(filed)
    return Modification.update(valeurs=None).where(kept).execute()


def oublier_presences(avant: datetime) -> int:
    return Presence.delete().where(Presence.vu_le < avant).execute()


def oublier_liens(avant: datetime) -> int:
    """Links that opened nothing any more by then; what waited for them goes, too."""
    return Lien.delete().where(Lien.expire_le < avant).execute()


def oublier_noms(avant: datetime) -> int:
    """The name of a closed account: the journal says from then on that somebody acted, no longer who."""
    closed = (Compte.ferme_le < avant) & (Compte.nom != "")
    return Compte.update(prenom="Compte effacé", nom="").where(closed).execute()


def oublier_acces(avant: datetime) -> int:
    return JournalAcces.delete().where(JournalAcces.le < avant).execute()


def oublier_actes(avant: datetime) -> int:
    return ActeRgpd.delete().where(ActeRgpd.le < avant).execute()


DU_PORTAIL = (
    Regle(
        "saisies",
        "Réponses tapées et pas encore valables, d’un contrat déposé depuis",
        "Ne rien perdre de ce qui est tapé",
        CONTRAT,
        EMPLOYEUR,
        Delai(30, "jour"),
        "la dernière frappe",
        oublier=oublier_saisies,
    ),
    Regle(
        "modifications",
        "Réponses remplacées pendant la saisie d’un contrat déposé depuis : l’ancienne et la nouvelle",
        "Réunir ce que deux personnes ont saisi, et dire qui a saisi quoi",
        CONTRAT,
        EMPLOYEUR,
        Delai(1, "an"),
        "la modification",
        oublier=oublier_valeurs,
    ),
    Regle(
        "presences",
        "Page d’un brouillon ouverte par une personne, depuis quand",
        "Montrer aux collègues qui est sur la même page",
        "Intérêt légitime : ne pas écraser le travail d’un collègue",
        EMPLOYEUR,
        Delai(1, "jour"),
        "la dernière activité sur la page",
        oublier=oublier_presences,
    ),
    Regle(
        "liens",
        "Liens envoyés par courriel, et l’adresse de leur destinataire",
        "Reprendre un contrat, rejoindre ses collègues, changer d’adresse ou de mot de passe",
        SECURITE,
        PERSONNE,
        Delai(30, "jour"),
        "la fin du lien",
        oublier=oublier_liens,
    ),
    Regle(
        "sessions",
        "Connexions : dates, famille du navigateur et système, sans adresse IP",
        "Montrer à chacun où il est connecté",
        SECURITE,
        PERSONNE,
        Delai(30, "jour"),
        "la fin de la session",
        oublier=oublier_sessions,
    ),
    Regle(
        "tentatives",
        "Connexions manquées, comptées sous une empreinte de l’adresse et du réseau",
        "Ralentir ceux qui devinent des mots de passe",
        SECURITE,
        "Personne",
        Delai(1, "jour"),
        "le dernier essai",
        oublier=oublier_tentatives,
    ),
    Regle(
        "courriels",
        "Courriels envoyés : adresse et date ; leur texte est effacé dès l’envoi",
        "Remettre les courriels une seule fois, et dire ceux qui n’arrivent pas",
        "Intérêt légitime : prévenir les personnes de leurs dossiers",
        PERSONNE,
        Delai(30, "jour"),
        "l’envoi",
        oublier=oublier_courriels,
    ),
    Regle(
        "notifications",
        "Notifications de la cloche",
        "Prévenir les personnes de ce qui arrive à leurs dossiers",
        "Intérêt légitime : prévenir les personnes de leurs dossiers",
        PERSONNE,
        Delai(1, "an"),
        "la notification",
        oublier=oublier_notifications,
    ),
    Regle(
        "exports",
        "Archives de dossiers avec leurs pièces, demandées par une personne habilitée",
        "Remettre aux personnes leurs dossiers",
        "Intérêt légitime : rendre à chacun ses dossiers",
        PERSONNE,
        Delai(DUREE.days, "jour"),
        "la demande",
        oublier=oublier_exports,
    ),
    Regle(
        "comptes",
        "Nom d’un compte fermé ; l’adresse, le mot de passe et les droits sont effacés à la fermeture",
        "Dire qui a agi sur un dossier et qui a vu un NIR",
        PREUVE,
        ET_OPCO,
        Delai(5, "an"),
        "la fermeture du compte",
        oublier=oublier_noms,
    ),
    Regle(
        "acces",
        "Journal des habilitations et des mandats",
        "Dire qui a donné quel droit à qui",
        PREUVE,
        "Ceux qui gèrent les utilisateurs",
        Delai(5, "an"),
        "l’acte",
        oublier=oublier_acces,
    ),
    Regle(
        "actes",
        "Registre des exports et effacements demandés par les personnes, sans leurs données",
        "Montrer qu’il leur a été répondu",
        PREUVE,
        "Les gestionnaires de l’OPCO",
        Delai(5, "an"),
        "l’acte",
        oublier=oublier_actes,
    ),
)


def executer(regle: Regle, now: datetime) -> int:
    """Apply a rule that needs no notice: what it deletes and its count are one transaction."""
    if regle.oublier is None:
        return 0
    with db.atomic():
        count = regle.oublier(regle.delai.avant(now))
        if count:
            compter_purge(regle.cle, count)
    return count
