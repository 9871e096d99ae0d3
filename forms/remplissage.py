"""What choosing a search result fills: record of a register → texts of the controls."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import peewee

from models import referentiels
from models.dossier import Dossier
from models.droits import Perimetre, dedans
from models.etablissements import EtablissementSaisi, etablissements_saisis
from models.referentiels.recherche import LIMITE
from models.referentiels.texte import convient, mots, plier
from models.sections import Tuteur

Textes = dict[str, str]
TUTEURS_LUS = 5_000
# Diploma of the CERFA by the short name of the RNCP; without one, or a titre professionnel: « autre » of its level.
DIPLOMES = {
    "Licence Professionnelle": "23",
    "LICENCE": "24",
    "BTS": "31",
    "BTSA": "31",
    "DUT": "32",
    "BAC PRO": "41",
    "CAP": "51",
    "CAPA": "51",
    "BEP": "52",
}
AUTRES = {7: "19", 6: "29", 5: "39", 4: "49", 3: "59"}


def etablissement(siret: str, structures: Perimetre) -> Textes:
    """The establishment on the page Employeur: from the register, else among those typed by hand."""
    e = referentiels.etablissement(siret) or saisi(siret, "employeur", structures)
    return textes_etablissement(e) if e else {}


def textes_etablissement(e: Any) -> Textes:
    """What an establishment fills, wherever it was found.

    What is not known of it is not filled: what was typed stays.
    """
    texts = {
        "employeur-particulier_employeur": "non",
        "employeur-siret": e.siret,
        "employeur-denomination": e.denomination,
    }
    if e.naf:
        texts["employeur-naf"] = e.naf
    if e.idcc:
        texts["employeur-idcc"] = e.idcc
    if e.voie or e.commune:  # an address is taken whole, or what was typed stays
        columns = ("voie_numero", "voie", "complement", "code_postal", "commune")
        texts |= {f"employeur-{column}": getattr(e, column) or "" for column in columns}
    return texts


def organisme(siret: str, structures: Perimetre) -> Textes:
    o = referentiels.organisme(siret=siret) or saisi(siret, "organisme", structures)
    if o is None:
        return {}
    return {
        "formation-organisme_denomination": o.denomination,
        "formation-organisme_siret": o.siret or "",
        "formation-organisme_nda": o.nda or "",
    }


def certification(code: str, structures: Perimetre) -> Textes:
    """The certification; its speciality is filled where the sheet names a single one, its level where it is sure."""
    c = referentiels.certification(code)
    if c is None:
        return {}
    texts = {"formation-rncp": c.code, "formation-intitule": c.intitule}
    if diplome := DIPLOMES.get(c.abrege or "", AUTRES.get(c.niveau or 0) if c.abrege in (None, "TP") else None):
        texts["formation-diplome_vise"] = diplome
    specialites = {nsf[:3] for nsf in c.nsf}
    return texts | ({"formation-specialite": specialites.pop()} if len(specialites) == 1 else {})


def saisi(siret: str, genre: str, structures: Perimetre) -> EtablissementSaisi | None:
    return next((e for e in etablissements_saisis(structures, siret, genre) if e.siret == siret), None)


def tuteur(dossier_id: str, structures: Perimetre) -> Textes:
    """A tutor of another dossier of the same structures: all but the job, which may have changed."""
    t = (
        Tuteur.select(Tuteur.nom, Tuteur.prenom, Tuteur.date_naissance, Tuteur.qualite, Tuteur.experience)
        .join(Dossier)
        .where(Tuteur.dossier == dossier_id, dedans(structures))
        .first()
    )
    if t is None:
        return {}
    return {
        "tuteur-nom": t.nom or "",
        "tuteur-prenom": t.prenom or "",
        "tuteur-date_naissance": t.date_naissance.isoformat() if t.date_naissance else "",
        "tuteur-qualite": t.qualite or "",
        "tuteur-experience": "" if t.experience is None else str(t.experience),
    }


class TuteurConnu(NamedTuple):
    """A tutor of an earlier dossier, and one dossier that names them."""

    nom: str
    prenom: str
    dossier_id: str


def chercher_tuteurs(texte: str, structures: Perimetre) -> list[TuteurConnu]:
    """Tutors of these structures that have, for each word of `texte`, a name that begins so; each once.

    Accents are folded here, not by the databases. A structure with more tutors than are read still finds those whose
    name begins just as it was typed.
    """
    asked = mots(texte)
    if not asked:
        return []
    found = [*_tuteurs(structures, Tuteur.nom.startswith(texte.strip())), *_tuteurs(structures)]
    once = {(plier(t.nom), plier(t.prenom)): t for t in found if convient(f"{t.nom} {t.prenom}", asked)}
    return sorted(once.values())[:LIMITE]


def _tuteurs(structures: Perimetre, *where: Any) -> Iterator[TuteurConnu]:
    rows: Any = (
        Tuteur.select(Tuteur.nom, peewee.fn.COALESCE(Tuteur.prenom, ""), peewee.fn.MAX(Tuteur.dossier))
        .join(Dossier)
        .where(dedans(structures), *where, Tuteur.nom.is_null(False))
        .group_by(Tuteur.nom, Tuteur.prenom)
        .order_by(Tuteur.nom, Tuteur.prenom)
        .limit(TUTEURS_LUS)
    )
    return (TuteurConnu(*row) for row in rows.tuples())


REMPLIR: dict[str, Callable[[str, Perimetre], Textes]] = {
    "etablissements": etablissement,
    "organismes": organisme,
    "certifications": certification,
    "tuteurs": tuteur,
}
