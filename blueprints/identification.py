"""The two steps of a login, for every door that opens one: the password, then a code where the account has one."""

from math import ceil
from secrets import token_hex
from typing import NamedTuple

from flask import current_app, g, request, session, url_for

from forms.base import Form
from forms.compte import PREFIXE, Code, Connexion, constats
from forms.controles.francais import typographie
from forms.controles.registre import ERREUR, Constat
from forms.fields import Champ, Secret
from models.base import db, maintenant
from models.comptes import Compte
from models.courriels import poster
from models.crypto import empreinte
from models.identification import identifier
from models.navigateurs import navigateur
from models.second_facteur import codes_restants, est_de_secours, verifier_code
from models.sessions import fermer_session, ouvrir_session
from models.tentatives import TropDEssais, compter, effacer
from tasks.annonces import adresse
from tasks.courriels import composer
from tasks.relay import sonner

# Links opened before the login, and that the mailbox of one was proved.
LIENS = ("lien", "boite", "inscription", "invitation")
ATTENTE = "attend_code"  # who gave the right password, and when; signed, and worth nothing without the code
DELAI = 10 * 60
PREMIER_PAS = 200  # nothing is wrong: the password is right, the code is to be asked


class Essai(NamedTuple):
    """How a login went: the account, or the form to show and what to say, with which status, the seconds to wait."""

    compte: Compte | None
    constats: list[Constat]
    code: int = 422
    attente: int = 0
    form: Form | None = None


def formulaire() -> Form:
    """The form of the step at which this browser is."""
    return Code() if en_attente() else Connexion()


def essayer() -> Essai:
    """Try what was typed in either step; all failures of the first look alike, whether the account exists or not."""
    if f"{PREFIXE}-code" in request.form:
        return essayer_code(Code(request.form))
    form = Connexion(request.form)
    if not form.validate():
        return Essai(None, constats(form), form=form)
    refus = "Adresse ou mot de passe incorrect : vérifiez les deux."
    essai = tenter(form.courriel.data, form.mot_de_passe, refus)._replace(form=form)
    if essai.compte and essai.compte.second_facteur_le:
        session[ATTENTE] = [essai.compte.id, secondes(), sceau(essai.compte)]
        return Essai(None, [], PREMIER_PAS, form=Code())
    return essai


def essayer_code(form: Code) -> Essai:
    compte = en_attente()
    if compte is None:
        first = Connexion()
        message = "Le délai pour donner le code est passé : donnez à nouveau votre mot de passe."
        return Essai(None, [faute(first.mot_de_passe, message)], form=first)
    if not form.validate():
        return Essai(None, constats(form), form=form)
    with db.atomic():
        essai = tenter_code(compte, form.code)
        if essai.compte and est_de_secours(form.code.data):
            prevenir(compte, f"Un code de secours vient d’ouvrir votre compte. {reste(codes_restants(compte))}")
    sonner()
    return essai._replace(form=form)


def reste(codes: int) -> str:
    """How many recovery codes remain, and what to do before there are none."""
    if not codes:
        return "C’était le dernier : demandez-en de nouveaux dans « Mon compte », « Second facteur »."
    return f"Il vous en reste {codes}."


def en_attente() -> Compte | None:
    """The account whose password was given here less than ten minutes ago, and has not changed since."""
    waiting = session.get(ATTENTE)
    if not waiting or not 0 <= secondes() - waiting[1] < DELAI:
        return None
    compte = Compte.get_or_none((Compte.id == waiting[0]) & Compte.second_facteur_le.is_null(False))
    return compte if compte and compte.actif and sceau(compte) == waiting[2] else None


def tenter(courriel: str, secret: Secret, refus: str) -> Essai:
    """Try a password, counted with all other tries for this address and from this network."""
    try:
        compte = identifier(courriel, secret.data, request.remote_addr or "")
    except TropDEssais as trop:
        return Essai(None, [faute(secret, patienter(trop.attente))], 429, trop.attente)
    return Essai(compte, [] if compte else [faute(secret, refus)])


def tenter_code(compte: Compte, champ: Champ) -> Essai:
    """Try a code of `compte`, counted in the same way."""
    who = ("code", str(compte.id), request.remote_addr or "")
    try:
        compter(*who)
    except TropDEssais as trop:
        return Essai(None, [faute(champ, patienter(trop.attente))], 429, trop.attente)
    if not verifier_code(compte, champ.data):
        message = "Ce code n’est pas bon, ou il a déjà servi : attendez le suivant, ou prenez un autre code de secours."
        return Essai(None, [faute(champ, message)])
    effacer(*who)
    return Essai(compte, [])


def prouver(secret: Secret) -> Essai:
    """Try the present password of who is logged in, before something of the account changes."""
    return tenter(g.compte.courriel, secret, "Ce n’est pas votre mot de passe actuel.")


def ouvrir(compte: Compte) -> None:
    """Open a session under a new token: one that somebody planted before the login is worth nothing after it.

    A link that was opened before the login is followed after it; it gives no right.
    """
    fermer_session(session.get("s", ""))
    liens = {name: session[name] for name in LIENS if name in session}
    session.clear()
    session.update(liens)
    browser = navigateur(request.headers.get("User-Agent", ""))
    session["s"] = ouvrir_session(compte, current_app.config["SESSION_HOURS"], browser)


def faute(champ: Champ, message: str) -> Constat:
    return Constat("connexion", ERREUR, champ.name, typographie(message))


def patienter(secondes: int) -> str:
    """« Trop d’essais : attendez 2 minutes… »"""
    minutes = ceil(secondes / 60)
    wait = f"{secondes}\u00a0secondes" if secondes < 60 else f"{minutes}\u00a0minute{'s' if minutes > 1 else ''}"
    return f"Trop d’essais\u00a0: attendez {wait}, puis réessayez."


def prevenir(compte: Compte, fait: str) -> None:
    """Tell the person by mail, in case it was somebody else; inside the transaction of what was done."""
    mail = composer("securite_changee", fait=fait, lien=publique("mots_de_passe.demander"))
    poster(f"securite:{token_hex(16)}", compte.courriel, *mail, genre="securite")


def publique(endpoint: str, **values: str) -> str:
    """The whole URL of a page, from the settings: what the request says of its host may be forged."""
    return adresse(url_for(endpoint, **values))


def sceau(compte: Compte) -> str:
    """Changes with the password: the first step must then be made again."""
    return empreinte(f"mot de passe:{compte.mot_de_passe}")[:16]


def secondes() -> int:
    now = maintenant()
    return int((now - now.min).total_seconds())
