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
# rules of the law that are no function over the sections: what the portal does instead, for the public page
SANS_CONTROLE = {
    "CTR-12": "Aucun champ ne reçoit de clause : la page « Soumission du dossier » rappelle que le dédit-formation est "
    "nul et qu'aucune indemnité de fin de contrat n'est due (art. L. 6325-15 et L. 1243-10).",
    "DEP-02": "Après l'envoi du dossier complet, ses détails donnent le jour de réponse de l'OPCO, 20 jours après au "
    "plus tard ; le silence vaut acceptation (art. D. 6325-2).",
    "DEP-03": "Un dossier soumis ne se modifie plus : seuls un avenant et de nouvelles pièces s'y ajoutent, depuis ses "
    "détails.",
    "DEP-04": "Le bouton « Dupliquer » n'existe que pour un brouillon ou un dossier à valider par l'employeur.",
    "DEP-05": "Les détails du dossier donnent le jour de l'examen du programme, deux mois après le début "
    "(art. D. 6325-13).",
    "DEP-06": "Les détails du dossier rappellent qui prévenir, et dans quel délai, si le contrat est rompu "
    "(art. D. 6325-5).",
    "DEP-09": "Formation interne, paiement direct, attestation du tuteur et salaire ne figurent pas sur les pages de "
    "l'organisme de formation, qui ne peut pas les écrire.",
    "FIN-05": "Le plafond de l'aide au tutorat est écrit sous la date de naissance du tuteur et dans le simulateur "
    "(art. D. 6332-92 et D. 6332-93).",
    "FIN-06": "Le paiement de l'organisme se fait chez l'OPCO, après l'exécution, avec une avance de 30 % au plus : le "
    "portail n'en reçoit pas la demande (art. R. 6332-25).",
    "FIN-07": "La participation de l'employeur ne vise que l'apprentissage (art. L. 6332-14) : le financement affiché "
    "ne la déduit jamais.",
    "FIN-08": "Les aides possibles sont écrites sous la situation du salarié et dans le simulateur.",
    "FMT-07": "Le portail ne demande pas d'IBAN : le RIB est une pièce, quand l'OPCO la demande.",
    "OF-04": "Aucune liste publique ne donne la fin de la certification Qualiopi : à vérifier auprès de l'organisme "
    "(art. R. 6316-2).",
    "TPS-07": "La formation tient dans le temps de travail du contrat : c'est ce que vérifie FOR-05.",
    "TUT-06": "Les règles TUT-03, TUT-04 et TUT-05 ne s'appliquent pas au tuteur de l'agence ou du groupement "
    "(art. D. 6325-10).",
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
