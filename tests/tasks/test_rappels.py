"""The reminders of a dossier, over ninety days of a simulated calendar: these, on these days, and no other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import peewee
import pytest
from freezegun import freeze_time

from models.base import db
from models.comptes import Compte
from models.contenu import contenu
from models.courriels import Courriel
from models.dossier import Dossier
from models.etats import passer
from models.notifications import Notification
from models.preferences import choisir
from models.rappels import Rappel, dus
from models.sections import Contrat
from tasks import annonces, preentree, rappels
from tests.fabriques import PERSONNE, un_compte, un_dossier, une_structure

DEBUT = date(2026, 9, 1)
MATIN = "2026-09-01 07:05"


@pytest.fixture
def horloge(base):
    """The first morning; the clock stands still until it is moved."""
    annonces.brancher({"PUBLIC_URL": "https://portail.exemple"})
    with freeze_time(MATIN, ignore=["asyncio"]) as clock:
        yield clock


@pytest.fixture
def structure(horloge):
    return une_structure()


@pytest.fixture
def rh(structure):
    return un_compte(structure)


@pytest.fixture
def formateur(horloge):
    return un_compte(une_structure("organisme", "Organisme Fictif"))


@pytest.fixture
def gestionnaire(horloge):
    return un_compte(une_structure("opco", "OPCO fictif"))


def un_contrat(structure, compte, etat="brouillon", debut=DEBUT, **columns):
    return un_dossier(structure, compte, etat=etat, changements={"contrat.date_debut": debut}, **columns)


def marcher(horloge, jours, actes=None):
    """Live through `jours` days; `actes`: rank of a day → what happens that noon. Gives (rank, kind, account)."""
    told, first = [], datetime.now()  # noqa: DTZ005 the clock is ours
    for rank in range(jours + 1):
        horloge.move_to(first + timedelta(days=rank))
        seen = Notification.select().count()
        for _ in range(2):
            rappels.rappeler_chaque_heure.call_local()
        told += [(rank, n.genre, n.compte_id) for n in Notification.select().order_by(Notification.id).offset(seen)]
        if actes and rank in actes:
            horloge.tick(timedelta(hours=5))
            actes[rank]()
    return told


def bouger(dossier, etat, compte=None):
    return lambda: passer(Dossier.get_by_id(dossier.id), etat, compte and compte.id)


def test_a_draft_is_recalled_before_on_and_after_the_last_day_of_its_deposit(horloge, structure, rh):
    un_contrat(structure, rh)
    assert marcher(horloge, 90) == [(2, "echeance", rh.id), (5, "echeance", rh.id), (6, "echeance", rh.id)]
    assert [mail.destinataire for mail in Courriel.select()] == [rh.courriel] * 3
    texts = [n.texte for n in Notification.select().order_by(Notification.id)]
    assert all("6\u00a0septembre" in text for text in texts)
    assert "dernier jour" in texts[1]


def test_a_dossier_that_is_filed_in_time_is_recalled_no_more(horloge, structure, rh):
    dossier = un_contrat(structure, rh)
    told = marcher(horloge, 44, {3: bouger(dossier, "soumis"), 4: bouger(dossier, "pieces_envoyees")})
    assert told == [(2, "echeance", rh.id)]


def test_pieces_are_recalled_until_they_are_sent(horloge, structure, rh):
    dossier = un_contrat(structure, rh, "soumis")
    assert marcher(horloge, 30, {8: bouger(dossier, "pieces_envoyees")}) == [(2, "pieces", rh.id), (7, "pieces", rh.id)]
    assert Notification.get().chemin == f"/dossiers/{dossier.id}/pieces"


def test_the_whole_life_of_a_filed_dossier(horloge, structure, rh, gestionnaire):
    dossier = un_contrat(structure, rh, "pieces_envoyees")
    acts = {
        3: bouger(dossier, "en_instruction", gestionnaire),
        12: bouger(dossier, "pieces_demandees", gestionnaire),
        20: bouger(dossier, "en_instruction", gestionnaire),
        44: bouger(dossier, "accepte", gestionnaire),
    }
    desk = gestionnaire.id
    assert marcher(horloge, 90, acts) == [
        (10, "delai_decision", desk),
        (15, "pieces", rh.id),
        (19, "pieces", rh.id),
        (30, "delai_decision", desk),
        (37, "delai_decision", desk),
        (40, "delai_decision", desk),
        (41, "delai_decision", desk),
        (45, "bilan", rh.id),
        (57, "bilan", rh.id),
    ]
    texts = [n.texte for n in Notification.select().where(Notification.genre == "delai_decision")]
    assert "21\u00a0septembre" in texts[0]
    assert "réputée acceptée" in texts[-1]
    assert "1er\u00a0novembre" in Notification.select().where(Notification.genre == "bilan").first().texte


def transmettre(structure, formateur, adresse):
    """A contract handed over by the organisme to this address."""
    organisme = formateur.habilitations.get().structure
    dossier = un_contrat(structure, formateur, debut=date(2027, 3, 1), organisme=organisme)
    preentree.remettre(dossier, contenu(dossier.id), formateur, adresse, 30)
    return Dossier.get_by_id(dossier.id)


def test_a_contract_handed_over_is_recalled_to_both_sides_until_it_is_taken_up(horloge, structure, rh, formateur):
    dossier = transmettre(structure, formateur, rh.courriel)
    told = marcher(horloge, 40, {8: lambda: preentree.prendre(Dossier.get_by_id(dossier.id), rh.id)})
    assert [line for line in told if line[1] != "contrat_repris"] == [
        (3, "a_reprendre", rh.id),
        (5, "attente_employeur", formateur.id),
        (7, "a_reprendre", rh.id),
    ]


def test_an_employer_without_account_is_recalled_by_the_link_it_received(horloge, structure, formateur):
    dossier = transmettre(structure, formateur, "rh@demo.fictif")
    told = marcher(horloge, 40)
    assert told == [(5, "attente_employeur", formateur.id), (14, "attente_employeur", formateur.id)]
    mails = [mail for mail in Courriel.select().order_by(Courriel.id) if mail.destinataire == "rh@demo.fictif"]
    assert [mail.cle.split(":")[0] for mail in mails] == ["remise", "rappel", "rappel"]
    assert all("https://portail.exemple/transmis/" in mail.texte for mail in mails)
    assert {mail.dossier_id for mail in mails} == {dossier.id}


def test_a_link_that_was_withdrawn_is_sent_to_nobody(horloge, structure, formateur):
    dossier = transmettre(structure, formateur, "rh@demo.fictif")
    preentree.fermer(dossier)
    marcher(horloge, 10)
    recalled = [mail for mail in Courriel.select() if mail.cle.startswith("rappel:")]
    assert [mail.destinataire for mail in recalled] == [formateur.courriel]


@pytest.mark.parametrize("etat", ["refuse", "annule"])
def test_nothing_is_recalled_of_a_dossier_that_is_over(horloge, structure, rh, gestionnaire, etat):
    un_contrat(structure, rh, etat)
    assert marcher(horloge, 90) == []


def test_an_avenant_has_no_delay_of_deposit(horloge, structure, rh):
    dossier = un_contrat(structure, rh)
    Contrat.update(type_contrat="30").where(Contrat.dossier == dossier.id).execute()
    assert marcher(horloge, 20) == []


def test_a_contract_that_begins_later_than_first_said_is_recalled_anew(horloge, structure, rh):
    dossier = un_contrat(structure, rh)

    def reporter():
        Dossier.update(debut=date(2026, 10, 1)).where(Dossier.id == dossier.id).execute()

    told = marcher(horloge, 60, {3: reporter})
    assert [rank for rank, *_ in told] == [2, 32, 35, 36]


def test_a_worker_that_was_down_gives_what_is_still_true(horloge, structure, rh):
    un_contrat(structure, rh)
    horloge.tick(timedelta(days=8))
    assert marcher(horloge, 20) == [(0, "echeance", rh.id)]
    assert "passé" in Notification.get().texte


def test_nobody_is_recalled_at_night(horloge, structure, rh):
    un_contrat(structure, rh)
    horloge.move_to("2026-09-03 03:05")
    rappels.rappeler_chaque_heure.call_local()
    assert Notification.select().count() == 0


def test_the_preferences_of_the_person_hold(horloge, structure, rh):
    choisir(rh.id, {"echeance": "quotidien"})
    un_contrat(structure, rh)
    marcher(horloge, 3)
    assert (Courriel.select().count(), Notification.get().a_resumer) == (0, True)


def test_two_workers_at_the_same_moment_give_each_reminder_once(horloge, structure, rh):
    for _ in range(5):
        un_contrat(structure, rh)
    horloge.move_to("2026-09-03 07:05")

    def worker(_):
        with db.connection_context():
            rappels.rappeler(date(2026, 9, 3))

    db.close()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(worker, range(3)))
    assert (Rappel.select().count(), Notification.select().count(), Courriel.select().count()) == (5, 5, 5)


def test_a_failure_in_the_middle_leaves_the_reminder_to_the_next_hour(horloge, structure, rh, monkeypatch):
    un_contrat(structure, rh)
    horloge.move_to("2026-09-03 07:05")
    with monkeypatch.context() as patch:
        patch.setattr(annonces, "poster", lambda *args, **kwargs: 1 / 0)
        rappels.rappeler(date(2026, 9, 3))
    assert (Rappel.select().count(), Notification.select().count()) == (0, 0)
    rappels.rappeler(date(2026, 9, 3))
    assert (Rappel.select().count(), Courriel.select().count()) == (1, 1)


def test_no_reminder_names_anybody(horloge, structure, rh, formateur, gestionnaire):
    Compte.update(nom="Nom-Du-Compte").execute()
    transmettre(structure, formateur, rh.courriel)
    for etat in ("brouillon", "soumis", "pieces_demandees", "en_instruction", "accepte"):
        un_contrat(structure, rh, etat)
    marcher(horloge, 60)
    written = [n.texte for n in Notification.select()] + [m.sujet + m.texte + m.html for m in Courriel.select()]
    assert len({n.genre for n in Notification.select()}) == 7
    for secret in (PERSONNE["nom_naissance"], PERSONNE["prenom"], "Nom-Du-Compte", "Hôtel Fictif"):
        assert not [text for text in written if secret in text]
    assert max(len(n.texte) for n in Notification.select()) <= 300


@pytest.mark.parametrize("serie", rappels.SERIES, ids=lambda serie: serie.delai.serie)
def test_the_dossiers_of_a_day_are_found_by_an_index(horloge, serie, monkeypatch):
    asked = []
    execute = db.obj.execute_sql
    with monkeypatch.context() as patch:
        patch.setattr(db.obj, "execute_sql", lambda *query: asked.append(query) or execute(*query))
        dus(serie.delai, 0, DEBUT, DEBUT)
    ((sql, params),) = asked
    if isinstance(db.obj, peewee.PostgresqlDatabase):
        db.execute_sql("set enable_seqscan = off")  # an empty table is read whole
        assert "Seq Scan on dossier" not in str(db.execute_sql(f"explain {sql}", params).fetchall())
    else:
        plan = str(db.execute_sql(f"explain query plan {sql}", params).fetchall())
        assert f"dossier_etat_{serie.delai.repere}" in plan
