"""Mails that cannot be delivered: whoever wrote one is told, at once or when a server sends it back."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

from models.base import db, maintenant
from models.comptes import Compte
from models.courriels import Courriel
from models.non_remis import retourner
from models.notifications import notifier

NOTRE = re.compile(rb"^Message-ID:\s*<([0-9a-f]{32})@", re.IGNORECASE | re.MULTILINE)
TEXTES = {
    "remise": "Le courriel à l’employeur n’a pas pu être remis : vérifiez l’adresse.",
    "a_reprendre": "Le rappel à l’employeur n’a pas pu être remis : vérifiez l’adresse.",
    "acces": "Une invitation n’a pas pu être remise : vérifiez l’adresse, puis invitez à nouveau.",
    "reprise": "Le courriel qui portait le lien de reprise n’a pas pu être remis : vérifiez l’adresse.",
}
AUTRE = "Un courriel sur ce dossier n’a pas pu être remis à l’employeur."
SIEN = "Un courriel n’a pas pu être remis à votre adresse : vérifiez-la dans « Mon compte »."


def signaler(courriel: Courriel) -> None:
    """Tell, inside the caller's transaction, whoever wrote the mail and the account whose address it bears."""
    cle = f"non_remis:{courriel.id}:{maintenant():%Y%m%d%H%M%S}"
    if courriel.auteur_id:
        texte = TEXTES.get(courriel.genre, AUTRE)
        notifier(f"{cle}:auteur", courriel.auteur_id, texte, courriel.dossier_id, genre="non_remis")
    owner = Compte.get_or_none((Compte.courriel == courriel.destinataire) & Compte.actif)
    if owner:
        notifier(cle, owner.id, SIEN, genre="non_remis", chemin="/compte")


def recevoir(brut: bytes) -> int:
    """Take a delivery report (RFC 3464) as a server sends it; gives how many of our mails it says are lost.

    Anything else, a delay or an automatic answer among it, is left alone.
    """
    message = cast(EmailMessage, message_from_bytes(brut, policy=default))
    if not any(_definitif(part) for part in message.walk()):
        return 0
    count = 0
    for message_id in _originaux(message):
        with db.atomic():
            courriel = retourner(message_id)
            if courriel:
                signaler(courriel)
                count += 1
    return count


def _definitif(part: EmailMessage) -> bool:
    """Whether a block of the report says that a delivery failed for good."""
    return str(part.get("Action", "")).strip().lower() == "failed" and str(part.get("Status", "5")).startswith("5")


def _originaux(message: EmailMessage) -> Iterator[str]:
    """The ids of our mails that the report quotes, whole or by their headers."""
    for part in message.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            found = NOTRE.search(part.as_bytes())
            if found:
                yield found[1].decode()
