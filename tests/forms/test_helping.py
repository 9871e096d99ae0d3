"""The sentences beside the fields: each says what the registers and the law make of the answers."""

from datetime import date
from types import SimpleNamespace

import pytest

from forms.controles.contexte import Contexte
from forms.helping import AIDES, aides_de, delai
from forms.steps import CHAMPS
from models.contenu import vide
from tests.controles.fabrique import CERTIFICATION, JOUR, autre, dossier

SIRENE = SimpleNamespace(ferme_le=None, categorie_juridique="5499", naf="5510Z", effectif="20 à 49 salariés")
CERTIFIE = {"actions_de_formation": True, "apprentissage": True, "vae": False, "bilans_de_competences": None}
FINIE = autre(CERTIFICATION, actif=False, date_fin=date(2026, 6, 30))
ORGANISME = SimpleNamespace(siret="3", nda="1", qualiopi=CERTIFIE, donnees_du=date(2026, 11, 1))


def phrase(champ, changements=None, **connu):
    d, contexte = dossier(changements), Contexte(**{"jour": JOUR, "opco": "AKTO"} | connu)
    return aides_de({champ}, d, contexte)[champ].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("champ", "changements", "connu", "attendu"),
    [
        ("contrat.date_debut", {}, {}, "au plus tard le 6 septembre 2026 (il reste 9 jours)."),
        ("contrat.date_fin", {}, {}, "Au plus tard le 31 août 2027 : 12 mois"),
        ("contrat.salaire", {}, {}, "Minimum légal à l’embauche : 1 306,91 € par mois"),
        (
            "contrat.salaire",
            {"contrat.date_debut": date(2027, 1, 4), "contrat.date_fin": date(2027, 12, 31)},
            {},
            "Le SMIC de 2027 n’est pas connu ici",
        ),
        ("formation.heures_total", {}, {}, "(15 %, 150 h au moins)"),
        ("formation.cout_pedagogique", {}, {}, "400 h × 9,15 € (taux ordinaire) = 3 660,00 €"),
        ("employeur.idcc", {}, {"opco_idcc": ("AKTO",)}, "OPCO de cette convention : AKTO."),
        (
            "employeur.effectif",
            {},
            {"etablissement": SIRENE},
            "Selon Sirene, cet établissement compte 20 à 49 salariés.",
        ),
        ("salarie.situation", {"salarie.situation": "9", "salarie.date_naissance": date(1979, 1, 1)}, {}, "2 000 €"),
        ("tuteur.date_naissance", {}, {}, "230,00 € par mois au plus, 6 mois au plus (art. D. 6332-93)."),
        ("tuteur.date_naissance", {"tuteur.date_naissance": date(1970, 1, 1)}, {}, "345,00 €"),
        (
            "formation.organisme_nda",
            {},
            {"organisme": ORGANISME},
            (
                "Qualiopi, liste publique du 1er novembre 2026 : certifié pour les actions de formation, "
                "l’apprentissage ; non certifié pour la VAE ; non renseigné pour les bilans de compétences."
            ),
        ),
        (
            "formation.rncp",
            {},
            {"certification": CERTIFICATION},
            (
                "Fiche RNCP38565 : niveau 5 ; spécialité 334 (Accueil, hôtellerie, tourisme) ; certificateur : "
                "Certificateur Fictif ; enregistrée du 1er janvier 2024 au 31 décembre 2028."
            ),
        ),
        (
            "formation.rncp",
            {},
            {"certification": autre(CERTIFICATION, professionnalisation=False)},
            "non ouverte au contrat de professionnalisation",
        ),
        (
            "formation.rncp",
            {},
            {"certification": autre(CERTIFICATION, date_effet=None, nsf=(), niveau=None)},
            "sans niveau ; certificateur : Certificateur Fictif ; enregistrée jusqu’au 31 décembre 2028.",
        ),
        (
            "formation.rncp",
            {"contrat.date_conclusion": None},
            {"certification": FINIE, "successeurs": (CERTIFICATION,)},
            "Elle est inactive aujourd’hui, remplacée par RNCP38565.",
        ),
        (
            "formation.rncp",
            {"contrat.date_conclusion": None},
            {"certification": FINIE},
            "Elle est inactive aujourd’hui, sans remplaçante connue.",
        ),
        ("formation.organisme_nda", {}, {"organisme_connu": False}, "non renseignée, cet organisme n’est pas dans"),
    ],
)
def test_each_field_is_helped(champ, changements, connu, attendu):
    assert attendu in phrase(champ, changements, **connu)


def test_of_a_certification_that_ended_the_rule_speaks_once_the_conclusion_is_known():
    assert "inactive" not in phrase("formation.rncp", {}, certification=FINIE)


@pytest.mark.parametrize("champ", AIDES)
def test_nothing_is_said_of_what_is_not_known_yet(champ):
    assert champ in CHAMPS
    assert aides_de({champ}, vide(), Contexte(jour=JOUR, certification=CERTIFICATION)) == {champ: ""}


@pytest.mark.parametrize(
    ("jours", "words"),
    [(-3, "dépassé de 3 jours"), (-1, "dépassé de 1 jour"), (0, "c’est aujourd’hui"), (1, "c’est demain")],
)
def test_how_far_a_last_day_is(jours, words):
    assert delai(jours) == words
