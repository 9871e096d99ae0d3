"""The client of the SMTP server: one message, one conversation, never in clear with a password."""

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

DELAI = 20  # seconds without an answer
DUREE = 300  # seconds of a whole conversation, less than the lease of a mail: a server may answer drop by drop


def envoyer(url: str, message: EmailMessage) -> None:
    """Hand `message` to the server of `url` (smtp:// or smtps://). Raises OSError, of which SMTPException is one."""
    server = _connexion(urlsplit(url), message["From"].addresses[0].domain)
    try:
        with _au_plus(server, DUREE):
            server.send_message(message)
        # The message is accepted: a server that stumbles over the farewell must not make us send it twice.
        with contextlib.suppress(OSError):
            server.quit()
    finally:
        server.close()


@contextlib.contextmanager
def _au_plus(server: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """Cut the conversation after so long: whoever reads from it then finds it closed."""

    def couper() -> None:
        with contextlib.suppress(OSError):
            if server.sock:
                server.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(seconds, couper)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def definitif(error: Exception) -> bool:
    """Whether trying again is useless: the server refused the recipient or the text for good, or it is malformed."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return not isinstance(error, OSError)


def injoignable(error: Exception) -> bool:
    """Whether the server itself is the trouble, so that other mails would fare no better now."""
    about_this_mail = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)
    return isinstance(error, OSError) and not isinstance(error, about_this_mail)


def _connexion(url: SplitResult, hostname: str) -> smtplib.SMTP:
    """A connection ready to send: encrypted whenever the server can, certificates checked (SSL_CERT_FILE counts)."""
    context = ssl.create_default_context()
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, hostname, timeout=DELAI, context=context)
    else:
        server = smtplib.SMTP(host, url.port or 587, hostname, timeout=DELAI)
    try:
        _preparer(server, url, context)
    except BaseException:
        server.close()
        raise
    return server


def _preparer(server: smtplib.SMTP, url: SplitResult, context: ssl.SSLContext) -> None:
    server.ehlo()
    if url.scheme != "smtps" and server.has_extn("starttls"):
        server.starttls(context=context)
    if url.username:
        if not isinstance(server.sock, ssl.SSLSocket):
            raise smtplib.SMTPNotSupportedError("a password never travels in clear: the server must offer STARTTLS")
        server.login(unquote(url.username), unquote(url.password or ""))
