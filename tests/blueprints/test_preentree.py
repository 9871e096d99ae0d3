"""An organisme enters a contract and hands it over; the employer takes it up, sends it back or refuses it."""

import io

import pytest

from models.acces import DemandeAcces
from models.comptes import Habilitation
from models.contenu import contenu
from models.courriels import Courriel
from models.dossier import Dossier
from models.notifications import Notification
from models.preentree import Preentree
from models.saisie import Saisie
from models.sections import Contrat
from tasks.acces import accorder
from tests.client import MEME_SITE
from tests.documents import un_pdf
from tests.dossiers_types import JEUNE, SIGNATURE
from tests.fabriques import SAISIR, un_compte, un_dossier, une_structure
from tests.parcours import commencer, dossier_de, envoi

RESERVES = {
    "formation": ("formation-service_interne", "formation-paiement_direct"),
    "salarie": ("tuteur-attestation", "contrat-salaire"),
}
ADRESSE = "rh@demo.fictif"
SIREN = "732829320"
SECRET_EMPLOYEUR = "Nom-Corrigé"


@pytest.fixture
def ecole(base):
    return une_structure("organisme", "Organisme Fictif de l’Hôtellerie")


@pytest.fixture
def formateur(ecole):
    return un_compte(ecole, courriel="formateur@demo.fictif")


@pytest.fixture
def organisme(connecte, formateur):
    return connecte(formateur)


@pytest.fixture
def hotel(base):
    return une_structure(siren=SIREN)


@pytest.fixture
def rh(hotel):
    return un_compte(hotel, courriel=ADRESSE)


@pytest.fixture
def employeur(connecte, rh):
    return connecte(rh)


@pytest.fixture
def dossier(ecole, formateur):
    """A pre-entry whose pages are filled, without what is reserved to the employer."""
    made = un_dossier(
        compte=formateur,
        organisme=ecole,
        changements=dict.fromkeys(
            ("formation.service_interne", "formation.paiement_direct", "tuteur.attestation", "contrat.salaire")
        ),
    )
    Dossier.update(structure=None, commentaire="Convention en cours de signature").execute()
    return Dossier.get_by_id(made.id)


def remettre(client, dossier, adresse=ADRESSE):
    page = client.get("preentree.preparer", dossier_id=dossier.id)
    return page.soumettre("Transmettre à l’employeur", {"courriel": adresse}).suivre()


def le_lien():
    """The address that was mailed to the employer."""
    mail = Courriel.select().where(Courriel.cle.startswith("remise:")).order_by(Courriel.id.desc()).first()
    return next(line for line in mail.texte.splitlines() if "/transmis/" in line).removeprefix("http://127.0.0.1:8000")


def frais(dossier):
    return Dossier.get_by_id(dossier.id)


def test_the_organisme_goes_its_way_without_what_is_reserved(organisme, ecole, employeur, rh):
    page = commencer(organisme)
    for slug, titre in (("employeur", "Formation"), ("formation", "Salarié(e)"), ("salarie", "Synthèse")):
        hidden = RESERVES.get(slug, ())
        assert [name for name in hidden if page.champ(name)] == []
        typed = {name: text for name, text in JEUNE[slug].items() if name not in hidden}
        page = page.soumettre("Suivant", {n: t for n, t in typed.items() if page.champ(n)}).suivre()
        assert page.titre == titre
    assert "Salaire brut mensuel" not in page.texte
    page = page.soumettre("Suivant", {"commentaire": "Convention en cours"}).suivre()
    assert page.titre == "Pièces"
    page = page.cliquer("Continuer vers la transmission à l’employeur")
    assert page.titre == "Transmettre à l’employeur"
    made = dossier_de(page)
    assert (made.organisme_id, made.structure_id) == (ecole.id, None)
    page = page.soumettre("Transmettre à l’employeur", {"courriel": ADRESSE}).suivre()
    assert page.titre == "Suivi du dossier"
    assert frais(made).etat == "a_valider_employeur"
    assert "Convention en cours" in employeur.get(le_lien(), 303).suivre(303).suivre().texte


