"""The macros that draw fields, errors and steps: what a browser and a screen reader get."""

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict

from blueprints.navigation import Jalon
from blueprints.rendering import Typographie
from forms.base import Form
from forms.codes import Siret
from forms.controles.registre import ALERTE, ERREUR, Constat
from forms.fields import Boutons, Case, Choix, Entier, Jour, Secret, Texte, Zone
from forms.steps import CHAMPS
from tests.maison.sources import RACINE


class Exemple(Form):
    nom = Texte("Nom", aide="Comme sur la carte.", autocomplete="family-name")
    note = Zone("Note", requis=False)
    mot = Secret("Mot de passe")
    le = Jour("Le")
    pays = Choix("Pays", {"fr": "France", "be": "Belgique"})
    sexe = Boutons("Sexe", {"F": "Féminin", "M": "Masculin"}, aide="Selon l’état civil.")
    accord = Case("J’accepte", aide="Sans frais.")
    mois = Entier("Durée", unite="mois")
    siret = Siret("SIRET")
    naf = Texte("NAF", suggestions="naf")


def environnement():
    loader = FileSystemLoader(RACINE / "partials")
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, extensions=[Typographie])
    env.trim_blocks = env.lstrip_blocks = True
    env.globals["url_for"] = lambda endpoint, **values: "/".join(["", endpoint, *values.values()])
    env.globals["champs"] = CHAMPS
    return env


MACROS = {name: environnement().get_template(f"macros/{name}.html").module for name in ("champ", "constats", "etapes")}
ERREUR_NOM = Constat("x", ERREUR, "e.nom", "Tapez <un> nom.")
ALERTE_NOM = Constat("x", ALERTE, "e.nom", "Vérifiez.", "art. L. 6325-1")


def exemple(**typed):
    return Exemple(MultiDict({f"e-{name}": value for name, value in typed.items()}) if typed else None, prefix="e")


def soupe(macro, *args, fichier="champ", **kwargs):
    return BeautifulSoup(str(getattr(MACROS[fichier], macro)(*args, **kwargs)), "html5lib").body


def dessin(name, constats=(), **typed):
    return soupe("champ", exemple(**typed)[name], constats)


@pytest.mark.parametrize("champ", CHAMPS)
def test_every_field_has_a_name_and_a_description(champ):
    body = soupe("conteneur", CHAMPS[champ].field, True)
    name = CHAMPS[champ].field.name
    assert body.find(id=f"{name}-champ").find(attrs={"name": name})
    assert body.find(id=name)
    for control in body.select(":is(input:not([type=hidden], [type=radio]), select, textarea)"):
        assert body.find("label", attrs={"for": control["id"]}) or control.find_parent("label")
    described = body.find(attrs={"aria-describedby": True})["aria-describedby"].split()
    assert described[-1] == f"{name}-message"
    assert all(body.find(id=ref) for ref in described)


@pytest.mark.parametrize(
    ("name", "selector"),
    [
        ("nom", "input[type=text][autocomplete=family-name]"),
        ("note", "textarea"),
        ("mot", "input[type=password]"),
        ("le", "input[type=date]"),
        ("pays", "select"),
        ("sexe", "fieldset[role=radiogroup] input[type=radio]"),
        ("accord", "input[type=checkbox][value=oui]"),
        ("mois", "input[type=text][inputmode=numeric]"),
    ],
)
def test_each_kind_has_its_control(name, selector):
    assert dessin(name).select_one(selector)


def test_required_is_said_to_eyes_and_ears():
    body = dessin("nom")
    assert body.select_one(".requis").text == "*"
    assert "(obligatoire)" in body.select_one("label").text
    assert body.input["aria-required"] == "true"


def test_optional_is_not_marked():
    assert not dessin("note").select(".requis, [aria-required]")


def test_what_was_typed_is_shown_again_as_text_never_as_markup():
    assert dessin("nom", nom='"><b>x').input["value"] == '"><b>x'
    assert dessin("note", note="\nun\n</textarea><b>").textarea.text == "\nun\n</textarea><b>"


