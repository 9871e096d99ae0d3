"""A mailed link: who opens it, with or without an account, sees what, and what a stranger learns (nothing)."""

import re
from datetime import timedelta

import pytest
from freezegun import freeze_time

from models.base import maintenant
from models.codes import ESSAIS, Code
from models.comptes import Habilitation
from models.contenu import contenu
from models.courriels import Courriel
from models.dossier import Dossier
from models.journal import Journal
from models.liens import REMISE, REPRISE, Lien
from tests.blueprints import test_preentree
from tests.blueprints.test_preentree import ADRESSE, frais, le_lien, remettre
from tests.client import MEME_SITE
from tests.controles.fabrique import VALEURS
from tests.fabriques import MOT_DE_PASSE, un_compte, un_dossier, une_structure

ecole, formateur, organisme = test_preentree.ecole, test_preentree.formateur, test_preentree.organisme
hotel, dossier = test_preentree.hotel, test_preentree.dossier
MORT = "Ce lien ne fonctionne pas"
SALAIRE = "1 987,65"


@pytest.fixture
def remis(organisme, hotel, dossier):
    """A pre-entry that was handed over to an address without account."""
    remettre(organisme, dossier)
    return frais(dossier)


@pytest.fixture
def rh(hotel):
    return un_compte(hotel, courriel=ADRESSE)


def code_recu():
    mail = Courriel.select().where(Courriel.cle.startswith("code:")).order_by(Courriel.id.desc()).get()
    assert not re.search(r"\d{3}", mail.sujet)
    return mail.destinataire, re.search(r"^\d{3}.\d{3}$", mail.texte, re.MULTILINE)[0]


def demander_un_code(client, lien):
    page = client.get(lien, 303).suivre()
    return page.soumettre("Recevoir un code").suivre()


def prouver(client, lien):
    """The page that the mailbox opens."""
    page = demander_un_code(client, lien)
    return page.soumettre("Continuer", {"code": code_recu()[1]}).suivre()


def lien_de_reprise(employeur, dossier, adresse):
    """The address of a link that somebody mails to `adresse` from « Sauvegarder »."""
    page = employeur.get("reprise.sauvegarde", dossier_id=dossier.id)
    page.soumettre("Envoyer le lien par courriel", {"courriel": adresse})
    mail = Courriel.select().where(Courriel.cle.startswith("reprise:")).order_by(Courriel.id.desc()).get()
    return next(word for word in mail.texte.split() if "/reprise/" in word).removeprefix("http://127.0.0.1:8000")


def muette(page, dossier):
    """Whether the page says nothing of the dossier: not who, not for whom, not that it exists."""
    words = ("LE GALL", "Organisme Fictif", "demo.fictif", dossier.id, "Serveur")
    return not [word for word in words if word in page.html]


def test_without_a_session_the_page_offers_the_login_or_a_code_and_tells_nothing(client, remis):
    page = client.get(le_lien(), 303).suivre()
    assert page.titre == "Ouvrir le lien"
    assert "r***@d***.fictif" in page.texte
    assert muette(page, remis)
    login = page.cliquer("Se connecter")
    assert login.titre == "Connexion"


def test_opening_and_looking_consume_nothing(client, app, remis):
    for _ in range(3):
        client.get(le_lien(), 303).suivre()
        client.get("boite.demander_code")
    assert Code.select().count() == 0
    assert Courriel.select().where(Courriel.cle.startswith("code:")).count() == 0
    assert client.http.get(le_lien(), headers=MEME_SITE).headers["Referrer-Policy"] == "no-referrer"


def test_the_code_goes_to_the_recipient_and_opens_this_one_dossier_masked(client, remis):
    page = prouver(client, le_lien())
    assert code_recu()[0] == ADRESSE
    assert page.titre == "Un contrat vous est transmis"
    assert "LE GALL-ROUX" in page.texte
    assert "masqué" in page.texte
    person = VALEURS["salarie"]
    assert person["nir"] not in page.html.replace(" ", "")
    assert f"{person['date_naissance']:%d/%m/%Y}" not in page.texte
    assert Journal.select().where(Journal.action == "boite_prouvee").count() == 1
    for endpoint in ("dossiers.detailler", "preentree.suivre", "pieces.montrer"):
        client.get(endpoint, 303, dossier_id=remis.id)
    client.post("reprise_employeur.prendre", status=401, dossier_id=remis.id)