@pytest.mark.parametrize("slug", RESERVES)
def test_what_is_reserved_is_refused_when_it_is_posted(organisme, dossier, slug):
    typed = JEUNE[slug]
    for action in ("suivant", "sauvegarder", "precedent"):
        organisme.post("saisie.traiter", envoi(frais(dossier), typed, action), dossier_id=dossier.id, etape=slug)
    check = envoi(frais(dossier), typed)
    organisme.http.post(f"/dossiers/{dossier.id}/{slug}/controle", data=check, headers=MEME_SITE)
    d = contenu(dossier.id)
    names = [name.replace("-", ".", 1) for name in RESERVES[slug]]
    assert {name: d.valeur(name) for name in names} == dict.fromkeys(names)
    kept = {name for row in Saisie.select() for name in row.valeurs}
    assert kept.isdisjoint(RESERVES[slug])


def test_an_organisme_never_reaches_the_signature(organisme, dossier):
    organisme.get("depot.signer", 403, dossier_id=dossier.id)
    organisme.post("depot.generer", SIGNATURE, 403, dossier_id=dossier.id)
    organisme.post("pieces.envoyer", {"plus_tard": "oui"}, 403, dossier_id=dossier.id)
    organisme.post("pieces.ajouter_document", {}, 403, dossier_id=dossier.id)


def test_another_organisme_finds_nothing(connecte, dossier):
    other = connecte(un_compte(une_structure("organisme", "Un autre organisme")))
    other.get("preentree.suivre", 404, dossier_id=dossier.id)
    assert "LE GALL" not in other.get("preentree.lister").texte


def test_handing_over_tells_the_employer_by_mail_and_bell(organisme, employeur, rh, hotel, dossier):
    remettre(organisme, dossier)
    now = frais(dossier)
    assert (now.etat, now.structure_id) == ("a_valider_employeur", hotel.id)
    mail = Courriel.get(Courriel.cle.startswith("remise:"))
    assert mail.destinataire == ADRESSE
    assert "LE GALL" not in mail.texte + mail.html + mail.sujet
    assert Notification.get().compte_id == rh.id
    page = employeur.get("notifications.lister")
    link = page.soup.select_one(".notifications a")["href"]
    details = employeur.get(link, 303).suivre()
    assert details.titre == "Détails du dossier"
    assert "Salaire brut mensuel à l’embauche" in details.soup.select_one("[aria-labelledby=manques]").get_text()
    listed = employeur.get("dossiers.lister", etat="a_valider_employeur")
    assert f"/dossiers/{dossier.id}" in listed.liens()
    assert listed.soumettre("Reprendre").suivre().titre == "Sélection du type de contrat"  # from the gear


def test_who_gets_an_account_because_of_the_mail_finds_the_dossier_there(organisme, dossier, connecte):
    remettre(organisme, dossier, "neuve@demo.fictif")
    siret = contenu(dossier.id).employeur.siret
    structure, person = une_structure(siret=siret, siren=siret[:9]), un_compte(courriel="neuve@demo.fictif")
    for compte in (un_compte(), person):
        accorder(DemandeAcces.create(structure=structure, compte=compte), SAISIR, "", None)
        assert frais(dossier).structure_id == (structure.id if compte == person else None)
    browser = connecte(person)
    assert "vous a transmis un contrat : vérifiez-le" in browser.get("notifications.lister").texte
    assert f"/dossiers/{dossier.id}" in browser.get("dossiers.lister").liens()


def test_the_second_of_two_clicks_goes_where_the_first_one_went(organisme, employeur, dossier):
    clicks = [
        (organisme, "preentree.remettre", {"courriel": ADRESSE}, "/suivi"),
        (organisme, "preentree.reprendre_la_main", {}, "/suivi"),
        (organisme, "preentree.remettre", {"courriel": ADRESSE}, "/suivi"),
        (employeur, "reprise_employeur.prendre", {}, "/reprendre"),
        (employeur, "reprise_employeur.refuser", {"message": "Non."}, ""),
    ]
    for browser, endpoint, answers, end in clicks:
        browser.post(endpoint, answers, dossier_id=dossier.id)
        assert browser.post(endpoint, answers, dossier_id=dossier.id).suite == f"/dossiers/{dossier.id}{end}"
    organisme.post("preentree.reprendre_la_main", {}, 403, dossier_id=dossier.id)


