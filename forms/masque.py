"""What somebody who proved a mailbox, and has no right yet, may read of a dossier; how an address is hinted at."""

from forms.reading import Bloc, Ligne
from models.crypto import Chiffre
from models.sections import SECTIONS

PAIE = {
    "contrat.salaire",
    "contrat.minimum_branche",
    "contrat.avantages_nature",
    "contrat.avantages_nature_ordinaires",
}
# What is worth encrypting at rest is not shown either: NIR, birth, health, benefits.
CHIFFRES = {
    f"{name}.{field.name}"
    for name, model in SECTIONS.items()
    for field in model._meta.sorted_fields
    if isinstance(field, Chiffre)
}
MASQUE = "masqué"


def masquer(blocs: list[Bloc]) -> list[Bloc]:
    """The same answers, without what only an account with the right may read."""
    return [
        Bloc(bloc.etape, bloc.titre, [masquee(ligne) for ligne in bloc.lignes if ligne.valeur])
        for bloc in blocs
        if any(ligne.valeur for ligne in bloc.lignes)
    ]


def masquee(ligne: Ligne) -> Ligne:
    hidden = ligne.champ in CHIFFRES or ligne.champ in PAIE
    return ligne._replace(valeur=MASQUE) if hidden else ligne


def masquer_adresse(adresse: str) -> str:
    """Enough of an address for its owner to know it again: « c***@d***.fr »."""
    local, _, domaine = adresse.rpartition("@")
    nom, _, fin = domaine.rpartition(".")
    return f"{local[:1]}***@{nom[:1]}***.{fin}"
