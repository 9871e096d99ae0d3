"""The tutors (TUT-01 to TUT-09): the same rules on both, but for the exemption of D6325-10 (TUT-06)."""

from typing import Any

from forms.controles.calculs import DEUX_TUTEURS, mis_a_disposition
from forms.controles.calendrier import age
from forms.controles.contexte import Contexte
from forms.controles.francais import nom_normalise
from forms.controles.registre import ALERTE, ERREUR, Alerte, Erreur, Sections, absente, controle

EXPERIENCE_MINIMALE = 2
TUTORATS_MAX = {"salarie": 3, "employeur": 2}
IDENTITE_DU_SALARIE = ("salarie.nom_naissance", "salarie.prenom", "salarie.date_naissance")
IDENTITE = (
    ("nom", "le nom"),
    ("prenom", "le prénom"),
    ("emploi", "l'emploi"),
    ("date_naissance", "la date de naissance"),
)


@controle(
    "TUT-01",
    ERREUR,
    "tuteur.nom",
    facultatifs=("tuteur.attestation",),
    sur="tuteur.attestation",
    source="L6325-3-1 ; CERFA 12434",
)
def attestation(d: Sections, contexte: Contexte) -> str | None:
    """L'employeur atteste que le tuteur remplit les conditions.

    ✔ tuteur complet, case cochée
    ✘ case non cochée
    """
    if d.tuteur.attestation:
        return None
    return "Cochez l'attestation : le tuteur remplit toutes les conditions de sa fonction (art. L. 6325-3-1)."


def identite_attestee(nom: str, quoi: str) -> None:
    """Register TUT-01 on one field of the tutor: what is attested is complete."""

    @controle(
        "TUT-01",
        ERREUR,
        "tuteur.attestation",
        facultatifs=(f"tuteur.{nom}",),
        sur=f"tuteur.{nom}",
        source="L6325-3-1 ; CERFA 12434",
    )
    def tuteur_complet(d: Sections, contexte: Contexte) -> str | None:
        """Le tuteur est désigné par son nom, son prénom, son emploi et sa date de naissance."""
        if not d.tuteur.attestation or not absente(getattr(d.tuteur, nom)):
            return None
        return f"L'attestation porte sur un tuteur désigné : indiquez {quoi} du tuteur (art. L. 6325-3-1)."


def identite_du_second(nom: str, quoi: str) -> None:
    """Register TUT-02 on one field of the second tutor."""
    champ = f"tuteur_utilisatrice.{nom}"

    @controle("TUT-02", ERREUR, facultatifs=(*DEUX_TUTEURS, champ), sur=champ, source="D6325-10 ; D6325-22")
    def second_tuteur(d: Sections, contexte: Contexte) -> str | None:
        """Un second tuteur est désigné en travail temporaire, groupement d'employeurs ou association intermédiaire.

        ✔ travail temporaire, deux tuteurs
        ✘ travail temporaire, un seul
        """
        if not mis_a_disposition(d) or not absente(getattr(d.tuteur_utilisatrice, nom)):
            return None
        return f"L’entreprise utilisatrice désigne aussi un tuteur : indiquez {quoi} de celui-ci (art. D. 6325-10)."


for _nom, _quoi in IDENTITE:
    identite_attestee(_nom, _quoi)
    identite_du_second(_nom, _quoi)


@controle(
    "TUT-02", ALERTE, "tuteur_utilisatrice.nom", "contrat.nature", facultatifs=("employeur.forme",), source="D6325-10"
)
def second_tuteur_superflu(d: Sections, contexte: Contexte) -> str | None:
    """Sans mise à disposition, il n'y a qu'un tuteur."""
    if mis_a_disposition(d):
        return None
    return (
        "Sans travail temporaire ni groupement d'employeurs, un seul tuteur est attendu : effacez le second (art. D. "
        "6325-10)."
    )


def dispense(d: Sections, section: str) -> bool:
    """The tutor of the temporary work agency or groupement: no condition of experience or number (D6325-10)."""
    return section == "tuteur" and mis_a_disposition(d)


def experience(t: Any) -> str | None:
    if t.experience >= EXPERIENCE_MINIMALE:
        return None
    return (
        "Le tuteur justifie d'au moins 2 ans d'expérience en rapport avec la qualification : choisissez-en un autre "
        "(art. D. 6325-6)."
    )


def tutorats(t: Any) -> str | None:
    limite = TUTORATS_MAX.get(t.qualite)
    if limite is None or t.tutorats <= limite:
        return None
    qui = "L'employeur" if t.qualite == "employeur" else "Un tuteur salarié"
    return (
        f"{qui} suit au plus {limite} personnes à la fois, celle-ci comprise : désignez un autre tuteur (art. D. "
        "6325-9)."
    )


