"""The files that tests load, and how a person loads them."""

import io

from PIL import Image
from reportlab.pdfgen.canvas import Canvas


def un_pdf(text="Programme de formation", pages=1):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for number in range(pages):
        canvas.drawString(72, 720, f"{text} {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def une_photo():
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "JPEG")
    return out.getvalue()


def charger(client, dossier, *files, genre="cerfa_signe", status=303, headers=None):
    """Post the files (name, content) as the form of the dialog does."""
    data = {"fichiers": [(io.BytesIO(content), name) for name, content in files]}
    return client.post("pieces.charger", data, status, headers, dossier_id=dossier.id, genre=genre)


def en_magasin(reglages):
    """How many files are in the safe."""
    return len(list(reglages["PIECES_DIR"].iterdir()))
