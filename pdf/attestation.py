"""« Attestation de dépôt »: the receipt of a filed dossier, from plain texts."""

from collections.abc import Sequence
from typing import NamedTuple

from pdf.fonts import printable
from pdf.rendering import convert, gabarits


class Envoi(NamedTuple):
    """One thing that was handed over: what it is, when it was received and under which number, its SHA-256."""

    titre: str
    recu: str
    empreinte: str


def attester(opco: str, lignes: Sequence[tuple[str, str]], envois: Sequence[Envoi], edite: str) -> bytes:
    """The PDF. lignes: (name, value) of what designates the dossier. Threads may call it.

    :raises pdf.rendering.RenduImpossible: the renderer failed.
    """
    html = gabarits.get_template("attestation.html").render(
        opco=printable(opco),
        lignes=[(printable(name), printable(value)) for name, value in lignes],
        envois=[Envoi(*map(printable, envoi)) for envoi in envois],
        edite=printable(edite),
    )
    return convert(html)
