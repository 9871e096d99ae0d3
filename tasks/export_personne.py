"""All that the portal holds about one person, as they may read it and as a machine may: a ZIP file."""

import json
import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO, Any

from forms.reading import Bloc, document, synthese
from models import coffre
from models.contenu import contenu
from models.dossier import Dossier
from models.etats import LIBELLES
from models.journal import Journal, histoire
from models.pieces import pieces_de
from models.saisie import Saisie
from models.vues_nir import vues_du_nir

EN_MEMOIRE = 5_000_000
# The tutor is another person, the employer's answers are the employer's.
SIENNES = ("salarie.", "contrat.", "formation.", "employeur.denomination", "employeur.siret")
SECTIONS = ("salarie", "contrat", "formation")


def fiche(dossier: Dossier) -> dict[str, Any]:
    """What stands in one dossier: data for machines, blocks for people, what happened, who saw the NIR."""
    d = contenu(dossier.id)
    sections = document(dossier, d)["sections"]
    employer = {name: sections.get("employeur", {}).get(name) for name in ("denomination", "siret")}
    return {
        "numero": dossier.numero,
        "etat": LIBELLES[dossier.etat],
        "cree_le": dossier.cree_le,
        "soumis_le": dossier.soumis_le,
        "employeur": employer,
        "donnees": {name: sections.get(name, {}) for name in SECTIONS},
        "en_attente": en_attente(dossier.id),
        "commentaire": dossier.commentaire,
        "blocs": siens(synthese(d)),
        "histoire": [(act.le, libelle(act)) for act in histoire(dossier.id)],
        "vues": [(le, structures, lieu) for le, _, structures, lieu in vues_du_nir(dossier.id)],
        "pieces": [piece.nom for piece in pieces_de(dossier.id)],
    }


def siens(blocs: list[Bloc]) -> list[Bloc]:
    """The blocks with the person's own answers alone."""
    mine = [bloc._replace(lignes=[li for li in bloc.lignes if li.champ.startswith(SIENNES)]) for bloc in blocs]
    return [bloc for bloc in mine if bloc.lignes]


def en_attente(dossier: str) -> list[dict[str, Any]]:
    """Answers typed on the person's page that are not valid yet, exactly as typed."""
    rows = Saisie.select(Saisie.valeurs).where((Saisie.dossier == dossier) & (Saisie.etape == "salarie"))
    return [{k: v for k, v in row.valeurs.items() if k.startswith("salarie-")} for row in rows]


def libelle(act: Journal) -> str:
    return LIBELLES.get(act.vers or "", act.action)


def archiver(dossiers: Iterable[Dossier], fiches: list[dict[str, Any]], html: str) -> IO[bytes]:
    """The ZIP: donnees.json, donnees.html, and of each dossier its CERFA and its pieces. On disk when it is large."""
    out = tempfile.SpooledTemporaryFile(EN_MEMOIRE)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        data = [{name: value for name, value in one.items() if name != "blocs"} for one in fiches]
        archive.writestr("donnees.json", json.dumps(data, ensure_ascii=False, indent=1, default=str))
        archive.writestr("donnees.html", html)
        for rank, dossier in enumerate(dossiers, 1):
            folder = f"dossier-{rank}"
            if dossier.cerfa:
                _ajouter(archive, f"{folder}/cerfa.pdf", dossier.cerfa)
            for number, piece in enumerate(pieces_de(dossier.id), 1):
                _ajouter(archive, f"{folder}/piece-{number}.{piece.nom.rpartition('.')[2]}", piece.coffre_id)
    out.seek(0)
    return out


def _ajouter(archive: zipfile.ZipFile, name: str, file_id: str) -> None:
    """One file of the store, decrypted chunk by chunk; one that cannot be read is said to be missing."""
    try:
        with archive.open(name, "w") as entry:
            for chunk in coffre.lire(file_id):
                entry.write(chunk)
    except coffre.Altere:
        archive.writestr(f"{name}.manquant.txt", "Ce fichier ne peut plus être lu.")