def test_a_bad_date_is_shown_again_in_a_text_control():
    control = dessin("le", le="31 février").input
    assert (control["type"], control["value"]) == ("text", "31 février")


def test_a_password_is_never_shown_again():
    assert dessin("mot", mot="secret").input["value"] == ""


def test_a_list_begins_with_nothing_chosen():
    options = dessin("pays").select("option")
    assert [(o["value"], o.text) for o in options] == [("", "Choisissez…"), ("fr", "France"), ("be", "Belgique")]
    assert not dessin("pays").select("[selected]")


def test_the_choice_is_kept():
    assert dessin("pays", pays="be").select_one("[selected]")["value"] == "be"
    assert dessin("sexe", sexe="M").select_one("[checked]")["id"] == "e-sexe-M"
    assert dessin("accord", accord="oui").select_one("[checked]")
    assert not dessin("accord", nom="x").select("[checked]")


def test_the_unit_belongs_to_the_description():
    body = dessin("mois")
    assert "e-mois-unite" in body.input["aria-describedby"].split()
    assert body.find(id="e-mois-unite").text == "mois"


def test_a_register_suggests_codes():
    control = dessin("naf").input
    assert control["hx-get"] == "/recherche.lister/naf"
    assert control["hx-sync"] == "this:replace"
    assert dessin("naf").find("datalist", id=control["list"])


def test_messages_say_in_words_what_they_are():
    body = dessin("nom", [ERREUR_NOM, ALERTE_NOM])
    first, second = body.select("#e-nom-message .constat")
    assert first.text == "Erreur\u00a0: Tapez <un> nom."
    assert second.text == "Alerte\u00a0: Vérifiez. (art. L. 6325-1)"
    assert body.input["aria-invalid"] == "true"


def test_an_alerte_does_not_make_the_answer_invalid():
    assert not dessin("nom", [ALERTE_NOM]).select("[aria-invalid]")


def test_the_message_is_always_there_even_empty():
    assert dessin("nom").find(id="e-nom-message").text == ""


def test_a_live_message_replaces_only_itself():
    body = soupe("message", "e-nom", [ERREUR_NOM], oob=True)
    assert [tag["id"] for tag in body.find_all(id=True)] == ["e-nom-message"]
    assert body.p["hx-swap-oob"] == "true"


def test_a_field_that_is_not_asked_leaves_an_empty_container():
    container = soupe("conteneur", exemple()["nom"], False).div
    assert (container["id"], list(container.children)) == ("e-nom-champ", [])


def test_a_conditional_field_tells_that_it_is_on_the_page():
    asked = soupe("conteneur", exemple()["nom"], True, conditionnel=True)
    assert asked.find(attrs={"name": "present"})["value"] == "e-nom"
    assert not soupe("champ", exemple()["nom"]).find(attrs={"name": "present"})


def test_each_error_names_its_field_and_leads_to_its_control():
    found = [ERREUR_NOM, Constat("x", ERREUR, "e.sexe", "Choisissez."), Constat("x", ERREUR, "", "Autre.")]
    form = exemple()
    body = soupe("liste_erreurs", found, {"e.nom": form["nom"], "e.sexe": form["sexe"]}, fichier="constats")
    assert [a["href"] for a in body.select("a")] == ["#e-nom", "#e-sexe-F"]
    assert [li.text for li in body.select("li")] == ["Nom – Tapez <un> nom.", "Sexe – Choisissez.", "Autre."]
    assert body.select_one("section[role=alert] h2[autofocus][tabindex]").text == "3 erreurs sont à corriger"


def test_no_error_no_list():
    assert soupe("liste_erreurs", [], fichier="constats").text.strip() == ""


def test_the_steps_tell_where_one_is_and_where_one_can_go():
    jalons = [
        Jalon("Employeur", "/employeur", True, False),
        Jalon("Formation", "/formation", True, True),
        Jalon("Salarié(e)", None, False, False),
    ]
    body = soupe("etapes", jalons, fichier="etapes")
    assert body.summary.text == "Étape 2 sur 3\u00a0: Formation"
    assert "Formation" in body.select_one("[aria-current=step]").text
    assert [a["href"] for a in body.select("a")] == ["/employeur"]