def volontaire(t: Any) -> str | None:
    if t.qualite != "salarie" or t.volontaire:
        return None
    return "Un tuteur salarié est volontaire : confirmez-le ou désignez un autre tuteur (art. D. 6325-6)."


def conditions(section: str) -> None:
    """Register TUT-03, 04, 05 on one of the two tutors."""
    ancien, nombre, qualite, accord = (
        f"{section}.{champ}" for champ in ("experience", "tutorats", "qualite", "volontaire")
    )

    @controle("TUT-03", ERREUR, ancien, facultatifs=DEUX_TUTEURS, source="D6325-6")
    def deux_ans_d_experience(d: Sections, contexte: Contexte) -> str | None:
        """Le tuteur a au moins deux ans d'expérience, sauf celui de l'agence ou du groupement.

        ✔ 2 ans d'expérience
        ✘ 1 an
        """
        return None if dispense(d, section) else experience(getattr(d, section))

    @controle("TUT-04", ERREUR, nombre, qualite, facultatifs=DEUX_TUTEURS, source="D6325-9")
    def tutorats_simultanes(d: Sections, contexte: Contexte) -> str | None:
        """Un tuteur salarié suit trois personnes au plus, l'employeur deux, sauf pour l'agence ou le groupement.

        ✔ 3e personne suivie
        ✘ 4e (employeur : 3e)
        """
        return None if dispense(d, section) else tutorats(getattr(d, section))

    @controle("TUT-05", ERREUR, qualite, facultatifs=(accord, *DEUX_TUTEURS), sur=accord, source="D6325-6")
    def tuteur_volontaire(d: Sections, contexte: Contexte) -> str | None:
        """Un tuteur salarié est volontaire, sauf celui de l'agence ou du groupement.

        ✔ volontaire
        ✘ non volontaire
        """
        return None if dispense(d, section) else volontaire(getattr(d, section))


def meme_personne(tuteur: Any, salarie: Any) -> bool:
    """Same birth name, first name and birth date, spelling aside."""
    noms = nom_normalise(tuteur.nom) == nom_normalise(salarie.nom_naissance)
    prenoms = nom_normalise(tuteur.prenom) == nom_normalise(salarie.prenom)
    return noms and prenoms and tuteur.date_naissance == salarie.date_naissance


def personne(section: str) -> None:
    """Register TUT-07 and 08 on one of the two tutors."""
    identite = tuple(f"{section}.{champ}" for champ in ("nom", "prenom", "date_naissance"))

    @controle("TUT-07", ERREUR, *identite, *IDENTITE_DU_SALARIE, source="usage")
    def tuteur_autre_que_le_salarie(d: Sections, contexte: Contexte) -> str | None:
        """Le tuteur n'est pas le salarié lui-même.

        ✔ deux personnes
        ✘ la même personne
        """
        if not meme_personne(getattr(d, section), d.salarie):
            return None
        return "Le tuteur et le salarié sont la même personne : désignez un autre tuteur (usage, à vérifier)."

    @controle("TUT-08", ALERTE, f"{section}.date_naissance", "contrat.date_debut", parfois=ERREUR, source="usage")
    def tuteur_majeur(d: Sections, contexte: Contexte) -> str | None:
        """Le tuteur est majeur au début du contrat.

        ✔ 35 ans
        ✘ 17 ans
        """
        ans = age(getattr(d, section).date_naissance, d.contrat.date_debut)
        if ans < 18:
            return Erreur(
                "Le tuteur est mineur au début du contrat : désignez un adulte (usage, comme en apprentissage)."
            )
        return (
            Alerte(f"Le tuteur n'aura que {ans} ans : vérifiez ses deux ans d'expérience (usage).")
            if ans < 20
            else None
        )


def employeur_comme_tuteur(section: str) -> None:
    """Register TUT-09 on one of the two tutors."""

    @controle("TUT-09", ALERTE, f"{section}.qualite", source="D6325-6")
    def employeur_tuteur(d: Sections, contexte: Contexte) -> str | None:
        """L'employeur peut être tuteur, notamment sans salarié qualifié.

        ✔ tuteur salarié
        ✘ employeur tuteur, 60 salariés
        """
        if getattr(d, section).qualite != "employeur":
            return None
        return (
            "L'employeur peut être tuteur, notamment à défaut de salarié qualifié : l'OPCO peut en demander la raison "
            "(art. D. 6325-6)."
        )


for _section in ("tuteur", "tuteur_utilisatrice"):
    conditions(_section)
    personne(_section)
    employeur_comme_tuteur(_section)
