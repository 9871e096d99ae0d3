"""The daily mail: one a day for each person, what is unread and wanted, nothing twice and nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from freezegun import freeze_time

from models.base import db
from models.comptes import Compte
from models.courriels import Courriel
from models.notifications import Notification, lire_tout
from models.preferences import GENRES, Preference, choisir
from tasks import annonces, resumes
from tasks.annonces import annoncer
from tests.fabriques import un_compte, un_dossier, une_structure

# In winter Paris is an hour ahead of UTC, in summer two.
SOIR, MATIN = "2026-11-23 18:00", "2026-11-24 07:00"


@pytest.fixture
def horloge(base):
    annonces.brancher({"PUBLIC_URL": "https://portail.exemple"})
    with freeze_time(SOIR, ignore=["asyncio"]) as clock:
        yield clock


@pytest.fixture
def camille(horloge):
    compte = un_compte(une_structure())
    choisir(compte.id, {"instruction": "quotidien", "bilan": "aucun"})
    return compte


def dire(compte, texte, dossier=None, genre="instruction"):
    annoncer(genre, f"{texte}:{compte.id}", compte, texte, dossier and dossier.id)


def resumes_de(compte):
    return [mail for mail in Courriel.select().order_by(Courriel.id) if mail.destinataire == compte.courriel]


def test_the_day_of_a_person_is_one_mail_grouped_by_dossier(horloge, camille):
    first = un_dossier(camille.habilitations.get().structure, camille, etat="soumis")
    second = un_dossier(camille.habilitations.get().structure, camille)
    for texte, dossier in (("Un.", first), ("Deux.", second), ("Trois.", first)):
        dire(camille, texte, dossier)
    resumes.resumer_les_dus()
    assert resumes_de(camille) == []
    horloge.move_to(MATIN)
    for _ in range(3):
        resumes.resumer_les_dus()
    (mail,) = resumes_de(camille)
    assert mail.sujet == "Mon Espace\u00a0: 3 nouvelles"
    order = [mail.texte.index(part) for part in (f"Dossier {first.numero}", "Un.", "Trois.", "la saisie", "Deux.")]
    assert order == sorted(order)
    for part in (f"https://portail.exemple/dossiers/{second.id}", "https://portail.exemple/notifications/preferences"):
        assert part in mail.texte
        assert f'href="{part}"' in mail.html
    assert Notification.select().where(Notification.lue_le.is_null()).count() == 3


def test_what_comes_after_the_hour_waits_for_the_next_day(horloge, camille):
    dire(camille, "Hier.")
    horloge.move_to(MATIN)
    resumes.resumer_les_dus()
    horloge.tick(timedelta(minutes=1))
    dire(camille, "Trop tard.")
    resumes.resumer_les_dus()
    assert len(resumes_de(camille)) == 1
    horloge.tick(timedelta(days=1))
    resumes.resumer_les_dus()
    assert "Trop tard." in resumes_de(camille)[1].texte


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-24 06:59:59", "2026-11-23 07:00"),
        ("2026-11-24 07:00:00", "2026-11-24 07:00"),
        ("2026-07-14 06:00:00", "2026-07-14 06:00"),
        ("2026-10-25 06:30:00", "2026-10-24 06:00"),  # the night when summer time ends
        ("2026-03-29 05:30:00", "2026-03-28 07:00"),
    ],
)
def test_the_hour_is_that_of_paris(now, due):
    assert resumes.echeance(datetime.fromisoformat(now)) == datetime.fromisoformat(due)


def test_what_was_read_meanwhile_is_not_mailed(horloge, camille):
    dire(camille, "Lue.")
    lire_tout(camille.id)
    horloge.move_to(MATIN)
    resumes.resumer_les_dus()
    assert resumes_de(camille) == []
    assert not Notification.get().a_resumer


def test_a_choice_made_meanwhile_counts(horloge, camille):
    dire(camille, "Oubliée.")
    choisir(camille.id, {"instruction": "aucun"})
    horloge.move_to(MATIN)
    resumes.resumer_les_dus()
    assert resumes_de(camille) == []


def test_a_closed_account_gets_none(horloge, camille):
    dire(camille, "Partie.")
    Compte.update(actif=False).execute()
    horloge.move_to(MATIN)
    resumes.resumer_les_dus()
    assert Courriel.select().count() == 0


def test_a_worker_that_dies_in_the_middle_loses_nothing(horloge, camille, monkeypatch):
    dire(camille, "Gardée.")
    horloge.move_to(MATIN)
    with monkeypatch.context() as patch:
        patch.setattr(resumes, "resumer", lambda lines: 1 / 0)
        resumes.resumer_les_dus()
    assert Courriel.select().count() == 0
    resumes.resumer_les_dus()
    assert "Gardée." in resumes_de(camille)[0].texte


def test_a_line_that_was_late_for_the_mail_of_its_day_is_in_the_next(horloge, camille):
    dire(camille, "À l’heure.")
    horloge.move_to(MATIN)
    resumes.resumer_les_dus()
    dire(camille, "Écrite avant, validée après.")
    late = datetime.fromisoformat("2026-11-24 06:59")
    Notification.update(cree_le=late).where(Notification.a_resumer).execute()
    resumes.resumer_les_dus()
    assert len(resumes_de(camille)) == 1
    horloge.tick(timedelta(days=1))
    resumes.resumer_les_dus()
    assert "validée après" in resumes_de(camille)[1].texte


def test_workers_at_the_same_moment_write_one_mail_for_each_person(horloge, camille):
    people = [camille, *(un_compte(une_structure()) for _ in range(4))]
    for person in people:
        choisir(person.id, {"instruction": "quotidien"})
        dire(person, "Pour chacun.")
    horloge.move_to(MATIN)

    def worker(_):
        with db.connection_context():
            resumes.resumer_les_dus()

    db.close()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(worker, range(3)))
    assert [len(resumes_de(person)) for person in people] == [1] * 5
    assert Notification.select().where(Notification.a_resumer).count() == 0


def test_a_very_long_day_is_one_mail_that_says_how_much_more_there_is(horloge, camille):
    for rank in range(resumes.LIGNES + 7):
        dire(camille, f"Ligne {rank}.")
    horloge.move_to(MATIN)
    resumes.resumer_les_dus()
    (mail,) = resumes_de(camille)
    assert "Et 7 de plus" in mail.texte
    assert Notification.select().where(Notification.a_resumer).count() == 0


# How a person is told


@pytest.mark.parametrize(("mode", "mails", "waiting"), [("immediat", 1, False), ("quotidien", 0, True)])
def test_a_person_is_told_as_it_prefers_and_always_on_the_bell(horloge, camille, mode, mails, waiting):
    choisir(camille.id, {"piece_demandee": mode})
    for _ in range(2):
        annoncer("piece_demandee", "cle", camille, "Une pièce est demandée.", chemin="/dossiers")
    assert (Courriel.select().count(), Notification.get().a_resumer) == (mails, waiting)
    assert Notification.select().count() == 1


def test_a_mail_names_the_page_and_how_to_have_fewer(horloge, camille):
    annoncer("echeance", "cle", camille, "Le délai approche.", chemin="/dossiers?etat=brouillon")
    mail = Courriel.get()
    assert "https://portail.exemple/dossiers?etat=brouillon" in mail.texte
    assert "https://portail.exemple/notifications/preferences" in mail.texte


def test_what_the_law_wants_known_offers_no_way_out(horloge, camille):
    annoncer("decision", "cle", camille, "Le dossier est accepté.")
    assert "preferences" not in Courriel.get().texte
    with pytest.raises(ValueError, match="received so"):
        choisir(camille.id, {"decision": "aucun"})


def test_a_choice_that_a_release_took_away_counts_for_nothing(horloge, camille):
    Preference.update(mode="aucun").execute()
    Preference.create(compte=camille, genre="decision", mode="aucun")
    annoncer("decision", "cle", camille, "Le dossier est accepté.")
    assert Courriel.select().count() == 1


def test_every_kind_is_whole():
    for genre in GENRES.values():
        assert genre.defaut in genre.modes
        assert len(genre.code) <= 20
        assert genre.pour
