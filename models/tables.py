"""Every table of the dossiers' database, and the migrations that make them."""

from pathlib import Path

import peewee
from playhouse.migrations import Runner

from models.acces import DemandeAcces, Inscription, Invitation, JournalAcces
from models.actes_rgpd import ActeRgpd
from models.avenants import Avenant
from models.codes import Code
from models.comptes import Compte, Habilitation, Mandat, Structure
from models.courriels import Courriel
from models.dossier import Dossier
from models.etablissements import EtablissementSaisi
from models.exports import Export
from models.gestion import DossierRecu, PieceRecue
from models.instruction import DemandePiece
from models.journal import Journal
from models.liens import Lien
from models.modifications import Modification
from models.notifications import Notification
from models.numeros import Compteur
from models.parametres import Parametre
from models.pieces import Piece
from models.preentree import Preentree
from models.preferences import Preference
from models.presences import Presence
from models.purges import Purge
from models.rappels import Rappel
from models.recherches import RechercheGardee
from models.relances import Relance
from models.saisie import Saisie
from models.second_facteur import CodeDeSecours, SecondFacteur
from models.sections import SECTIONS
from models.sessions import Session
from models.tentatives import Tentative
from models.transmission import Transmission

MIGRATIONS = Path(__file__).parent / "migrations"
TABLES: tuple[type[peewee.Model], ...] = (
    Structure,
    Compte,
    Habilitation,
    Session,
    SecondFacteur,
    CodeDeSecours,
    Tentative,
    Dossier,
    *SECTIONS.values(),
    Saisie,
    Journal,
    Compteur,
    Lien,
    Code,
    Courriel,
    Piece,
    Transmission,
    DossierRecu,
    PieceRecue,
    DemandePiece,
    EtablissementSaisi,
    Relance,
    Notification,
    Parametre,
    Avenant,
    Preentree,
    RechercheGardee,
    Export,
    Mandat,
    Inscription,
    Invitation,
    DemandeAcces,
    JournalAcces,
    Modification,
    Presence,
    Purge,
    ActeRgpd,
    Preference,
    Rappel,
)


def migrer(database: peewee.Database) -> list[str]:
    """Bring the schema of `database` to this release; gives the names of the migrations that were applied."""
    return Runner(database, str(MIGRATIONS)).up()
