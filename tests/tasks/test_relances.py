"""The reminders of an inactive certification: at once, again after the delay, until it is put right; never doubled."""

from datetime import date, timedelta

import pytest

from forms.page import Page
from forms.steps import PAR_SLUG
from models.base import maintenant
from models.comptes import Habilitation
from models.contenu import contenu
from models.courriels import Courriel
from models.dossier import Dossier
from models.journal import Journal
from models.notifications import Notification, non_lues
from models.relances import AVENANT, GESTIONNAIRE, SANS_OBJET, Relance, clore, ouvrir_relance, relance_de
from tasks import annonces, relances
from tasks.depot import soumettre
from tests.fabriques import PERSONNE, un_compte, un_dossier, une_structure

INACTIVE, ACTIVE, CONCLU = "RNCP34031", "RNCP38362", date(2026, 8, 28)


@pytest.fixture
def structure(base, reglages):
    annonces.brancher({"PUBLIC_URL": "https://portail.exemple/"})
    relances.brancher(reglages | {"RELANCE_DAYS": 3})
    return une_structure()


@pytest.fixture
def employeur(structure):
    return un_compte(structure)


def deposer(structure, compte, rncp=INACTIVE, **changements):
    """File a dossier with this certification; answers it as it is now."""
    changes = {"formation.rncp": rncp, "contrat.date_conclusion": CONCLU} | changements
    dossier = un_dossier(structure, compte, changements=changes)
    soumettre(dossier, Page(PAR_SLUG["soumission"], contenu(dossier.id)), compte.id, "AKTO")
    return Dossier.get_by_id(dossier.id)


def rendre_due(dossier):
    Relance.update(prochain_envoi=maintenant() - timedelta(seconds=1)).where(Relance.dossier == dossier.id).execute()


def courriels():
    return list(Courriel.select().where(Courriel.cle.startswith("relance:")).order_by(Courriel.id))


def test_an_active_or_unknown_certification_begins_nothing(structure, employeur):
    for rncp in (ACTIVE, "RNCP99999", None):
        assert relance_de(deposer(structure, employeur, rncp).id) is None


def test_an_inactive_one_is_reminded_at_once_by_mail_and_bell(structure, employeur):
    dossier = deposer(structure, employeur)
    relances.relancer_les_dues()
    (courriel,) = courriels()
    assert courriel.destinataire == employeur.courriel
    for text in (dossier.numero, INACTIVE, f"{ACTIVE} –", f"https://portail.exemple/dossiers/{dossier.id}"):
        assert text in courriel.texte
    assert PERSONNE["nom_naissance"] not in courriel.texte + courriel.html
    assert non_lues(employeur.id) == 1
    assert relance_de(dossier.id).envois == 1


def test_it_comes_again_after_the_delay_and_not_before(structure, employeur):
    dossier = deposer(structure, employeur)
    relances.relancer_les_dues()
    relances.relancer_les_dues()
    assert len(courriels()) == 1
    assert timedelta(days=2) < relance_de(dossier.id).prochain_envoi - maintenant() <= timedelta(days=3)
    rendre_due(dossier)
    relances.relancer_les_dues()
    assert [courriel.sujet.count("rappel") for courriel in courriels()] == [0, 1]


def test_two_workers_that_found_it_due_send_one_mail(structure, employeur):
    deposer(structure, employeur)
    first, second = Relance.get(), Relance.get()
    relances.relancer(first)
    relances.relancer(second)
    assert len(courriels()) == 1


def test_a_failure_in_the_middle_leaves_it_due(structure, employeur, monkeypatch):
    dossier = deposer(structure, employeur)
    with monkeypatch.context() as patch:
        patch.setattr(relances, "lettre", lambda relance: 1 / 0)
        relances.relancer_les_dues()
    assert (courriels(), non_lues(employeur.id), relance_de(dossier.id).envois) == ([], 0, 0)
    relances.relancer_les_dues()
    assert len(courriels()) == 1


def test_whoever_began_the_dossier_hears_of_it_too(structure, employeur):
    ecole = une_structure("organisme", "Organisme Fictif")
    organisme = un_compte(ecole)
    dossier = deposer(structure, organisme)
    Dossier.update(organisme=ecole).where(Dossier.id == dossier.id).execute()
    Relance.update(compte=employeur).where(Relance.dossier == dossier.id).execute()
    relances.relancer_les_dues()
    assert {courriel.destinataire for courriel in courriels()} == {organisme.courriel, employeur.courriel}


def test_who_has_left_the_employer_gets_no_reminder(structure, employeur):
    dossier = deposer(structure, employeur)
    Habilitation.delete().execute()
    relances.relancer_les_dues()
    assert courriels() == []
    assert relance_de(dossier.id).envois == 1


def test_a_closed_account_gets_no_mail(structure, employeur):
    dossier = deposer(structure, employeur)
    employeur.actif = False
    employeur.save()
    relances.relancer_les_dues()
    assert courriels() == []
    assert relance_de(dossier.id).envois == 1


def test_it_ends_when_a_gestionnaire_closes_it(structure, employeur):
    dossier = deposer(structure, employeur)
    assert clore(dossier.id, GESTIONNAIRE, None)
    assert not clore(dossier.id, GESTIONNAIRE, None)
    relances.relancer_les_dues()
    assert courriels() == []
    assert Journal.select().where(Journal.action == "relance_close").count() == 1


@pytest.mark.parametrize("etat", ["refuse", "annule"])
def test_it_ends_with_the_dossier(structure, employeur, etat):
    dossier = deposer(structure, employeur)
    Dossier.update(etat=etat).where(Dossier.id == dossier.id).execute()
    relances.relancer_les_dues()
    assert courriels() == []
    assert relance_de(dossier.id).fin == SANS_OBJET


@pytest.mark.parametrize(
    ("rncp", "meme_structure", "fin"), [(ACTIVE, True, AVENANT), (INACTIVE, True, ""), (ACTIVE, False, "")]
)
def test_it_ends_by_an_avenant_of_the_same_employer_that_replaces_the_code(
    structure, employeur, rncp, meme_structure, fin
):
    dossier = deposer(structure, employeur)
    other = structure if meme_structure else une_structure(nom="Autre employeur")
    avenant = {"contrat.type_contrat": "30", "contrat.precedent_numero": dossier.numero.replace("-", " ")}
    deposer(other, employeur, rncp, **avenant, **{"contrat.date_effet_avenant": date(2026, 10, 1)})
    assert relance_de(dossier.id).fin == fin


def test_opening_twice_is_one_relance(structure, employeur):
    dossier = un_dossier(structure, employeur, etat="soumis")
    for _ in range(2):
        ouvrir_relance(dossier.id, INACTIVE, employeur.id)
    assert Relance.select().count() == 1
    assert Journal.select().where(Journal.action == "relance_ouverte").count() == 1


def test_the_bell_rings_for_its_account_alone(structure, employeur):
    deposer(structure, employeur)
    relances.relancer_les_dues()
    assert [n.compte_id for n in Notification.select()] == [employeur.id]
