"""One word per thing: the synonyms that were refused stay out, and so does whatever names a machine."""

import re

import pytest

from tests.maison.sources import RACINE, fonctions, gabarits, nom, python

# Words of other houses for what is called employeur, dossier, brouillon, piece, salarie here.
REFUSES = {"draft", "drafts", "folder_id", "stagiaire", "entreprise", "employee", "employer", "trainee", "apprenti"}
# An identifier of Python made of one of these words; the user company of temporary work is the law's own word.
PERMIS = {"entreprise_utilisatrice"}
BOUCHONS = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError|lorem ipsum)\b")
MACHINE = re.compile(
    r"/(?:work|home|root|tmp)/\w|localhost:\d{4,}|(?:https?://)?(?:pypi|files\.pythonhosted|registry\.npmjs)\.\w+"
)


def identifiants(path):
    """Names of functions and arguments of a module."""
    for function, _ in fonctions(path):
        yield function.name
        yield from (argument.arg for argument in [*function.args.args, *function.args.kwonlyargs])


@pytest.mark.parametrize("path", python(), ids=nom)
def test_refused_synonyms_are_not_used(path):
    used = {name for name in identifiants(path) if name not in PERMIS and set(name.lower().split("_")) & REFUSES}
    assert used == set()


@pytest.mark.parametrize("path", [*python(), *python("tests"), *gabarits()], ids=nom)
def test_nothing_is_left_for_later_or_names_a_machine(path):
    if path == RACINE / "tests/maison/test_mots.py" or path.suffix in (".ttf", ".woff2"):
        return
    text = path.read_text(encoding="utf-8")
    assert BOUCHONS.findall(text) == []
    assert MACHINE.findall(text) == []
