"""What a person does with the account itself: another address, its sessions, its end."""

import re

import pytest
from freezegun import freeze_time

from models.adresses import DUREE
from models.comptes import Compte, Habilitation
from models.courriels import Courriel
from models.fermeture import cles_vers_le_compte
from models.journal import Journal
from models.liens import MOT_DE_PASSE as OUBLI
from models.liens import Lien, creer_lien
from models.navigateurs import navigateur as lisible
from models.notifications import notifier
from models.second_facteur import preparer
from models.sessions import Session, compte_de, ouvrir_session
from tests.fabriques import MOT_DE_PASSE, un_compte, un_dossier, une_structure

ADRESSE = {"courriel": "nouvelle@demo.fictif", "mot_de_passe": MOT_DE_PASSE}
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:148.0) Gecko/20100101 Firefox/148.0"


def lien_recu(adresse):
    """The path of the link in the last mail to this address."""
    texts = [mail.texte for mail in Courriel.select().order_by(Courriel.id) if mail.destinataire == adresse]
    return re.search(r"https?://[^/]+(/\S+)", texts[-1])[1]


def demander(browser, **answers):
    page = browser.get("comptes.montrer").cliquer("Changer d’adresse")
    return page.soumettre("Recevoir le lien", ADRESSE | answers)


def test_the_address_changes_when_the_new_mailbox_answers(connecte, client, camille):
    browser, elsewhere = connecte(camille), ouvrir_session(camille)
    creer_lien(OUBLI, DUREE, compte=camille, destinataire=camille.courriel)
    assert demander(browser).suivre().titre == "Consultez votre nouvelle messagerie"
    assert Compte.get_by_id(camille.id).courriel == "camille@demo.fictif"
    assert lien_recu("camille@demo.fictif") == "/compte"
    page = client.get(lien_recu("nouvelle@demo.fictif"), status=303).suivre()
    assert "nouvelle@demo.fictif" in page.texte
    page.soumettre("Prendre cette adresse")
    assert Compte.get_by_id(camille.id).courriel == "nouvelle@demo.fictif"
    assert compte_de(elsewhere) is None
    assert Lien.select().where(Lien.objet == OUBLI, Lien.revoque_le.is_null()).count() == 0
    assert "a pris une autre adresse" in Courriel.select().order_by(Courriel.id.desc()).get().texte
    assert client.get(lien_recu("nouvelle@demo.fictif"), status=410).titre == "Ce lien ne fonctionne pas"


def test_the_browser_that_asked_stays_logged_in(connecte, camille):
    browser = connecte(camille)
    demander(browser)
    page = browser.get(lien_recu("nouvelle@demo.fictif"), status=303).suivre().soumettre("Prendre cette adresse")
    assert "nouvelle@demo.fictif" in page.suivre().texte


def test_an_address_that_has_an_account_is_not_told_apart(connecte, camille):
    un_compte(courriel="prise@demo.fictif")
    answers = [demander(connecte(camille), courriel=a) for a in ("prise@demo.fictif", "nouvelle@demo.fictif")]
    assert {(a.response.status_code, a.suite) for a in answers} == {(303, "/compte/adresse/envoi")}
    assert len({a.suivre().texte for a in answers}) == 1
    assert lien_recu("prise@demo.fictif") == "/compte/adresse"
    assert len(Courriel.select()) == 4


@pytest.mark.parametrize("how", ["too old", "asked again", "taken meanwhile", "closed", "foreign"])
def test_a_link_that_no_longer_counts_changes_nothing(connecte, client, camille, how):
    with freeze_time("2026-11-23 08:00") as clock:
        demander(connecte(camille))
        path = lien_recu("nouvelle@demo.fictif")
        page = client.get(path, status=303).suivre()
        if how == "too old":
            clock.tick(DUREE)
        elif how == "asked again":
            demander(connecte(camille), courriel="autre@demo.fictif")
        elif how == "taken meanwhile":
            un_compte(courriel="nouvelle@demo.fictif")
        elif how == "closed":
            Compte.update(actif=False).execute()
        else:
            client.get("/compte/adresse/jeton-invente", status=404)
            Lien.delete().execute()
        code = 404 if how == "foreign" else 410
        assert page.soumettre("Prendre cette adresse", status=code).titre == "Ce lien ne fonctionne pas"
        assert Compte.get_by_id(camille.id).courriel == "camille@demo.fictif"


