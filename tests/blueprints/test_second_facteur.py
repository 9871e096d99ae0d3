"""The second factor as a person meets it: put on, asked at each door, taken off, made mandatory."""

import time

import pytest
from freezegun import freeze_time

from models.comptes import Compte
from models.courriels import Courriel
from models.second_facteur import PAS, activer, code_du_pas, preparer, retirer
from models.sessions import Session, compte_de, fermer_toutes, ouvrir_session
from tests.blueprints.test_reconnexion import HTMX, remplir
from tests.fabriques import MOT_DE_PASSE, un_compte, une_structure

IDENTITE = {"connexion-courriel": "camille@demo.fictif", "connexion-mot_de_passe": MOT_DE_PASSE}
FAUX = "000000"


@pytest.fixture
def horloge():
    with freeze_time("2026-11-23 08:00") as clock:
        yield clock


@pytest.fixture
def application(horloge, camille):
    """The phone of Camille, whose account is protected: it gives a code that has not served."""
    secret = preparer(camille)
    camille.secours = activer(camille, code_du_pas(secret, int(time.time()) // PAS), "", "cle")

    def code():
        horloge.tick(PAS)
        return code_du_pas(secret, int(time.time()) // PAS)

    return code


def code_de(page):
    """The code that an application shows which was given the key of the page."""
    secret = page.soup.find(id="cle-secrete").get_text().replace(" ", "")
    return code_du_pas(secret, int(time.time()) // PAS)


def test_it_is_put_on_with_password_and_proof_and_gives_codes_once(connecte, camille, horloge):
    browser = connecte(camille)
    elsewhere = ouvrir_session(camille)
    page = browser.get("comptes.montrer").cliquer("Second facteur").soumettre("Installer le second facteur").suivre()
    assert page.soup.select_one("figure.qr svg path")
    assert page.soup.select_one("main a[href^='otpauth://totp/']")
    assert "codes de secours" not in page.texte
    wrong = page.soumettre("Protéger mon compte", {"mot_de_passe": MOT_DE_PASSE, "code": FAUX}, status=422)
    assert "pas celui de votre application" in wrong.message("code")
    assert code_de(wrong) == code_de(page)
    wrong = page.soumettre("Protéger mon compte", {"mot_de_passe": "faux", "code": code_de(page)}, status=422)
    assert "pas votre mot de passe" in wrong.message("mot_de_passe")
    answers = {"mot_de_passe": MOT_DE_PASSE, "code": code_de(page)}
    done = page.soumettre("Protéger mon compte", answers, status=200)
    codes = [code.get_text() for code in done.soup.select(".codes code")]
    assert len(codes) == 10
    again = page.soumettre("Protéger mon compte", answers, status=200)
    assert again.soup.select(".codes code") == done.soup.select(".codes code")
    other = page.soumettre("Protéger mon compte", answers | {"cle": "autre"})
    assert other.suivre().titre == "Second facteur"
    assert "Codes de secours qui restent : 10" in browser.get("second_facteur.montrer").texte
    assert compte_de(elsewhere) is None
    (mail,) = Courriel.select()
    assert "second facteur protège" in mail.texte
    assert codes[0] not in mail.texte


def test_the_login_asks_for_the_code_and_then_leads_on(client, camille, application, portail):
    page = client.get("/essai?page=2", status=303).suivre()
    page = page.soumettre("Se connecter", IDENTITE).suivre()
    assert page.titre == "Code de connexion"
    assert client.get("/essai", status=303)
    wrong = page.soumettre("Se connecter", {"connexion-code": FAUX}, status=422)
    assert "il a déjà servi" in wrong.message("connexion-code")
    code = application()
    answer = wrong.soumettre("Se connecter", {"connexion-code": code})
    assert answer.suite == "/essai?page=2"
    assert answer.suivre().titre == "Essai"


def test_the_same_code_opens_no_second_session(navigateur, camille, application):
    code = application()
    for expected in (303, 422):
        browser = navigateur()
        browser.post("/connexion", data=IDENTITE)
        assert browser.post("/connexion", data={"connexion-code": code}).status_code == expected
    assert Session.select().where(Session.fermee_le.is_null()).count() == 1


def test_a_recovery_code_opens_once_and_its_owner_is_told(navigateur, camille, application):
    for expected in (303, 422):
        browser = navigateur()
        browser.post("/connexion", data=IDENTITE)
        assert browser.post("/connexion", data={"connexion-code": camille.secours[0]}).status_code == expected
    (mail,) = Courriel.select()
    assert "Un code de secours vient d’ouvrir votre compte. Il vous en reste 9." in mail.texte
    assert mail.destinataire == camille.courriel


def test_a_code_without_the_password_opens_nothing(brut, camille, application):
    answer = brut.post("/connexion", data={"connexion-code": application()})
    assert answer.status_code == 422
    assert "délai" in answer.text
    assert Session.select().count() == 0


@pytest.mark.parametrize("reason", ["too late", "new password", "closed"])
def test_the_first_step_does_not_count_for_ever(brut, camille, application, horloge, reason):
    brut.post("/connexion", data=IDENTITE)
    if reason == "too late":
        horloge.tick(11 * 60)
    elif reason == "new password":
        Compte.update(mot_de_passe="autre").execute()
    else:
        Compte.update(actif=False).execute()
    assert brut.post("/connexion", data={"connexion-code": application()}).status_code == 422


def test_codes_cannot_be_tried_out(brut, camille, application):
    brut.post("/connexion", data=IDENTITE)
    codes = [brut.post("/connexion", data={"connexion-code": FAUX}).status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]


def test_another_account_may_be_used_instead(client, camille, application):
    page = client.get("comptes.demander").soumettre("Se connecter", IDENTITE).suivre()
    assert page.soumettre("Utiliser un autre compte").suivre().titre == "Connexion"


def test_beside_a_page_the_code_takes_the_place_of_the_password(connecte, camille, application, portail):
    browser = connecte(camille)
    page = browser.get("/essai")
    fermer_toutes(camille)
    lost = page.htmx('form[action="/essai"]', {"texte": "tapé avant"}, status=401)
    second = lost.htmx("#session form", IDENTITE)
    assert second.champ("connexion-mot_de_passe") is None
    late = second.htmx('form[action="/essai"]', {"texte": "tapé après"}, status=401)
    assert late.champ("connexion-code")
    wrong = late.htmx("#session form", {"connexion-code": FAUX}, status=422)
    back = wrong.htmx("#session form", {"connexion-code": application()})
    assert "Vous êtes reconnecté(e)" in back.texte
    assert back.titre == "Essai"


def test_a_post_is_replayed_after_both_steps(brut, camille, application):
    action, fields = remplir(brut.post("/essai", data={"texte": "tapé avant"}).text)
    second = brut.post(action, data=fields)
    assert second.status_code == 200
    assert MOT_DE_PASSE not in second.text
    action, fields = remplir(second.text)
    fields = {name: value for name, value in fields.items() if name.startswith("connexion-suite") or name == "texte"}
    answer = brut.post(action, data=fields | {"connexion-code": application()})
    assert (answer.status_code, answer.location) == (307, "/essai")
    assert brut.post("/essai", data=fields).json["recu"][-1] == ["texte", "tapé avant"]


def test_it_is_taken_off_with_password_and_code(connecte, camille, application):
    browser = connecte(Compte.get_by_id(camille.id))
    page = browser.get("second_facteur.montrer").cliquer("Retirer le second facteur")
    for answers in ({"mot_de_passe": MOT_DE_PASSE, "code": FAUX}, {"mot_de_passe": "faux", "code": application()}, {}):
        page.soumettre("Retirer", answers, status=422)
    assert Compte.get_by_id(camille.id).second_facteur_le
    done = page.soumettre("Retirer", {"mot_de_passe": MOT_DE_PASSE, "code": application()}).suivre()
    assert "Installer" in done.texte
    assert Compte.get_by_id(camille.id).second_facteur_le is None


def test_new_recovery_codes_replace_the_old_ones(connecte, camille, application, brut):
    page = connecte(Compte.get_by_id(camille.id)).get("second_facteur.demander_codes")
    answers = {"mot_de_passe": MOT_DE_PASSE, "code": camille.secours[2]}
    codes = page.soumettre("Obtenir de nouveaux codes", answers, status=200).soup.select(".codes code")
    assert page.soumettre("Obtenir de nouveaux codes", answers, status=200).soup.select(".codes code") == codes
    assert "de nouveaux codes de secours" in Courriel.get().texte
    brut.post("/connexion", data=IDENTITE)
    assert brut.post("/connexion", data={"connexion-code": camille.secours[1]}).status_code == 422
    assert brut.post("/connexion", data={"connexion-code": codes[0].get_text()}).status_code == 303


def test_who_lost_phone_and_codes_is_helped_by_the_operator(app, camille, application):
    run = app.test_cli_runner()
    done = run.invoke(args=["retirer-second-facteur", "--courriel", " Camille@demo.fictif"])
    assert (done.exit_code, done.output) == (0, "Second facteur retiré.\n")
    assert Compte.get_by_id(camille.id).second_facteur_le is None
    assert "demandé à l’OPCO" in Courriel.get().texte
    assert run.invoke(args=["retirer-second-facteur", "--courriel", "camille@demo.fictif"]).exit_code == 1


@pytest.fixture
def obligatoire(portail):
    portail.config["SECOND_FACTEUR_OBLIGATOIRE"] = True


@pytest.mark.parametrize(("droits", "led"), [("consulter saisir", False), ("consulter administrer", True)])
def test_who_administers_is_led_to_it_and_back(connecte, obligatoire, horloge, droits, led):
    browser = connecte(un_compte(une_structure(), droits))
    if not led:
        browser.get("/essai?a=1")
        return
    page = browser.get("/essai?a=1", status=303).suivre()
    assert "Vos droits demandent un second facteur" in page.texte
    assert "Revenir à mon compte" not in page.texte
    page = page.soumettre("Installer le second facteur").suivre()
    answers = {"mot_de_passe": MOT_DE_PASSE, "code": code_de(page)}
    page = page.soumettre("Protéger mon compte", answers, status=200)
    assert page.cliquer("Je les ai notés, continuer").titre == "Essai"
    assert "vous devrez en installer un autre" in browser.get("second_facteur.demander_retrait").texte


def test_a_right_that_comes_in_the_middle_of_a_page_loses_nothing_typed(connecte, obligatoire):
    structure = une_structure()
    browser = connecte(un_compte(structure, "instruire"))
    refused = browser.post("/essai", {"texte": "tapé avant"}, status=403)
    assert refused.champ("texte")["value"] == "tapé avant"
    banner = browser.http.post("/essai", data={"texte": "x"}, headers=HTMX | {"Sec-Fetch-Site": "same-origin"})
    assert (banner.status_code, banner.headers["HX-Retarget"]) == (403, "#session")
    assert browser.post("comptes.deconnecter").suivre().titre == "Connexion"


@pytest.mark.parametrize(("vue", "bouton"), [("retrait", "Retirer"), ("codes", "Obtenir de nouveaux codes")])
def test_a_page_left_open_finds_it_taken_off_in_another_tab(connecte, camille, application, vue, bouton):
    browser = connecte(camille)
    late = browser.get(f"/compte/second-facteur/{vue}")
    retirer(camille)
    answers = {"mot_de_passe": MOT_DE_PASSE, "code": application()}
    assert late.soumettre(bouton, answers).suivre().titre == "Second facteur"
