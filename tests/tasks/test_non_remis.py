"""Mails that never arrive: tried again without doubles, then told to whoever wrote them and may write again."""

import socket
import threading
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Serveur
from freezegun import freeze_time

from models.base import maintenant
from models.courriels import A_ENVOYER, ECHOUE, ENVOYE, Courriel, poster
from models.non_remis import RETOURNE, non_remis, reexpedier
from models.notifications import Notification
from tasks import courriels, smtp
from tasks.retours import recevoir
from tests.boite import Boite, brancher
from tests.fabriques import un_compte, un_dossier, une_structure
from tests.postgresql import port_libre

ABSENT = "absent@exemple.fr"


@pytest.fixture
def ecole(base):
    return un_compte(une_structure("organisme", "Organisme Fictif"))


@pytest.fixture
def dossier(ecole):
    return un_dossier(compte=ecole, etat="a_valider_employeur", organisme=ecole.habilitations.get().structure)


@pytest.fixture
def remise(ecole, dossier):
    """The mail of the organisme to an employer."""
    return poster("remise", ABSENT, "Sujet", "Texte", "<p>Texte</p>", genre="remise", dossier=dossier, auteur=ecole)


def etat(courriel_id):
    courriel = Courriel.get_by_id(courriel_id)
    return courriel.etat, courriel.erreur


def livrer():
    courriels.livrer_en_attente()


def cloches(compte):
    return [n.texte for n in Notification.select().where(Notification.compte == compte)]


def test_a_refused_address_is_told_to_whoever_wrote(serveur, ecole, dossier, remise):
    serveur(Boite(rcpt="550 inconnu"))
    livrer()
    assert etat(remise) == (ECHOUE, "SMTPRecipientsRefused")
    assert cloches(ecole) == ["Le courriel à l’employeur n’a pas pu être remis : vérifiez l’adresse."]
    assert Notification.get().dossier_id == dossier.id
    assert [mail.id for mail in non_remis(dossier.id, "organisme")] == [remise]
    assert non_remis(dossier.id, "employeur") == non_remis(dossier.id, "opco") == []


def test_the_account_whose_address_fails_is_told_too(serveur, ecole, dossier):
    rh = un_compte(une_structure(), courriel=ABSENT)
    desk = un_compte(une_structure("opco", "OPCO fictif"))
    poster("acte", ABSENT, "Sujet", "Texte", "<p>Texte</p>", genre="decision", dossier=dossier, auteur=desk)
    serveur(Boite(data="554 non"))
    livrer()
    assert "votre adresse" in cloches(rh)[0]
    assert cloches(desk) == ["Un courriel sur ce dossier n’a pas pu être remis à l’employeur."]
    assert len(non_remis(dossier.id, "opco")) == 1


def test_an_invitation_that_is_lost_is_told_in_its_own_words(serveur, ecole):
    poster("invitation", ABSENT, "Sujet", "Texte", "<p>Texte</p>", genre="acces", auteur=ecole)
    serveur(Boite(rcpt="550 inconnu"))
    livrer()
    assert "invitation" in cloches(ecole)[0]


def test_nobody_is_told_while_there_is_hope(serveur, ecole, remise):
    serveur(Boite(rcpt="450 plus tard"))
    livrer()
    assert etat(remise) == (A_ENVOYER, "SMTPRecipientsRefused")
    assert cloches(ecole) == []


def test_a_server_that_stays_down_for_a_day_is_told_once(ecole, remise):
    brancher(f"smtp://127.0.0.1:{port_libre()}")
    with freeze_time("2026-11-23 08:00") as clock:
        while etat(remise)[0] == A_ENVOYER:
            livrer()
            clock.tick(timedelta(hours=3))
        livrer()
    assert len(cloches(ecole)) == 1


def test_a_lost_mail_is_sent_again_to_a_box_that_works_by_now(serveur, ecole, dossier, remise):
    boite = Boite(rcpt="552 boîte pleine")
    serveur(boite)
    livrer()
    assert not reexpedier("autre", remise)
    assert reexpedier(dossier.id, remise)
    assert not reexpedier(dossier.id, remise)
    boite.rcpt = "250 OK"
    livrer()
    assert (etat(remise)[0], len(boite.recus)) == (ENVOYE, 1)
    assert not reexpedier(dossier.id, remise)


# Servers that misbehave


