"""Two people on one page, in any order: no answer is lost in silence, none appears that nobody typed."""

import html
import random
import re

import pytest

from models.modifications import Modification, lire
from tests import formulaire
from tests.client import MEME_SITE
from tests.fabriques import relire, un_compte, un_dossier, une_structure

ENTRELACS = 54
TOURS = 6
CHAMPS = ("salarie-prenom", "salarie-voie", "contrat-emploi", "contrat-classification", "tuteur-emploi")


class Personne:
    """One of two people: what stands in the controls of the page that is open before her, and what she typed there."""

    def __init__(self, client, dossier, prenom):
        self.client, self.prenom, self.typed = client, prenom, 0
        self.url = f"/dossiers/{dossier.id}/salarie"
        self.form = formulaire.lire(client.get(self.url).soup.select_one("form.saisie"))
        self.ouvrir()

    def lire(self, response):
        """Take what an answer shows into the controls; answers the names that stand side by side."""
        page = response.get_data(as_text=True)
        shown = {name: re.search(rf'name="{name}" type="text" value="(.*?)"', page)[1] for name in CHAMPS}
        self.form |= {name: [html.unescape(value)] for name, value in shown.items()}
        self.form["version"] = re.findall(r'name="version" value="(\d+)"', page)
        return set(re.findall(r'name="desaccord" value="(.*?)"', page))

    def ouvrir(self):
        response = self.client.http.get(self.url, headers=MEME_SITE)
        return self.lire(response)

    def taper(self, name):
        """A text that nobody typed before."""
        self.typed += 1
        self.form[name] = [f"{self.prenom} {'i' * self.typed}"]

    def envoyer(self, action, **more):
        return self.client.http.post(self.url, data=self.form | {"action": action} | more, headers=MEME_SITE)

    def controler(self):
        return self.client.http.post(f"{self.url}/controle", data=self.form, headers=MEME_SITE).status_code


def enregistre(dossier):
    d = relire(dossier)[1]
    return {name: d.valeur(name.replace("-", ".", 1)) for name in CHAMPS}


def tour(hasard, qui, dossier, attendu, vu):
    """One turn of one person: open, type, check, save. `attendu` is what must be stored; `vu` what each page showed."""
    geste = hasard.choice(("ouvrir", "taper", "taper", "controler", "enregistrer", "enregistrer"))
    if geste == "ouvrir":
        qui.ouvrir()
        vu[qui.prenom] = dict(attendu)
    elif geste == "taper":
        qui.taper(hasard.choice(CHAMPS))
    elif geste == "controler":
        assert qui.controler() in (200, 409)
    elif geste == "enregistrer":
        enregistrer(hasard, qui, dossier, attendu, vu)


def enregistrer(hasard, qui, dossier, attendu, vu):
    base = vu[qui.prenom]
    mine = {name: qui.form[name][0] for name in CHAMPS if qui.form[name][0] != base[name]}
    both = {name for name in mine if attendu[name] not in (base[name], mine[name])}
    response = qui.envoyer("sauvegarder")
    if both:
        assert response.status_code == 409
        assert qui.lire(response) == both
        assert enregistre(dossier) == attendu  # nothing is written while two people differ
        for name in sorted(both):
            if hasard.random() < 0.5:
                response = qui.envoyer(f"prendre:{name}", desaccord=sorted(both))
                assert response.status_code == 200
                both = qui.lire(response)
                mine.pop(name)
        response = qui.envoyer("sauvegarder")
    assert response.status_code == 303, response.get_data(as_text=True)
    attendu |= mine
    assert enregistre(dossier) == attendu
    qui.ouvrir()
    vu[qui.prenom] = {name: qui.form[name][0] for name in CHAMPS}
    assert vu[qui.prenom] == attendu


@pytest.mark.parametrize("graine", range(3))
def test_in_any_order_every_answer_is_kept_or_shown(connecte, moteur, graine):
    """Half of the orders on each database: putting answers together is no work of theirs."""
    structure = une_structure()
    clients = {name: connecte(un_compte(structure, prenom=name)) for name in ("Alice", "Bernard")}
    for entrelac in range(moteur == "postgresql", ENTRELACS // 3, 2):
        hasard = random.Random(graine * ENTRELACS + entrelac)  # noqa: S311 no secret
        dossier = un_dossier(structure)
        attendu = enregistre(dossier)
        people = [Personne(client, dossier, name) for name, client in clients.items()]
        vu = {qui.prenom: dict(attendu) for qui in people}
        for _ in range(TOURS):
            tour(hasard, hasard.choice(people), dossier, attendu, vu)
        expliquer(dossier, attendu)


def expliquer(dossier, attendu):
    """The final state is told by the history: every answer is the last one that was written, and by whom."""
    last = {
        c.champ.replace(".", "-", 1): c.apres
        for row in Modification.select().where(Modification.dossier == dossier.id).order_by(Modification.version)
        for c in lire(row)
    }
    assert {name: last[name] for name in CHAMPS} == attendu
