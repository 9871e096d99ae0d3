"""The steps of a dossier, in order: what each page asks, and when it is there at all."""

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from forms import contrat, employeur, formation, salarie, soumission, tuteur, type_contrat
from forms.base import Form
from forms.conditions import deux_employeurs, entreprise_utilisatrice, suite_de_contrat
from forms.fields import EMPLOYEUR, Champ, toujours


class Partie(NamedTuple):
    """A fieldset: the form that asks it and the section that keeps it."""

    titre: str
    form: type[Form]
    section: str
    si: Callable[[Any], Any] = toujours
    recherche: str = ""


class Etape(NamedTuple):
    """A page. Without parties it has a view of its own."""

    slug: str
    titre: str
    parties: tuple[Partie, ...] = ()


ETAPES = (
    Etape(
        "type-contrat",
        "Sélection du type de contrat",
        (Partie("Type de contrat", type_contrat.TypeContrat, "contrat"),),
    ),
    Etape(
        "employeur",
        "Employeur",
        (
            Partie("Établissement", employeur.Identite, "employeur", recherche="etablissements"),
            Partie("Adresse de l’établissement d’exécution", employeur.Adresse, "employeur"),
            Partie("Convention collective et protection sociale", employeur.Social, "employeur"),
            Partie("Second employeur", employeur.SecondEmployeur, "employeur", si=deux_employeurs),
        ),
    ),
    Etape(
        "formation",
        "Formation",
        (
            Partie("Certification visée", formation.Certification, "formation", recherche="certifications"),
            Partie("Organisme de formation", formation.Organisme, "formation", recherche="organismes"),
            Partie("Dates et heures", formation.Calendrier, "formation"),
            Partie("Coûts", formation.Couts, "formation"),
        ),
    ),
    Etape(
        "salarie",
        "Salarié(e)",
        (
            Partie("Identité", salarie.Identite, "salarie"),
            Partie("Adresse et contact", salarie.Adresse, "salarie"),
            Partie("Situation avant le contrat", salarie.Situation, "salarie"),
            Partie("Handicap", salarie.Handicap, "salarie"),
            # Before the tutors: for temporary work a second one appears, and it does so further down.
            Partie("Contrat", contrat.Nature, "contrat"),
            Partie("Tuteur au sein de l’établissement", tuteur.Tuteur, "tuteur", recherche="tuteurs"),
            Partie(
                "Tuteur de l’entreprise utilisatrice",
                tuteur.TuteurUtilisatrice,
                "tuteur_utilisatrice",
                si=entreprise_utilisatrice,
            ),
            Partie("Contrat précédent", contrat.Precedent, "contrat", si=suite_de_contrat),
            Partie("Emploi", contrat.Emploi, "contrat"),
            Partie("Dates du contrat", contrat.Dates, "contrat"),
            Partie("Temps de travail et salaire", contrat.Remuneration, "contrat"),
        ),
    ),
    Etape("conclusion", "Date de conclusion du contrat et RNCP"),
    Etape("synthese", "Synthèse"),
    Etape("soumission", "Soumission du dossier", (Partie("Signature", soumission.Soumission, "signature"),)),
)
PAR_SLUG = {etape.slug: etape for etape in ETAPES}


class Declaration(NamedTuple):
    """Where a field stands: its page, its fieldset, and an unbound-to-any-request instance of it."""

    etape: Etape
    partie: Partie
    champ: str
    field: Champ

    def demande(self, contenu: Any) -> bool:
        """Whether the field is asked, given the sections."""
        return bool(self.partie.si(contenu) and self.field.si(contenu))

    @property
    def intitule(self) -> str:
        """The question away from its fieldset, which is named where several ask the same."""
        label = str(self.field.label.text)
        return f"{label} ({self.partie.titre})" if REPETES[label] > 1 else label


def declarations() -> dict[str, Declaration]:
    """Every field of every page: `"section.colonne"` → where it stands, in the order of the pages."""
    found = {}
    for etape in ETAPES:
        for partie in etape.parties:
            for field in partie.form(prefix=partie.section).champs():
                champ = f"{partie.section}.{field.short_name}"
                found[champ] = Declaration(etape, partie, champ, field)
    return found


CHAMPS = declarations()
REPETES = Counter(d.field.label.text for d in CHAMPS.values())
RESERVES = {champ for champ, d in CHAMPS.items() if d.field.reserve == EMPLOYEUR}
# What an organisme cannot leave to the employer.
ESSENTIELS = {"contrat.type_contrat", "employeur.denomination", "salarie.nom_naissance", "salarie.prenom"}
CONDITIONNELS = {champ for champ, d in CHAMPS.items() if d.field.si is not toujours or d.partie.si is not toujours}
