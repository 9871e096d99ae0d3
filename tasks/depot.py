"""Filing a dossier: its number, its CERFA, the freeze, and the outbox row that hands it over."""

import io
from typing import Any

from forms.controles.parametres.codes import AVENANT
from forms.page import Page
from forms.reading import rubriques
from models import coffre, referentiels, transmission
from models.base import aujourdhui, db, maintenant
from models.contenu import Contenu, ecrire
from models.dossier import Dossier
from models.etats import Conflit, passer
from models.numeros import lire, numeroter
from models.relances import clore_par_avenant, ouvrir_relance
from models.saisie import Saisie
from models.tour import dehors
from pdf.cerfa import remplir
from tasks.preentree import informer

LIMITE_CERFA = 5_000_000


def soumettre(dossier: Dossier, page: Page, compte: int, opco: str) -> None:
    """File `dossier`, whose last page is `page`: from here on nothing entered can change.

    However many clicks arrive together, the dossier gets one number and is filed once: the others raise `Conflit`.
    The CERFA is in the safe before the dossier is frozen; if the freeze is refused its file is thrown away.
    """
    numero = numeroter(dossier, aujourdhui().year)
    values: dict[str, Any] = rubriques(page.apres, opco) | {"numero": numero}
    with dehors():
        cerfa = remplir(values)
    rangement = coffre.ranger(io.BytesIO(cerfa), LIMITE_CERFA)
    try:
        with db.atomic():
            ecrire(
                dossier,
                page.changements(),
                compte,
                "saisie",
                page.avant,
                cerfa=rangement.id,
                soumis_le=maintenant(),
                etape="pieces",
            )
            passer(dossier, "soumis", compte)
            Saisie.delete().where(Saisie.dossier == dossier.id).execute()
            transmission.ajouter(dossier.id, "dossier")
            suivre_la_certification(dossier, page.apres, compte)
            informer(dossier, "soumission")
    except Conflit:
        coffre.jeter(rangement.id)
        raise


def suivre_la_certification(dossier: Dossier, d: Contenu, compte: int) -> None:
    """An inactive certification begins a relance; an avenant with an active one ends that of its first dossier."""
    if not d.formation.rncp:
        return
    if referentiels.certification_active(d.formation.rncp, d.contrat.date_conclusion) is False:
        ouvrir_relance(dossier.id, d.formation.rncp, compte)
    elif d.contrat.type_contrat == AVENANT and d.contrat.precedent_numero:
        clore_par_avenant(dossier, lire(d.contrat.precedent_numero) or d.contrat.precedent_numero, compte)
