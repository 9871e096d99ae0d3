"""HTML of ours to PDF, by xhtml2pdf: nothing loaded from outside, nothing said of the text."""

from io import BytesIO

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from xhtml2pdf import pisa
from xhtml2pdf.config.resources import ResourceAccessPolicy

from pdf.policy import FOLDER, POLICY
from pdf.silence import silence

silence()

gabarits = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


class RenduImpossible(Exception):
    """The document could not be drawn; says the kind of failure, never a word of the document."""


def convert(html: str, policy: ResourceAccessPolicy = POLICY) -> bytes:
    """The PDF of an HTML document. Threads may call it: xhtml2pdf draws one document at a time.

    :raises RenduImpossible: the renderer failed or counted errors.
    """
    buffer = BytesIO()
    try:
        result = pisa.CreatePDF(html, dest=buffer, path=str(FOLDER / "document.html"), resource_policy=policy)
        failure = "errors counted" if result.err else ""
    except Exception as error:  # whatever it is, its text may quote the dossier
        failure = type(error).__name__
    if failure:
        # Raised out of the handler: the first exception does not travel along as context.
        raise RenduImpossible(failure)
    return buffer.getvalue()
