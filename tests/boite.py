"""A real SMTP server that keeps what it received, and answers as a test wants."""

from email import message_from_bytes
from email.policy import default

from tasks import courriels


class Boite:
    """What the server received, and how it answers."""

    def __init__(self, rcpt="250 OK", data="250 OK"):
        self.recus, self.rcpt, self.data = [], rcpt, data

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):
        if self.data.startswith("2"):
            self.recus.append(envelope)
        return self.data

    def message(self):
        (envelope,) = self.recus
        return message_from_bytes(envelope.content, policy=default)


PORTAIL = "https://portail.exemple"


def brancher(url):
    courriels.brancher(
        {"SMTP_URL": url, "MAIL_FROM": "Mon Espace <ne-pas-repondre@portail.exemple>", "PUBLIC_URL": PORTAIL}
    )