@pytest.mark.parametrize("moment", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_closes_in_the_middle_gets_the_mail_later_and_once(serveur, remise, moment):
    class Coupe(Serveur):
        malade = True

    async def repondre(self, arg):
        if Coupe.malade:
            self.transport.abort()
        else:
            await getattr(Serveur, f"smtp_{moment}")(self, arg)

    class Fragile(Controller):
        def factory(self):
            return Coupe(self.handler)

    setattr(Coupe, f"smtp_{moment}", repondre)
    boite = Boite()
    with freeze_time(maintenant() + timedelta(seconds=1), ignore=["asyncio"]) as clock:
        serveur(boite, classe=Fragile)
        livrer()
        assert (etat(remise), boite.recus) == ((A_ENVOYER, "SMTPServerDisconnected"), [])
        Coupe.malade = False
        clock.tick(timedelta(minutes=2))
        livrer()
        livrer()
    assert (etat(remise)[0], len(boite.recus)) == (ENVOYE, 1)


def test_a_server_that_accepts_then_hangs_holds_no_other_mail(remise, monkeypatch):
    monkeypatch.setattr(smtp, "DELAI", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        brancher(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        livrer()
    assert etat(remise) == (A_ENVOYER, "SMTPServerDisconnected")


def test_a_server_that_answers_drop_by_drop_is_left_in_time(remise, monkeypatch):
    monkeypatch.setattr(smtp, "DUREE", 0.5)
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=goutte_a_goutte, args=(server, over))
        thread.start()
        brancher(f"smtp://127.0.0.1:{server.getsockname()[1]}")
        livrer()
        over.set()
        thread.join()
    assert etat(remise)[0] == A_ENVOYER


def goutte_a_goutte(server, over):
    """Answer EHLO as one should, then one letter at a time and never a whole line."""
    line, _ = server.accept()
    with line:
        line.sendall(b"220 bonjour\r\n")
        line.recv(1000)
        line.sendall(b"250 bienvenue\r\n")
        while not over.wait(0.05):
            try:
                line.sendall(b"2")
            except OSError:
                return


# What comes back later


def rapport(sent, action="failed", status="5.1.1", headers_only=False):
    """What a mail server writes back about `sent`: a report, and the mail or its headers."""
    said = f"Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; {ABSENT}\r\n"
    said += f"Action: {action}\r\nStatus: {status}\r\n"
    kind = "text/rfc822-headers" if headers_only else "message/rfc822"
    quoted = sent.partition(b"\r\n\r\n")[0] + b"\r\n" if headers_only else sent
    parts = ((b"message/delivery-status", said.encode()), (kind.encode(), quoted))
    return (
        b"Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="limite"\r\n\r\n'
        + b"".join(b"--limite\r\nContent-Type: " + name + b"\r\n\r\n" + body + b"\r\n" for name, body in parts)
        + b"--limite--\r\n"
    )


@pytest.fixture
def partie(serveur, remise):
    """The mail as it has left."""
    boite = Boite()
    serveur(boite)
    livrer()
    assert etat(remise)[0] == ENVOYE
    return boite.recus[0].content


@pytest.mark.parametrize("headers_only", [False, True])
def test_a_mail_that_comes_back_is_told_once(ecole, dossier, remise, partie, headers_only):
    report = rapport(partie, headers_only=headers_only)
    assert [recevoir(report), recevoir(report)] == [1, 0]
    assert etat(remise) == (ECHOUE, RETOURNE)
    assert len(cloches(ecole)) == 1
    assert not reexpedier(dossier.id, remise)


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("failed", "4.2.2")])
def test_a_report_of_no_lasting_failure_changes_nothing(ecole, remise, partie, action, status):
    assert recevoir(rapport(partie, action, status)) == 0
    assert (etat(remise)[0], cloches(ecole)) == (ENVOYE, [])


@pytest.mark.parametrize("brut", [b"", b"\x00\xff" * 50, b"Subject: Absent\r\n\r\nJe suis en vacances."])
def test_what_is_no_report_changes_nothing(remise, partie, brut):
    assert recevoir(brut) == 0
    assert etat(remise)[0] == ENVOYE


def test_the_report_of_a_mail_that_is_not_ours_changes_nothing(remise, partie):
    message_id = Courriel.get_by_id(remise).message_id.encode()
    assert recevoir(rapport(partie).replace(message_id, b"0" * 32)) == 0


def test_the_operator_pipes_reports_to_a_command(app, ecole, partie):
    result = app.test_cli_runner().invoke(args=["courriel-retourne"], input=rapport(partie))
    assert result.output == "1 mails are lost\n"
    assert len(cloches(ecole)) == 1