@pytest.mark.parametrize(
    ("answers", "champ", "message"),
    [
        ({"mot_de_passe": "faux"}, "mot_de_passe", "pas votre mot de passe"),
        ({"courriel": "Camille@Demo.fictif"}, "courriel", "déjà votre adresse"),
        ({"courriel": "rien"}, "courriel", "@"),
        ({"mot_de_passe": ""}, "mot_de_passe", "obligatoire"),
    ],
)
def test_a_refused_address_sends_nothing(connecte, camille, answers, champ, message):
    page = connecte(camille).get("adresses.demander")
    assert message in page.soumettre("Recevoir le lien", ADRESSE | answers, status=422).message(champ)
    assert Courriel.select().count() == 0


def test_nobody_floods_the_mailboxes_of_others(connecte, camille):
    browser = connecte(camille)
    for _ in range(5):
        demander(browser)
    browser.get("adresses.demander").soumettre("Recevoir le lien", ADRESSE, status=429)


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (FIREFOX, "Firefox sur Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19 Safari/604",
            "Safari sur iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 Chrome/147 Mobile Safari/537.36", "Chrome sur Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/147 Safari/537.36 Edg/147", "Edge sur Linux"),
        ("curl/8", "Navigateur inconnu"),
        ("", "Navigateur inconnu"),
    ],
)
def test_a_browser_is_named_as_people_name_it(agent, expected):
    assert lisible(agent) == expected


def test_sessions_are_listed_and_ended_one_by_one_or_all(client, connecte, camille):
    identity = {"connexion-courriel": camille.courriel, "connexion-mot_de_passe": MOT_DE_PASSE}
    client.http.environ_base["HTTP_USER_AGENT"] = FIREFOX
    client.get("comptes.demander").soumettre("Se connecter", identity)
    others = [ouvrir_session(camille, navigateur=f"Chrome sur Linux {i}") for i in range(3)]
    ouvrir_session(un_compte(), navigateur="Opera")
    page = client.get("comptes.montrer").cliquer("Appareils connectés")
    assert "Firefox sur Windows (cet appareil)" in page.texte
    assert len(page.soup.select("tbody tr")) == 4
    assert "Opera" not in page.texte
    row = page.soup.find("button", string=re.compile("Linux 1")) or page.soup.select("tbody form button")[0]
    page = client.soumettre(page, " ".join(row.get_text().split())).suivre()
    assert len(page.soup.select("tbody tr")) == 3
    page = page.soumettre("Déconnecter tous les autres").suivre()
    assert len(page.soup.select("tbody tr")) == 1
    assert [token for token in others if compte_de(token)] == []


def test_the_session_of_another_person_stays(connecte, camille):
    other = ouvrir_session(un_compte())
    digest = Session.select().where(Session.compte != camille).get().empreinte
    connecte(camille).post("appareils.deconnecter", {"session": digest})
    assert compte_de(other)


