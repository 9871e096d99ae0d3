"""Is a file free of viruses? One scanner is asked, when one is configured; what it does not pass is not kept."""

from collections.abc import Callable
from typing import BinaryIO

from forms.examen import Refusee

SAIN, INFECTE, INDISPONIBLE = "sain", "infecte", "indisponible"
MESSAGES = {
    INFECTE: "L’antivirus a reconnu un virus dans ce fichier : il n’est pas gardé. Analysez votre ordinateur, puis "
    "numérisez ou enregistrez de nouveau le document.",
    INDISPONIBLE: "L’antivirus ne répond pas : ce fichier n’est pas gardé. Chargez-le à nouveau dans quelques minutes.",
}

Analyse = Callable[[BinaryIO], str]
_antivirus: dict[str, Analyse | None] = {"analyser": None}


def brancher(analyser: Analyse | None) -> None:
    """Ask `analyser` from now on, which answers one of the words above; None: no scanner."""
    _antivirus["analyser"] = analyser


def refuser_virus(flux: BinaryIO) -> None:
    """Raises `Refusee` unless the scanner passes the file in `flux`, or none is configured."""
    analyser = _antivirus["analyser"]
    if analyser is None:
        return
    answer = analyser(flux)
    flux.seek(0)
    if answer != SAIN:
        raise Refusee(MESSAGES[answer])
