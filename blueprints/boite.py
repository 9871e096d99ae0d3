"""The mailbox that a link was sent to proves itself: six digits go to it, and come back in this browser."""

from typing import Any

from flask import Blueprint, current_app, make_response, redirect, request, session, url_for

from blueprints.access import public
from blueprints.identification import faute, patienter, secondes
from blueprints.reconnexion import retarder
from blueprints.rendering import page
from forms.compte import constats
from forms.controles.registre import Constat
from forms.liens import CodeRecu
from forms.masque import masquer_adresse
from models.base import db
from models.codes import DUREE, creer_code, verifier_code
from models.courriels import poster
from models.journal import noter
from models.liens import REMISE, REPRISE, Lien, LienExpire, LienRefuse, lien_ouvert
from models.tentatives import TropDEssais, compter, effacer
from tasks.courriels import composer
from tasks.liens import ouvre
from tasks.relay import sonner

bp = Blueprint("boite", __name__, url_prefix="/lien")
LIEN, BOITE, CODE = "lien", "boite", "code"  # in the session: the link opened, its mailbox once proved, the code asked


def refuser(refus: LienRefuse) -> Any:
    """One page for all that opens nothing. 404 for what we never signed; else 410, whatever became of the dossier."""
    ours = LIEN in session
    return page("liens/refuse.html", renouvelable=ours), 410 if ours else 404


bp.register_error_handler(LienRefuse, refuser)


def en_main() -> Lien:
    """The link that this browser opened. Raises `LienRefuse`."""
    return lien_ouvert(session.get(LIEN, ""), REPRISE, REMISE)


def adresse_a_prouver() -> Lien:
    """The same, when there is a mailbox that may prove itself for it. Raises `LienRefuse`."""
    lien = en_main()
    if lien.destinataire is None or not ouvre(lien, lien.dossier):
        raise LienExpire("beyond this link")
    return lien


def prouvee(lien: Lien) -> bool:
    """Whether this browser proved the mailbox of the link, no longer ago than a session lasts."""
    proof = session.get(BOITE)
    return bool(proof) and proof[0] == lien.id and secondes() - proof[1] < current_app.config["SESSION_HOURS"] * 3600


def demander_la_boite(lien: Lien, messages: list[Constat] | tuple[()] = (), code: int = 200, attente: int = 0) -> Any:
    html = page("liens/destinataire.html", adresse=masquer_adresse(lien.destinataire), constats=messages)
    return retarder(make_response(html, code), attente)


@bp.post("/envoi")
@public
def envoyer_code() -> Any:
    """« Recevoir un code »: it goes to the address that the link was sent to, and to no other."""
    lien = adresse_a_prouver()
    try:
        compter("boite", lien.destinataire, request.remote_addr or "")
    except TropDEssais as trop:
        return demander_la_boite(lien, [Constat("boite", "erreur", "", patienter(trop.attente))], 429, trop.attente)
    with db.atomic():
        session[CODE], digits = creer_code(lien)
        minutes = int(DUREE.total_seconds() // 60)
        lettre = composer("code_lien", code=f"{digits[:3]} {digits[3:]}", minutes=minutes)
        poster(f"code:{session[CODE]}", lien.destinataire, *lettre, genre="securite")
    sonner()
    return redirect(url_for(".demander_code"), 303)


@bp.get("/code")
@public
def demander_code() -> Any:
    return rendre_code(adresse_a_prouver(), CodeRecu())


def rendre_code(lien: Lien, form: CodeRecu, messages: list[Constat] | tuple[()] = ()) -> str:
    boite = not current_app.config["SMTP_URL"]
    return page(
        "liens/code.html", form=form, adresse=masquer_adresse(lien.destinataire), constats=messages, boite=boite
    )


@bp.post("/code")
@public
def prouver() -> Any:
    """The code shows that the mailbox is in these hands; it serves once."""
    lien, form = adresse_a_prouver(), CodeRecu(request.form)
    if not form.validate():
        return rendre_code(lien, form, constats(form)), 422
    with db.atomic():
        good = verifier_code(session.get(CODE, ""), lien, form.code.data)
        if good:
            noter(lien.dossier_id, "boite_prouvee", None)
    if not good:
        message = "Ce code n’est pas bon, il est trop ancien ou il a déjà servi : vérifiez-le, ou demandez-en un autre."
        return rendre_code(lien, form, [faute(form.code, message)]), 422
    effacer("boite", lien.destinataire, request.remote_addr or "")
    session[BOITE] = [lien.id, secondes()]
    return redirect(url_for("liens.suivre"), 303)
