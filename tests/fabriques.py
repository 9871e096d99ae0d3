"""What a test starts from: structures, accounts, dossiers, named by their situation. All of it is fictional."""

import secrets

from models.comptes import Compte, Habilitation, Structure
from models.contenu import contenu, ecrire, ouvrir_sections
from models.dossier import Dossier
from models.mots_de_passe import hacher
from models.sections import SECTIONS
from tests.controles.fabrique import VALEURS
from tests.dossiers_types import CONTRATS

MOT_DE_PASSE = "une phrase que nul ne devine"
SAISIR = "consulter saisir soumettre"
DROITS = {"employeur": SAISIR, "organisme": "consulter saisir", "opco": "consulter instruire"}
PERSONNE = VALEURS["salarie"]
# What no log may ever contain, as it is stored and as it is typed.
PERSONNELS = ("nir", "nom_naissance", "courriel", "telephone")
SECRETS = {
    MOT_DE_PASSE,
    "@demo.fictif",
    CONTRATS["demandeur"]["salarie"]["salarie-nir"],
    *(PERSONNE[name] for name in PERSONNELS),
    *(CONTRATS["jeune"]["salarie"][f"salarie-{name}"] for name in PERSONNELS),
}
_hashes: dict[str, str] = {}


def une_structure(genre="employeur", nom="Hôtel Fictif du Port", **columns):
    return Structure.create(genre=genre, nom=nom, **columns)


def un_compte(structure=None, droits=None, courriel=None, mot_de_passe=MOT_DE_PASSE, **columns):
    """An account, with rights in `structure` when one is given: by default all that its kind may have."""
    if mot_de_passe not in _hashes:
        _hashes[mot_de_passe] = hacher(mot_de_passe)  # slow by design: once is enough
    columns = {"prenom": "Camille", "nom": "Démo-Fictif"} | columns
    courriel = courriel or f"{secrets.token_hex(4)}@demo.fictif"
    compte = Compte.create(courriel=courriel, mot_de_passe=_hashes[mot_de_passe], **columns)
    if structure:
        une_habilitation(compte, structure, droits)
    return compte


def une_habilitation(compte, structure, droits=None):
    return Habilitation.create(compte=compte, structure=structure, droits=droits or DROITS[structure.genre])


def un_dossier(structure=None, compte=None, etat="brouillon", complet=True, changements=None, **columns):
    """A dossier in the state `etat`. `changements` is `{"salarie.nir": "…"}` on top of what is filled.

    complet: all pages are filled with a contract that breaks no rule; else only the sections exist.
    """
    structure = structure or une_structure()
    if etat != "brouillon":
        columns = {"numero": f"T-{secrets.token_hex(4)}"} | columns
    dossier = Dossier.create(
        structure=structure, cree_par=compte, etat=etat, cle_creation=secrets.token_hex(8), **columns
    )
    ouvrir_sections(dossier.id)
    remplir(dossier, compte, VALEURS if complet else {}, changements or {})
    return dossier


def remplir(dossier, compte, valeurs, changements):
    """Write the sections as the pages would."""
    sections = {name: dict(values) for name, values in valeurs.items()}
    for champ, valeur in changements.items():
        section, _, column = champ.partition(".")
        sections.setdefault(section, {})[column] = valeur
    written = {
        name: {column: value for column, value in values.items() if value is not None and column != "nir_empreinte"}
        for name, values in sections.items()
        if name in SECTIONS
    }
    ecrire(dossier, {name: values for name, values in written.items() if values}, compte and compte.id, "saisie")


def relire(dossier):
    """The dossier and its sections as the database has them now."""
    return Dossier.get_by_id(dossier.id), contenu(dossier.id)
