"""Forms around who may act for whom: registering, inviting, rights, handing over, mandates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import ValidationError

from forms.base import Form
from forms.codes import Nda, Siret
from forms.compte import NouveauMotDePasse
from forms.controles.formats import refus_siret
from forms.controles.francais import typographie
from forms.fields import Boutons, Case, Choix, Courriel, Invalide, Jour, Nom, Texte, Zone
from models.base import aujourdhui
from models.mandats import Etendue, autres
from models.structures import identite

GENRES = {"employeur": "Un employeur", "organisme": "Un organisme de formation"}
MANDATAIRES = {"organisme": "Un organisme de formation", "employeur": "Un cabinet ou une autre entreprise"}
LIBELLES = {
    "consulter": "Consulter",
    "saisir": "Saisir",
    "soumettre": "Soumettre",
    "administrer": "Gérer les utilisateurs",
    "instruire": "Instruire",
}
INTROUVABLE = typographie(
    "Ce SIRET n’est ni dans nos registres ni parmi nos utilisateurs : vérifiez-le sur un avis de situation de l’Insee. "
    "S’il est juste, l’autre partie demande d’abord un accès à Mon Espace."
)


# What is not asked of each kind.
RETIRES = {
    "employeur": ("instruire",),
    "organisme": ("soumettre", "instruire", "etablissements"),
    "opco": ("saisir", "soumettre", "etablissements"),
}


def en_mots(droits: str) -> str:
    """Rights as people read them: « Consulter, saisir »."""
    return ", ".join(LIBELLES[right] for right in droits.split()).capitalize()


class Recherche(Form):
    """For whom somebody wants an account."""

    genre = Boutons("Vous agissez pour", GENRES)
    siret = Siret("SIRET", aide="14 chiffres, sur l’avis de situation de l’Insee ou un bulletin de salaire.")


class Inscription(Form):
    """Who asks, and where the link is to be sent; what the registers know is not asked."""

    denomination = Texte("Nom ou raison sociale", max=200, aide="Comme sur l’avis de situation de l’Insee.")
    prenom = Nom("Prénom", autocomplete="given-name")
    nom = Nom("Nom", autocomplete="family-name")
    courriel = Courriel("Votre adresse électronique professionnelle", max=254, autocomplete="email")
    nda = Nda("Numéro de déclaration d’activité", aide="11 caractères.")


class Arrivee(NouveauMotDePasse):
    """An invited person without account: name and password."""

    prenom = Nom("Prénom", autocomplete="given-name")
    nom = Nom("Nom", autocomplete="family-name")


class Sirets(Zone):
    """Several SIRETs, one a line; kept as a text, separated by spaces."""

    def parse(self, text: str) -> Any:
        found = []
        for line in super().parse(text).splitlines():
            number = Siret.separateurs.sub("", line)
            if number and (refus := refus_siret(number)):
                raise Invalide(f"{line.strip()} : {refus}")
            found += [number] if number else []
        return " ".join(dict.fromkeys(found))

    def texte(self, value: str) -> str:
        return value.replace(" ", "\n")


class Destinataire(Form):
    """Who is asked in."""

    courriel = Courriel("Adresse électronique de la personne", max=254)


class Droits(Form):
    """What a person may do: to read is always part of it."""

    saisir = Case("Saisir et modifier des contrats", requis=False)
    soumettre = Case("Soumettre les contrats à l’OPCO", requis=False)
    instruire = Case("Instruire les dossiers", requis=False)
    administrer = Case("Gérer les utilisateurs et leurs droits", requis=False)
    etablissements = Sirets(
        "Limiter à certains établissements",
        requis=False,
        aide="Un SIRET par ligne. Laissez vide pour donner accès à tous les établissements.",
    )

    def __init__(self, formdata: Any, structure: Any, habilitation: Any = None) -> None:
        data = {right: right in habilitation.droits.split() for right in LIBELLES} if habilitation else {}
        kept = habilitation.etablissements if habilitation else ""
        super().__init__(formdata, data=data | {"etablissements": kept or None})
        self.siren = (structure.siret or "")[:9]
        for name in RETIRES[structure.genre]:
            del self[name]

    def validate_etablissements(self, field: Sirets) -> None:
        if field.data and any(siret[:9] != self.siren for siret in field.data.split()):
            raise ValidationError(typographie("Chaque SIRET doit commencer par le SIREN de l’employeur."))
        if field.data and self.administrer.data:
            raise ValidationError(
                typographie("Qui gère les utilisateurs voit tous les établissements : décochez l’un ou videz l’autre.")
            )

    @property
    def droits(self) -> str:
        ticked = [right for right in ("saisir", "soumettre", "instruire", "administrer") if self.data.get(right)]
        return " ".join(["consulter", *ticked])

    @property
    def sirets(self) -> str:
        return self.data.get("etablissements") or ""


class Invitation(Destinataire, Droits):
    """Who is asked in, then what waits for them."""


class Successeur(Form):
    """To whom dossiers are handed over."""

    personne = Choix("Confier les dossiers à", {})

    def __init__(self, formdata: Any, personnes: Mapping[str, str], choisie: str | None = None) -> None:
        super().__init__()
        self.personne.liste = dict(personnes)
        self.process(formdata, data={"personne": choisie})


class Mandat(Form):
    """Who acts for whom, for what and how long. What an organisme has no right to give is not asked."""

    genre = Boutons("L’autre partie est", {})
    siret = Siret("SIRET", aide="14 chiffres.")
    saisir = Case("Saisir et modifier des contrats", requis=False)
    soumettre = Case("Soumettre les contrats à l’OPCO", requis=False)
    etablissements = Sirets(
        "Limiter à certains établissements", requis=False, aide="Un SIRET par ligne. Laissez vide pour tous."
    )
    debut = Jour("À partir du")
    fin = Jour("Jusqu’au")

    def __init__(self, formdata: Any, structure: Any, *, donne: bool) -> None:
        day = aujourdhui()
        super().__init__()
        self.donne, self.mien, self.sien = donne, structure.siret or "", structure.genre
        self.possibles = autres(structure.genre, donne=donne)
        self.genre.liste = {kind: (MANDATAIRES if donne else GENRES)[kind] for kind in self.possibles}
        if len(self.possibles) == 1:
            del self.genre
        if structure.genre == "organisme":
            del self.soumettre, self.etablissements
        data = {"genre": self.possibles[0], "saisir": True, "debut": day, "fin": dans_un_an(day)}
        self.process(formdata, data=data)

    @property
    def autre(self) -> str:
        """The kind of the other party."""
        return self.data.get("genre") or self.possibles[0]

    @property
    def mandant(self) -> str:
        """The kind of the one for whom the other acts."""
        return self.sien if self.donne else self.autre

    def validate_siret(self, field: Siret) -> None:
        if field.data and field.data[:9] == self.mien[:9]:
            raise ValidationError(typographie("Indiquez le SIRET de l’autre partie, pas le vôtre."))
        if field.data and not identite(self.autre, field.data):
            raise ValidationError(INTROUVABLE)

    def validate_etablissements(self, field: Sirets) -> None:
        if field.data and self.mandant == "organisme":
            raise ValidationError(typographie("Le mandat d’un organisme de formation vaut pour tous ses contrats."))
        siren = (self.mien if self.donne else self.siret.data or "")[:9]
        if field.data and any(siret[:9] != siren for siret in field.data.split()):
            raise ValidationError(typographie("Chaque SIRET doit commencer par le SIREN de l’employeur."))

    def validate_fin(self, field: Jour) -> None:
        if field.data and self.debut.data and field.data < max(self.debut.data, aujourdhui()):
            raise ValidationError(typographie("La fin vient après le début, et pas avant aujourd’hui."))

    @property
    def etendue(self) -> Etendue:
        possible = ("saisir", "soumettre") if self.mandant == "employeur" else ("saisir",)
        rights = ["consulter", *(right for right in possible if self.data[right])]
        limits = self.data.get("etablissements") or ""
        return Etendue(" ".join(rights), limits, self.data["debut"], self.data["fin"])


def dans_un_an(day: date) -> date:
    """The day before its anniversary."""
    return date.fromordinal(day.replace(year=day.year + 1, day=min(day.day, 28)).toordinal() - 1)


class Contact(Form):
    """An address known to be the structure's own, to which the proof is sent."""

    contact = Courriel("Adresse électronique connue de cet employeur ou organisme", max=254)
