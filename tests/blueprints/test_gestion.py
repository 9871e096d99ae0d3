"""The gestionnaire's pages: who may come in, what is shown, what each act does, and that it does it once."""

import io

import pytest

from forms.gestion import ACTES, PAR_SLUG
from models import coffre
from models.base import maintenant
from models.courriels import Courriel
from models.dossier import Dossier
from models.instruction import PAR_PAGE, demandes_de
from models.journal import Journal
from models.numeros import composer
from models.pieces import Piece
from models.transmission import Transmission, ajouter
from tests.client import PageClient, egale_page_fraiche
from tests.fabriques import PERSONNE, un_compte, un_dossier, une_structure

EN_PAGE = [acte.slug for acte in ACTES if acte.page]


@pytest.fixture
def employeur(base):
    return un_compte(une_structure("employeur"))


@pytest.fixture
def gestionnaire(base):
    return un_compte(une_structure("opco", "OPCO fictif"))


@pytest.fixture
def bureau(connecte, gestionnaire):
    """The gestionnaire's browser."""
    return connecte(gestionnaire)


def depose(employeur, etat="en_instruction", rang=1, **values):
    structure = employeur.habilitations.get().structure
    values = {"numero": composer(2026, rang), "soumis_le": maintenant()} | values
    return un_dossier(structure, employeur, etat=etat, **values)


def relu(dossier):
    return Dossier.get_by_id(dossier.id)


def actions(dossier):
    return [j.action for j in Journal.select().where(Journal.dossier == dossier.id).order_by(Journal.id)]


def version(dossier):
    return {"version": relu(dossier).version}


# Who may come in


def test_an_employeur_has_no_instruction(connecte, employeur):
    dossier = depose(employeur)
    browser = connecte(employeur)
    browser.get("gestion.lister", 403)
    browser.get("gestion.detailler", 403, dossier_id=dossier.id)
    browser.post("gestion.agir", version(dossier), 403, dossier_id=dossier.id, acte="acceptation")
    browser.post("gestion.voir_nir", {}, 403, dossier_id=dossier.id)
    assert relu(dossier).etat == "en_instruction"


def test_nobody_comes_in_without_logging_in(app):
    assert "/connexion" in PageClient(app).get("gestion.lister", 303).suite


@pytest.mark.parametrize("etat", ["brouillon", "a_valider_employeur"])
def test_a_gestionnaire_knows_nothing_of_what_was_not_submitted(bureau, employeur, etat):
    dossier = depose(employeur, etat)
    assert dossier.numero not in bureau.get("gestion.lister").texte
    bureau.get("gestion.detailler", 404, dossier_id=dossier.id)


# The list


def test_the_list_says_what_a_gestionnaire_looks_for(bureau, employeur):
    dossier = depose(employeur)
    page = bureau.get("gestion.lister")
    for text in (dossier.numero, "Hôtel Fictif du Port", "En instruction", "1 dossier"):
        assert text in page.texte
    assert PERSONNE["nom_naissance"] not in page.texte


def test_the_list_is_filtered_and_the_filters_live_in_the_url(bureau, employeur):
    first, second = depose(employeur), depose(employeur, "accepte", 2)
    page = bureau.get("gestion.lister", etat="accepte")
    assert second.numero in page.texte
    assert first.numero not in page.texte
    assert first.numero in page.soumettre("Rechercher", {"etat": "", "numero": first.numero}, 200).texte


def test_the_list_has_pages_that_keep_the_filters(bureau, employeur):
    for rang in range(PAR_PAGE + 1):
        depose(employeur, rang=rang)
    page = bureau.get("gestion.lister", etat="en_instruction").cliquer("Page suivante")
    assert "Page 2 sur 2" in page.texte
    assert len(page.soup.select("tbody tr")) == 1
    assert page.champ("etat").find("option", selected=True)["value"] == "en_instruction"


@pytest.mark.parametrize(
    "filtres",
    [
        {"etat": "brouillon"},
        {"etat": "\x00"},
        {"numero": "9" * 31},
        {"numero": "a\u200bb"},
    ],
)
def test_garbage_in_the_filters_is_told(bureau, employeur, filtres):
    page = bureau.get("gestion.lister", 422, **filtres)
    assert page.soup.select_one("[role=alert] li")