def test_pay_and_pieces_are_masked_in_a_link_of_the_employer(client, connecte, hotel):
    rh = un_compte(hotel)
    mine = un_dossier(hotel, rh, changements={"contrat.salaire": 1987.65}, etape="salarie")
    page = prouver(client, lien_de_reprise(connecte(rh), mine, "cabinet@demo.example"))
    assert page.titre == "Un contrat en cours de saisie"
    assert "LE GALL-ROUX" in page.texte
    assert SALAIRE not in page.texte
    assert page.soup.select(".pieces") == []


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "000 000", "١٢٣٤٥٦", "0" * 60, "\x00"])
def test_a_wrong_code_opens_nothing(client, remis, typed):
    page = demander_un_code(client, le_lien())
    good = code_recu()[1]
    typed = "111 111" if good.replace("\u00a0", " ") == typed else typed
    assert page.soumettre("Continuer", {"code": typed}, 422).titre == "Le code reçu"
    assert client.get("liens.suivre").titre == "Ouvrir le lien"


def test_a_code_stands_five_tries(client, remis):
    page = demander_un_code(client, le_lien())
    good = code_recu()[1]
    wrong = "000 001" if good.startswith("000") else "000 000"
    for _ in range(ESSAIS):
        page.soumettre("Continuer", {"code": wrong}, 422)
    page.soumettre("Continuer", {"code": good}, 422)
    again = page.soumettre("Recevoir un autre code").suivre()
    again.soumettre("Continuer", {"code": code_recu()[1]})


def test_a_code_serves_once(client, app, remis):
    prouver(client, le_lien())
    client.post("boite.prouver", {"code": code_recu()[1]}, 422)


def test_a_code_is_worth_nothing_in_another_browser_or_for_another_link(client, connecte, organisme, remis, hotel):
    demander_un_code(client, le_lien())
    rh = un_compte(hotel)
    other = lien_de_reprise(connecte(rh), un_dossier(hotel, rh), "cabinet@demo.example")
    code = code_recu()[1]
    client.get(other, 303)
    client.post("boite.prouver", {"code": code}, 422)
    stranger = type(client)(client.app)
    stranger.get(le_lien(), 303)
    stranger.post("boite.prouver", {"code": code}, 422)


def test_a_code_ends_after_ten_minutes_and_is_forgotten(client, remis):
    page = demander_un_code(client, le_lien())
    with freeze_time(maintenant() + timedelta(minutes=11)):
        page.soumettre("Continuer", {"code": code_recu()[1]}, 422)
        page.soumettre("Recevoir un autre code")
        assert Code.select().count() == 1


def test_codes_are_not_sent_without_end(client, remis):
    page = client.get(le_lien(), 303).suivre()
    for _ in range(5):
        page.soumettre("Recevoir un code")
    assert "Trop d’essais" in page.soumettre("Recevoir un code", status=429).texte
    assert Code.select().count() == 5


def test_whoever_has_no_account_is_led_to_one_for_the_employer_of_the_contract(client, remis):
    page = prouver(client, le_lien())
    (url,) = [link for link in page.liens() if link.startswith("/inscription")]
    assert url == f"/inscription?genre=employeur&siret={VALEURS['employeur']['siret']}"


def test_a_link_without_recipient_asks_for_the_login(client, connecte, hotel):
    rh = un_compte(hotel)
    page = connecte(rh).get("reprise.sauvegarde", dossier_id=un_dossier(hotel, rh).id)
    page = page.soumettre("Afficher un lien à copier", status=200)
    lien = page.soup.find(id="lien-reprise")["value"].removeprefix("http://127.0.0.1:8000")
    assert client.get(lien, 303).suivre(303).suivre().titre == "Connexion"
    client.post("boite.envoyer_code", status=410)


def test_the_addressee_logs_in_and_is_at_the_dossier(organisme, client, rh, dossier):
    remettre(organisme, dossier)
    login = client.get(le_lien(), 303).suivre().cliquer("Se connecter")
    email, secret = (control["name"] for control in login.soup.select("main input:not([type=hidden])"))
    page = login.soumettre("Se connecter", {email: ADRESSE, secret: MOT_DE_PASSE})
    assert page.suivre(303).suivre().titre == "Détails du dossier"


def test_the_addressee_who_acts_for_several_employers_says_for_which(organisme, connecte, dossier):
    remettre(organisme, dossier)
    rh = un_compte(une_structure(nom="Premier employeur fictif"), courriel=ADRESSE)
    Habilitation.create(compte=rh, structure=une_structure(nom="Second employeur fictif"), droits="consulter saisir")
    page = connecte(rh).get(le_lien(), 303).suivre()
    assert page.titre == "Un contrat vous est transmis"
    assert "LE GALL" not in page.texte
    page = page.soumettre("Second employeur fictif").suivre(303).suivre()
    assert page.titre == "Détails du dossier"
    assert frais(dossier).structure.nom == "Second employeur fictif"


