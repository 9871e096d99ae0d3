"""The law of the contrat de professionnalisation: one small pure function per rule, registered at import."""

from forms.controles import (
    certification,
    contrat,
    coordonnees,
    dates,
    depot,
    employeur,
    financement,
    formation,
    nir,
    public,
    remuneration,
    temps,
    tuteur,
)
from forms.controles.contexte import AutreContrat
from forms.controles.registre import (
    ALERTE,
    ERREUR,
    REGISTRE,
    Constat,
    Contexte,
    Controle,
    controler,
)

THEMES = (
    public,
    nir,
    employeur,
    tuteur,
    contrat,
    dates,
    remuneration,
    temps,
    formation,
    certification,
    financement,
    coordonnees,
    depot,
)
# rules of the law that are no function over the sections, and where they live
SANS_CONTROLE = {
    "CTR-12": "Aucun champ ne reçoit de clause : rappel écrit sur la page de soumission (art. L. 1243-10, L. 6325-15).",
    "DEP-02": "Suite donnée par l'OPCO après le dépôt : échéance donnée par aides.decision_au_plus_tard.",
    "DEP-03": "Un dossier soumis est figé par les droits et les états, non par un contrôle de saisie.",
    "DEP-04": "La duplication est permise par les états Brouillon et À valider par l'employeur.",
    "DEP-05": "Rappel envoyé par courriel : échéance donnée par aides.examen_au_plus_tard.",
    "DEP-06": "Rupture après le dépôt : rappel affiché dans les détails du dossier (art. D. 6325-5).",
    "DEP-09": "Les champs interdits à l'organisme sont retirés de ses pages par les droits.",
    "FIN-05": "Le portail ne demande pas d'aide au tutorat : plafonds donnés par aides.plafond_tutorat.",
    "FIN-06": "Le paiement de l'organisme se fait chez l'OPCO, après le dépôt (art. R. 6332-25).",
    "FIN-07": "La participation de l'employeur ne vise que l'apprentissage : elle n'est calculée nulle part ici.",
    "FIN-08": "Les aides possibles sont données par aides.aides_possibles, sans constat.",
    "FMT-07": "Le portail ne demande pas d'IBAN ; le RIB est une pièce.",
    "OF-04": "Aucune source ouverte ne donne la fin de la certification Qualiopi.",
    "TPS-07": "Même inégalité que FOR-05.",
    "TUT-06": "Dispense appliquée dans TUT-03, TUT-04 et TUT-05.",
}

__all__ = [
    "ALERTE",
    "ERREUR",
    "REGISTRE",
    "SANS_CONTROLE",
    "THEMES",
    "AutreContrat",
    "Constat",
    "Contexte",
    "Controle",
    "controler",
]
