"""Structured garbage at every route: the answer is clear, never a broken page, and what was there stays as it was."""

import io
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from forms.steps import CHAMPS
from models.base import db
from models.contenu import contenu
from models.dossier import Dossier
from models.transmission import Transmission
from tests.client import HTMX, MEME_SITE
from tests.fabriques import un_compte, un_dossier, une_structure
from tests.maison.test_routes import VALEURS

# Each example visits PAR_EXEMPLE routes; a failure is shown as it came, smaller ones would take minutes to find.
REGLAGES = settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
PAR_EXEMPLE = 12
AUTRES = (
    "action",
    "present",
    "cle",
    "courriel",
    "mot_de_passe",
    "nouveau_mot_de_passe",
    "confirmation",
    "commentaire",
    "motif",
    "message",
    "genre",
    "fichiers",
    "plus_tard",
    "q",
    "q-etablissements",
    "q-tuteurs",
    "nouvel-siret",
    "nouvel-denomination",
    "_suite",
    "numero",
    "etat",
    "page",
    "d",
    "s",
    "liste",
    "nom",
    "salarie",
    "rncp",
    "date_effet",
    "objet",
    "depuis",
    "horaire",
    "au",
)
CLES = [champ.replace(".", "-") for champ in CHAMPS] + list(AUTRES)
ACTIONS = (
    "suivant",
    "precedent",
    "sauvegarder",
    "generer",
    "continuer",
    "prendre:",
    "choisir:etablissements:",
    "choisir:tuteurs:",
    "choisir:rien",
    "rechercher:tuteurs",
    "nouvel:etablissements",
    "nouvel:rien",
    "creer:organismes",
    "retour",
    "creer",
    "envoyer",
    "revoquer:",
)
PIEGES = (
    "",
    "\x00",
    "oui",
    "non",
    "0",
    "-1",
    "1e999",
    "NaN",
    "٣",
    "9" * 400,
    "31/02/2026",
    "0000-00-00",
    "<script>alert(1)</script>",
    "' or 1=1 --",
    "{{ 7 * 7 }}",
    "é" * 10_000,
    "\u202e\u200b\ufeff",
    "🍽️",
    "\r\n\r\n",
    "../../etc/passwd",
)
TYPES = (
    "application/json",
    "text/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-16",
    "x" * 300,
    "",
)
ENTETES = ("HX-Current-URL", "HX-Source", "Referer", "Accept-Language", "If-Modified-Since", "Range", "X-Forwarded-For")
hasards = st.randoms(use_true_random=False)
textes = st.sampled_from(PIEGES) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace").decode())
formulaires = st.dictionaries(st.sampled_from(CLES) | textes, textes, max_size=12)
actions = st.sampled_from(ACTIONS) | textes
versions = st.sampled_from(("bonne", "bonne", "1", "", "x", "-1", "9" * 40))
entetes = st.dictionaries(
    st.sampled_from(ENTETES),
    st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=30),
    max_size=3,
)
# A view may write only what it was asked to; these need no more than the click.
SUR_UN_CLIC = ("dossiers.supprimer", "dossiers.annuler", "gestion.agir", "pieces.envoyer", "gestion.clore_la_relance")


@pytest.fixture
def structure(base):
    return une_structure()


@pytest.fixture
def foreign(base):
    """A draft and a filed dossier of people who do not take part."""
    other = une_structure(nom="Autre structure")
    return [un_dossier(other), un_dossier(other, etat="soumis")]


@pytest.fixture(params=["employeur", "organisme", "opco", "anonyme"])
def acteur(request, connecte, client, structure):
    if request.param == "anonyme":
        return client
    mine = structure if request.param == "employeur" else une_structure(request.param, "Une autre")
    return connecte(un_compte(mine, droits="consulter saisir soumettre instruire"))


def regles(app, method, hasard):
    """Some routes of the map, those that end a dossier last."""
    found = [rule for rule in app.url_map.iter_rules() if method in rule.methods and rule.endpoint != "static"]
    assert len(found) > 15
    staying = [rule for rule in found if rule.endpoint != "comptes.deconnecter"]
    chosen = hasard.sample(sorted(staying, key=str), PAR_EXEMPLE)
    return sorted(chosen, key=lambda rule: rule.endpoint in SUR_UN_CLIC)


def adresse(rule, segment, dossier_id, rang=0):
    """An address of the rule: one of its words where it takes words only, else `segment` or a plausible one."""
    values = {}
    for name, converter in rule._converters.items():
        words = converter.regex.split("|") if "|" in converter.regex else [VALEURS.get(name, "1")]
        free = type(converter).__name__ == "UnicodeConverter"
        values[name] = segment if segment and free else dossier_id if name == "dossier_id" else words[rang % len(words)]
    path = str(rule)
    for name, value in values.items():
        path = path.replace(next(part for part in path.split("/") if part.endswith(f"{name}>")), quote(value, safe=""))
    return f"{path}?type=11" if path.startswith("/dossiers/nouveau/") else path