def test_an_error_left_keeps_the_dossier_with_the_organisme(organisme, dossier):
    organisme.post("preentree.remettre", {"courriel": "pas une adresse"}, 422, dossier_id=dossier.id)
    Contrat.update(date_fin=Contrat.date_debut).where(Contrat.dossier == dossier.id).execute()
    page = organisme.post("preentree.remettre", {"courriel": ADRESSE}, dossier_id=dossier.id).suivre()
    assert page.titre == "Synthèse"
    assert frais(dossier).etat == "brouillon"
    assert Courriel.select().count() == 0


def test_the_organisme_takes_it_back_while_the_employer_has_not_started(organisme, employeur, dossier):
    page = remettre(organisme, dossier)
    lien = le_lien()
    page.soumettre("Reprendre la main").suivre()
    now = frais(dossier)
    assert (now.etat, now.structure_id) == ("brouillon", None)
    employeur.get("dossiers.detailler", 404, dossier_id=dossier.id)
    employeur.get(lien, 303).suivre(410)
    remettre(organisme, dossier)
    employeur.post("reprise_employeur.prendre", dossier_id=dossier.id)
    organisme.post("preentree.reprendre_la_main", {}, 403, dossier_id=dossier.id)
    assert frais(dossier).structure_id is not None


def test_the_employer_takes_it_up_completes_and_files_it(organisme, employeur, rh, formateur, dossier):
    remettre(organisme, dossier)
    page = employeur.get("dossiers.detailler", dossier_id=dossier.id).soumettre("Reprendre").suivre()
    assert page.titre == "Sélection du type de contrat"
    page = page.soumettre("Suivant").suivre()
    assert "Saisi par l’organisme" in page.texte
    page = page.soumettre("Suivant").suivre()
    assert page.champ("formation-paiement_direct")
    assert "À compléter" in page.texte
    page.soumettre("Suivant", status=422)
    filled = {"formation-service_interne": "non", "formation-paiement_direct": "oui"}
    page = page.soumettre("Suivant", filled).suivre()
    page = page.soumettre("Suivant", {"contrat-salaire": "2 500", "tuteur-attestation": "oui"}).suivre()
    assert page.titre == "Synthèse"
    assert page.champ("commentaire").get_text().strip() == "Convention en cours de signature"
    page = page.soumettre("Suivant").suivre()
    page.soumettre("Générer le CERFA", SIGNATURE).suivre()
    now = frais(dossier)
    assert (now.etat, now.cree_par_id) == ("soumis", rh.id)
    told = [row.cle.split(":")[1] for row in Courriel.select() if row.destinataire == formateur.courriel]
    assert told == ["prise", "soumission"]
    assert Notification.select().where(Notification.compte == formateur).count() == 2
    followed = organisme.get("preentree.suivre", dossier_id=dossier.id)
    assert now.numero in followed.texte
    assert "2 500" not in followed.texte


def test_after_the_takeover_the_organisme_reads_only_what_it_entered(organisme, employeur, dossier):
    remettre(organisme, dossier)
    employeur.post("reprise_employeur.prendre", dossier_id=dossier.id)
    page = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    changed = {"salarie-nom_naissance": SECRET_EMPLOYEUR, "contrat-salaire": "2 512,34", "tuteur-attestation": "oui"}
    page.soumettre("Sauvegarder", changed)
    assert contenu(dossier.id).salarie.nom_naissance == SECRET_EMPLOYEUR
    shown = organisme.get("dossiers.detailler", 303, dossier_id=dossier.id).suivre()
    for text in (shown.texte, organisme.get("preentree.lister").texte):
        assert SECRET_EMPLOYEUR.upper() not in text.upper()
        assert "LE GALL-ROUX" in text
        assert "2 512" not in text
    marked = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    assert "L’organisme avait saisi : LE GALL-ROUX" in marked.texte
    for endpoint in ("pieces.montrer", "pieces.lister", "pieces.remercier", "depot.relire", "dossiers.reprendre"):
        organisme.get(endpoint, 403, dossier_id=dossier.id)
    organisme.get("saisie.montrer", 403, dossier_id=dossier.id, etape="salarie")
    organisme.get("dossiers.cerfa", 403, dossier_id=dossier.id)