@pytest.mark.parametrize("page", ["-1", "x", "9" * 30, ""])
def test_a_page_that_is_no_number_is_not_found(bureau, page):
    bureau.get("gestion.lister", 404, page=page)


def test_a_search_without_result_says_so(bureau, employeur):
    assert "Aucun dossier ne correspond" in bureau.get("gestion.lister", numero="%_'").texte


# The dossier


def test_a_gestionnaire_sees_the_data_the_pieces_and_the_transmissions(bureau, employeur):
    dossier = depose(employeur, commentaire="Merci de votre aide.")
    sent = {"type": "application/pdf", "taille": 1000, "pages": 1, "sha256": "0", "envoyee_le": maintenant()}
    piece = Piece.create(dossier=dossier, genre="cerfa_signe", nom="Contrat.pdf", coffre_id="1", **sent)
    Piece.create(dossier=dossier, genre="autre", nom="Pas envoyée.pdf", coffre_id="2", **sent | {"envoyee_le": None})
    ajouter(dossier.id, "dossier")
    ajouter(dossier.id, "piece", piece.id)
    page = bureau.get("gestion.detailler", dossier_id=dossier.id)
    for text in (PERSONNE["nom_naissance"], "Merci de votre aide.", "Contrat.pdf", "Données et CERFA", "En attente"):
        assert text in page.texte
    assert "Pas envoyée.pdf" not in page.texte


def test_the_nir_is_shown_only_when_asked_for_and_that_is_written(bureau, employeur, gestionnaire):
    dossier = depose(employeur)
    page = bureau.get("gestion.detailler", dossier_id=dossier.id)
    assert PERSONNE["nir"] not in page.html.replace(" ", "")
    assert "nir_vu" not in actions(dossier)
    shown = page.soumettre("Afficher le numéro", status=200)
    assert shown.soup.find(id="nir")["value"].replace(" ", "") == PERSONNE["nir"]
    last = Journal.select().order_by(Journal.id.desc()).get()
    assert (last.action, last.compte_id, last.details) == ("nir_vu", gestionnaire.id, "gestion")


def test_the_details_of_the_employeur_lead_a_gestionnaire_to_the_page_that_hides_the_nir(bureau, employeur):
    dossier = depose(employeur)
    assert bureau.get("dossiers.detailler", 303, dossier_id=dossier.id).suite.endswith(f"/gestion/{dossier.id}")


def test_opening_the_cerfa_is_written_once_for_each_person(bureau, connecte, employeur):
    cerfa = coffre.ranger(io.BytesIO(b"%PDF"), 1000).id
    dossier = depose(employeur, cerfa=cerfa)
    connecte(employeur).get("dossiers.cerfa", dossier_id=dossier.id)
    bureau.get("dossiers.cerfa", dossier_id=dossier.id)
    bureau.get("dossiers.cerfa", dossier_id=dossier.id)
    assert actions(dossier).count("nir_vu") == 2


def test_a_cancelled_dossier_can_be_read_and_no_act_is_proposed(bureau, employeur):
    dossier = depose(employeur, "annule")
    page = bureau.get("gestion.lister").cliquer(dossier.numero)
    assert "Annulé" in page.texte
    bureau.post("gestion.agir", version(dossier), 409, dossier_id=dossier.id, acte="acceptation")


def test_the_employeur_reads_which_piece_is_asked_for_and_why(bureau, connecte, employeur):
    dossier = depose(employeur)
    data = version(dossier) | {"genre": "autre", "message": "Le RIB est illisible."}
    bureau.post("gestion.agir", data, 303, dossier_id=dossier.id, acte="demande")
    assert "Le RIB est illisible." in connecte(employeur).get("dossiers.detailler", dossier_id=dossier.id).texte


@pytest.mark.parametrize(
    "etat", ["soumis", "pieces_envoyees", "en_instruction", "pieces_demandees", "accepte", "refuse"]
)
def test_only_the_acts_of_the_state_are_proposed(bureau, employeur, etat):
    page = bureau.get("gestion.detailler", dossier_id=depose(employeur, etat).id)
    proposed = {acte.libelle for acte in ACTES if page.soup.find(["a", "button"], string=acte.libelle)}
    assert proposed == {acte.libelle for acte in ACTES if acte.de == etat}


