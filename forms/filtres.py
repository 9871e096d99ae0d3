"""The search of « Mes dossiers »: its fields, read from the URL."""

from collections.abc import Mapping

from forms.base import Form
from forms.fields import Choix, Jour, Texte
from models.etats import LIBELLES
from models.listes_dossiers import Criteres
from models.numeros import lire

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


class Filtres(Form):
    """What one looks for. Nothing is required; what has no value is said and looks for nothing."""

    numero = Texte("Numéro de dossier", requis=False, max=30)
    dispositif = Choix("Dispositif", DISPOSITIFS, requis=False)
    etat = Choix("État", LIBELLES, requis=False)
    salarie = Texte("Salarié(e)", requis=False, max=80)
    formation = Texte("Formation (intitulé ou code RNCP)", requis=False, max=120)
    etablissement = Texte("Établissement (nom ou SIRET)", requis=False, max=120)
    du = Jour("Contrat commençant du", requis=False)
    au = Jour("Contrat commençant au", requis=False)
    tri = Choix("Trier par", TRIS, requis=False)


def criteres(form: Filtres) -> Criteres:
    """What the database is asked for."""
    data = {name: value or "" for name, value in form.data.items()}
    return Criteres(
        numero=lire(data["numero"]) or data["numero"],
        etat=data["etat"],
        formation=data["formation"],
        salarie=data["salarie"],
        etablissement=data["etablissement"],
        du=form.data["du"],
        au=form.data["au"],
        tri=data["tri"] or "recent",
    )


def adresse(form: Filtres) -> Mapping[str, str]:
    """The search as it stands in the URL: what was typed, without what was left empty."""
    return {field.name: field.saisi.strip() for field in form.champs() if field.saisi.strip()}
