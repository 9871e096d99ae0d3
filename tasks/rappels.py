"""Reminders that know the legal deadlines: each is given once, on its day or soon after, and stops when it is done.

Days are those of Paris, counted from the start of the contract or from the day on which what is awaited began.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from huey import crontab

from forms.controles.aides import JOURS_DE_DECISION, MOIS_D_EXAMEN
from forms.controles.calendrier import plus_jours, plus_mois
from forms.controles.depot import depot_au_plus_tard
from forms.controles.francais import jour
from forms.controles.parametres.codes import AVENANT
from models.base import aujourdhui, db, heure_de_paris, maintenant
from models.comptes import Compte, Structure, habilitations
from models.courriels import poster
from models.dossier import Dossier
from models.droits import OUVERTS, partie
from models.etats import A_DEPOSER
from models.liens import REMISE, jeton_de, liens_vivants
from models.preentree import preentree_de
from models.rappels import Delai, dus, retenir
from models.responsables import de_l_employeur, de_l_opco, de_l_organisme
from models.sections import Contrat
from tasks.annonces import adresse, annoncer
from tasks.courriels import composer
from tasks.queue import huey

DEBUT, DELAI = "debut", "delai_depuis"
# A worker that was stopped still gives a last reminder so many days late.
RETARD = 7

log = logging.getLogger(__name__)
_reglages: dict[str, Any] = {"RESUME_HOUR": 8}


class Envoi(NamedTuple):
    """One reminder of one dossier: depuis is the first day of the delay, rang which one of its series it is."""

    dossier: Dossier
    depuis: date
    rang: int
    cle: str

    def dire(self, genre: str, comptes: list[Compte], texte: str, suite: str = "") -> None:
        """suite: what follows the address of the dossier, for another of its pages."""
        chemin = f"/dossiers/{self.dossier.id}{suite}"
        for compte in comptes:
            annoncer(genre, f"{self.cle}:{compte.id}", compte, texte, self.dossier.id, chemin=chemin)


class Serie(NamedTuple):
    """A delay, the days after its beginning on which it is recalled, and what is said to whom."""

    delai: Delai
    jours: tuple[int, ...]
    ecrire: Callable[[Envoi], None]


def nommer(dossier: Dossier) -> str:
    """The dossier as its people know it, without naming anybody."""
    if dossier.numero:
        return f"dossier {dossier.numero}"
    return f"contrat dont la saisie a commencé le {jour(heure_de_paris(dossier.cree_le).date())}"


def depot(envoi: Envoi) -> None:
    """DEP-01: the contract reaches the OPCO within five days of its start (D6325-1); an avenant has no such delay."""
    dossier = envoi.dossier
    if Contrat.get_by_id(dossier.id).type_contrat == AVENANT:
        return
    limite = jour(depot_au_plus_tard(envoi.depuis))
    texte = (
        f"Le contrat a débuté le {jour(envoi.depuis)} : soumettez-le à l’OPCO au plus tard le {limite}",
        f"C’est le dernier jour, le {limite}, pour soumettre à l’OPCO le contrat",
        f"Le délai de dépôt est passé depuis le {limite} : soumettez sans attendre le contrat",
    )[envoi.rang]
    people = de_l_employeur(dossier) if dossier.structure_id else de_l_organisme(dossier, dossier.cree_par)
    envoi.dire("echeance", people, f"{texte} ({nommer(dossier)}).")


def pieces(envoi: Envoi) -> None:
    dossier = envoi.dossier
    texte = (
        f"Des pièces restent à envoyer pour le {nommer(dossier)} : l’OPCO a 20 jours pour répondre à partir du "
        "dossier complet."
    )
    envoi.dire("pieces", de_l_employeur(dossier), texte, "/pieces")


def piece_demandee(envoi: Envoi) -> None:
    texte = f"L’OPCO attend toujours la pièce qu’il a demandée le {jour(envoi.depuis)} ({nommer(envoi.dossier)})."
    envoi.dire("pieces", de_l_employeur(envoi.dossier), texte, "/document")


def reprise(envoi: Envoi) -> None:
    """To the person the organisme wrote to, by the link when it has no account, and to the employer's people."""
    dossier = envoi.dossier
    kept = preentree_de(dossier)
    person = Compte.get_or_none((Compte.courriel == kept.destinataire) & Compte.actif) if kept else None
    theirs = person is not None and partie(habilitations(person), "suivre", dossier) == "employeur"
    texte = (
        f"Un contrat qu’un organisme de formation vous a transmis le {jour(envoi.depuis)} attend : vérifiez-le, puis "
        "reprenez-le."
    )
    people = [person] if person and theirs else de_l_employeur(dossier)
    envoi.dire("a_reprendre", people, texte)
    if kept and not theirs:
        rappeler_par_lien(envoi, kept.destinataire)


