from freezegun import freeze_time

from models.courriels import CONSERVE, Courriel, poster, reclamer, terminer
from models.sessions import Session, ouvrir_session
from models.tentatives import Tentative, compter
from tasks.menage import faire_le_menage
from tests.fabriques import un_compte


def traces():
    return [table.select().count() for table in (Session, Tentative, Courriel)]


def laisser(compte, cle):
    ouvrir_session(compte)
    compter("connexion", cle, cle)
    terminer(reclamer(poster(cle, "a@demo.fictif", "Sujet", "Texte", "<p>Texte</p>")), CONSERVE)


def test_what_is_over_is_forgotten_and_what_is_not_stays(base):
    with freeze_time("2026-01-01"):
        compte = un_compte()
        laisser(compte, "vieux")
        poster("en attente", "a@demo.fictif", "Sujet", "Texte", "<p>Texte</p>")
    laisser(compte, "recent")
    assert traces() == [2, 4, 3]
    faire_le_menage.call_local()
    faire_le_menage.call_local()
    assert traces() == [1, 2, 2]
    assert "vieux" not in [courriel.cle for courriel in Courriel.select()]
