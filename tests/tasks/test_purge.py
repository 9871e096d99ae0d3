"""The purge deletes what its table says, after notice, whole or not at all, and no more than once."""

import io
from datetime import timedelta

import pytest
from freezegun import freeze_time

from models import coffre, pieces
from models.base import maintenant
from models.comptes import Compte
from models.conservation import executer, regles
from models.courriels import CONSERVE, Courriel, poster, reclamer, terminer
from models.dossier import Dossier
from models.liens import REPRISE, Lien, creer_lien
from models.notifications import Notification
from models.pieces import Fiche, Piece
from models.purges import Purge
from models.saisie import Saisie
from models.sessions import Session, ouvrir_session
from models.tables import TABLES
from models.tentatives import Tentative, compter
from tasks import purge
from tasks.purge import faire_la_purge
from tests.fabriques import un_compte, un_dossier, une_structure

REGLAGES = {"BROUILLON_MOIS": 6, "DOSSIER_ANS": 5, "PREAVIS_JOURS": 30}


@pytest.fixture
def structure(base):
    purge.brancher(REGLAGES)
    return une_structure()


def purger(*jours):
    """The purge of each of these days, counted from now."""
    start = maintenant()
    for day in jours:
        with freeze_time(start + timedelta(days=day)):
            faire_la_purge.call_local()


def present(dossier):
    return Dossier.get_or_none(Dossier.id == dossier.id) is not None


def comptes_purges():
    return {row.regle: row.nombre for row in Purge.select()}


def test_a_draft_goes_after_notice_to_everybody_who_may_open_it(structure):
    camille, reader = un_compte(structure), un_compte(structure, "consulter")
    dossier = un_dossier(structure, camille)
    purger(150)
    assert Notification.select().count() == 0
    purger(170, 170, 190)
    (line,) = Notification.select()
    assert (line.compte_id, line.dossier_id, line.genre) == (camille.id, dossier.id, "purge")
    (mail,) = Courriel.select()
    assert mail.destinataire == camille.courriel
    assert "ouvrez-le d’ici là" in line.texte
    assert present(dossier)
    purger(201)
    assert not present(dossier)
    assert comptes_purges() == {"brouillons": 1}
    assert reader.courriel not in [mail.destinataire for mail in Courriel.select()]


def test_nothing_goes_without_notice_however_late_the_purge_comes(structure):
    dossier = un_dossier(structure, un_compte(structure))
    purger(1000)
    assert present(dossier)
    assert Notification.select().count() == 1
    purger(1029)
    assert present(dossier)
    purger(1031)
    assert not present(dossier)


def test_opening_a_draft_starts_its_time_anew(structure, connecte):
    camille = un_compte(structure)
    dossier = un_dossier(structure, camille)
    start = maintenant()
    purger(170)
    assert Dossier.get_by_id(dossier.id).preavis_le
    with freeze_time(start + timedelta(days=180)):
        connecte(camille).get("saisie.montrer", dossier_id=dossier.id, etape="formation")
        kept = Dossier.get_by_id(dossier.id)
        assert (kept.preavis_le, kept.ouvert_le, kept.version) == (None, maintenant(), dossier.version)
    purger(201, 300)
    assert present(dossier)
    purger(340)
    assert Notification.select().count() == 2
    purger(371)
    assert not present(dossier)


def test_opening_a_draft_twice_a_day_writes_once(structure, connecte, requetes):
    camille = un_compte(structure)
    dossier = un_dossier(structure, camille)
    with freeze_time(maintenant() + timedelta(days=2)):
        browser = connecte(camille)
        for writes in (1, 0):
            requetes.clear()
            browser.get("saisie.montrer", dossier_id=dossier.id, etape="formation")
            assert len([sql for sql in requetes if "ouvert_le" in sql and sql.startswith("UPDATE")]) == writes


@pytest.mark.parametrize(
    ("etat", "fin", "gone"),
    [
        ("refuse", None, True),
        ("annule", None, True),
        ("accepte", -6, True),
        ("accepte", -4, False),
        ("accepte", 0, False),
        ("soumis", -20, False),
        ("en_instruction", -20, False),
        ("a_valider_employeur", None, True),
    ],
)
def test_what_is_filed_stays_as_long_as_the_law_asks(structure, etat, fin, gone):
    """fin: years from the purge to the end of the training."""
    camille = un_compte(structure)
    changes = {} if fin is None else {"formation.date_fin": (maintenant() + timedelta(days=400 + fin * 366)).date()}
    dossier = un_dossier(structure, camille, etat=etat, complet=False, changements=changes)
    purger(400, 431)
    assert present(dossier) is not gone


def avec_fichiers(structure, compte):
    dossier = un_dossier(structure, compte, cerfa=coffre.ranger(io.BytesIO(b"cerfa"), 100).id)
    pieces.deposer(dossier.id, "autre", Fiche("a.pdf", "application/pdf", 1), coffre.ranger(io.BytesIO(b"a"), 9), None)
    return dossier


