"""What the portal is measured on: one employer with ten thousand dossiers, some of them open on the Salarié page."""

from urllib.parse import urlencode

from models.base import db
from models.dossier import Dossier
from models.etats import LIBELLES
from models.sessions import ouvrir_session
from tests import fabriques, formulaire
from tests.client import PageClient

DOSSIERS = 10_000
OUVERTS = 400  # each is posted once in turn: far more than the connections, so no two posts meet


def creer():
    """(account, dossiers that are open on the Salarié page)."""
    with db.atomic():
        structure = fabriques.une_structure()
        compte = fabriques.un_compte(structure)
        ouverts = [fabriques.un_dossier(structure, compte, etape="salarie") for _ in range(OUVERTS)]
        etats = list(LIBELLES)
        rows = [
            {
                "id": f"bench-{rank:010}",
                "etat": etats[rank % len(etats)],
                "numero": f"B-{rank:06}",
                "structure": structure,
                "cle_creation": f"bench-{rank}",
            }
            for rank in range(DOSSIERS - OUVERTS)
        ]
        for start in range(0, len(rows), 500):
            Dossier.insert_many(rows[start : start + 500]).execute()
    return compte, ouverts


def cookie(app, compte):
    """The header of a browser in which `compte` is logged in."""
    signer = app.session_interface.get_signing_serializer(app)
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps({'s': ouvrir_session(compte)})}"


def corps(app, compte, dossier):
    """The body that « Suivant » sends from the Salarié page; its version and trial period are left to fill in."""
    client = PageClient(app).connecter(compte)
    client.typographie = False  # tests see to that
    page = client.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    button = formulaire.bouton(page.soup, "Suivant")
    data = formulaire.lire(
        formulaire.formulaire_de(button), {"version": "VERSION", "contrat-essai_jours": "ESSAI"}, button
    )
    return urlencode(data, doseq=True).replace("=VERSION", "={version}").replace("=ESSAI", "={essai}")
