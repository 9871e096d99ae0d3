"""Mails: written from templates, delivered by SMTP, or kept where no server is configured."""

import logging
import random
from datetime import UTC, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from forms.controles.francais import typographie
from models.base import db, maintenant
from models.courriels import CONSERVE, ECHOUE, ENVOYE, Courriel, dus, reclamer, remettre, terminer
from models.desabonnement import jeton_du_courriel
from tasks import smtp
from tasks.retours import signaler

# Minutes after each failure: ten tries, the last about a day after the first.
ATTENTES = (1, 3, 10, 30, 60, 120, 240, 420, 540)
LOT = 50

log = logging.getLogger(__name__)
_reglages: dict[str, str] = {"SMTP_URL": "", "MAIL_FROM": "", "PUBLIC_URL": ""}
_modeles = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "partials" / "courriels"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def brancher(reglages: dict[str, Any]) -> None:
    """Take the server, the sender and the address of the portal from the settings."""
    _reglages.update({name: reglages[name] for name in _reglages})


def composer(nom: str, **contexte: Any) -> tuple[str, str, str]:
    """(subject, text, HTML) of the mail `nom`: the first line of its .txt is the subject.

    `preferences`, the page where a person chooses among the mails, is left out of those that are always sent.
    """
    contexte = {"preferences": ""} | contexte
    sujet, _, texte = typographie(_modeles.get_template(f"{nom}.txt").render(contexte)).partition("\n")
    html = typographie(_modeles.get_template(f"{nom}.html").render(contexte, sujet=sujet))
    return sujet, texte.strip() + "\n", html


def livrer_en_attente() -> None:
    """Deliver the mails that are due, at most `LOT`, until the server stops answering."""
    for courriel_id in dus(LOT):
        if not livrer(courriel_id):
            return


def livrer(courriel_id: int) -> bool:
    """Deliver one mail if it is due and nobody else has it. False when the server cannot be reached."""
    courriel = reclamer(courriel_id)
    if courriel is None:
        return True
    if not _reglages["SMTP_URL"]:
        terminer(courriel, CONSERVE)
        return True
    try:
        smtp.envoyer(_reglages["SMTP_URL"], message(courriel))
    except Exception as error:
        _echec(courriel, error)
        return not smtp.injoignable(error)
    terminer(courriel, ENVOYE)
    return True


def message(courriel: Courriel) -> EmailMessage:
    """The mail as it travels; sent again it is the same, so that a doubled one can be recognised."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _reglages["MAIL_FROM"]
    mail["To"] = Address(addr_spec=courriel.destinataire)
    mail["Subject"] = courriel.sujet
    mail["Date"] = courriel.cree_le.replace(tzinfo=UTC)
    mail["Message-ID"] = f"<{courriel.message_id}@{mail['From'].addresses[0].domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = "fr"
    if jeton := jeton_du_courriel(courriel):
        mail["List-Unsubscribe"] = f"<{_reglages['PUBLIC_URL'].rstrip('/')}/desabonnement/{jeton}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(courriel.texte)
    mail.add_alternative(courriel.html, subtype="html")
    return mail


def _echec(courriel: Courriel, error: Exception) -> None:
    """Try again later, or give up. Only the class is kept: servers quote the address in their answers."""
    kind = type(error).__name__
    log.warning("mail %s not sent at try %s: %s", courriel.id, courriel.tentatives, kind)
    if smtp.definitif(error) or courriel.tentatives > len(ATTENTES):
        with db.atomic():
            if terminer(courriel, ECHOUE, kind):
                signaler(courriel)
        return
    minutes = ATTENTES[courriel.tentatives - 1] * random.uniform(0.8, 1.2)  # noqa: S311 (spreads tries, hides nothing)
    remettre(courriel, maintenant() + timedelta(minutes=minutes), kind)
