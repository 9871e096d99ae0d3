"""The kinds of notification, declared once, and how each person hears of them by mail. The bell shows them all."""

from collections.abc import Mapping
from typing import NamedTuple

import peewee

from models.base import Base, db
from models.comptes import Compte

IMMEDIAT, QUOTIDIEN, AUCUN = "immediat", "quotidien", "aucun"
MODES = {
    IMMEDIAT: "Tout de suite",
    QUOTIDIEN: "Dans un seul courriel par jour",
    AUCUN: "Pas de courriel",
}
# What the law or the safety of an account wants known; what must be known, now or later; what one may do without.
TOUJOURS = (IMMEDIAT,)
AU_MOINS_CHAQUE_JOUR = (IMMEDIAT, QUOTIDIEN)
AU_CHOIX = (IMMEDIAT, QUOTIDIEN, AUCUN)
JAMAIS = (AUCUN,)

EMPLOYEUR, ORGANISME, OPCO = ("employeur",), ("organisme",), ("opco",)
DEUX_PARTIES = EMPLOYEUR + ORGANISME
TOUS = DEUX_PARTIES + OPCO


class Genre(NamedTuple):
    """One kind. objet: what the subject of its mail says. pour: the kinds of structures whose people it concerns.

    modes: what a person may choose; who chose nothing has `defaut`.
    """

    code: str
    libelle: str
    objet: str
    pour: tuple[str, ...]
    modes: tuple[str, ...]
    defaut: str = IMMEDIAT

    @property
    def reglable(self) -> bool:
        """Whether there is something to choose."""
        return len(self.modes) > 1


LISTE = (
    Genre("remise", "Un organisme vous transmet un contrat", "un contrat à compléter", EMPLOYEUR, TOUJOURS),
    Genre("a_reprendre", "Un contrat transmis attend que vous le repreniez", "un contrat attend", EMPLOYEUR, AU_CHOIX),
    Genre(
        "echeance",
        "Le délai de dépôt d’un contrat approche ou est dépassé",
        "le délai de dépôt d’un contrat",
        DEUX_PARTIES,
        AU_MOINS_CHAQUE_JOUR,
    ),
    Genre("pieces", "Des pièces restent à envoyer", "des pièces à envoyer", EMPLOYEUR, AU_MOINS_CHAQUE_JOUR),
    Genre("piece_demandee", "L’OPCO demande une pièce", "une pièce est demandée", EMPLOYEUR, AU_MOINS_CHAQUE_JOUR),
    Genre("instruction", "L’instruction d’un dossier commence ou reprend", "l’instruction", EMPLOYEUR, AU_CHOIX),
    Genre("decision", "L’OPCO accepte ou refuse un dossier", "la décision de l’OPCO", EMPLOYEUR, TOUJOURS),
    Genre("bilan", "L’examen du programme, deux mois après le début", "l’examen du programme", EMPLOYEUR, AU_CHOIX),
    Genre("contrat_repris", "L’employeur reprend un contrat transmis", "un contrat repris", ORGANISME, AU_CHOIX),
    Genre(
        "contrat_renvoye",
        "L’employeur vous renvoie un contrat",
        "un contrat à corriger",
        ORGANISME,
        AU_MOINS_CHAQUE_JOUR,
    ),
    Genre("contrat_refuse", "L’employeur refuse un contrat", "un contrat refusé", ORGANISME, AU_MOINS_CHAQUE_JOUR),
    Genre("contrat_soumis", "L’employeur soumet un contrat à l’OPCO", "un contrat soumis", ORGANISME, AU_CHOIX),
    Genre(
        "attente_employeur",
        "Un employeur n’a pas repris le contrat transmis",
        "un contrat que l’employeur n’a pas repris",
        ORGANISME,
        AU_CHOIX,
    ),
    Genre(
        "purge",
        "Un brouillon inactif va être supprimé",
        "un brouillon va être supprimé",
        DEUX_PARTIES,
        AU_MOINS_CHAQUE_JOUR,
    ),
    Genre(
        "relance_rncp",
        "La certification d’un dossier n’est plus active",
        "une certification à remplacer",
        DEUX_PARTIES,
        AU_MOINS_CHAQUE_JOUR,
    ),
    Genre(
        "delai_decision",
        "Le délai de décision d’un dossier approche",
        "le délai de décision d’un dossier",
        OPCO,
        AU_CHOIX,
        QUOTIDIEN,
    ),
    Genre("avenant", "Un employeur propose un avenant", "un avenant à étudier", OPCO, AU_CHOIX),
    Genre("acces", "Demandes d’accès, mandats et invitations", "les accès à votre espace", TOUS, AU_MOINS_CHAQUE_JOUR),
    Genre("securite", "Mot de passe et sécurité du compte", "votre compte", TOUS, TOUJOURS),
    # A mail to say that a mail was lost would be no help.
    Genre("non_remis", "Un courriel n’a pas pu être remis", "un courriel non remis", TOUS, JAMAIS, AUCUN),
)
GENRES = {genre.code: genre for genre in LISTE}


class Preference(Base):
    """How one account wants one kind; no row for what it leaves as it is."""

    id = peewee.AutoField()
    compte = peewee.ForeignKeyField(Compte, on_delete="CASCADE")
    genre = peewee.CharField(max_length=20)
    mode = peewee.CharField(max_length=10, constraints=[peewee.Check("mode in ('immediat', 'quotidien', 'aucun')")])

    class Meta:
        indexes = ((("compte", "genre"), True),)


def modes_de(compte: int) -> dict[str, str]:
    """How an account wants each kind. A choice that a release took away counts for nothing."""
    chosen = {row.genre: row.mode for row in Preference.select().where(Preference.compte == compte)}
    return {code: chosen[code] if chosen.get(code) in genre.modes else genre.defaut for code, genre in GENRES.items()}


def mode_de(compte: int, genre: str) -> str:
    return modes_de(compte)[genre]


def choisir(compte: int, modes: Mapping[str, str]) -> None:
    """Keep what a person chose, kind by kind; others stay. Raises `ValueError` for what may not be chosen."""
    if any(mode not in GENRES[code].modes for code, mode in modes.items()):
        raise ValueError("this kind may not be received so")
    with db.atomic():
        for code, mode in modes.items():
            row = {"compte": compte, "genre": code, "mode": mode}
            target = [Preference.compte, Preference.genre]
            Preference.insert(row).on_conflict(conflict_target=target, update={"mode": mode}).execute()
