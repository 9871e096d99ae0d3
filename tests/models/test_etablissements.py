import pytest
from werkzeug.datastructures import MultiDict

from forms.etablissement import NouvelEtablissement, NouvelOrganisme
from models import referentiels
from models.etablissements import EtablissementSaisi, etablissements_saisis, saisir
from tests.fabriques import une_structure

HOTEL = {
    "siret": "73282932000074",
    "denomination": "Auberge de l’Œillet",
    "voie": "rue des Essais",
    "code_postal": "42000",
    "commune": "Saint-Étienne",
    "naf": "5510Z",
}


@pytest.mark.parametrize("q", ["oeillet", "AUB st etienne", "42000 auberge", "732 829 320 00074", "73282932", "l'œil"])
def test_typed_establishment_is_found_as_those_of_the_register(base, q):
    structure = une_structure().id
    saisir(structure, "employeur", HOTEL)
    assert [e.siret for e in etablissements_saisis([structure], q, "employeur")] == [HOTEL["siret"]]


@pytest.mark.parametrize("q", ["", "   ", "'\"*()", "hotel", "auberge lyon", "\x00", "\ud800", "berge"])
def test_what_does_not_match_is_not_shown(base, q):
    structure = une_structure().id
    saisir(structure, "employeur", HOTEL)
    assert etablissements_saisis([structure], q, "employeur") == []


def test_typed_establishment_is_seen_by_its_structure_and_kind_only(base):
    mine, other = une_structure().id, une_structure(nom="Autre").id
    saisir(mine, "employeur", HOTEL)
    assert etablissements_saisis([other], "auberge", "employeur") == []
    assert etablissements_saisis([mine], "auberge", "organisme") == []


def test_those_of_all_ones_structures_are_read_in_one_query(base, requetes):
    mine = [une_structure(nom=nom).id for nom in ("Une", "Deux", "Trois")]
    for structure in mine:
        saisir(structure, "employeur", HOTEL)
    requetes.clear()
    assert len(etablissements_saisis(mine, "auberge", "employeur")) == 3
    assert len(requetes) == 1


def test_typing_it_again_replaces_it(base):
    structure = une_structure().id
    first = saisir(structure, "employeur", HOTEL)
    second = saisir(structure, "employeur", HOTEL | {"denomination": "Auberge neuve", "naf": None})
    assert first.id == second.id
    assert EtablissementSaisi.select().count() == 1
    assert (second.denomination, second.naf) == ("Auberge neuve", None)


def test_organisme_is_found_by_its_declaration(base):
    structure = une_structure("organisme").id
    saisir(structure, "organisme", {"siret": HOTEL["siret"], "denomination": "Formation", "nda": "11751234567"})
    assert len(etablissements_saisis([structure], "11 75 12345 67", "organisme")) == 1


@pytest.mark.parametrize("known", ["siret", "nda"])
def test_typed_organisme_gives_way_to_the_official_one(base, known):
    official = referentiels.chercher_organismes("démo")[0]
    typed = {"siret": HOTEL["siret"], "denomination": "Formation tapée", "nda": "11751234567"}
    structure = une_structure("organisme").id
    saisir(structure, "organisme", typed | {known: getattr(official, known)})
    assert etablissements_saisis([structure], "formation tapée", "organisme") == []


def test_what_the_register_knows_is_not_typed_again(base):
    known = referentiels.chercher_etablissements("démo")[0]
    form = NouvelEtablissement(MultiDict({**HOTEL, "siret": known.siret}))
    assert not form.validate()
    assert known.denomination in str(form.siret.errors[0])
    organisme = referentiels.chercher_organismes("démo")[0]
    form = NouvelOrganisme(MultiDict({**HOTEL, "nda": organisme.nda}))
    assert not form.validate()
    assert organisme.denomination in str(form.nda.errors[0])


def test_what_no_register_knows_is_taken(base):
    form = NouvelEtablissement(MultiDict(HOTEL))
    assert form.validate(), form.errors
    structure = une_structure().id
    assert saisir(structure, "employeur", form.data).naf == "5510Z"
    form = NouvelOrganisme(MultiDict({**HOTEL, "nda": "11751234567"}))
    assert form.validate(), form.errors
    assert saisir(structure, "organisme", form.data).nda == "11751234567"


def test_wrong_keys_are_refused(base):
    form = NouvelEtablissement(MultiDict({**HOTEL, "siret": "73282932000075"}))
    assert not form.validate()
    assert "clé" in str(form.siret.errors[0])
