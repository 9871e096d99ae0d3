"""The house norm: small files, small functions, thin views, short templates."""

import ast
import gzip
import statistics

from tests.maison.sources import RACINE, fonctions, gabarits, lignes, nom, python

FICHIER, FONCTION, VUE, GABARIT = 400, 40, 25, 150
SCRIPT = 2_000  # bytes, as they travel: compressed


def vues():
    """The functions that a blueprint routes to."""
    for path in python("blueprints"):
        for function, size in fonctions(path):
            if any(".route" in d or ".get(" in d or ".post(" in d for d in decorateurs(function)):
                yield f"{nom(path)}:{function.name}", size


def decorateurs(function):
    return [ast.unparse(decorator) for decorator in function.decorator_list]


def test_no_file_is_too_long():
    assert {nom(path): lignes(path) for path in python() if lignes(path) > FICHIER} == {}


def test_no_function_is_too_long():
    found = [(f"{nom(path)}:{f.name}", size) for path in python() for f, size in fonctions(path)]
    assert [entry for entry in found if entry[1] > FONCTION] == []


def test_most_functions_are_short():
    sizes = [size for path in python() for _, size in fonctions(path)]
    assert statistics.median(sizes) <= 7
    assert statistics.quantiles(sizes, n=10)[8] <= 20


def test_views_are_thin():
    found = list(vues())
    assert len(found) > 20
    assert [view for view in found if view[1] > VUE] == []


def test_no_template_is_too_long():
    assert {nom(path): lignes(path) for path in gabarits() if lignes(path) > GABARIT} == {}


def test_each_script_of_ours_is_small():
    """A script does only what HTML cannot."""
    ours = {path.name: len(gzip.compress(path.read_bytes())) for path in (RACINE / "static").glob("*.js")}
    del ours["htmx-4.0.1.min.js"]
    assert "portail.js" in ours
    assert {name: size for name, size in ours.items() if size > SCRIPT} == {}
