"""What the portal is measured on: one employer with ten thousand dossiers, some of them open on the Salarié page."""

from string import ascii_lowercase
from urllib.parse import urlencode

import peewee

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
        ouverts = [ouvert(structure, compte, *personne(rank)) for rank in range(OUVERTS)]
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


def personne(rank):
    """(NIR, birth name) of somebody whom no other dossier names: twins are looked for at each request."""
    number = int(f"{fabriques.PERSONNE['nir'][:10]}{rank + 1:03}")
    letters = f"{ascii_lowercase[rank // 26]}{ascii_lowercase[rank % 26]}"
    return f"{number}{97 - number % 97:02}", f"Exemple-{letters.title()}"


def ouvert(structure, compte, nir, nom):
    changes = {"salarie.nir": nir, "salarie.nom_naissance": nom}
    return fabriques.un_dossier(structure, compte, changements=changes, etape="salarie")


def version_commune():
    """Bring all dossiers to the version of the one that was saved most often, and give it."""
    version = Dossier.select(peewee.fn.max(Dossier.version)).scalar()
    Dossier.update(version=version).where(Dossier.version < version).execute()
    return version


def cookie(app, compte):
    """The header of a browser in which `compte` is logged in."""
    signer = app.session_interface.get_signing_serializer(app)
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps({'s': ouvrir_session(compte)})}"


def corps(app, compte, dossier):
    """The body that « Suivant » sends from the Salarié page; version, trial period and person are left to fill in."""
    client = PageClient(app).connecter(compte)
    client.typographie = False  # tests see to that
    page = client.get("saisie.montrer", dossier_id=dossier.id, etape="salarie")
    button = formulaire.bouton(page.soup, "Suivant")
    left = {
        "version": "VERSION",
        "contrat-essai_jours": "ESSAI",
        "salarie-nir": "NUMERO",
        "salarie-nom_naissance": "NOM",
    }
    body = urlencode(formulaire.lire(formulaire.formulaire_de(button), left, button), doseq=True)
    for word, place in (("VERSION", "version"), ("ESSAI", "essai"), ("NUMERO", "nir"), ("NOM", "nom")):
        body = body.replace(f"={word}", f"={{{place}}}")
    return body
