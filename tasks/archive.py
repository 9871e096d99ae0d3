"""A ZIP of dossiers with their CERFA and pieces, written as it is read: no archive stands in memory.

Names in it name nobody. The manifest gives the size and the SHA-256 of each file; those that were delivered have the
digests of the attestation.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from forms.fields import ORGANISME
from forms.preentree import nir_de, vue
from forms.reading import document, en_octets
from forms.tableur import Sortie
from models import coffre
from models.base import maintenant
from models.comptes import Habilitation
from models.contenu import contenu
from models.dossier import Dossier
from models.dossier import dossier as charger
from models.droits import concernees, mandataire, peut
from models.etats import LIBELLES
from models.exports import LIRE
from models.journal import noter, par_mandat
from models.pieces import Piece, pieces_de
from models.transmission import recue
from models.vues_nir import noter_vue
from tasks.attestations import attestation

MANIFESTE = "manifeste.json"
MASQUE = "masqué"
REPONSE = ("champ", "question", "reponse")
EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


class Fichier(NamedTuple):
    """One file of the archive: where it goes, and its bytes or where they are kept."""

    chemin: str
    octets: bytes = b""
    coffre_id: str | None = None


class Lecteur(NamedTuple):
    """For whom an archive is made: the account, for which party, and the rights that it has on that side."""

    compte: int
    partie: str
    habilitations: list[Habilitation]


def archiver(dossiers: Iterable[Dossier], lecteur: Lecteur, opco: str) -> Iterator[bytes]:
    """The archive of these dossiers, piece by piece; that each was exported is written in its journal."""
    out = Sortie()
    written: list[dict[str, Any]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for dossier in dossiers:
            for fichier in contenus(dossier, lecteur, opco):
                yield from deposer(archive, out, fichier, written)
        manifest = {"le": f"{maintenant().isoformat()}Z", "fichiers": written}
        archive.writestr(MANIFESTE, json.dumps(manifest, ensure_ascii=False, indent=1))
    yield out.prendre()


def contenus(dossier: Dossier, lecteur: Lecteur, opco: str) -> list[Fichier]:
    """What this reader gets of a dossier, and the lines in its journal that say so."""
    mine = concernees(lecteur.habilitations, dossier)
    if lecteur.partie == ORGANISME:
        nir, files = saisie(dossier)
    else:
        nir = entier(mine, dossier) and bool(contenu(dossier.id).salarie.nir)
        files = list(fichiers(dossier, mine, opco))
    with par_mandat(mandataire(mine, LIRE[lecteur.partie], dossier)):
        noter(dossier.id, "export", lecteur.compte)
        if nir:
            noter_vue(dossier.id, lecteur.compte, "archive")
    return files


def saisie(dossier: Dossier) -> tuple[bool, list[Fichier]]:
    """What the organisme itself entered and loaded, and whether a NIR is in it.

    The dossier is read anew: while the archive was being made, an employer may have taken it up.
    """
    now = charger(dossier.id)
    if now is None:
        return False, []
    folder, seen = nom(now), vue(now)
    data = {
        "numero": now.numero,
        "etat": LIBELLES[now.etat],
        "commentaire": seen.commentaire,
        "saisie": [
            {"titre": titre, "reponses": [dict(zip(REPONSE, row, strict=True)) for row in rows]}
            for _, titre, rows in seen.blocs
        ],
    }
    return bool(nir_de(seen.blocs)), [Fichier(f"{folder}/saisie.json", en_octets(data)), *pieces(folder, seen.pieces)]


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
    folder = nom(dossier)
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
    yield from pieces(folder, pieces_de(dossier.id))


def nom(dossier: Dossier) -> str:
    """The folder of a dossier."""
    return dossier.numero or f"brouillon-{dossier.id}"


def pieces(folder: str, loaded: list[Piece]) -> Iterator[Fichier]:
    for rank, piece in enumerate(loaded, 1):
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
