"""The gestionnaire's side: the list shows what was submitted, an act is one transaction."""

from datetime import timedelta

import pytest

from models.base import db, maintenant
from models.dossier import Dossier
from models.etats import Conflit, Refus
from models.gestion import DossierRecu
from models.instruction import PAR_PAGE, acter, demandes_de, dossiers_deposes
from models.journal import Journal
from models.numeros import composer
from models.transmission import Transmission, ajouter
from tests.fabriques import un_compte, un_dossier


@pytest.fixture
def gestionnaire(base):
    return un_compte().id


def depose(rang, etat="en_instruction", **values):
    values = {"soumis_le": maintenant()} | values
    return un_dossier(etat=etat, complet=False, numero=composer(2026, rang), **values)


def numeros(**filtres):
    return [ligne.numero for ligne in dossiers_deposes(**filtres).lignes]


@pytest.mark.parametrize("etat", ["brouillon", "a_valider_employeur"])
def test_what_was_not_submitted_is_in_no_list(base, etat):
    depose(1, etat)
    assert numeros() == []


def test_a_dossier_is_found_by_its_number_however_it_is_typed(base):
    first, _ = depose(1), depose(2)
    assert numeros(numero=first.numero) == [first.numero]
    assert numeros(numero=first.numero.replace("-", "")) == [first.numero]
    assert numeros(numero="2026-000001") == [first.numero]
    assert numeros(numero="%") == []


def test_a_dossier_is_found_by_its_number_of_management(base):
    first, _ = depose(1), depose(2)
    DossierRecu.create(cle="a", dossier=first.id, numero_gestion="G2026-000007", document={}, cerfa="0")
    assert numeros(numero="g2026-000007") == [first.numero]
    assert dossiers_deposes(numero="G2026").lignes[0].numero_gestion == "G2026-000007"


def test_the_list_is_filtered_by_state_and_the_last_submitted_come_first(base):
    old = depose(1, soumis_le=maintenant() - timedelta(days=2))
    new = depose(2, soumis_le=maintenant())
    depose(3, "accepte", soumis_le=maintenant())
    assert numeros(etat="en_instruction") == [new.numero, old.numero]


def test_the_pages_together_hold_every_dossier_once(base):
    for rang in range(PAR_PAGE + 3):
        depose(rang, soumis_le=maintenant())
    seen = numeros(page=1) + numeros(page=2)
    assert len(seen) == len(set(seen)) == PAR_PAGE + 3
    far = dossiers_deposes(page=99)
    assert (far.page, far.pages, far.total) == (2, 2, PAR_PAGE + 3)


def test_a_transmission_that_failed_is_seen_in_the_list(base):
    dossier = depose(1)
    ajouter(dossier.id, "dossier")
    assert not dossiers_deposes().lignes[0].echecs
    Transmission.update(etat="echouee").execute()
    assert dossiers_deposes().lignes[0].echecs


def test_asking_for_a_piece_moves_the_dossier_and_keeps_the_message(gestionnaire):
    dossier = depose(1)
    acter(dossier, "pieces_demandees", gestionnaire, demande=("rib", "Il est illisible."))
    assert Dossier.get_by_id(dossier.id).etat == "pieces_demandees"
    assert [(d.genre, d.message) for d in demandes_de(dossier.id)] == [("rib", "Il est illisible.")]
    last = Journal.select().order_by(Journal.id.desc()).get()
    assert (last.vers, last.details) == ("pieces_demandees", "rib")


def test_the_message_is_encrypted_in_the_table(gestionnaire):
    acter(depose(1), "pieces_demandees", gestionnaire, demande=("rib", "Il est illisible."))
    assert "illisible" not in db.execute_sql("select message from demande_piece").fetchone()[0]


def test_a_refusal_keeps_its_reason(gestionnaire):
    dossier = depose(1)
    acter(dossier, "refuse", gestionnaire, motif="Le contrat est trop court.")
    assert Dossier.get_by_id(dossier.id).motif == "Le contrat est trop court."


def test_an_act_on_an_older_version_writes_nothing(gestionnaire):
    dossier = depose(1)
    same = Dossier.get_by_id(dossier.id)
    acter(dossier, "accepte", gestionnaire)
    with pytest.raises(Conflit):
        acter(same, "refuse", gestionnaire, motif="Non.")
    assert Dossier.get_by_id(dossier.id).etat == "accepte"
    assert Dossier.get_by_id(dossier.id).motif == ""


def test_an_act_that_the_graph_does_not_know_is_refused(gestionnaire):
    dossier = depose(1, "soumis")
    with pytest.raises(Refus):
        acter(dossier, "accepte", gestionnaire)
    assert Dossier.get_by_id(dossier.id).etat == "soumis"
