import ipaddress
import logging
import smtplib
import socket
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Serveur
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from freezegun import freeze_time

from models.base import db
from models.courriels import CONSERVE, ECHOUE, ENVOYE, Courriel, poster
from tasks import courriels, smtp
from tests.boite import Boite, brancher
from tests.postgresql import port_libre

LIEN = "https://portail.exemple/mot-de-passe/jeton.de-test"


def un_courriel(cle="cle", destinataire="paul.durand@exemple.fr"):
    return poster(cle, destinataire, *courriels.composer("mot_de_passe_oublie", lien=LIEN, duree="une heure"))


def etat(courriel_id):
    return Courriel.get_by_id(courriel_id)


def test_subject_text_and_html_are_french_and_carry_the_link():
    sujet, texte, html = courriels.composer("mot_de_passe_oublie", lien=LIEN, duree="une heure")
    assert sujet == "Mon Espace\u00a0: choisissez un nouveau mot de passe"
    assert texte.startswith("Bonjour,")
    assert LIEN in texte
    assert f'href="{LIEN}"' in html
    assert '<html lang="fr">' in html
    assert "demandé\u00a0?" in html


@pytest.mark.parametrize("nom", ["mot_de_passe_oublie", "mot_de_passe_change"])
def test_values_are_text_in_the_html_part(nom):
    _, _, html = courriels.composer(nom, lien='"><script>', duree="une heure")
    assert "<script>" not in html


def test_mail_is_delivered_once(serveur):
    boite = Boite()
    serveur(boite)
    courriel_id = un_courriel()
    courriels.livrer_en_attente()
    courriels.livrer_en_attente()
    courriels.livrer(courriel_id)
    assert boite.recus[0].rcpt_tos == ["paul.durand@exemple.fr"]
    mail = boite.message()
    assert mail["Message-ID"] == f"<{etat(courriel_id).message_id}@portail.exemple>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert LIEN in mail.get_body(["plain"]).get_content()
    assert LIEN in mail.get_body(["html"]).get_content()
    assert (etat(courriel_id).etat, etat(courriel_id).texte) == (ENVOYE, None)


def test_without_server_mails_are_kept(base):
    courriel_id = un_courriel()
    courriels.livrer_en_attente()
    assert (etat(courriel_id).etat, LIEN in etat(courriel_id).texte) == (CONSERVE, True)


def test_two_workers_never_send_twice(serveur):
    boite = Boite()
    serveur(boite)
    for rank in range(20):
        un_courriel(str(rank))
    barrier = threading.Barrier(4)

    def worker(_):
        with db.connection_context():
            barrier.wait()
            courriels.livrer_en_attente()

    db.close()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(worker, range(4)))
    ids = [message_from_bytes(envelope.content)["Message-ID"] for envelope in boite.recus]
    assert len(ids) == len(set(ids)) == 20


def test_server_down_then_up(serveur):
    boite, port = Boite(), port_libre()
    brancher(f"smtp://127.0.0.1:{port}")
    with freeze_time("2026-11-23 08:00", ignore=["asyncio"]) as clock:
        first, second = un_courriel("1"), un_courriel("2")
        courriels.livrer_en_attente()
        assert (etat(first).tentatives, etat(first).erreur) == (1, "ConnectionRefusedError")
        assert etat(second).tentatives == 0
        serveur(boite, port)
        courriels.livrer(first)
        assert etat(first).tentatives == 1
        clock.tick(timedelta(minutes=2))
        courriels.livrer_en_attente()
    assert {etat(first).etat, etat(second).etat} == {ENVOYE}
    assert len(boite.recus) == 2


def test_delivery_is_given_up_after_ten_tries_over_a_day(base):
    brancher(f"smtp://127.0.0.1:{port_libre()}")
    start = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    with freeze_time(start) as clock:
        courriel_id = un_courriel()
        waits = []
        while etat(courriel_id).etat != ECHOUE:
            courriels.livrer(courriel_id)
            waits.append(etat(courriel_id).prochain_essai.replace(tzinfo=UTC) - start)
            clock.move_to(start + waits[-1] + timedelta(seconds=1))
    assert len(waits) == etat(courriel_id).tentatives == 10
    assert timedelta(hours=18) < waits[-1] < timedelta(hours=30)
    assert etat(courriel_id).erreur == "ConnectionRefusedError"


@pytest.mark.parametrize(
    "boite", [Boite(rcpt="550 paul.durand@exemple.fr inconnu"), Boite(data="554 texte pour paul.durand@exemple.fr")]
)
def test_refused_recipient_or_text_fails_at_once(serveur, boite, caplog):
    serveur(boite)
    courriel_id = un_courriel()
    courriels.livrer_en_attente()
    assert etat(courriel_id).etat == ECHOUE
    assert etat(courriel_id).erreur in ("SMTPRecipientsRefused", "SMTPDataError")
    assert "durand" not in caplog.text