# The acts


def test_a_dossier_goes_from_reception_to_acceptance_by_the_pages(bureau, employeur):
    dossier = depose(employeur, "pieces_envoyees")
    page = bureau.get("gestion.detailler", dossier_id=dossier.id).soumettre("Marquer reçu").suivre()
    assert "Le dossier est en instruction." in page.texte
    form = page.cliquer("Demander une pièce")
    page = form.soumettre("Demander une pièce", {"genre": "autre", "message": "Le RIB est illisible."}).suivre()
    assert "Le RIB est illisible." in page.texte
    page = page.soumettre("Reprendre l’instruction").suivre().cliquer("Accepter").soumettre("Accepter").suivre()
    assert "Le dossier est accepté." in page.texte
    assert relu(dossier).etat == "accepte"
    assert actions(dossier).count("etat") == 4
    assert Courriel.select().count() == 4


def test_a_refusal_needs_a_reason(bureau, employeur):
    dossier = depose(employeur)
    page = bureau.get("gestion.preparer", dossier_id=dossier.id, acte="refus")
    refused = page.soumettre("Refuser", {"motif": "  "}, 422)
    assert "obligatoire" in refused.message("motif")
    assert relu(dossier).etat == "en_instruction"
    refused.soumettre("Refuser", {"motif": "Le contrat est trop court."})
    assert (relu(dossier).etat, relu(dossier).motif) == ("refuse", "Le contrat est trop court.")


@pytest.mark.parametrize(
    "valeurs", [{}, {"genre": "rien", "message": "a"}, {"genre": "autre"}, {"genre": "autre", "message": "a\u200bb"}]
)
def test_a_request_without_piece_or_message_is_told_and_keeps_what_was_typed(bureau, employeur, valeurs):
    dossier = depose(employeur)
    page = bureau.post("gestion.agir", version(dossier) | valeurs, 422, dossier_id=dossier.id, acte="demande")
    assert page.soup.select_one("[role=alert]")
    assert relu(dossier).etat == "en_instruction"
    assert demandes_de(dossier.id) == []


@pytest.mark.parametrize("acte", [acte.slug for acte in ACTES])
def test_a_double_click_acts_once(bureau, employeur, acte):
    dossier = depose(employeur, PAR_SLUG[acte].de)
    data = version(dossier) | {"genre": "autre", "message": "Un mot.", "motif": "Un motif."}
    for _ in range(2):
        bureau.post("gestion.agir", data, 303, dossier_id=dossier.id, acte=acte)
    assert actions(dossier).count("etat") == 1
    assert Courriel.select().count() == 1
    assert len(demandes_de(dossier.id)) == (acte == "demande")


def test_an_act_on_what_somebody_changed_meanwhile_is_told_and_loses_no_word(bureau, connecte, employeur):
    dossier = depose(employeur)
    page = bureau.get("gestion.preparer", dossier_id=dossier.id, acte="refus")
    other = connecte(un_compte(une_structure("opco", "OPCO fictif")))
    other.post("gestion.agir", version(dossier), 303, dossier_id=dossier.id, acte="acceptation")
    late = page.soumettre("Refuser", {"motif": "Un long motif."}, 409)
    assert "« Accepté »" in late.texte
    assert late.champ("motif").text.strip() == "Un long motif."
    assert relu(dossier).etat == "accepte"


def test_an_act_on_a_dossier_that_the_employeur_changed_can_be_repeated_after_reading(bureau, employeur):
    dossier = depose(employeur)
    page = bureau.get("gestion.preparer", dossier_id=dossier.id, acte="refus")
    Dossier.update(version=Dossier.version + 1).where(Dossier.id == dossier.id).execute()
    late = page.soumettre("Refuser", {"motif": "Un motif."}, 409)
    late.soumettre("Refuser")
    assert relu(dossier).motif == "Un motif."


@pytest.mark.parametrize("garbage", ["", "x", "-1", "9" * 40, "٣"])
def test_a_version_that_is_garbage_acts_never(bureau, employeur, garbage):
    dossier = depose(employeur)
    bureau.post("gestion.agir", {"version": garbage}, 409, dossier_id=dossier.id, acte="acceptation")
    assert relu(dossier).etat == "en_instruction"


