"""When a field is asked: predicates over the sections, shared by the forms of several pages."""

from typing import Any

from forms.controles.calculs import mis_a_disposition
from forms.controles.parametres.codes import (
    AVENANT,
    EXPERIMENTATION_VAE,
    RENOUVELLEMENTS,
    SAISONNIER_DEUX_EMPLOYEURS,
)


def particulier(d: Any) -> bool:
    return bool(d.employeur.particulier_employeur)


def personne_morale(d: Any) -> bool:
    return not d.employeur.particulier_employeur


def deux_employeurs(d: Any) -> bool:
    """Seasonal contract concluded with two employers (art. L. 6325-4-1)."""
    return d.contrat.type_contrat == SAISONNIER_DEUX_EMPLOYEURS


def renouvellement(d: Any) -> bool:
    return d.contrat.type_contrat in RENOUVELLEMENTS


def suite_de_contrat(d: Any) -> bool:
    """A renewal or an avenant: there is a contract before this one."""
    return renouvellement(d) or avenant(d)


def avenant(d: Any) -> bool:
    return d.contrat.type_contrat == AVENANT


def experimentation_vae(d: Any) -> bool:
    return d.formation.type_qualification == EXPERIMENTATION_VAE


def au_rncp(d: Any) -> bool:
    """The qualification may carry a code of the RNCP."""
    return d.formation.type_qualification in ("1", "2", "4", EXPERIMENTATION_VAE)


def rncp_exige(d: Any) -> bool:
    return d.formation.type_qualification == "1"


def formation_interne(d: Any) -> bool:
    return bool(d.formation.service_interne)


def organisme_externe(d: Any) -> bool:
    return not d.formation.service_interne


def entreprise_utilisatrice(d: Any) -> bool:
    """A second tutor, in the user company, is needed (art. D. 6325-10)."""
    return mis_a_disposition(d)


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