def etat_de(dossier_id):
    """All of a dossier that a person may change, or None when it is gone."""
    dossier = Dossier.get_or_none(Dossier.id == dossier_id)
    if dossier is None:
        return None
    columns = dict(dossier.__data__)
    sent = Transmission.select().where(Transmission.dossier == dossier_id).count()
    return columns, {name: vars(section) for name, section in vars(contenu(dossier_id)).items()}, sent


def envoyer(client, rule, url, data=None, **how):
    how["headers"] = MEME_SITE | how.get("headers", {})
    response = client.http.post(url, data=data, **how)
    assert response.status_code < 500, f"{response.status} for {rule}"
    assert not db.in_transaction()
    return response.status_code


@REGLAGES
@given(formulaires, actions, versions, entetes, st.booleans(), hasards)
def test_garbage_in_a_form_breaks_nothing(
    app, acteur, structure, foreign, data, action, version, headers, htmx, hasard
):
    before = {dossier.id: etat_de(dossier.id) for dossier in foreign}
    headers = headers | (HTMX if htmx else {})
    mine = [un_dossier(structure), un_dossier(structure, etat="soumis")]
    for rule in regles(app, "POST", hasard):
        for dossier in mine:
            was = etat_de(dossier.id)
            if was is None:
                continue
            sent = data | {"action": action, "version": str(was[0]["version"]) if version == "bonne" else version}
            status = envoyer(acteur, rule, adresse(rule, "", dossier.id, hasard.randrange(12)), sent, headers=headers)
            if rule.endpoint not in SUR_UN_CLIC and status >= 400:
                # The comment is kept even when the dossier may not pass the synthesis.
                first = 1 if rule.endpoint == "depot.commenter" else 0
                assert etat_de(dossier.id)[first:] == was[first:], f"{rule} answered {status} and changed the dossier"
            if "dossier_id" not in rule.arguments:
                break
    assert {dossier.id: etat_de(dossier.id) for dossier in foreign} == before


@REGLAGES
@given(key=st.sampled_from(CLES), content=st.binary(max_size=200), name=textes, hasard=hasards)
def test_a_file_where_a_text_is_expected_breaks_nothing(app, acteur, structure, key, content, name, hasard):
    for rule in regles(app, "POST", hasard):
        dossier = un_dossier(structure, complet=False)
        data = {key: (io.BytesIO(content), name.replace("\r", "").replace("\n", "")), "action": "suivant"}
        envoyer(acteur, rule, adresse(rule, "", dossier.id), data, content_type="multipart/form-data")


@REGLAGES
@given(
    body=st.binary(max_size=300) | st.just(b"%ED%A0%80=%00&version=%FF&=&&=x"),
    kind=st.sampled_from(TYPES),
    hasard=hasards,
)
def test_a_body_that_is_no_form_breaks_nothing(app, acteur, structure, body, kind, hasard):
    dossier = un_dossier(structure)
    was = etat_de(dossier.id)
    for rule in regles(app, "POST", hasard):
        if rule.endpoint not in SUR_UN_CLIC:
            envoyer(acteur, rule, adresse(rule, "", dossier.id), body, content_type=kind)
    # « Afficher un lien » needs no more than the click, and no page may be saved without its version.
    assert etat_de(dossier.id) == was


@REGLAGES
@given(segment=textes.filter(bool), query=formulaires, headers=entetes, hasard=hasards)
def test_garbage_in_an_address_breaks_nothing(app, acteur, structure, segment, query, headers, hasard):
    dossier = un_dossier(structure)
    was = etat_de(dossier.id)
    segment = segment[:300].strip("/.") or "x"
    for rule in regles(app, "GET", hasard):
        for part in (segment, ""):
            url = adresse(rule, part, dossier.id).partition("?")[0]
            response = acteur.http.get(url, query_string=query, headers=MEME_SITE | headers)
            assert response.status_code < 500, f"{response.status} for {rule}"
    assert etat_de(dossier.id) == was


@REGLAGES
@given(segment=textes.filter(bool), data=formulaires, hasard=hasards)
def test_garbage_in_the_address_of_a_post_breaks_nothing(app, acteur, structure, segment, data, hasard):
    segment = segment[:300].strip("/.") or "x"
    for rule in regles(app, "POST", hasard):
        if rule.arguments:
            envoyer(acteur, rule, adresse(rule, segment, "x"), data)


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "é", "eyJzIjoxfQ.x.y", "0" * 3000])
def test_a_cookie_that_is_none_is_nobody(client, cookie):
    client.http.set_cookie("monespace", cookie)
    assert client.http.get("/dossiers", headers=MEME_SITE).status_code == 303


def test_a_body_that_is_too_large_says_so(app, acteur):
    data = {"salarie-commune": "x" * 1_100_000}
    response = acteur.http.post("/dossiers/nouveau/employeur?type=11", data=data, headers=MEME_SITE)
    assert response.status_code in (401, 403, 413)