def test_the_pieces_of_the_organisme_are_at_the_employers(organisme, employeur, dossier):
    content = un_pdf()
    files = {"fichiers": (io.BytesIO(content), "convention.pdf")}
    url = f"/dossiers/{dossier.id}/pieces/convention_formation/charger"
    response = organisme.http.post(url, data=files, headers=MEME_SITE, content_type="multipart/form-data")
    assert response.status_code == 303
    remettre(organisme, dossier)
    assert "convention.pdf" in employeur.get("dossiers.detailler", dossier_id=dossier.id).texte
    employeur.post("reprise_employeur.prendre", dossier_id=dossier.id)
    page = organisme.get("preentree.suivre", dossier_id=dossier.id)
    mine = page.soup.select_one(".pieces a")
    assert mine.get_text() == "convention.pdf"
    assert organisme.http.get(mine["href"]).data == content


def test_the_employer_sends_it_back_with_a_comment(organisme, employeur, formateur, dossier):
    remettre(organisme, dossier)
    page = employeur.get("dossiers.detailler", dossier_id=dossier.id).cliquer("Renvoyer à l’organisme")
    page.soumettre("Renvoyer à l’organisme", {"message": ""}, 422)
    page.soumettre("Renvoyer à l’organisme", {"message": "Le début est le 7 décembre."}).suivre()
    assert (frais(dossier).etat, frais(dossier).structure_id) == ("brouillon", None)
    employeur.get("dossiers.detailler", 404, dossier_id=dossier.id)
    assert Notification.select().where(Notification.compte == formateur).count() == 1
    assert "7 décembre" not in "".join(mail.texte + mail.html for mail in Courriel.select())
    assert "Le début est le 7 décembre." in organisme.get("preentree.suivre", dossier_id=dossier.id).texte
    remettre(organisme, dossier)
    assert Preentree.get().message is None


def test_the_employer_refuses_with_a_reason(organisme, employeur, formateur, dossier):
    remettre(organisme, dossier)
    page = employeur.get("reprise_employeur.preparer_refus", dossier_id=dossier.id)
    page.soumettre("Refuser le contrat", {"message": ""}, 422)
    page.soumettre("Refuser le contrat", {"message": "Le poste est pourvu."}).suivre()
    assert frais(dossier).etat == "annule"
    assert "Le poste est pourvu." in organisme.get("preentree.suivre", dossier_id=dossier.id).texte
    assert Courriel.get(Courriel.cle.startswith("preentree:refus")).destinataire == formateur.courriel


def test_the_bell_of_a_person_with_two_employers_sends_to_the_mailed_link(organisme, connecte, dossier):
    rh = un_compte(une_structure(nom="Premier employeur fictif"), courriel=ADRESSE)
    Habilitation.create(compte=rh, structure=une_structure(nom="Second employeur fictif"), droits="consulter saisir")
    remettre(organisme, dossier)
    assert frais(dossier).structure_id is None
    bell = connecte(rh).get("notifications.lister")
    assert "ouvrez le lien reçu par courriel" in bell.texte
    assert bell.soup.select(".notifications a") == []


@pytest.mark.parametrize("sirens", [(SIREN,), (SIREN, "552100554"), (SIREN, SIREN), ()])
def test_the_siren_of_the_contract_names_the_employer_when_it_is_no_account(organisme, dossier, sirens):
    made = [une_structure(nom="Employeur fictif", siret=f"{siren}0001{rang}") for rang, siren in enumerate(sirens)]
    remettre(organisme, dossier, "inconnu@demo.fictif")
    alone = sirens.count(SIREN) == 1
    assert frais(dossier).structure_id == (made[0].id if alone else None)
    assert Notification.select().count() == 0