def test_refused_mail_does_not_stop_the_others(serveur):
    class Choisit(Boite):
        async def handle_RCPT(self, server, session, envelope, address, options):
            self.rcpt = "550 non" if address.startswith("absent") else "250 OK"
            return await super().handle_RCPT(server, session, envelope, address, options)

    boite = Choisit()
    serveur(boite)
    lost, sent = un_courriel("1", "absent@exemple.fr"), un_courriel("2")
    courriels.livrer_en_attente()
    assert (etat(lost).etat, etat(sent).etat) == (ECHOUE, ENVOYE)


@pytest.mark.parametrize("boite", [Boite(rcpt="451 plus tard"), Boite(data="452 plus de place")])
def test_busy_server_is_asked_again_later(serveur, boite):
    serveur(boite)
    courriel_id = un_courriel()
    courriels.livrer_en_attente()
    assert (etat(courriel_id).etat, etat(courriel_id).tentatives, boite.recus) == ("a_envoyer", 1, [])


def test_silent_server_is_left_after_the_delay(base, monkeypatch):
    monkeypatch.setattr(smtp, "DELAI", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        brancher(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        first, second = un_courriel("1"), un_courriel("2")
        courriels.livrer_en_attente()
    assert (etat(first).etat, etat(first).erreur) == ("a_envoyer", "SMTPServerDisconnected")
    assert etat(second).tentatives == 0


def test_accepted_mail_is_sent_even_if_the_farewell_fails(serveur):
    class Fache(Serveur):
        async def smtp_QUIT(self, arg):
            self.transport.abort()

    class Impoli(Controller):
        def factory(self):
            return Fache(self.handler)

    boite = Boite()
    serveur(boite, classe=Impoli)
    courriel_id = un_courriel()
    courriels.livrer_en_attente()
    assert (etat(courriel_id).etat, len(boite.recus)) == (ENVOYE, 1)


@pytest.mark.parametrize(
    "destinataire", ["pas une adresse", "a@exemple.fr\nBcc: b@exemple.fr", "a@b.fr, c@d.fr", "é@@"]
)
def test_malformed_address_fails_at_once_and_writes_to_nobody(serveur, destinataire, caplog):
    boite = Boite()
    serveur(boite)
    courriel_id = un_courriel(destinataire=destinataire)
    courriels.livrer_en_attente()
    assert (etat(courriel_id).etat, boite.recus) == (ECHOUE, [])
    assert destinataire not in caplog.text


@pytest.fixture
def chiffrement(tmp_path, monkeypatch):
    """A certificate for 127.0.0.1 that the portal is told to trust, as a server's context."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "essai")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "certificat.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = tmp_path / "cle.pem"
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, private)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    return context


def gardien(seen):
    def verifier(server, session, envelope, mechanism, data):
        seen.append((data.login, data.password, session.ssl is not None))
        return AuthResult(success=data.password == b"mot de passe")

    return verifier


def test_password_travels_over_starttls_only(serveur, chiffrement):
    boite, seen = Boite(), []
    serveur(
        boite,
        url="smtp://portail:mot%20de%20passe@127.0.0.1:{}",
        tls_context=chiffrement,
        authenticator=gardien(seen),
        auth_required=True,
    )
    courriel_id = un_courriel()
    courriels.livrer_en_attente()
    assert etat(courriel_id).etat == ENVOYE
    assert seen == [(b"portail", b"mot de passe", True)]


def test_password_is_not_given_to_a_server_without_starttls(serveur):
    boite, seen = Boite(), []
    serveur(
        boite,
        url="smtp://portail:secret@127.0.0.1:{}",
        authenticator=gardien(seen),
        auth_require_tls=False,
    )
    courriel_id = un_courriel()
    courriels.livrer_en_attente()
    assert (etat(courriel_id).erreur, seen) == ("SMTPNotSupportedError", [])


def test_wrong_certificate_gets_no_mail(serveur, chiffrement, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    boite = Boite()
    serveur(boite, tls_context=chiffrement)
    courriel_id = un_courriel()
    courriels.livrer_en_attente()
    assert (etat(courriel_id).erreur, boite.recus) == ("SSLCertVerificationError", [])


def test_neither_address_nor_link_nor_answer_is_logged(serveur, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("peewee").setLevel(logging.INFO)
    serveur(Boite(rcpt="450 paul.durand@exemple.fr attend"))
    courriel_id = un_courriel()
    courriels.livrer_en_attente()
    ours = "".join(record.getMessage() for record in caplog.records if record.name == "tasks.courriels")
    assert f"mail {courriel_id} not sent" in ours
    assert not any(word in ours for word in ("durand", "jeton", "attend"))
    assert not any(word in etat(courriel_id).erreur for word in ("durand", "attend"))
    assert issubclass(getattr(smtplib, etat(courriel_id).erreur), smtplib.SMTPException)
