"""Which pieces a dossier needs: one table, read against its sections.

Sources: the articles named in the table. The list that an OPCO demands is published nowhere, so the setting
PIECES_OBLIGATOIRES may replace ours.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from forms.conditions import deux_employeurs, experimentation_vae, hors_ue, organisme_externe
from forms.controles.calendrier import age
from forms.controles.francais import typographie
from forms.fields import toujours

Condition = Callable[[Any], Any]


class Genre(NamedTuple):
    """One kind of piece. si: when the dossier needs it. obligatoire: whether the law asks for it then.

    raison: why, for the person who has to find the document; never what a person declared of themselves.
    """

    code: str
    libelle: str
    obligatoire: bool
    si: Condition
    raison: str


class Attendue(NamedTuple):
    """One piece that this dossier needs, or may be given."""

    genre: str
    libelle: str
    obligatoire: bool
    raison: str


def sur_demande(d: Any) -> bool:
    """Of no dossier unless the OPCO asks for it by the setting."""
    return False


def statut_declare(d: Any) -> bool:
    s = d.salarie
    health = s.rqth or s.equivalence_jeunes or s.extension_boe
    return bool(s.inscrit_france_travail or s.minimum_social or s.ancien_contrat_aide or s.situation == "6" or health)


def mineur(d: Any) -> bool:
    """Under 18 at the conclusion (PUB-15)."""
    birth, day = d.salarie.date_naissance, d.contrat.date_conclusion
    return bool(birth and day) and age(birth, day) < 18


GENRES = (
    Genre(
        "cerfa_signe",
        "CERFA signé par l’employeur et le salarié",
        True,
        toujours,
        "Imprimez le CERFA prérempli, faites-le signer par les deux parties, puis chargez-le (art. L. 6325-5).",
    ),
    Genre(
        "document_formation",
        "Document sur la formation",
        True,
        toujours,
        "Objectifs, programme, organisation, évaluation et sanction de la formation (art. D. 6325-11).",
    ),
    Genre(
        "convention_formation",
        "Convention de formation signée avec l’organisme",
        True,
        organisme_externe,
        "La formation est confiée à un organisme extérieur (art. D. 6325-12).",
    ),
    Genre(
        "convention_tripartite",
        "Convention tripartite entre les deux employeurs et le salarié",
        True,
        deux_employeurs,
        "Le contrat est conclu avec deux employeurs pour une activité saisonnière (art. L. 6325-4-1).",
    ),
    Genre(
        "convention_accueil",
        "Convention avec les entreprises d’accueil",
        True,
        lambda d: d.formation.heures_accueil,
        "Une partie de la formation se passe dans d’autres entreprises (art. D. 6325-31).",
    ),
    Genre(
        "convention_mobilite",
        "Convention de mobilité",
        True,
        lambda d: d.formation.mois_etranger,
        "Une partie du contrat se passe à l’étranger (art. L. 6325-25).",
    ),
    Genre(
        "notification_dgefp",
        "Notification d’acceptation de la DGEFP",
        True,
        experimentation_vae,
        "La certification est visée dans l’expérimentation VAE (notice du CERFA).",
    ),
    Genre(
        "contrat_initial",
        "Contrat initial et son annexe",
        True,
        lambda d: experimentation_vae(d) and d.contrat.vaut_avenant,
        "Le CERFA vaut avenant au contrat (notice du CERFA).",
    ),
    Genre(
        "autorisation_travail",
        "Titre de séjour ou autorisation de travail",
        True,
        hors_ue,
        "Le salarié vient d’un pays hors de l’Union européenne, de l’EEE et de la Suisse (art. R. 5221-1).",
    ),
    Genre(
        "justificatif_statut",
        "Justificatif de la situation du salarié",
        False,
        statut_declare,
        "Attestation de chaque situation déclarée : France Travail, minimum social, contrat aidé, handicap.",
    ),
    Genre(
        "autorisation_parentale",
        "Autorisation du représentant légal",
        False,
        mineur,
        "Le salarié a moins de 18 ans à la conclusion du contrat.",
    ),
    Genre("avenant", "Avenant au contrat (CERFA, type 30)", False, sur_demande, "L’OPCO demande cette pièce."),
    Genre("mandat", "Mandat de l’employeur", False, sur_demande, "L’OPCO demande cette pièce."),
    Genre("rib", "RIB de l’employeur", False, sur_demande, "L’OPCO demande cette pièce."),
    Genre("cv_tuteur", "CV du tuteur", False, sur_demande, "L’OPCO demande cette pièce."),
    Genre("diplomes", "Diplômes du salarié", False, sur_demande, "L’OPCO demande cette pièce."),
    Genre("autre", "Autre document", False, toujours, "Tout document utile à l’étude du dossier."),
)
LIBELLES = {genre.code: genre.libelle for genre in GENRES}


def verifier_genres(codes: Iterable[str]) -> frozenset[str]:
    """The kinds named by the setting PIECES_OBLIGATOIRES. Raises ValueError for a name that is none."""
    wanted = frozenset(codes)
    if unknown := wanted - LIBELLES.keys():
        raise ValueError(
            f"PIECES_OBLIGATOIRES: {', '.join(sorted(unknown))} unknown; choose among {', '.join(LIBELLES)}"
        )
    return wanted


def pieces_attendues(d: Any, obligatoires: Collection[str] = ()) -> list[Attendue]:
    """What the dossier whose sections are `d` needs, in the order of the table.

    When `obligatoires` is given, these kinds are mandatory and no others; one whose legal case does not arise
    (a tripartite convention without a second employer) stays out.
    """
    return [
        Attendue(g.code, g.libelle, g.code in obligatoires if obligatoires else g.obligatoire, typographie(g.raison))
        for g in GENRES
        if g.si(d) or (g.si is sur_demande and g.code in obligatoires)
    ]


def manquantes(attendues: Iterable[Attendue], genres: Collection[str]) -> list[Attendue]:
    """The mandatory ones of which no piece is there, `genres` being the kinds that are."""
    return [a for a in attendues if a.obligatoire and a.genre not in genres]