def rappeler_par_lien(envoi: Envoi, destinataire: str) -> None:
    """The mail with the link that was sent, while it opens something."""
    links = liens_vivants(envoi.dossier, REMISE)
    link = next((lien for lien in links if lien.destinataire == destinataire), None)
    if link is None:
        return
    organisme = Structure.get_by_id(envoi.dossier.organisme_id)
    url = adresse(f"/transmis/{jeton_de(link)}")
    days = (link.expire_le - maintenant()).days
    mail = composer("preentree_recue", organisme=organisme.nom, lien=url, jours=max(1, days))
    poster(envoi.cle, destinataire, *mail, genre="a_reprendre", dossier=envoi.dossier.id, auteur=link.cree_par)


def attente(envoi: Envoi) -> None:
    """To whoever handed it over."""
    kept = preentree_de(envoi.dossier)
    texte = (
        f"L’employeur n’a pas encore repris le contrat que vous lui avez transmis le {jour(envoi.depuis)} : vérifiez "
        "son adresse, ou contactez-le."
    )
    people = de_l_organisme(envoi.dossier, kept.compte) if kept else []
    envoi.dire("attente_employeur", people, texte, "/suivi")


def decision(envoi: Envoi) -> None:
    """DEP-02: the OPCO decides within twenty days of the complete file; silence is acceptance (D6325-2)."""
    limite = jour(plus_jours(envoi.depuis, JOURS_DE_DECISION))
    texte = (
        f"Décision à rendre au plus tard le {limite}",
        f"Décision à rendre au plus tard le {limite}",
        f"Dernier jour pour rendre une décision, le {limite}",
        f"Le délai de décision a expiré le {limite} : la prise en charge est réputée acceptée",
    )[envoi.rang]
    envoi.dire("delai_decision", de_l_opco(envoi.dossier), f"{texte} ({nommer(envoi.dossier)}).")


def bilan(envoi: Envoi) -> None:
    """DEP-05: within two months the employer and the employee look whether the programme fits (D6325-13)."""
    limite = jour(plus_mois(envoi.depuis, MOIS_D_EXAMEN))
    texte = (
        f"Avant le {limite}, examinez avec le salarié si le programme de formation lui convient ; s’il faut l’adapter, "
        f"déposez un avenant ({nommer(envoi.dossier)})."
    )
    envoi.dire("bilan", de_l_employeur(envoi.dossier), texte)


SERIES = (
    Serie(Delai("depot", A_DEPOSER, DEBUT), (2, 5, 6), depot),
    Serie(Delai("pieces", ("soumis",), DELAI), (2, 7, 14), pieces),
    Serie(Delai("piece_demandee", ("pieces_demandees",), DELAI), (3, 7, 14), piece_demandee),
    Serie(Delai("reprise", ("a_valider_employeur",), DELAI), (3, 7), reprise),
    Serie(Delai("attente", ("a_valider_employeur",), DELAI), (5, 14), attente),
    Serie(Delai("decision", ("pieces_envoyees", "en_instruction"), DELAI), (10, 17, 20, 21), decision),
    Serie(Delai("bilan", (*sorted(OUVERTS), "accepte"), DEBUT), (45, 57), bilan),
)


def brancher(reglages: dict[str, Any]) -> None:
    """Take the hour of the daily mails from the settings: reminders come an hour before."""
    _reglages["RESUME_HOUR"] = reglages["RESUME_HOUR"]


@huey.periodic_task(crontab(minute="5"), name="rappeler")
def rappeler_chaque_heure() -> None:
    """Every hour from the morning on, so that a worker that was down at that hour gives them later in the day."""
    if heure_de_paris(maintenant()).hour >= _reglages["RESUME_HOUR"] - 1:
        rappeler(aujourdhui())


def rappeler(today: date) -> None:
    """Give the reminders of this day, and those of the days before that nobody gave. Harmless when it runs twice."""
    for serie in SERIES:
        for rang, days in enumerate(serie.jours):
            following = serie.jours[rang + 1] if rang + 1 < len(serie.jours) else days + RETARD
            first, last = today - timedelta(days=following - 1), today - timedelta(days=days)
            for dossier_id in dus(serie.delai, rang, first, last):
                try:
                    donner(serie, dossier_id, rang)
                except Exception as error:
                    log.warning("reminder %s of %s not given: %s", serie.delai.serie, dossier_id, type(error).__name__)


def donner(serie: Serie, dossier_id: str, rang: int) -> None:
    """Write it down and tell, together; nothing when it was given, or when the dossier has moved on meanwhile."""
    with db.atomic():
        dossier = Dossier.get_or_none((Dossier.id == dossier_id) & Dossier.etat.in_(serie.delai.etats))
        if dossier is None:
            return
        depuis = premier_jour(dossier, serie.delai)
        if retenir(dossier, serie.delai, rang, depuis):
            cle = f"rappel:{serie.delai.serie}:{dossier.id}:{depuis:%Y%m%d}:{rang}"
            serie.ecrire(Envoi(dossier, depuis, rang, cle))


def premier_jour(dossier: Dossier, delai: Delai) -> date:
    """The day from which the delay counts."""
    value = getattr(dossier, delai.repere)
    return heure_de_paris(value).date() if isinstance(value, datetime) else value
