"""When a field is asked: predicates over the sections, shared by the forms of several pages."""

from typing import Any

from models.listes import RENOUVELLEMENTS


def particulier(d: Any) -> bool:
    return bool(d.employeur.particulier_employeur)


def personne_morale(d: Any) -> bool:
    return not d.employeur.particulier_employeur


def deux_employeurs(d: Any) -> bool:
    """Seasonal contract concluded with two employers (art. L. 6325-4-1)."""
    return d.contrat.type_contrat == "12"


def renouvellement(d: Any) -> bool:
    return d.contrat.type_contrat in RENOUVELLEMENTS


def suite_de_contrat(d: Any) -> bool:
    """A renewal or an avenant: there is a contract before this one."""
    return renouvellement(d) or d.contrat.type_contrat == "30"


def avenant(d: Any) -> bool:
    return d.contrat.type_contrat == "30"


def experimentation_vae(d: Any) -> bool:
    """Type 8: the VAE experiment of article 11 of the law of 21 December 2022."""
    return d.formation.type_qualification == "8"


def au_rncp(d: Any) -> bool:
    """The qualification may carry a code of the RNCP."""
    return d.formation.type_qualification in ("1", "2", "4", "8")


def rncp_exige(d: Any) -> bool:
    return d.formation.type_qualification == "1"


def formation_interne(d: Any) -> bool:
    return bool(d.formation.service_interne)


def organisme_externe(d: Any) -> bool:
    return not d.formation.service_interne


def entreprise_utilisatrice(d: Any) -> bool:
    """A second tutor, in the user company, is needed (art. D. 6325-10)."""
    return d.contrat.nature == "travail_temporaire" or d.employeur.forme in (
        "groupement",
        "geiq",
        "association_intermediaire",
    )


def nature_demandee(d: Any) -> bool:
    return not d.contrat.vaut_avenant


def sans_rqth(d: Any) -> bool:
    return d.salarie.rqth is False


def inscrit(d: Any) -> bool:
    return bool(d.salarie.inscrit_france_travail)


def hors_ue(d: Any) -> bool:
    return d.salarie.nationalite == "hors_ue"


def sans_diplome(d: Any) -> bool:
    return d.salarie.diplome == "60"
