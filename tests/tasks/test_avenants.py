"""An avenant to a filed dossier: what it deposits, how it is decided, and what that makes of the relance."""

from datetime import date, timedelta

import pytest

from forms.avenant import Remplacement, apres, constats
from models.avenants import ACCEPTE, PROPOSE, REFUSE, Avenant, avenant_propose
from models.base import maintenant
from models.contenu import contenu
from models.courriels import Courriel
from models.dossier import Dossier
from models.etats import Refus
from models.journal import Journal
from models.pieces import Piece, pieces_de
from models.relances import AVENANT, Relance, ouvrir_relance, relance_de
from models.transmission import Transmission
from tasks import avenants, relances
from tests.fabriques import un_compte, un_dossier, une_structure

INACTIVE, ACTIVE = "RNCP34031", "RNCP38362"


@pytest.fixture
def structure(base, reglages):
    relances.brancher(reglages)
    return une_structure()


@pytest.fixture
def employeur(structure):
    return un_compte(structure)


@pytest.fixture
def gestionnaire(structure):
    return un_compte(une_structure("opco", "OPCO fictif"))


@pytest.fixture
def dossier(structure, employeur):
    changes = {"formation.rncp": INACTIVE, "contrat.date_fin": date(2027, 8, 31)}
    dossier = un_dossier(structure, employeur, etat="accepte", changements=changes)
    ouvrir_relance(dossier.id, INACTIVE, employeur.id)
    return dossier


def proposer(dossier, compte, code=ACTIVE):
    d = contenu(dossier.id)
    avenants.proposer(dossier, d.formation.rncp, apres(dossier, d, code, date(2026, 12, 1)), compte.id, "AKTO")
    return avenant_propose(dossier.id)


def relire(dossier):
    return Dossier.get_by_id(dossier.id)


def lettres(compte):
    return [mail for mail in Courriel.select() if mail.destinataire == compte.courriel]


def reproches(dossier, rncp=ACTIVE, date_effet=date(2026, 12, 15)):
    form = Remplacement(data={"rncp": rncp, "date_effet": date_effet})
    return {(c.id, c.niveau) for c in constats(dossier, contenu(dossier.id), form, "AKTO")}


def test_it_is_deposited_with_its_cerfa_like_any_document(dossier, employeur, gestionnaire):
    avenant = proposer(dossier, employeur)
    (piece,) = pieces_de(dossier.id)
    assert (piece.genre, piece.id, piece.type) == ("avenant", avenant.piece_id, "application/pdf")
    assert piece.envoyee_le
    assert Transmission.get(Transmission.piece_id == piece.id).etat == "a_faire"
    assert Journal.get(Journal.action == "avenant_propose").details == f"{INACTIVE} {ACTIVE}"
    assert contenu(dossier.id).formation.rncp == INACTIVE
    assert [mail.dossier_id for mail in lettres(gestionnaire)] == [dossier.id]


def test_only_one_waits_at_a_time(dossier, employeur):
    proposer(dossier, employeur)
    with pytest.raises(Refus):
        proposer(dossier, employeur)
    assert (Avenant.select().count(), Piece.select().count()) == (1, 1)


def test_accepted_it_replaces_the_certification_and_ends_the_relance(dossier, employeur, gestionnaire):
    avenant = proposer(dossier, employeur)
    assert avenants.accepter(relire(dossier), avenant, gestionnaire.id)
    formation = contenu(dossier.id).formation
    assert formation.rncp == ACTIVE
    assert formation.intitule != "BTS Management en hôtellerie restauration"
    assert relance_de(dossier.id).fin == AVENANT
    assert relire(dossier).etat == "accepte"
    (mail,) = lettres(employeur)
    assert "avenant accepté" in mail.sujet
    assert {row.action for row in Journal.select()} >= {"avenant_accepte", "relance_close"}


def test_refused_it_changes_nothing_and_the_relance_goes_on(dossier, employeur, gestionnaire):
    avenant = proposer(dossier, employeur)
    assert avenants.refuser(relire(dossier), avenant, "Joignez le programme.", gestionnaire.id)
    assert contenu(dossier.id).formation.rncp == INACTIVE
    assert relance_de(dossier.id).close_le is None
    refused = Avenant.get_by_id(avenant.id)
    assert (refused.etat, refused.motif) == (REFUSE, "Joignez le programme.")
    (mail,) = lettres(employeur)
    assert "programme" not in mail.texte
    assert proposer(dossier, employeur).etat == PROPOSE


def test_it_is_decided_once(dossier, employeur, gestionnaire):
    avenant = proposer(dossier, employeur)
    assert avenants.accepter(relire(dossier), avenant, gestionnaire.id)
    assert not avenants.refuser(relire(dossier), avenant, "Trop tard", gestionnaire.id)
    assert Avenant.get_by_id(avenant.id).etat == ACCEPTE


def test_no_reminder_leaves_while_the_opco_studies_it(dossier, employeur, gestionnaire):
    avenant = proposer(dossier, employeur)
    relances.relancer_les_dues()
    assert relance_de(dossier.id).envois == 0
    avenants.refuser(relire(dossier), avenant, "Non", gestionnaire.id)
    relances.relancer_les_dues()
    assert relance_de(dossier.id).envois == 1
    Relance.update(prochain_envoi=maintenant() - timedelta(seconds=1)).execute()
    relances.relancer_les_dues()
    assert relance_de(dossier.id).envois == 2


@pytest.mark.parametrize("etat", ["refuse", "annule"])
def test_a_dossier_that_is_refused_or_cancelled_takes_none(dossier, employeur, etat):
    Dossier.update(etat=etat).where(Dossier.id == dossier.id).execute()
    with pytest.raises(Refus):
        proposer(dossier, employeur)


def test_the_law_judges_it(dossier):
    assert ("FOR-09", "erreur") in reproches(dossier, INACTIVE)
    assert ("FOR-09", "erreur") in reproches(dossier, "RNCP99999")
    assert ("CTR-06", "erreur") in reproches(dossier, date_effet=date(2028, 1, 1))
    assert "erreur" not in {niveau for _, niveau in reproches(dossier)}
