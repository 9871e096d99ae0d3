"""What a loaded file really is. Its name and what the browser says of it count for nothing; hostile content is
refused with a French sentence, never with an exception of a library.
"""

import io
import logging
import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import pypdf
from PIL import Image

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
EXTENSIONS = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",)}
MAX_PAGES = 200
MAX_PIXELS = 60_000_000  # a photo of the largest usual telephones has 50
# A4 at 600 dpi in colours is 104 MB; the bomb of a malicious file inflates a thousand times.
MAX_FLUX = 150_000_000
MAX_TOTAL = 1_000_000_000
MAX_OBJETS = 100_000  # 200 tagged pages have a third of it
DEBUT = 4096
FIN = 4096

# The page tree is all that is read: its objects are small, whatever the pages hold.
BORNES: dict[str, Any] = {
    "zlib_maximum_output_length": 20_000_000,
    "zlib_maximum_recovery_input_length": 100_000,
    "lzw_maximum_output_length": 20_000_000,
    "run_length_maximum_output_length": 20_000_000,
    "brotli_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "maximum_declared_stream_length": 25_000_000,
    "page_tree_maximum_entries": 20_000,
    "page_tree_maximum_page_entries": 200_000,
    "jbig2dec_binary": None,
}
FLUX_COMPRESSE = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")

VIDE = "Ce fichier est vide. Vérifiez le document sur votre ordinateur, puis chargez-le à nouveau."
LOURD = "Ce fichier dépasse {max}. Numérisez en 150 points par pouce, ou coupez le document en deux."
INCONNU = (
    "Ce fichier n’est ni un PDF, ni une image JPEG ou PNG, quel que soit son nom. "
    "Enregistrez le document en PDF, puis chargez-le à nouveau."
)
BUREAUTIQUE = (
    "Ce fichier est un document de bureautique ou une archive. Ouvrez-le, enregistrez-le en PDF, puis chargez le PDF."
)
HEIC = "Cette photo est au format HEIC. Enregistrez-la en JPEG ou en PDF, puis chargez-la à nouveau."
AUTRE_IMAGE = "Cette image n’est ni en JPEG ni en PNG. Enregistrez-la en JPEG, en PNG ou en PDF."
ABIME = (
    "Ce PDF est incomplet ou abîmé. Ouvrez-le sur votre ordinateur pour vérifier, enregistrez-le de nouveau en PDF, "
    "puis chargez-le."
)
PROTEGE = (
    "Ce PDF est protégé, par un mot de passe ou contre la modification. Imprimez-le en PDF depuis votre lecteur, "
    "puis chargez le résultat."
)
SANS_PAGE = "Ce PDF n’a aucune page. Enregistrez le document de nouveau en PDF."
TROP_DE_PAGES = f"Ce PDF a plus de {MAX_PAGES} pages. Coupez-le en plusieurs documents."
BOMBE = "Ce PDF est anormalement compressé. Imprimez-le en PDF depuis votre lecteur, puis chargez le résultat."
IMAGE_ABIMEE = "Cette image est incomplète ou abîmée. Enregistrez-la de nouveau en JPEG ou en PNG, puis chargez-la."
IMAGE_IMMENSE = "Cette image a plus de 60 millions de pixels. Réduisez-la ou enregistrez-la en PDF."

AUTRES_FORMATS = (
    (re.compile(rb"PK\x03\x04|\xd0\xcf\x11\xe0|\{\\rtf|7z\xbc\xaf|Rar!"), BUREAUTIQUE),
    (re.compile(rb".{4}ftyp(heic|heix|hevc|heim|heis|mif1|msf1)", re.DOTALL), HEIC),
    (re.compile(rb"GIF8|BM|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftypavif", re.DOTALL), AUTRE_IMAGE),
)

# Their warnings quote the document.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
logging.getLogger("PIL").setLevel(logging.CRITICAL)


class Refusee(Exception):
    """This file cannot be a piece. The text is French, says why and what to do, and quotes nothing of the file."""


