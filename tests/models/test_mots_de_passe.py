import pytest
from argon2 import PasswordHasher

from models import mots_de_passe
from models.comptes import Compte

MOT = "un cheval bleu dans l’escalier"
pytestmark = pytest.mark.usefixtures("hacheur")


def test_a_guess_costs_what_rfc_9106_wants():
    assert mots_de_passe.hacher(MOT).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_password_opens_its_account_only(base):
    compte = Compte.create(courriel="a@exemple.fr", prenom="A", nom="B", mot_de_passe=mots_de_passe.hacher(MOT))
    assert mots_de_passe.verifier(compte, MOT)
    assert not mots_de_passe.verifier(compte, MOT + " ")
    assert compte.mot_de_passe.startswith("$argon2id$")


def test_nobody_enters_without_account_password_or_activity(base):
    empty = Compte.create(courriel="a@exemple.fr", prenom="A", nom="B")
    closed = Compte.create(
        courriel="b@exemple.fr", prenom="A", nom="B", actif=False, mot_de_passe=mots_de_passe.hacher(MOT)
    )
    broken = Compte.create(courriel="c@exemple.fr", prenom="A", nom="B", mot_de_passe="pas une empreinte")
    assert not mots_de_passe.verifier(None, MOT)
    assert not any(mots_de_passe.verifier(compte, MOT) for compte in (empty, closed, broken))
    assert not mots_de_passe.verifier(None, "personne n’a ce mot de passe")


def test_old_parameters_are_renewed_at_login(base):
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(MOT)
    compte = Compte.create(courriel="a@exemple.fr", prenom="A", nom="B", mot_de_passe=old)
    assert mots_de_passe.verifier(compte, MOT)
    renewed = Compte.get_by_id(compte.id)
    assert old != renewed.mot_de_passe == compte.mot_de_passe
    assert mots_de_passe.verifier(renewed, MOT)


def test_accents_typed_on_another_keyboard_are_the_same(base):
    empreinte = mots_de_passe.hacher("e\u0301te\u0301 comme hiver")
    compte = Compte.create(courriel="a@exemple.fr", prenom="A", nom="B", mot_de_passe=empreinte)
    assert mots_de_passe.verifier(compte, "été comme hiver")


@pytest.mark.parametrize(
    "mot",
    [
        "onze lettre",
        "Marie.Martin@exemple.fr",
        "marie.martin",
        "MotDePasse123",
        "AZERTYUIOP12",
        "aaaaaaaaaaaaaa",
        "121212121212",
    ],
)
def test_weak_password_is_refused_with_what_to_do(mot):
    assert "hoisissez" in mots_de_passe.refus_mot_de_passe(mot, "marie.martin@exemple.fr")


@pytest.mark.parametrize("mot", ["douze lettre", MOT, "🐴 bleu 🐴 vert"])
def test_length_is_the_only_other_rule(mot):
    assert mots_de_passe.refus_mot_de_passe(mot, "marie.martin@exemple.fr") is None
