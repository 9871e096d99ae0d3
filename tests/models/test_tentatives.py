from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from freezegun import freeze_time

from models.base import db, maintenant
from models.comptes import Compte
from models.identification import identifier
from models.mots_de_passe import hacher
from models.tentatives import ATTENTE_MAX, Tentative, TropDEssais, compter, effacer, oublier_tentatives

ICI = "203.0.113.9"
MOT = "un cheval bleu dans l’escalier"


def essais(nombre, courriel="a@exemple.fr", ip=ICI):
    for _ in range(nombre):
        compter("connexion", courriel, ip)


def test_sixth_try_waits_and_the_wait_grows(base):
    with freeze_time("2026-11-23 08:00") as clock:
        essais(5)
        waits = []
        for _ in range(4):
            with pytest.raises(TropDEssais) as refused:
                essais(1)
            waits.append(refused.value.attente)
            clock.tick(timedelta(seconds=waits[-1]))
            essais(1)
        assert waits == [30, 60, 120, 240]


def test_wait_never_passes_a_quarter_of_an_hour(base):
    with freeze_time("2026-11-23 08:00") as clock:
        essais(5)
        longest = 0
        for _ in range(20):
            with pytest.raises(TropDEssais) as refused:
                essais(1)
            assert 0 < refused.value.attente <= ATTENTE_MAX
            longest = max(longest, refused.value.attente)
            clock.tick(timedelta(seconds=refused.value.attente))
            essais(1)
        assert longest == ATTENTE_MAX


def test_insisting_does_not_lengthen_the_wait(base):
    with freeze_time("2026-11-23 08:00") as clock:
        essais(5)
        for _ in range(29):
            clock.tick(timedelta(seconds=1))
            with pytest.raises(TropDEssais):
                essais(1)
        clock.tick(timedelta(seconds=1))
        essais(1)


def test_failures_are_forgotten_after_an_hour(base):
    with freeze_time("2026-11-23 08:00") as clock:
        essais(4)
        clock.tick(timedelta(minutes=60))
        essais(5)
        assert oublier_tentatives(maintenant()) == 0
        clock.tick(timedelta(minutes=61))
        assert oublier_tentatives(maintenant()) == 2


def test_network_that_tries_many_addresses_waits(base):
    for rank in range(20):
        essais(1, courriel=f"{rank}@exemple.fr")
    with pytest.raises(TropDEssais):
        essais(1, courriel="autre@exemple.fr")
    essais(1, courriel="autre@exemple.fr", ip="198.51.100.1")


@pytest.mark.parametrize(
    ("one", "other"), [("2001:db8::1", "2001:db8::ffff:2"), (ICI, f"::ffff:{ICI}"), ("n’importe quoi",) * 2]
)
def test_same_network_is_counted_together(base, one, other):
    for rank in range(20):
        essais(1, courriel=f"{rank}@exemple.fr", ip=(one, other)[rank % 2])
    with pytest.raises(TropDEssais):
        essais(1, courriel="autre@exemple.fr", ip=one)


def test_success_frees_the_address_but_not_the_network(base):
    for rank in range(19):
        essais(1, courriel=f"{rank}@exemple.fr")
    essais(1, courriel="moi@exemple.fr")
    effacer("connexion", "moi@exemple.fr", ICI)
    essais(1, courriel="moi@exemple.fr")
    with pytest.raises(TropDEssais):
        essais(1, courriel="moi@exemple.fr")


def test_other_purpose_is_counted_apart(base):
    essais(5)
    compter("oubli", "a@exemple.fr", ICI)


def test_table_holds_neither_address_nor_network(base):
    essais(1, courriel="marie@exemple.fr")
    text = str(list(Tentative.select().dicts()))
    assert "marie" not in text
    assert ICI not in text


def test_simultaneous_tries_cannot_slip_through(base):
    def one_try(_):
        with db.connection_context():
            try:
                essais(1)
            except TropDEssais:
                return 0
            return 1

    db.close()
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one_try, range(40))) == 5
    db.connect(reuse_if_open=True)


def test_right_password_is_not_accepted_during_the_wait(base):
    compte = Compte.create(courriel="a@exemple.fr", prenom="A", nom="B", mot_de_passe=hacher(MOT))
    with freeze_time("2026-11-23 08:00") as clock:
        for _ in range(4):
            assert identifier("a@exemple.fr", "faux", ICI) is None
        assert identifier(" A@Exemple.FR ", MOT, ICI) == compte
        for _ in range(5):
            assert identifier("a@exemple.fr", "faux", ICI) is None
        with pytest.raises(TropDEssais):
            identifier("a@exemple.fr", MOT, ICI)
        clock.tick(timedelta(seconds=30))
        assert identifier("a@exemple.fr", MOT, ICI) == compte


def test_unknown_address_waits_like_a_known_one(base):
    Compte.create(courriel="connue@exemple.fr", prenom="A", nom="B", mot_de_passe=hacher(MOT))
    waits = []
    for rank, courriel in enumerate(("connue@exemple.fr", "inconnue@exemple.fr")):
        with freeze_time("2026-11-23 08:00"):
            for _ in range(5):
                assert identifier(courriel, "faux", f"198.51.100.{rank}") is None
            with pytest.raises(TropDEssais) as refused:
                identifier(courriel, "faux", f"198.51.100.{rank}")
            waits.append(refused.value.attente)
    assert waits == [30, 30]
