"""The search of « Mes dossiers »: its fields, read from the URL, where a token stands for the name of a person."""

from collections.abc import Mapping
from typing import Any

from forms.base import Form
from forms.controles.francais import typographie
from forms.fields import EMPLOYEUR, ORGANISME, Choix, Jour, Texte
from models.etats import LIBELLES
from models.listes_dossiers import Criteres
from models.listes_preentrees import TRIS as TRIS_ORGANISME
from models.numeros import lire
from models.recherches import devoiler, masquer

DISPOSITIFS = {"contrat_pro": "Contrat de professionnalisation"}
TRIS = {
    "recent": "Modifiés récemment",
    "ancien": "Modifiés il y a longtemps",
    "debut": "Début du contrat, le dernier d’abord",
    "debut_ancien": "Début du contrat, le premier d’abord",
    "salarie": "Nom du salarié, de A à Z",
    "numero": "Numéro, le dernier d’abord",
    "etat": "État",
}
DE_L_ORGANISME = {code: TRIS[code] for code in TRIS_ORGANISME}
HABITUEL = "recent"
NOM, JETON = "salarie", "s"
PERDU = typographie("Le nom cherché n’est plus lisible dans cette adresse : tapez-le à nouveau.")


class Filtres(Form):
    """What one looks for. Nothing is required; what has no value is said and looks for nothing."""

    numero = Texte("Numéro de dossier", requis=False, max=30)
    dispositif = Choix("Dispositif", DISPOSITIFS, requis=False, vide="Tous")
    etat = Choix("État", LIBELLES, requis=False, vide="Tous")
    salarie = Texte("Salarié(e)", requis=False, max=80)
    formation = Texte("Formation (intitulé ou code RNCP)", requis=False, max=120)
    etablissement = Texte("Établissement (nom ou SIRET)", requis=False, max=120)
    du = Jour("Contrat commençant du", requis=False)
    au = Jour("Contrat commençant au", requis=False)
    tri = Choix("Trier par", TRIS, requis=False, retires=(HABITUEL,), vide=TRIS[HABITUEL])


class FiltresOrganisme(Form):
    """The same for an organisme, which knows of a contract what it entered itself."""

    numero = Texte("Numéro de dossier", requis=False, max=30)
    etat = Choix("État", LIBELLES, requis=False, vide="Tous")
    salarie = Texte("Salarié(e)", requis=False, max=80)
    formation = Texte("Formation (intitulé ou code RNCP)", requis=False, max=120)
    etablissement = Texte("Employeur (nom ou SIRET)", requis=False, max=120)
    tri = Choix("Trier par", DE_L_ORGANISME, requis=False, retires=(HABITUEL,), vide=TRIS[HABITUEL])


class Enregistrement(Form):
    """« Garder cette recherche »."""

    nom = Texte("Nom de la recherche", max=60)


FORMES: dict[str, type[Form]] = {EMPLOYEUR: Filtres, ORGANISME: FiltresOrganisme}


def de_l_adresse(args: Any, liste: str, compte: int) -> Form:
    """The search that the URL of a list holds. A token that says nothing any more is an error of its field."""
    data = args.copy()
    data.pop(NOM, None)
    token = data.pop(JETON, "")
    nom = devoiler(token, compte) if token else ""
    data[NOM] = nom or ""
    form = FORMES[liste](data)
    form.validate()
    if nom is None:
        form[NOM].errors = [PERDU]
    return form


def adresse(form: Form, compte: int) -> dict[str, str]:
    """The search as it stands in the URL: what was typed, without what was left empty and without a name."""
    typed = saisies(form)
    nom = typed.pop(NOM, "")
    return typed | ({JETON: masquer(nom, compte)} if nom else {})


def saisies(form: Form) -> dict[str, str]:
    """What was typed, field by field."""
    return {field.name: field.saisi.strip() for field in form.champs() if field.saisi.strip()}


def criteres(form: Form) -> Criteres:
    """What the database is asked for."""
    data: Mapping[str, Any] = {name: value or "" for name, value in form.data.items()}
    return Criteres(
        numero=lire(data["numero"]) or data["numero"],
        etat=data["etat"],
        formation=data["formation"],
        salarie=data["salarie"],
        etablissement=data["etablissement"],
        du=data.get("du") or None,
        au=data.get("au") or None,
        tri=data["tri"] or HABITUEL,
    )