def test_the_files_of_a_purged_dossier_go_too(structure, reglages):
    avec_fichiers(structure, un_compte(structure))
    purger(170, 201)
    assert list(reglages["PIECES_DIR"].iterdir()) == []
    assert Piece.select().count() == 0


def test_a_purge_that_is_killed_between_rows_and_files_ends_the_next_night(structure, reglages, monkeypatch):
    """The process dies after the first commit: what is left of that dossier are files that no row knows."""
    from models import inactivite
    from tasks.ramassage import connus

    for _ in range(3):
        avec_fichiers(structure, un_compte(structure))
    purger(170)

    def tuer(files):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(inactivite, "jeter", tuer)
        with pytest.raises(KeyboardInterrupt):
            purger(201)
    assert (Dossier.select().count(), comptes_purges()) == (2, {"brouillons": 1})
    assert len(list(reglages["PIECES_DIR"].iterdir())) == 6
    purger(201)
    assert (Dossier.select().count(), comptes_purges()) == (0, {"brouillons": 3})
    left = {path.name for path in reglages["PIECES_DIR"].iterdir()}
    assert len(left) == 2
    assert left & connus() == set()


def laisser(compte, cle):
    ouvrir_session(compte)
    compter("connexion", cle, cle)
    terminer(reclamer(poster(cle, "a@demo.fictif", "Sujet", "Texte", "<p>Texte</p>")), CONSERVE)
    creer_lien(REPRISE, timedelta(days=1), destinataire="a@demo.fictif")


def test_what_is_over_is_forgotten_and_what_is_not_stays(structure):
    tables = (Session, Tentative, Courriel, Lien)
    with freeze_time("2026-01-01"):
        compte = un_compte()
        laisser(compte, "vieux")
        poster("en attente", "a@demo.fictif", "Sujet", "Texte", "<p>Texte</p>")
    laisser(compte, "recent")
    assert [table.select().count() for table in tables] == [2, 4, 3, 2]
    purger(0, 0)
    assert [table.select().count() for table in tables] == [1, 2, 2, 1]
    assert "vieux" not in [courriel.cle for courriel in Courriel.select()]
    assert comptes_purges() == {"sessions": 1, "tentatives": 2, "courriels": 1, "liens": 1}


def test_what_was_typed_stays_with_a_draft_and_goes_once_it_is_filed(structure):
    camille = un_compte(structure)
    for etat in ("brouillon", "soumis"):
        dossier = un_dossier(structure, camille, etat=etat, complet=False)
        Saisie.create(dossier=dossier, etape="salarie", compte=camille, version=1, valeurs={"a": ["b"]})
    purger(31)
    assert [row.dossier.etat for row in Saisie.select()] == ["brouillon"]


def test_the_name_of_a_closed_account_goes_last(structure):
    gone = un_compte(ferme_le=maintenant(), actif=False)
    purger(4 * 366)
    assert Compte.get_by_id(gone.id).nom == "Démo-Fictif"
    purger(5 * 366 + 1)
    assert Compte.get_by_id(gone.id).nom_complet == "Compte effacé"


def test_one_rule_that_fails_does_not_stop_the_others(structure, monkeypatch, caplog):
    def rater(*args):
        raise ValueError("camille@demo.fictif")

    monkeypatch.setattr(purge, "purger_dossiers", rater)
    laisser(un_compte(), "vieux")
    purger(100)
    assert Session.select().count() == 0
    assert "purge of brouillons failed: ValueError" in caplog.text


def test_the_page_says_what_the_purge_does(client, structure):
    page = client.get("donnees_personnelles.montrer")
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select("tbody tr")]
    table = regles(REGLAGES)
    assert len(rows) == len(table)
    for row, regle in zip(rows, table, strict=True):
        assert f"{regle.delai} après {regle.depuis}".replace("\u00a0", " ") in row
        assert bool(regle.oublier) != bool(regle.dossiers)
        assert ("préavis de 30 jours" in row) is bool(regle.dossiers)
    assert "Données personnelles" in [a.get_text() for a in page.soup.select("footer a")]


def test_a_period_that_is_set_otherwise_is_said_and_done_otherwise(structure):
    (drafts, *_) = regles(REGLAGES | {"BROUILLON_MOIS": 1})
    assert str(drafts.delai) == "1\u00a0mois"
    assert {regle.cle: str(regle.delai) for regle in regles(REGLAGES)}["acceptes"] == "5\u00a0ans"
    assert executer(drafts, maintenant()) == 0


def test_every_table_that_tells_of_people_dies_with_something_that_is_purged(base):
    """A table that another release adds must end with a dossier, an account or a rule of its own."""
    own = {"purge", "acte_rgpd", "journal_acces", "tentative", "courriel", "structure", "compte", "dossier"}
    own |= {"compteur", "parametre"}  # numbers and the law
    loose = [
        model._meta.table_name
        for model in TABLES
        if model._meta.table_name not in own and not any(key.on_delete == "CASCADE" for key in model._meta.refs)
    ]
    assert loose == []