@pytest.mark.parametrize("acte", EN_PAGE)
def test_the_page_of_an_act_that_is_not_possible_says_so(bureau, employeur, acte):
    page = bureau.get("gestion.preparer", 409, dossier_id=depose(employeur, "soumis").id, acte=acte)
    assert "Soumis" in page.texte


def test_an_unknown_act_is_not_found(bureau, employeur):
    dossier = depose(employeur)
    bureau.get(f"/gestion/{dossier.id}/suppression", 404)
    bureau.post(f"/gestion/{dossier.id}/suppression", {}, 404)


# What the employer learns


def test_the_mail_names_the_dossier_and_the_piece_and_nobody(bureau, employeur):
    dossier = depose(employeur)
    data = version(dossier) | {"genre": "autre", "message": "Il manque la page de Zoé."}
    bureau.post("gestion.agir", data, 303, dossier_id=dossier.id, acte="demande")
    mail = Courriel.get()
    assert mail.destinataire == employeur.courriel
    assert mail.sujet == f"Mon Espace\u00a0: une pièce est demandée (dossier {dossier.numero})"
    for body in (mail.texte, mail.html):
        assert f"/dossiers/{dossier.id}" in body
        assert dossier.numero in body
        for secret in ("Zoé", PERSONNE["nom_naissance"], PERSONNE["prenom"], "Hôtel Fictif"):
            assert secret not in body


def test_the_decision_on_a_dossier_whose_maker_is_gone_reaches_the_others_of_the_structure(bureau, employeur):
    dossier = depose(employeur)
    Dossier.update(cree_par=None).where(Dossier.id == dossier.id).execute()
    bureau.post("gestion.agir", version(dossier), 303, dossier_id=dossier.id, acte="acceptation")
    assert relu(dossier).etat == "accepte"
    assert Courriel.get().destinataire == employeur.courriel


# The transmissions


def test_a_failed_transmission_is_seen_and_started_again(bureau, employeur):
    dossier = depose(employeur)
    row = ajouter(dossier.id, "dossier")
    Transmission.update(etat="echouee", tentatives=20, erreur="CerfaAbsent").execute()
    assert "Échec à relancer" in bureau.get("gestion.lister").texte
    page = bureau.get("gestion.detailler", dossier_id=dossier.id)
    assert "Le CERFA n’a pas été conservé" in page.texte
    assert "La transmission est relancée." in page.soumettre("Relancer").suivre().texte
    again = Transmission.get_by_id(row.id)
    assert (again.etat, again.tentatives) == ("a_faire", 0)
    assert "transmission_relancee" in actions(dossier)


def test_a_transmission_that_is_done_is_not_started_again(bureau, employeur):
    dossier = depose(employeur)
    row = ajouter(dossier.id, "dossier")
    Transmission.update(etat="faite", reponse="G2026-000001").execute()
    page = bureau.post("gestion.relancer", {}, 303, dossier_id=dossier.id, transmission_id=row.id).suivre()
    assert "rien à relancer" in page.texte
    assert "G2026-000001" in page.texte
    assert Transmission.get().etat == "faite"


@pytest.mark.parametrize("garbage", ["99999", str(2**31), "9" * 30, "x", "-1"])
def test_a_transmission_that_does_not_exist_changes_nothing(bureau, employeur, garbage):
    dossier = depose(employeur)
    status = 303 if garbage == "99999" else 404
    bureau.post(f"/gestion/{dossier.id}/transmissions/{garbage}", {}, status)
    assert "transmission_relancee" not in actions(dossier)


# With htmx


def test_the_pages_are_the_same_with_htmx(bureau, employeur):
    dossier = depose(employeur, "pieces_envoyees")
    page = bureau.get("gestion.detailler", dossier_id=dossier.id)
    after = page.htmx("form.acte")
    assert relu(dossier).etat == "en_instruction"
    assert after.url.endswith(f"/gestion/{dossier.id}")
    assert "Demander une pièce" in after.texte


def test_a_refused_form_stays_in_place_with_htmx(bureau, employeur):
    page = bureau.get("gestion.preparer", dossier_id=depose(employeur).id, acte="refus")
    refused = page.htmx("form.saisie", {"motif": ""}, 422)
    assert refused.url == page.url
    assert "obligatoire" in refused.message("motif")
    egale_page_fraiche(page)
