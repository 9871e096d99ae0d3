"""A ZIP of dossiers with their CERFA and pieces, written as it is read: no archive stands in memory.

Names in it name nobody. The manifest gives the size and the SHA-256 of each file; those that were delivered have the
digests of the attestation.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from forms.reading import document, en_octets
from forms.tableur import Sortie
from models import coffre
from models.base import maintenant
from models.comptes import Habilitation
from models.contenu import contenu
from models.dossier import Dossier
from models.droits import concernees, mandataire, peut
from models.journal import noter, par_mandat
from models.pieces import pieces_de
from models.transmission import recue
from models.vues_nir import noter_vue
from tasks.attestations import attestation

MANIFESTE = "manifeste.json"
MASQUE = "masqué"
EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


class Fichier(NamedTuple):
    """One file of the archive: where it goes, and its bytes or where they are kept."""

    chemin: str
    octets: bytes = b""
    coffre_id: str | None = None


def archiver(dossiers: Iterable[Dossier], compte: int, habilitations: list[Habilitation], opco: str) -> Iterator[bytes]:
    """The archive of these dossiers, piece by piece; that each was exported is written in its journal."""
    out = Sortie()
    written: list[dict[str, Any]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for dossier in dossiers:
            mine = concernees(habilitations, dossier)
            with par_mandat(mandataire(mine, "consulter", dossier)):
                noter(dossier.id, "export", compte)
                if entier(mine, dossier) and contenu(dossier.id).salarie.nir:
                    noter_vue(dossier.id, compte, "archive")
            for fichier in fichiers(dossier, mine, opco):
                yield from deposer(archive, out, fichier, written)
        manifest = {"le": f"{maintenant().isoformat()}Z", "fichiers": written}
        archive.writestr(MANIFESTE, json.dumps(manifest, ensure_ascii=False, indent=1))
    yield out.prendre()


def deposer(archive: zipfile.ZipFile, out: Sortie, fichier: Fichier, written: list[dict[str, Any]]) -> Iterator[bytes]:
    """Write one file and its line of the manifest; one that cannot be read any more is named there, too."""
    digest, size = hashlib.sha256(), 0
    line: dict[str, Any] = {"fichier": fichier.chemin}
    try:
        chunks = coffre.lire(fichier.coffre_id) if fichier.coffre_id else iter([fichier.octets])
        with archive.open(zipfile.ZipInfo(fichier.chemin, maintenant().timetuple()[:6]), "w") as member:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                member.write(chunk)
                yield out.prendre()
    except coffre.Altere:
        line["etat"] = "illisible"
    written.append(line | {"octets": size, "sha256": digest.hexdigest()})


def fichiers(dossier: Dossier, habilitations: list[Habilitation], opco: str) -> Iterator[Fichier]:
    """What the person may read of a dossier."""
    folder = dossier.numero or f"brouillon-{dossier.id}"
    received = recue(dossier.id)
    if not entier(habilitations, dossier):
        yield Fichier(f"{folder}/donnees-sans-nir.json", en_octets(sans_nir(document(dossier, contenu(dossier.id)))))
    elif received and received.coffre_id:
        yield Fichier(f"{folder}/donnees.json", coffre_id=received.coffre_id)
    else:
        yield Fichier(f"{folder}/donnees.json", en_octets(document(dossier, contenu(dossier.id))))
    if dossier.cerfa and peut(habilitations, "lire_cerfa", dossier):
        yield Fichier(f"{folder}/cerfa.pdf", coffre_id=dossier.cerfa)
        if received:
            yield Fichier(f"{folder}/attestation.pdf", attestation(dossier, opco))
    for rank, piece in enumerate(pieces_de(dossier.id), 1):
        name = f"{rank:02}-{piece.genre}.{EXTENSIONS.get(piece.type, 'bin')}"
        yield Fichier(f"{folder}/pieces/{name}", coffre_id=piece.coffre_id)


def entier(habilitations: list[Habilitation], dossier: Dossier) -> bool:
    """Whether the person reads the NIR: in the CERFA, or in a draft that it may complete."""
    return peut(habilitations, "lire_cerfa", dossier) or peut(habilitations, "modifier", dossier)


def sans_nir(data: dict[str, Any]) -> dict[str, Any]:
    """The same for whoever may read the dossier and not complete it."""
    if "nir" in data["sections"].get("salarie", {}):
        data["sections"]["salarie"]["nir"] = MASQUE
    return data
