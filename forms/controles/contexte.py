"""What a rule may know beside the sections: fetched by the caller beforehand, never by a rule. None = unknown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from forms.controles.parametres import DEFAUT, Parametres


class AutreContrat(NamedTuple):
    """Another dossier, not cancelled, with the same NIR. `siren` is "" for a particulier-employeur."""

    siren: str
    debut: date
    fin: date


@dataclass(frozen=True)
class Contexte:
    """The day, the dated parameters, and the answers of the registers.

    jour: today. parametres: dated tables (SMIC, grid, branches…), those of this folder unless the portal has newer.
    opco: name of the OPCO to which the dossier goes. transmis_le: day of the first transmission to it.
    etablissement: record of `employeur.siret` (ferme_le, categorie_juridique, naf); etablissement_connu: False when
    the register was asked and has it not, or does not show it.
    organisme: record of the NDA, else of the SIRET, of the organisme (siret, nda, qualiopi by category of action);
    organisme_connu: False when the public list was asked and has it not.
    certification: record of `formation.rncp` (intitule, niveau, nsf, actif, date_effet, date_fin);
    certification_connue: False when the register has it not; successeurs: records of those that replace it, active
    at the conclusion; codes_successeurs_precedente: codes that replace `contrat.precedent_rncp`.
    naf_connu, naf_utilisatrice_connu, idcc_connu: whether the code is in the list in force.
    opco_idcc: names of the OPCO of the IDCC (several when it is shared).
    communes_du_code_postal: communes of each postal code of the dossier that the register has.
    communes_naissance: labels of the commune that the NIR names (today's and former ones).
    autres_contrats: other contracts with the same NIR. noms_connus: birth names, as typed, known for this NIR.
    identite: answer of the identity service, "concorde", "differe", "indisponible", or "" without service.
    pieces: kinds of the pieces loaded, None while pieces are not asked yet.
    """

    jour: date
    parametres: Parametres = DEFAUT
    opco: str = ""
    transmis_le: date | None = None
    etablissement: Any = None
    etablissement_connu: bool | None = None
    organisme: Any = None
    organisme_connu: bool | None = None
    certification: Any = None
    certification_connue: bool | None = None
    successeurs: tuple[Any, ...] = ()
    codes_successeurs_precedente: tuple[str, ...] = ()
    naf_connu: bool | None = None
    naf_utilisatrice_connu: bool | None = None
    idcc_connu: bool | None = None
    opco_idcc: tuple[str, ...] | None = None
    communes_du_code_postal: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    communes_naissance: tuple[str, ...] | None = None
    autres_contrats: tuple[AutreContrat, ...] = ()
    noms_connus: tuple[str, ...] = ()
    identite: str = ""
    pieces: frozenset[str] | None = None
