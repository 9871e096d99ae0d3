"""The house norm: small files, small functions, thin views, short templates."""

import ast
import statistics

from tests.maison.sources import fonctions, gabarits, lignes, nom, python

FICHIER, FONCTION, VUE, GABARIT = 400, 40, 25, 150


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