def test_a_closed_account_leaves_its_name_in_the_journal_and_nothing_else(connecte, camille):
    structure = une_structure()
    un_compte(structure, "administrer")
    Habilitation.create(compte=camille, structure=structure, droits="consulter saisir administrer")
    dossier = un_dossier(structure, camille, complet=False)
    notifier("essai", camille.id, "Texte", dossier.id)
    browser = connecte(camille)
    page = browser.get("comptes.montrer").cliquer("Fermer mon compte")
    page.soumettre("Fermer mon compte", {"mot_de_passe": "faux"}, status=422)
    left = page.soumettre("Fermer mon compte", {"mot_de_passe": MOT_DE_PASSE}).suivre()
    assert "Votre compte est fermé" in left.texte
    closed = Compte.get_by_id(camille.id)
    assert (closed.courriel, closed.mot_de_passe, closed.actif) == (f"compte-ferme-{camille.id}", None, False)
    assert closed.nom_complet == "Camille Démo-Fictif"
    for key in cles_vers_le_compte():
        assert key.model.select().where(key == camille.id).count() == 0, key.model
    assert Journal.select().where(Journal.compte == camille).count() > 0
    assert browser.get("comptes.montrer", status=303)
    assert [mail.destinataire for mail in Courriel.select()] == ["camille@demo.fictif"]
    un_compte(courriel="camille@demo.fictif")


def test_the_last_administrator_is_told_what_to_do_first(connecte, camille):
    Habilitation.create(compte=camille, structure=une_structure(nom="Auberge fictive"), droits="consulter administrer")
    un_compte(Habilitation.get(compte=camille).structure, "consulter saisir")
    un_compte(Habilitation.get(compte=camille).structure, "administrer", actif=False)
    browser = connecte(camille)
    page = browser.get("fermeture.demander")
    assert "la seule personne qui administre « Auberge fictive »" in page.texte
    refused = browser.post("fermeture.fermer", {"mot_de_passe": MOT_DE_PASSE}, status=422)
    assert "donnez d’abord ce droit" in refused.texte
    assert Compte.get_by_id(camille.id).actif


@pytest.mark.parametrize(("colleagues", "status"), [(0, 0), (1, 1)])
def test_the_operator_closes_the_account_of_who_is_alone_there(app, base, camille, colleagues, status):
    structure = une_structure()
    Habilitation.create(compte=camille, structure=structure, droits="consulter saisir administrer")
    for _ in range(colleagues):
        un_compte(structure, "consulter saisir")
    done = app.test_cli_runner().invoke(args=["fermer-compte", "--courriel", "Camille@demo.fictif"])
    assert done.exit_code == status, done.output
    assert Compte.get_by_id(camille.id).actif == bool(status)
    assert Courriel.select().count() == 1 - status


def test_a_new_password_undoes_the_address_that_somebody_else_asked_for(connecte, client, camille):
    """Whoever knew the former password and is locked out must not come back by a mailbox of theirs."""
    demander(connecte(camille))
    changer_mot_de_passe_de(connecte(camille))
    assert client.get(lien_recu("nouvelle@demo.fictif"), status=410).titre == "Ce lien ne fonctionne pas"
    assert Compte.get_by_id(camille.id).courriel == "camille@demo.fictif"


def test_a_new_password_forgets_a_secret_that_protects_nothing_yet(connecte, camille):
    seen = preparer(camille)
    changer_mot_de_passe_de(connecte(camille))
    assert preparer(camille) != seen


def changer_mot_de_passe_de(browser):
    new = {
        "nouveau_mot_de_passe": "un nouveau mot de passe long",
        "confirmation_mot_de_passe": "un nouveau mot de passe long",
    }
    page = browser.get("comptes.montrer")
    assert page.soumettre("Changer le mot de passe", {"ancien_mot_de_passe": MOT_DE_PASSE} | new).suivre()


def test_a_link_opened_with_another_account_says_whose_address_changes(connecte, camille):
    demander(connecte(camille))
    other = un_compte(courriel="autre@demo.fictif")
    page = connecte(other).get(lien_recu("nouvelle@demo.fictif"), status=303).suivre()
    assert "avec un autre compte, autre@demo.fictif" in page.texte
    after = page.soumettre("Prendre cette adresse").suivre()
    assert "il reste comme il était" in after.texte
    assert "Vous vous connectez désormais avec elle" not in after.texte
    assert {c.courriel for c in Compte.select()} == {"autre@demo.fictif", "nouvelle@demo.fictif"}