def test_another_account_is_told_and_chooses(client, connecte, remis, hotel):
    stranger = un_compte(une_structure(nom="Une autre structure"), courriel="autre@demo.fictif")
    browser = connecte(stranger)
    page = browser.get(le_lien(), 303).suivre()
    assert page.titre == "Ce lien est pour une autre adresse"
    assert "autre@demo.fictif" in page.texte
    assert "Continuer avec ce compte" not in page.texte
    assert "LE GALL" not in page.html
    assert remis.id not in page.html
    browser.post("liens.choisir", {"structure": str(stranger.habilitations[0].structure_id)})
    assert frais(remis).structure_id == hotel.id
    browser.get("dossiers.detailler", 404, dossier_id=remis.id)
    page = page.soumettre("Se déconnecter et utiliser le lien").suivre()
    assert page.titre == "Ouvrir le lien"
    browser.get("comptes.montrer", 303)


def test_a_colleague_with_rights_goes_on_with_its_own_account(connecte, remis, hotel):
    page = connecte(un_compte(hotel)).get(le_lien(), 303).suivre()
    assert page.cliquer("Continuer avec ce compte").titre == "Détails du dossier"


def test_one_person_with_two_addresses_proves_the_other_and_stays_logged_in(connecte, organisme, dossier):
    remettre(organisme, dossier)
    mine = une_structure(nom="Employeur fictif de Camille")
    browser = connecte(un_compte(mine, courriel="camille@demo.fictif"))
    page = browser.get(le_lien(), 303).suivre().soumettre("Recevoir un code").suivre()
    page = page.soumettre("Continuer", {"code": code_recu()[1]}).suivre()
    page = page.soumettre(mine.nom).suivre(303).suivre()
    assert page.titre == "Détails du dossier"
    assert frais(dossier).structure_id == mine.id


def test_an_account_without_employer_reads_the_masked_view(connecte, organisme, dossier):
    remettre(organisme, dossier)
    page = connecte(un_compte(courriel=ADRESSE)).get(le_lien(), 303).suivre()
    assert "Votre compte n’a encore le droit de saisir pour aucun employeur" in page.texte
    assert "LE GALL-ROUX" in page.texte


@pytest.mark.parametrize("end", ["expire", "revoque", "repris_en_main", "soumis", "supprime", "altere"])
def test_what_opens_nothing_any_more_looks_alike_and_tells_nothing(client, organisme, remis, end):
    lien = le_lien()
    prouver(client, lien)
    if end == "expire":
        Lien.update(expire_le=maintenant()).execute()
    elif end == "revoque":
        page = organisme.get("preentree.suivre", dossier_id=remis.id)
        assert "r***@d***.fictif" in page.texte
        page.soumettre("Révoquer").suivre()
    elif end == "repris_en_main":
        organisme.post("preentree.reprendre_la_main", dossier_id=remis.id)
    elif end == "soumis":
        Dossier.update(etat="soumis", numero="T-1").execute()
    elif end == "supprime":
        Dossier.delete().execute()
    fresh = type(client)(client.app)
    if end == "altere":
        page = fresh.get(lien[:-2] + "xx", 404)
    else:
        client.get("liens.suivre", 410)
        page = fresh.get(lien, 303).suivre(410)
        assert "Demander un nouveau lien" in page.texte
    assert page.titre == MORT
    assert muette(page, remis)


def test_a_new_link_goes_to_whoever_had_the_old_one(client, remis):
    old = le_lien()
    Lien.update(expire_le=maintenant()).execute()
    page = client.get(old, 303).suivre(410).soumettre("Demander un nouveau lien").suivre()
    assert "Si ce lien peut être remplacé" in page.texte
    assert le_lien() != old
    assert {m.destinataire for m in Courriel.select() if m.cle.startswith("remise:")} == {ADRESSE}
    assert client.get(le_lien(), 303).suivre().titre == "Ouvrir le lien"


@pytest.mark.parametrize("end", ["revoque", "soumis", "parti", "vivant", "supprime"])
def test_no_new_link_leaves_where_it_has_no_more_sense_and_the_answer_is_the_same(client, remis, formateur, end):
    lien = le_lien()
    Lien.update(expire_le=maintenant() + timedelta(days=1 if end == "vivant" else -1)).execute()
    client.get(lien, 303)
    if end == "revoque":
        Lien.update(revoque_le=maintenant()).execute()
    elif end == "soumis":
        Dossier.update(etat="soumis", numero="T-1").execute()
    elif end == "parti":
        Habilitation.delete().where(Habilitation.compte == formateur).execute()
    elif end == "supprime":
        Dossier.delete().execute()
    before = Courriel.select().count()
    page = client.post("liens.demander_un_nouveau").suivre()
    assert "Si ce lien peut être remplacé" in page.texte
    assert Courriel.select().count() == before


