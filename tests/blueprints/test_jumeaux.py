"""Two contracts for one person about the same day: told, seen, resumed, or gone on with knowingly."""

from datetime import date, timedelta

import pytest

from models.dossier import Dossier
from models.journal import Journal
from tests.fabriques import un_compte, un_dossier, une_habilitation, une_structure
from tests.navigateur.pages import un_nir

DEBUT = date(2026, 12, 1)
AUTRE = {"salarie.nom_naissance": "Toutautre", "salarie.date_naissance": date(2001, 2, 3)}


def un_contrat(structure, jours=0, **changements):
    dates = {"contrat.date_debut": DEBUT + timedelta(days=jours)}
    return un_dossier(structure, changements=dates | {name.replace("__", "."): v for name, v in changements.items()})


@pytest.fixture
def dossier(structure):
    return un_contrat(structure)


def relire(client, dossier):
    return client.get("depot.relire", dossier_id=dossier.id).texte


def suivant(client, dossier):
    return client.get("saisie.montrer", dossier_id=dossier.id, etape="salarie").soumettre("Suivant").suivre()


SEMBLABLE = "Un contrat semblable existe déjà"


def test_suivant_stops_at_the_twin_which_can_be_seen_and_resumed(employeur, structure, dossier):
    twin = un_contrat(structure, 3)
    page = suivant(employeur, dossier)
    assert page.titre == SEMBLABLE
    assert page.cliquer("Voir ce contrat").titre == "Détails du dossier"
    assert f"/dossiers/{twin.id}/reprendre" in page.liens()
    synthesis = employeur.get("depot.relire", dossier_id=dossier.id)
    assert synthesis.texte.count(SEMBLABLE) == 1
    assert synthesis.cliquer("Confirmer que les deux contrats existent").titre == SEMBLABLE


def test_going_on_knowingly_is_in_the_journal_and_asked_once(employeur, structure, dossier, compte):
    twin = un_contrat(structure, -3)
    after = suivant(employeur, dossier).soumettre("Continuer avec ce contrat").suivre()
    assert after.titre == "Synthèse"
    assert "Reprendre ce brouillon Vous avez continué en connaissance de cause" in after.soup.get_text()
    assert "Confirmer que" not in after.texte
    act = Journal.get(Journal.action == "jumeau_accepte")
    assert (act.dossier_id, act.compte_id, act.details) == (dossier.id, compte.id, twin.id)
    assert suivant(employeur, dossier).titre == "Synthèse"
    employeur.post("jumeaux.continuer", dossier_id=dossier.id)
    assert Journal.select().where(Journal.action == "jumeau_accepte").count() == 1


def test_a_new_twin_is_asked_for_again_when_the_person_changes(employeur, structure, dossier):
    assert suivant(employeur, dossier).titre == "Synthèse"
    un_contrat(structure, 1, salarie__prenom="Zoé")
    page = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    assert SEMBLABLE in page.texte  # the NIR is the same
    assert page.soumettre("Suivant", {"salarie-prenom": "Zoé"}).suivre().titre == SEMBLABLE


def test_the_same_person_without_the_nir_is_found_by_name_and_birth(employeur, structure, dossier):
    un_contrat(structure, 2, salarie__nir=un_nir())
    assert SEMBLABLE in relire(employeur, dossier)


@pytest.mark.parametrize(
    ("jours", "changements"),
    [
        (31, {}),
        (-31, {}),
        (0, {"salarie__nir": "x", "salarie__date_naissance": date(2001, 2, 3)}),
        (0, {"salarie__nir": "x", "salarie__nom_naissance": "Toutautre"}),
    ],
)
def test_another_person_or_another_time_is_no_twin(employeur, structure, dossier, jours, changements):
    if "salarie__nir" in changements:
        changements = changements | {"salarie__nir": un_nir()}
    un_contrat(structure, jours, **changements)
    assert SEMBLABLE not in relire(employeur, dossier)


@pytest.mark.parametrize("etat", ["refuse", "annule"])
def test_a_contract_that_is_over_is_no_twin(employeur, structure, dossier, etat):
    un_dossier(structure, etat=etat, changements={"contrat.date_debut": DEBUT})
    assert SEMBLABLE not in relire(employeur, dossier)


def test_a_filed_contract_is_seen_but_not_resumed(employeur, structure, dossier):
    other = un_dossier(structure, etat="soumis", changements={"contrat.date_debut": DEBUT + timedelta(days=1)})
    page = employeur.get("jumeaux.montrer", dossier_id=dossier.id)
    assert other.numero in page.texte
    assert "Reprendre ce brouillon" not in page.texte


def test_nothing_is_revealed_of_the_dossier_of_another_structure(employeur, dossier, compte):
    stranger = une_structure(nom="Un autre employeur fictif")
    un_contrat(stranger)
    assert SEMBLABLE not in relire(employeur, dossier)
    assert suivant(employeur, dossier).titre == "Synthèse"
    siege = une_structure(nom="Autre employeur du comptable")
    un_contrat(siege, employeur__siret="35600000000048")
    une_habilitation(compte, siege)
    assert SEMBLABLE not in relire(employeur, dossier)  # one may see it, but it is another employer's


def test_a_twin_without_the_nir_is_found_in_another_structure_of_the_siren(connecte, structure, dossier, compte):
    """For who acts for both; to all others the second structure does not exist."""
    double = une_structure(nom="Le même employeur, inscrit deux fois")
    un_contrat(double, 2, salarie__nir=un_nir())
    assert SEMBLABLE not in relire(connecte(compte), dossier)
    both = un_compte(structure)
    une_habilitation(both, double)
    client = connecte(both)
    assert suivant(client, dossier).titre == SEMBLABLE
    Dossier.update(siret="35600000000048").where(Dossier.structure == double).execute()
    assert SEMBLABLE not in relire(client, dossier)


@pytest.mark.parametrize("changements", [{"salarie__prenom": "Zoé"}, {"salarie__date_naissance": date(2001, 2, 3)}])
def test_another_person_in_another_structure_is_no_twin(connecte, structure, dossier, changements):
    double, both = une_structure(nom="Le même employeur"), un_compte(structure)
    un_contrat(double, 2, salarie__nir=un_nir(), **changements)
    une_habilitation(both, double)
    assert SEMBLABLE not in relire(connecte(both), dossier)


def test_while_typing_the_notice_comes_and_goes(employeur, structure, dossier):
    un_contrat(structure, 0)
    page = employeur.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    assert SEMBLABLE in page.soup.find(id="jumeaux").get_text().replace("\u00a0", " ")
    away = page.htmx("#contrat-date_debut", {"contrat-date_debut": "2026-09-01"})
    assert away.soup.find(id="jumeaux").get_text().strip() == ""


def test_an_organisme_meets_its_own_twins_only(connecte, structure):
    organisme, other = (une_structure("organisme", f"Organisme Fictif {n}") for n in (1, 2))
    mine = un_dossier(structure, organisme=organisme, changements={"contrat.date_debut": DEBUT})
    theirs = un_dossier(structure, organisme=other, changements={"contrat.date_debut": DEBUT})
    Dossier.update(structure=None).execute()
    client = connecte(un_compte(organisme))
    assert SEMBLABLE not in relire(client, mine)
    Dossier.update(organisme=organisme).where(Dossier.id == theirs.id).execute()
    assert SEMBLABLE in relire(client, mine)