def examiner(flux: BinaryIO, limite: int) -> tuple[str, int]:
    """Type by content and number of pages of the file in `flux`, at most `limite` bytes. Raises `Refusee`."""
    content = flux.read(limite + 1)
    flux.seek(0)
    if not content:
        raise Refusee(VIDE)
    if len(content) > limite:
        raise Refusee(LOURD.format(max=f"{limite // 1024**2} Mo" if limite >= 1024**2 else f"{limite // 1024} ko"))
    start = content[:DEBUT]
    if start.startswith(b"\xff\xd8\xff"):
        return JPEG, _image(content)
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG, _image(content)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-"):
        return PDF, _pdf(content)
    raise Refusee(next((message for pattern, message in AUTRES_FORMATS if pattern.match(start)), INCONNU))


def _pdf(content: bytes) -> int:
    """Number of pages. Non-strict reading: what office programs write is seldom quite right."""
    if b"%%EOF" not in content[-FIN:]:
        raise Refusee(ABIME)
    _refuser_bombe(content)
    try:
        pages = _compter_pages(content)
    except Refusee:
        raise
    except Exception:
        # Whatever a hostile file makes the library raise: its text may quote the document.
        raise Refusee(ABIME) from None
    if pages > MAX_PAGES:
        raise Refusee(TROP_DE_PAGES)
    return pages


def _compter_pages(content: bytes) -> int:
    with pypdf.apply_configuration(**BORNES):
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Refusee(PROTEGE)
        pages = len(reader.pages)
    if not pages:
        raise Refusee(SANS_PAGE)
    return pages


def _refuser_bombe(content: bytes) -> None:
    """Inflate every compressed stream without keeping it, so that no reader of this file chokes on it later."""
    if content.count(b" obj") > MAX_OBJETS or content.count(b"stream") > 2 * MAX_OBJETS:
        raise Refusee(BOMBE)
    total, view = 0, memoryview(content)
    for match in FLUX_COMPRESSE.finditer(content):
        size = 0
        for produced in _gonfler(view[match.end() :]):
            size += produced
            if size > MAX_FLUX or total + size > MAX_TOTAL:
                raise Refusee(BOMBE)
        total += size


def _gonfler(data: memoryview) -> Iterator[int]:
    """The work of inflating a stream, in bytes read and produced, a little at a time; stops where the stream ends."""
    machine, step = zlib.decompressobj(), 256 * 1024
    for start in range(0, len(data), step):
        pending: bytes | memoryview = data[start : start + step]
        while pending:
            try:
                produced = len(machine.decompress(pending, step))
            except zlib.error:
                return
            yield len(pending) - len(machine.unconsumed_tail) + produced
            if machine.eof:
                return
            pending = machine.unconsumed_tail


def _image(content: bytes) -> int:
    """One page, once the image proved whole and of a reasonable size."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Refusee(IMAGE_IMMENSE)
            _verifier_la_fin(image, content)
    except Refusee:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refusee(IMAGE_IMMENSE) from None
    except Exception:
        # As for a PDF: Pillow raises a dozen kinds, and SyntaxError among them.
        raise Refusee(IMAGE_ABIMEE) from None
    return 1


def _verifier_la_fin(image: Image.Image, content: bytes) -> None:
    """Raise for an image that stops early, without decoding it: a progressive JPEG would need ten times its size."""
    if image.format == "PNG":
        image.verify()
    elif content.find(b"\xff\xd9", _debut_des_donnees(content)) < 0:
        raise Refusee(IMAGE_ABIMEE)


def _debut_des_donnees(content: bytes) -> int:
    """Where the coded data of a JPEG begin; its segments before (and the thumbnail in one of them) are skipped."""
    place = 2
    while content[place : place + 2] != b"\xff\xda":
        if content[place : place + 1] != b"\xff" or place > len(content):
            raise Refusee(IMAGE_ABIMEE)
        place += 2 + int.from_bytes(content[place + 2 : place + 4])
    return place
