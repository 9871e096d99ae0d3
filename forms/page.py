"""One page of a dossier: what it asks, what was answered, what is not kept and why."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.base import Form, obligation, vide
from forms.controles import ERREUR, REGISTRE, Constat
from forms.controles.francais import typographie
from forms.fields import EMPLOYEUR, ORGANISME, Champ
from forms.steps import CHAMPS, CONDITIONNELS, ESSENTIELS, Etape, Partie
from models.contenu import Changements, Contenu, changements

PERIMETRE = "perimetre"
LIEU = ("employeur.siret", "employeur.particulier_employeur")
AILLEURS = typographie("Vos droits ne portent pas sur cet établissement : choisissez parmi {}.")
Frappes = Mapping[str, list[str]]


class Tape(dict):
    """What was typed, control → texts, as WTForms reads it."""

    def getlist(self, name: str) -> list[str]:
        return self.get(name, [])


class Page:
    """The step `etape` over the sections `avant`, as stored or as typed.

    `apres` are the sections with all that is valid on the page; what is not asked is emptied. `demandes` are
    the fields that the page asks, `refuses` the constats on the form of what was typed.

    pour: the party that enters. An organisme is not asked, and cannot write, what is reserved to the employer; it
    may leave to the employer what it does not know.
    sirets: the establishments to which the person is limited; none is no limit.
    """

    def __init__(
        self,
        etape: Etape,
        avant: Contenu,
        tape: Frappes | None = None,
        pour: str = EMPLOYEUR,
        sirets: frozenset[str] = frozenset(),
    ) -> None:
        self.etape, self.avant, self.pour, self.sirets = etape, avant, pour, sirets
        self.apres = avant.copie()
        self.tape = None if tape is None else Tape(tape) or Tape({"": []})
        self.demandes: dict[str, Champ] = {}
        self.refuses: list[Constat] = []
        self.parties: list[tuple[Partie, Form]] = []
        for partie in etape.parties:
            form = partie.form.lire(self.tape, getattr(avant, partie.section), partie.section, pour)
            self.parties.append((partie, form))
            self._lire(partie, form)
        elaguer(self.apres)
        if sirets and self.demandes.keys() & set(LIEU):
            self._rester()

    def _rester(self) -> None:
        """Refuse what would take the contract out of the establishments of the person, who would see it no more."""
        before, after = self.avant.employeur, self.apres.employeur
        left = before.siret or after.siret or after.particulier_employeur
        if not left or after.siret in self.sirets:
            return
        champ = next(champ for champ in LIEU if champ in self.demandes)
        self.refuses.append(Constat(PERIMETRE, ERREUR, champ, AILLEURS.format(", ".join(sorted(self.sirets)))))

    def _lire(self, partie: Partie, form: Form) -> None:
        section = getattr(self.apres, partie.section)
        asked = partie.si(self.apres)
        for field in form.champs():
            if asked and field.si(self.apres):
                self._retenir(section, f"{partie.section}.{field.short_name}", field)
            else:
                field.data, field.raw_data, field.process_errors = None, None, []
                setattr(section, field.short_name, None)

    def _retenir(self, section: Any, champ: str, field: Champ) -> None:
        self.demandes[champ] = field
        if self.pour == ORGANISME:
            field.requis = champ in ESSENTIELS
        elif callable(field.requis):
            field.requis = bool(field.requis(self.apres))
        if field.process_errors:
            self.refuses.append(refus(champ, field.process_errors[0]))
        setattr(section, field.short_name, None if field.process_errors else field.data)

    def relue(self, avant: Contenu, tape: Frappes | None) -> "Page":
        """The same page for the same party, over other sections or with other texts."""
        return Page(self.etape, avant, tape, self.pour, self.sirets)

    def manquants(self) -> list[Constat]:
        """One constat per required field that has no answer."""
        empty = [(champ, field) for champ, field in self.demandes.items() if field.requis and vide(field)]
        return [Constat("obligatoire", ERREUR, champ, obligation(field)) for champ, field in empty]

    def changements(self) -> Changements:
        """What the page changes in the sections. A refused text changes nothing: the stored value stays."""
        found = changements(self.avant, self.apres)
        if any(constat.id == PERIMETRE for constat in self.refuses):
            found.pop("employeur", None)
        for constat in self.refuses:
            section, _, column = constat.champ.partition(".")
            found.get(section, {}).pop(column, None)
        return {section: values for section, values in found.items() if values}

    def saisies(self) -> dict[str, list[str]]:
        """Everything that the page asks, as it stands in its controls."""
        return {field.name: [field.saisi] for field in self.demandes.values() if field.saisi}

    def champs(self) -> Iterator[tuple[str, Champ]]:
        """Every field of the page, asked or not: `"section.colonne"` and the field."""
        for partie, form in self.parties:
            for field in form.champs():
                yield f"{partie.section}.{field.short_name}", field


def refus(champ: str, message: Any) -> Constat:
    """The constat on a text that has no value: that of the rule which refuses it, if one does."""
    regle = getattr(message, "regle", "")
    return Constat(regle or "format", ERREUR, champ, str(message), SOURCES.get(regle, ""))


SOURCES = {ligne.id: ligne.source for ligne in reversed(REGISTRE)}
A_ELAGUER = [(d.partie.section, d.field.short_name, d) for champ, d in CHAMPS.items() if champ in CONDITIONNELS]


def elaguer(contenu: Contenu) -> None:
    """Empty every field, of whatever page, that is not asked any more: what is hidden is not kept."""
    for section, column, declaration in A_ELAGUER:
        target = getattr(contenu, section)
        if getattr(target, column) is not None and not declaration.demande(contenu):
            setattr(target, column, None)