def test_new_links_are_not_sent_without_end(client, remis):
    Lien.update(expire_le=maintenant()).execute()
    client.get(le_lien(), 303)
    for _ in range(5):
        client.post("liens.demander_un_nouveau")
        Lien.update(expire_le=maintenant()).execute()
    assert "Trop d’essais" in client.post("liens.demander_un_nouveau").suivre().texte
    assert Lien.select().count() == 6


def test_the_masked_view_shows_what_was_handed_over_however_the_employer_went_on(client, connecte, rh, remis):
    prouver(client, le_lien())
    employeur = connecte(rh)
    employeur.post("reprise_employeur.prendre", dossier_id=remis.id)
    page = employeur.get("saisie.montrer", dossier_id=remis.id, etape="salarie")
    page.soumettre("Sauvegarder", {"salarie-nom_naissance": "NOM-CORRIGE"})
    seen = client.get("liens.suivre").texte
    assert "LE GALL-ROUX" in seen
    assert "NOM-CORRIGE" not in seen


def test_a_link_that_the_employer_sends_to_the_organisme_shows_it_nothing_of_the_employers(client, connecte, rh, remis):
    employeur = connecte(rh)
    employeur.post("reprise_employeur.prendre", dossier_id=remis.id)
    page = employeur.get("saisie.montrer", dossier_id=remis.id, etape="salarie")
    page.soumettre("Sauvegarder", {"salarie-nom_naissance": "NOM-CORRIGE"})
    page = prouver(client, lien_de_reprise(employeur, remis, "formateur@demo.fictif"))
    assert "NOM-CORRIGE" not in page.texte
    assert "LE GALL-ROUX" in page.texte


def test_a_link_does_not_survive_that_the_dossier_changes_hands(client, connecte, organisme, dossier, rh):
    early = lien_de_reprise(organisme, dossier, "collegue@demo.example")
    remettre(organisme, dossier)
    client.get(early, 303).suivre(410)
    employeur = connecte(rh)
    employeur.post("reprise_employeur.prendre", dossier_id=dossier.id)
    theirs = lien_de_reprise(employeur, dossier, "cabinet@demo.example")
    assert client.get(theirs, 303).suivre().titre == "Ouvrir le lien"
    employeur.post("reprise_employeur.renvoyer", {"message": "Le début."}, dossier_id=dossier.id)
    client.get(theirs, 303).suivre(410)
    assert [lien for lien in Lien.select() if not lien.revoque_le] == []


def test_live_links_stand_in_the_details_of_whoever_may_withdraw_them(connecte, organisme, remis, rh, hotel):
    employeur = connecte(rh)
    for browser, endpoint in ((organisme, "preentree.suivre"), (employeur, "dossiers.detailler")):
        page = browser.get(endpoint, dossier_id=remis.id)
        section = page.soup.select_one("[aria-labelledby=liens]").get_text()
        assert "Camille Démo-Fictif" in section
        assert ADRESSE not in section
    reader = connecte(un_compte(hotel, droits="consulter"))
    assert "Liens en cours" not in reader.get("dossiers.detailler", dossier_id=remis.id).texte
    reader.post("liens.retirer", {"lien": Lien.get().id}, 403, dossier_id=remis.id)
    employeur.post("reprise_employeur.prendre", dossier_id=remis.id)
    assert "Liens en cours" not in organisme.get("preentree.suivre", dossier_id=remis.id).texte
    page = employeur.get("dossiers.detailler", dossier_id=remis.id).soumettre("Révoquer").suivre()
    assert page.titre == "Détails du dossier"
    assert "Lien révoqué" in page.texte
    assert Lien.get().revoque_le


@pytest.mark.parametrize("porte", ["reprise", "transmis"])
def test_a_token_opens_its_own_door_only(client, remis, porte):
    assert {REPRISE, REMISE} == {"reprise", "reprise_employeur"}
    token = le_lien().rpartition("/")[2]
    client.get(f"/{porte}/{token}", 303 if porte == "transmis" else 404)


def test_the_rest_of_the_dossier_stays_as_it_was(client, remis):
    before = contenu(remis.id).salarie.nir, frais(remis).version
    prouver(client, le_lien())
    for endpoint in ("liens.choisir", "liens.changer_de_compte", "boite.envoyer_code"):
        client.post(endpoint, {"structure": "1"})
    assert (contenu(remis.id).salarie.nir, frais(remis).version) == before
