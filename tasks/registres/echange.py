"""One search file for many machines: taken out of one, put into service on another, whole or not at all."""

import contextlib
import hashlib
import shutil
import sqlite3
from pathlib import Path

from models.referentiels.ecriture import Occupe, lisible, poser, verrou
from tasks.registres.lecture import FichierRefuse, empreinte


def exporter(chemin: Path, vers: Path) -> str:
    """Copy the file in service; answers its SHA-256, which is also written beside the copy."""
    if not lisible(chemin):
        raise FichierRefuse("Aucun registre en service : lancez d’abord « flask referentiels charger ».")
    partiel = vers.with_name(vers.name + ".partiel")
    try:
        # The file in service is only ever replaced: what is opened here stays as it is.
        shutil.copyfile(chemin, partiel)
        digest = str(empreinte([partiel], hashlib.sha256).hexdigest())
        poser(partiel, vers)
    except OSError:
        raise FichierRefuse(f"Écriture impossible dans « {vers} » : vérifiez le dossier et la place libre.") from None
    finally:
        with contextlib.suppress(OSError):
            partiel.unlink(missing_ok=True)
    somme(vers).write_text(f"{digest}  {vers.name}\n", encoding="utf-8")
    return digest


def installer(chemin: Path, depuis: Path) -> None:
    """Put an exported file into service, once it is seen to be whole and of this release."""
    if not depuis.is_file():
        raise FichierRefuse(f"{depuis.name} : fichier introuvable.")
    nouveau = chemin.absolute().with_name(chemin.name + ".nouveau")
    try:
        with verrou(chemin.absolute(), attendre=False):
            try:
                shutil.copyfile(depuis, nouveau)
                _verifier(nouveau, depuis)
                poser(nouveau, chemin.absolute())
            finally:
                nouveau.unlink(missing_ok=True)
    except Occupe:
        raise FichierRefuse("Un autre import est en cours sur cette machine : attendez qu’il finisse.") from None
    except OSError:
        raise FichierRefuse("L’écriture a échoué, sans doute faute de place. Rien n’a changé.") from None


def somme(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _verifier(nouveau: Path, depuis: Path) -> None:
    expected = somme(depuis)
    if expected.is_file():
        digest = empreinte([nouveau], hashlib.sha256).hexdigest()
        if expected.read_text(encoding="utf-8").split()[:1] != [digest]:
            raise FichierRefuse(f"{depuis.name} ne correspond pas à son empreinte : copiez-le de nouveau.")
    if not lisible(nouveau):
        raise FichierRefuse(f"{depuis.name} n’est pas un fichier de registres de cette version du portail.")
    try:
        with contextlib.closing(sqlite3.connect(nouveau)) as connexion:
            whole = connexion.execute("pragma quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        raise FichierRefuse(f"{depuis.name} est abîmé : exportez-le et copiez-le de nouveau.")
