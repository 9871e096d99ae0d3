"""Whatever two sides and a stranger do, in whatever order, nobody reads what the other side keeps to itself."""

import random
from string import ascii_lowercase

import pytest
from bs4 import BeautifulSoup

from models.dossier import Dossier
from tests.blueprints import test_preentree
from tests.blueprints.test_preentree import ADRESSE, frais
from tests.client import MEME_SITE
from tests.fabriques import un_compte, une_structure
from tests.formulaire import bouton, formulaire_de, lire

ecole, formateur, organisme = test_preentree.ecole, test_preentree.formateur, test_preentree.organisme
hotel, rh, employeur, dossier = (
    test_preentree.hotel,
    test_preentree.rh,
    test_preentree.employeur,
    test_preentree.dossier,
)
PAGES = ("", "/suivi", "/manques", "/pieces", "/synthese", "/salarie", "/formation", "/sauvegarde")
LISTES = ("/preentrees", "/dossiers", "/notifications", "/")
VERBES = {
    "remise": {"courriel": ADRESSE},
    "reprise-en-main": {},
    "reprendre": {},
    "renvoi": {"message": "À corriger."},
    "copie": {},
    "salarie": {"action": "sauvegarder"},
    "salarie/controle": {},
    "synthese": {"action": "sauvegarder"},
}
# What each side tries most: a walk that tries all alike seldom makes the dossier change hands.
SIENS = {
    "Ecole": ("remise", "remise", "salarie", "salarie/controle", "reprise-en-main"),
    "Patron": ("reprendre", "reprendre", "salarie", "salarie/controle", "synthese", "renvoi"),
    "Tiers": tuple(VERBES),
}


def agir(client, dossier, verbe, mot):
    """One act, allowed or not; `mot` goes into what is typed."""
    data = dict(VERBES[verbe], version=str(frais(dossier).version))
    if verbe.startswith("salarie"):
        data |= formulaire(client, dossier) | dict.fromkeys(("salarie-prenom", "contrat-emploi"), mot) | data
    if verbe == "synthese":
        data["commentaire"] = mot
    response = client.http.post(f"/dossiers/{dossier.id}/{verbe}", data=data, headers=MEME_SITE)
    assert response.status_code < 500, verbe


def formulaire(client, dossier):
    """What stands on the page Salarié(e), for whom it opens."""
    answer = client.http.get(f"/dossiers/{dossier.id}/salarie", headers=MEME_SITE)
    soup = BeautifulSoup(answer.get_data(as_text=True), "html5lib")
    return lire(formulaire_de(bouton(soup, "Sauvegarder"))) if answer.status_code == 200 else {}


def lu_par(client, dossier):
    """All that this person can read anywhere, and whether it knows of the dossier."""
    urls = [f"/dossiers/{dossier.id}{page}" for page in PAGES] + list(LISTES)
    answers = [client.http.get(url, headers=MEME_SITE, follow_redirects=True) for url in urls]
    assert all(answer.status_code < 500 for answer in answers)
    return "\n".join(answer.get_data(as_text=True) for answer in answers).casefold(), answers[0].status_code != 404


@pytest.mark.parametrize("graine", [1, 3])
def test_nobody_ever_reads_what_the_other_side_keeps(organisme, employeur, connecte, dossier, graine):
    hasard = random.Random(graine)  # noqa: S311 (the same walk each time)
    stranger = connecte(un_compte(une_structure(nom="Une autre structure")))
    people = {"Ecole": organisme, "Patron": employeur, "Tiers": stranger}
    seen = set()
    for rang in range(20):
        nom = hasard.choice(("Ecole", "Ecole", "Patron", "Patron", "Tiers"))
        verbe = hasard.choice(SIENS[nom] if hasard.random() < 0.8 else tuple(VERBES))
        agir(people[nom], dossier, verbe, f"{nom}-{ascii_lowercase[rang]}")
        now = frais(dossier)
        seen.add((now.etat, now.structure_id is None))
        text, _ = lu_par(organisme, dossier)
        assert "patron-" not in text
        text, knows = lu_par(employeur, dossier)
        assert knows == (now.structure_id is not None)
        assert knows or "ecole-" not in text
        text, knows = lu_par(stranger, dossier)
        assert not knows
        assert "ecole-" not in text
        assert "patron-" not in text
    assert {("brouillon", True), ("a_valider_employeur", False), ("brouillon", False)} <= seen
    assert Dossier.select().where(Dossier.salarie_plie.contains("tiers")).count() == 0
